// How a matter stands, looked up at a lobby screen: by its code and its household's PIN, state and promise only.
import { alive, call, cast, expect, test, type House } from '../house.ts';

type Catalogue = { estate: { id: string }; items: { id: string; parent?: string; place: string; urgency: string }[]; homes: { unit: { id: string } }[] };

const [PIN, WORDS] = ['730185', 'The tap of the small bathroom drips.'];

/** A matter of a household that has a PIN: its code. */
async function given(house: House): Promise<string> {
  const phone = await house.enter(cast.neighbour, 'phone');
  const { estate, items, homes } = await call<Catalogue>(phone, 'services/catalogue');
  const item = items.find(({ parent, place, urgency }) => parent && place !== 'common' && urgency === 'normal')!;
  const unit = homes[0]!.unit.id;
  const report = { estate: estate.id, item: item.id, place: `unit:${unit}`, words: WORDS };
  const { code } = await call<{ code: string }>(phone, 'requests/report', report);
  await phone.goto('/me');
  await phone.locator('summary').filter({ hasText: 'Set a PIN for' }).first().click();
  await phone.getByLabel('New PIN').first().fill(PIN);
  await phone.getByRole('button', { name: 'Set the PIN' }).first().click();
  if (house.scripts) {
    await expect(phone.getByText('The PIN is set.')).toBeVisible();
  } else {
    await phone.waitForLoadState();
  }
  return code;
}

test('a household sees at the screen how its matter stands, and no more', { tag: '@kiosk' }, async ({ house }) => {
  house.expects(/^422 POST/);
  const code = await given(house);
  const screen = await house.screen();
  await screen.goto('/kiosk');
  await screen.getByRole('link', { name: 'Check my matter', exact: true }).click();
  await expect(screen.getByRole('heading', { level: 1, name: 'Check my matter' })).toBeVisible();
  for (const size of [{ width: 1080, height: 1920 }, { width: 1920, height: 1080 }]) {
    await screen.setViewportSize(size);
    const isCut = await screen.evaluate(() => {
      const booth = document.querySelector('.booth')!;
      return booth.scrollHeight > booth.clientHeight + 1 || document.documentElement.scrollHeight > innerHeight;
    });
    expect(isCut, `${size.width} × ${size.height}`).toBe(false);
  }
  await screen.getByLabel('Code', { exact: true }).fill(code);
  await screen.getByLabel('PIN', { exact: true }).fill('730186');
  await screen.getByRole('button', { name: 'Look it up' }).click();
  await expect(screen.getByText(/Code and PIN do not belong together/).first()).toBeVisible();
  // Of what was typed without scripts nothing comes back.
  await screen.getByLabel('Code', { exact: true }).fill(code);
  await screen.getByLabel('PIN', { exact: true }).fill(PIN);
  await screen.getByRole('button', { name: 'Look it up' }).click();
  const found = screen.locator('#reply');
  await expect(found).toContainText(/An answer by/);
  expect(screen.url()).not.toContain(code);
  const page = await screen.content();
  for (const personal of [WORDS, 'Sandy', 'Leung']) {
    expect(page, personal).not.toContain(personal);
  }
});

test('a PIN is typed by finger, and forgotten after half a minute', { tag: ['@kiosk', '@hydrated'] }, async ({ house }) => {
  const code = await given(house);
  const screen = await house.screen(true);
  await screen.clock.install();
  await screen.goto('/kiosk');
  await screen.getByRole('link', { name: 'Check my matter', exact: true }).click();
  await alive(screen);
  const keys = screen.getByRole('group', { name: 'Keys on the screen' });
  const typed = screen.getByLabel('Code', { exact: true });
  for (const key of code.replace(/-/g, '')) {
    await keys.getByText(key, { exact: true }).click();
  }
  await expect(typed).toHaveValue(code.replace(/-/g, ''));
  await screen.getByLabel('PIN', { exact: true }).click();
  for (const key of PIN) {
    await keys.getByText(key, { exact: true }).click();
  }
  await expect(screen.getByLabel('PIN', { exact: true })).toHaveValue(PIN);
  for (const key of await keys.getByRole('button').all()) {
    const box = (await key.boundingBox())!;
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(64);
  }
  await screen.getByRole('button', { name: 'Look it up' }).click();
  await expect(screen.locator('#reply')).toBeVisible();
  await screen.clock.runFor(41_000);
  await expect(screen).toHaveURL(/\/kiosk$/);
  await alive(screen);
  for (let steps = await screen.evaluate(() => history.length); steps > 0; steps -= 1) {
    const left = await screen.evaluate(async () => {
      const kept = await Promise.all((await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        const pages = (await cache.keys()).filter(({ url }) => !/\/(pkg|i18n)\//.test(url));
        return Promise.all(pages.map(async (page) => page.url + (await (await cache.match(page))?.text())));
      }));
      const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie, kept]);
      const typed = [...document.querySelectorAll('input')].map((input) => input.value).join();
      return document.documentElement.outerHTML + location.href + stored + typed;
    });
    for (const secret of [code, code.replace(/-/g, ''), PIN]) {
      expect(left, screen.url()).not.toContain(secret);
    }
    await screen.goBack({ timeout: 3_000 }).catch(() => undefined);
    if (!screen.url().includes('/kiosk')) break;
  }
});
