// The desk is rung from a lobby, and says who comes.
import { call, cast, expect, test, type House } from '../house.ts';

/** Both projects may run at once: each rings in an estate of its own. */
async function lobby(house: House) {
  const page = await house.stranger('kiosk');
  const people = await call<{ estate: { en: string }; estate_id: string }[]>(page, 'people/demo_cast');
  const name = house.scripts ? 'Liyuan Garden' : 'Boyan Tower';
  await call(page, 'screens/open_demo', { estate: people.find(({ estate }) => estate.en === name)!.estate_id });
  return page;
}

test('somebody rings, the desk comes, and it is over', { tag: '@kiosk' }, async ({ house }) => {
  const [screen, desk] = [await lobby(house), await house.enter(house.scripts ? cast.receptionist : cast.boyanCoordinator, 'tablet')];
  await screen.goto('/kiosk');
  await screen.getByRole('link', { name: 'Ring the desk', exact: true }).click();
  await screen.getByRole('button', { name: 'Ring now' }).click();
  await expect(screen.getByText('The desk is being called')).toBeVisible();

  // Wherever one is in the office, a bar leads to it until somebody answers.
  await desk.goto('/staff/me');
  const bar = desk.getByRole('alert').getByRole('link', { name: /rings the desk$/ });
  await house.sees(bar);
  await bar.click();
  const card = desk.getByRole('region', { name: 'Rings' }).getByRole('article');
  await house.sees(card);
  await card.getByRole('button', { name: 'I am coming' }).click();
  await house.sees(screen.getByText(/is on the way$/));
  await expect(bar).toBeHidden();
  await card.getByRole('button', { name: 'Talking to them now' }).click();
  await house.sees(screen.getByText(/is with you now$/));
  await screen.getByRole('button', { name: 'Stop ringing' }).click();
  await expect(screen.getByRole('button', { name: 'Ring now' })).toBeVisible();
  await house.sees(desk.getByText('No screen rings.'));
});

test('all of it fits the screen, however it stands', { tag: '@kiosk' }, async ({ house }) => {
  const screen = await house.screen();
  for (const path of ['/kiosk/ring', '/kiosk/visitor']) {
    await screen.goto(path);
    for (const size of [{ width: 1080, height: 1920 }, { width: 1920, height: 1080 }]) {
      await screen.setViewportSize(size);
      const beyond = await screen.locator('main').evaluate((main) => main.scrollHeight > main.clientHeight + 1);
      expect(beyond, `${path} ${size.width} × ${size.height}`).toBe(false);
      for (const target of await screen.getByRole('button').or(screen.locator('main').getByRole('link')).all()) {
        if (await target.isVisible()) {
          const box = (await target.boundingBox())!;
          expect(Math.min(box.width, box.height), await target.innerText()).toBeGreaterThanOrEqual(64);
        }
      }
    }
  }
});
