// The lobby screen forgets whoever stood before it.
import { alive, expect, test } from '../house.ts';

test('half a minute of quiet asks, ten seconds later it starts over', { tag: '@hydrated' }, async ({ house }) => {
  const page = await house.screen();
  await page.clock.install();
  await page.goto('/kiosk');
  const question = page.getByRole('dialog');
  // Nobody has touched it: nothing to clear.
  await page.clock.runFor(60_000);
  await expect(question).toBeHidden();

  await page.getByRole('button', { name: '繁體中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  await alive(page);
  // From the last touch on no second passes but those that are run.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  await page.locator('.topbar').click();
  await page.evaluate(() => {
    localStorage.setItem('of the last person', 'something');
    sessionStorage.setItem('of the last person', 'something');
  });
  await page.clock.runFor(30_000);
  await expect(question).toBeVisible();
  await expect(question.getByRole('timer')).toHaveText('10');
  await page.clock.runFor(3_000);
  await expect(question.getByRole('timer')).toHaveText('7');
  await question.getByRole('button', { name: '我還在' }).click();
  await expect(question).toBeHidden();
  await page.clock.resume();

  await page.getByRole('button', { name: '調低' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-reach', 'low');
  await page.clock.runFor(30_000);
  await expect(question).toBeVisible();
  const before = await page.evaluate(() => history.length);
  await page.clock.runFor(10_000);
  await expect(page.locator('html')).not.toHaveAttribute('data-reach', 'low');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(question).toBeHidden();
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(await page.evaluate(() => history.length)).toBe(before);
});

test('a lobby screen that nobody touches takes up a new build by itself', { tag: '@hydrated' }, async ({ house }) => {
  const page = await house.screen();
  await page.clock.install();
  await page.goto('/kiosk');
  await page.route(/\/live$/, (route) => route.fulfill({ contentType: 'text/event-stream', body: 'event: build\ndata: next\n\n' }));
  await page.route(/\/kiosk$/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/data-build="[^"]*"/, 'data-build="next"');
    await route.fulfill({ response, body });
  });
  await page.clock.runFor(5 * 60_000);
  await expect(async () => {
    await page.clock.runFor(1_000);
    await expect(page.locator('html')).toHaveAttribute('data-build', 'next', { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await alive(page);
  // It has come to life and looks again: that look must not outlive the page.
  await page.unrouteAll({ behavior: 'wait' });
});

test('the lobby screen speaks three languages, and its targets fit every hand', async ({ house }) => {
  const page = await house.screen();
  await page.goto('/kiosk');
  await page.getByRole('button', { name: '繁體中文' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hant');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  for (const target of await page.getByRole('button').or(page.getByRole('link')).all()) {
    const box = await target.boundingBox();
    if (box && (await target.isVisible()) && !(await target.evaluate((element) => element.matches('.skip')))) {
      expect(Math.min(box.width, box.height), await target.innerText()).toBeGreaterThanOrEqual(64);
    }
  }
});
