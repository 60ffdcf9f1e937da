// A lobby screen is let in by staff, shows its board in both orientations, lets nobody out of it, and is shut out again.
import type { Page } from '@playwright/test';
import { alive, cast, expect, test } from '../house.ts';

const SIZES = [
  { width: 1080, height: 1920 },
  { width: 1920, height: 1080 },
];

/** Nothing of a page lies beyond the screen, however it stands. */
async function fits(page: Page) {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const beyond = await page.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
      const board = document.querySelector('.board');
      const isCut = board !== null && board.scrollHeight > board.clientHeight + 1;
      return { high: scrollHeight > clientHeight, wide: scrollWidth > clientWidth, isCut };
    });
    expect(beyond, `${size.width} × ${size.height}`).toEqual({ high: false, wide: false, isCut: false });
  }
}

test('staff let a screen in by its code, see it, move it, and shut it out', { tag: '@kiosk' }, async ({ house, page: screen }) => {
  await screen.goto('/kiosk');
  await expect(screen.getByRole('heading', { level: 1, name: 'This screen is not enrolled yet' })).toBeVisible();
  await expect(screen.getByText('Call the desk')).toHaveCount(0);
  await fits(screen);
  await screen.getByRole('button', { name: 'Show a code' }).click();
  const shown = screen.locator('p.code');
  await expect(shown).toContainText(/[A-Z2-9]{4}-[A-Z2-9]{4}/);
  await fits(screen);
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await shown.innerText())![0];

  const manager = await house.enter(cast.boyanManager, 'tablet');
  await manager.goto('/staff/team');
  await manager.getByRole('link', { name: 'Lobby screens', exact: true }).click();
  const name = house.scripts ? 'Harbour side' : 'Meadow side';
  await manager.getByLabel('Code on the screen').fill(code);
  await manager.getByLabel('What do you call it?').last().fill(name);
  await manager.getByLabel('Where does it stand?').last().selectOption({ index: 1 });
  await manager.getByRole('button', { name: 'Let the screen in' }).click();
  const row = manager.getByRole('listitem').filter({ hasText: name });
  await expect(row).toBeVisible();

  if (!house.scripts) {
    await screen.getByRole('button', { name: 'Continue' }).click();
  }
  await expect(screen.getByText('Call the desk')).toBeVisible();
  await expect(screen.getByText('Boyan Tower', { exact: true })).toBeVisible();
  await fits(screen);
  await manager.reload();
  await expect(row).toContainText('Online');

  await row.getByText('Rename or move').click();
  await row.getByLabel('What do you call it?').fill(`${name} 2`);
  await row.getByRole('button', { name: 'Save' }).click();
  await expect(manager.getByRole('listitem').filter({ hasText: `${name} 2` })).toBeVisible();
  await row.getByText('Shut it out', { exact: true }).click();
  await row.getByRole('button', { name: `Shut out ${name} 2` }).click();
  await expect(row.getByRole('button', { name: `Shut out ${name} 2` })).toHaveCount(0);
  await screen.reload();
  await expect(screen.getByRole('button', { name: 'Show a code' })).toBeVisible();
});

test('nothing leads out of a lobby screen', { tag: '@kiosk' }, async ({ house }) => {
  house.expects(/^40[34] GET/);
  const screen = await house.screen();
  const paths = ['/kiosk', '/kiosk/report', '/kiosk/check', '/kiosk/ring', '/kiosk/visitor', '/kiosk/notice/nowhere', '/kiosk/nowhere'];
  for (const path of paths) {
    await screen.goto(path);
    const outside = await screen.evaluate(() => {
      const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
      const targets = document.querySelectorAll('[target], input[type=file], [download], iframe').length;
      return { out: links.filter((href) => !/^(#|\/kiosk(\/|$|\?))/.test(href)), targets };
    });
    // The door that stands ready for a page that cannot go on loads it anew.
    expect({ ...outside, out: outside.out.filter((href) => href !== '') }, path).toEqual({ out: [], targets: 0 });
    await fits(screen);
  }
  await screen.goto('/kiosk');
  expect(await screen.evaluate(() => getComputedStyle(document.body).touchAction)).toBe('pan-x pan-y');
});

test('the browser behind a lobby screen offers nothing of its own', { tag: ['@kiosk', '@hydrated'] }, async ({ house }) => {
  const screen = await house.screen();
  await screen.goto('/kiosk');
  await alive(screen);
  const held = (kind: string, init: EventInit = {}) =>
    screen.evaluate(
      ({ kind, init }) => {
        const event = kind === 'keydown' ? new KeyboardEvent(kind, { ...init, bubbles: true, cancelable: true }) : new Event(kind, { bubbles: true, cancelable: true });
        return !document.querySelector('h1')!.dispatchEvent(event);
      },
      { kind, init },
    );
  for (const kind of ['contextmenu', 'dragstart', 'dragover', 'drop', 'auxclick']) {
    expect(await held(kind), kind).toBe(true);
  }
  for (const init of [{ ctrlKey: true, key: '+' }, { altKey: true, key: 'ArrowLeft' }, { key: 'F11' }]) {
    expect(await held('keydown', init as EventInit), JSON.stringify(init)).toBe(true);
  }
  expect(await held('keydown', { key: 'F' } as EventInit), 'a letter is typed').toBe(false);
  const pages = screen.context().pages().length;
  await screen.getByRole('heading', { level: 1 }).click({ button: 'middle' });
  expect(screen.context().pages().length).toBe(pages);
});

test('a lobby screen is opened by one tap in the demo, and nobody signs in on it', { tag: '@kiosk' }, async ({ house }) => {
  house.expects(/^403 POST/);
  const screen = await house.stranger('kiosk');
  await screen.goto('/sign-in');
  await screen.getByRole('button', { name: 'Open as lobby screen' }).first().click();
  await expect(screen.getByText('Call the desk')).toBeVisible();
  const reply = await screen.request.post('/api/people/demo_sign_in', {
    form: { key: crypto.randomUUID(), sign_in: cast.resident },
    headers: { accept: 'application/json' },
  });
  expect(reply.status()).toBe(403);
});
