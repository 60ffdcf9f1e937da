// Without a pointer: from the front door to a report that was sent.
import type { Locator, Page } from '@playwright/test';
import { cast, expect, test } from '../house.ts';
import { problemWords, TAP } from '../acts.ts';

/** Tabs until something has the focus, and the focus can be seen. */
async function tabTo(page: Page, target: Locator) {
  for (let step = 0; step < 120; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const ring = await target.evaluate((element) => {
        const holder = element.matches('input[type=radio], input[type=checkbox], input[type=file]') ? element.closest('label') ?? element : element;
        const rings = [element, holder].map((each) => getComputedStyle(each));
        return rings.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
      });
      expect(ring, `the focus on ${target} can be seen`).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key never reached ${target}`);
}

test('by keyboard alone: sign in', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: 'Sign in' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Emma Thornbury' }));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/home');
});

test('by keyboard alone: report', async ({ house }) => {
  const page = await house.enter(cast.resident);
  await tabTo(page, page.getByRole('link', { name: 'Report a problem' }).first());
  await page.keyboard.press('Enter');
  const tap = page.getByRole('link', { name: TAP.name });
  await tap.waitFor();
  await tabTo(page, tap);
  await page.keyboard.press('Enter');
  await problemWords(page).waitFor();
  await tabTo(page, problemWords(page));
  await page.keyboard.type('It drips; typed without a mouse.');
  if (house.scripts) {
    await tabTo(page, page.getByRole('button', { name: 'Next: check' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Check and send' })).toBeFocused();
  }
  await tabTo(page, page.getByRole('button', { name: 'Send report' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sent. The desk has it.' })).toBeVisible();
});
