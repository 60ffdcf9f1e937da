// A problem reported at a lobby screen without an account: three touches, a code and a PIN, and nothing left behind.
import type { Page } from '@playwright/test';
import { alive, cast, expect, test } from '../house.ts';

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
];
const [NAME, PHONE, WORDS] = ['Ottoline Quill', '13922224444', 'the lamp flickers'];

/** All of a page is in sight however the screen stands, and nothing that is touched is smaller than a thumb. */
async function fits(page: Page) {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const amiss = await page.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
      const booth = document.querySelector('.booth')!;
      const touched = [...booth.querySelectorAll('a, button, input.input')].filter((one) => one.checkVisibility());
      const boxes = touched.map((one) => ({ name: one.textContent || one.id, box: one.getBoundingClientRect() }));
      return {
        scrolls: scrollHeight > clientHeight || scrollWidth > clientWidth,
        isCut: booth.scrollHeight > booth.clientHeight + 1 || booth.scrollWidth > booth.clientWidth + 1,
        beyond: boxes.filter(({ box }) => box.bottom > innerHeight + 1 || box.right > innerWidth + 1).map(({ name }) => name),
        small: boxes.filter(({ box }) => Math.min(box.width, box.height) < 64).map(({ name }) => name),
      };
    });
    expect(amiss, `${page.url()} ${size.width} × ${size.height}`).toEqual({ scrolls: false, isCut: false, beyond: [], small: [] });
  }
}

test('a report takes three touches and gives a code, a PIN, a promise and a way to a phone', { tag: '@kiosk' }, async ({ house }) => {
  const screen = await house.screen();
  await screen.goto('/kiosk');
  await screen.getByRole('link', { name: 'Report a problem here', exact: true }).click();
  await expect(screen.getByRole('heading', { level: 1, name: 'What is wrong here?' })).toBeVisible();
  await fits(screen);
  await screen.getByRole('link', { name: 'Bin full or smells', exact: true }).click();
  await expect(screen.getByRole('img', { name: 'QR code that opens this report on your phone' })).toBeVisible();
  await fits(screen);
  await screen.getByRole('button', { name: 'Send the report' }).click();

  const given = screen.locator('#reply');
  await expect(given.getByRole('heading', { name: 'We have your report' })).toBeVisible();
  await expect(given).toContainText(/An answer by/);
  await fits(screen);
  const [code, pin] = await given.locator('.bigcode').allInnerTexts();
  expect(code).toMatch(/^LY-\d{5,}-[A-Z]$/);
  expect(pin).toMatch(/^\d{6}$/);
  expect(screen.url()).not.toContain(code!);

  // The phone that scanned it asks for the PIN.
  const phone = await house.stranger('phone');
  await phone.goto(`/track#${code}`);
  if (house.scripts) {
    await expect(phone.getByLabel('Code', { exact: true })).toHaveValue(code!);
  } else {
    await phone.getByLabel('Code', { exact: true }).fill(code!);
  }
  await phone.getByLabel('PIN', { exact: true }).fill(pin!);
  await phone.getByRole('button', { name: 'Look it up' }).click();
  await expect(phone.locator('#reply')).toContainText(/An answer by/);

  const desk = await house.enter(cast.coordinator, 'tablet');
  await desk.goto(`/staff/requests/${code}`);
  await expect(desk.getByText('Bin full or smells').first()).toBeVisible();
});

test('words go along to a phone by a QR code, and a name never does', { tag: ['@kiosk', '@hydrated'] }, async ({ house }) => {
  const screen = await house.screen();
  await screen.goto('/kiosk/report');
  await alive(screen);
  await screen.getByRole('link', { name: 'Something else', exact: true }).click();
  await screen.getByRole('link', { name: 'Objects thrown or falling from height', exact: true }).click();
  const words = screen.getByLabel('What did you see?');
  await words.focus();
  for (const key of 'lamp') {
    await screen.getByRole('group', { name: 'Keys on the screen' }).getByText(key, { exact: true }).click();
  }
  await expect(words).toHaveValue('lamp');
  await screen.getByRole('button', { name: 'Delete' }).click();
  await expect(words).toHaveValue('lam');
  const qr = screen.getByRole('img', { name: 'QR code that opens this report on your phone' });
  const before = await qr.innerHTML();
  const asked = screen.waitForRequest(/\/api\/lobby\/carry/);
  await screen.getByLabel('Your name').fill(NAME);
  await screen.getByRole('button', { name: 'Take a few words along' }).click();
  expect((await asked).postData()).not.toContain('Ottoline');
  await expect.poll(() => qr.innerHTML()).not.toBe(before);

  // On the resident's phone they stand in the form, and not in its address.
  const phone = await house.enter(cast.spouse, 'phone');
  await phone.goto(`/report/tap-leak#words=${encodeURIComponent(WORDS)}`);
  await expect(phone.locator('[name=words]')).toHaveValue(WORDS);
  expect(phone.url()).not.toContain('#words');
});

test('after a reset nothing of the last person is left', { tag: ['@kiosk', '@hydrated'] }, async ({ house }) => {
  const screen = await house.screen(true);
  await screen.clock.install();
  await screen.goto('/kiosk');
  await screen.getByRole('link', { name: 'Report a problem here', exact: true }).click();
  await screen.getByRole('link', { name: 'Something else', exact: true }).click();
  await screen.getByRole('link', { name: 'Objects thrown or falling from height', exact: true }).click();
  await screen.getByLabel('What did you see?').fill(WORDS);
  await screen.getByLabel('Your name').fill(NAME);
  await screen.getByRole('textbox', { name: 'Your phone' }).fill(PHONE);
  await screen.getByRole('button', { name: 'Send the report' }).click();
  await expect(screen.locator('.bigcode').first()).toBeVisible();
  const [code, pin] = await screen.locator('.bigcode').allInnerTexts();
  await screen.clock.runFor(41_000);
  await expect(screen).toHaveURL(/\/kiosk$/);
  await alive(screen);
  const left = () =>
    screen.evaluate(async () => {
      const kept = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          kept.push(request.url, /\/kiosk|\/api/.test(request.url) ? await (await cache.match(request))!.text() : '');
        }
      }
      const typed = [...document.querySelectorAll('input')].map((input) => input.value);
      return [document.documentElement.outerHTML, location.href, JSON.stringify(history.state), JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, ...typed, ...kept].join('\n');
    });
  const secrets = [NAME, PHONE, WORDS, code!, pin!];
  const clean = async (where: string) => {
    const all = await left();
    expect(secrets.filter((secret) => all.includes(secret)), where).toEqual([]);
  };
  await clean('on the board');
  // Nor behind it, however far back somebody goes.
  for (let step = 0; step < 3; step += 1) {
    await screen.goBack().catch(() => undefined);
    await clean(`${step + 1} back`);
  }
});
