// A visitor asks for somebody in a lobby; whoever lives there answers on the phone; the screen keeps nothing.
import { alive, call, cast, expect, test, type House } from '../house.ts';

/** A screen in Boyan Tower, where the one who is visited has her office: nobody else's journey comes by. */
async function lobby(house: House) {
  const page = await house.stranger('kiosk');
  const people = await call<{ estate: { en: string }; estate_id: string }[]>(page, 'people/demo_cast');
  await call(page, 'screens/open_demo', { estate: people.find(({ estate }) => estate.en === 'Boyan Tower')!.estate_id });
  return page;
}

test('a visitor asks, and is let up', { tag: '@kiosk' }, async ({ house }) => {
  const name = house.scripts ? 'Mr Quillfeather' : 'Ms Quillfeather';
  const [screen, phone] = [await lobby(house), await house.enter(cast.contact, 'phone')];
  await screen.goto('/kiosk');
  await screen.getByRole('link', { name: 'I am visiting somebody', exact: true }).click();
  await screen.getByLabel('Number of the home').fill('801');
  await screen.getByLabel('Your name').fill(name);
  await screen.getByRole('button', { name: 'Tell them' }).click();
  await expect(screen.getByText('We have told them. Wait here, or ring the desk.')).toBeVisible();
  expect(await screen.content()).not.toContain('Quillfeather');

  await phone.goto('/inbox');
  const told = phone.getByRole('link', { name: /^Somebody is in the lobby for/ });
  // The other project's visitor may be told of, too.
  await house.sees(told.first());
  await expect(async () => {
    await phone.goto('/inbox');
    for (const href of await told.evaluateAll((links) => links.map((link) => link.getAttribute('href')!))) {
      await phone.goto(href);
      if (await phone.getByRole('heading', { name }).isVisible()) {
        return;
      }
    }
    throw new Error('not told yet');
  }).toPass({ timeout: 30_000 });
  await phone.getByRole('button', { name: 'Let them up' }).click();
  await house.sees(screen.getByText('Please come up'));
  await screen.getByRole('button', { name: 'Another visitor' }).click();
  await expect(screen.getByLabel('Your name')).toHaveValue('');
});

test('nothing of a visitor stays on the screen', { tag: ['@kiosk', '@hydrated'] }, async ({ house }) => {
  const screen = await lobby(house);
  await screen.goto('/kiosk/visitor');
  await screen.getByLabel('Number of the home').fill('6543Z');
  await screen.getByLabel('Your name').fill('Mr Pettigrew');
  await screen.getByRole('button', { name: 'Tell them' }).click();
  await expect(screen.getByText('We have told them. Wait here, or ring the desk.')).toBeVisible();
  await screen.getByRole('button', { name: 'Another visitor' }).click();
  await expect(screen.getByLabel('Your name')).toHaveValue('');
  // Half typed, and left: half a minute of quiet, ten seconds to say so.
  await screen.clock.install();
  await screen.reload();
  await screen.getByLabel('Number of the home').fill('6543Z');
  await screen.getByLabel('Your name').fill('Mr Pettigrew');
  await screen.getByLabel('Your name').click();
  await screen.clock.runFor(41_000);
  await screen.waitForURL(/\/kiosk$/);
  await alive(screen);
  const left = await screen.evaluate(async () => {
    const names = await caches.keys();
    const texts = await Promise.all(
      names.map(async (name) => {
        const cache = await caches.open(name);
        const all = await Promise.all((await cache.keys()).map(async (key) => `${key.url} ${await (await cache.match(key))?.text()}`));
        return all.join(' ');
      }),
    );
    return [document.documentElement.outerHTML, JSON.stringify({ ...localStorage, ...sessionStorage }), ...texts, JSON.stringify(history.state)].join(' ');
  });
  expect(left).not.toMatch(/Pettigrew|6543Z/);
  await screen.goBack();
  expect(screen.url()).not.toMatch(/Pettigrew|6543Z/);
  const content = await screen.content();
  expect(content).not.toMatch(/Pettigrew|6543Z/);
});
