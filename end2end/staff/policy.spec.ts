// A manager writes the next version of the policy, looks at what it would mean, and publishes it. Boyan's: no other
// journey goes by its clocks. Its draft is one, so the way without scripts comes after the other in this same project.
import { type Page } from '@playwright/test';
import { call, cast, expect, test } from '../house.ts';
import { given } from '../acts.ts';

test('a manager writes the policy, looks, and publishes', { tag: ['@policy', '@hydrated'] }, async ({ house }) => {
  const contact = await house.enter(cast.contact, 'phone');
  const before = await given.reported(contact, 'The tap drips under the policy of today.');
  const manager = await house.enter(cast.boyanManager, 'tablet');
  const number = await writes(manager, 'Founding day', '2027-05-04', '7');
  await publishes(manager);
  await expect(manager.getByText(new RegExp(`^Version ${number} holds since`))).toBeVisible();
  const after = await given.reported(contact, 'The tap drips under the policy of tomorrow.');
  await runsUnder(manager, after, number, '7 h');
  await runsUnder(manager, before, number - 1, null);
});

test('a refused time keeps what was typed', { tag: ['@policy', '@hydrated'] }, async ({ house }) => {
  house.expects(/^422 POST/);
  const manager = await house.enter(cast.boyanManager, 'tablet');
  await manager.goto('/staff/policy/edit/calendar');
  const week = manager.getByRole('region', { name: 'The week' });
  await week.getByLabel('Mon, stretch 1, Until').fill('06:00');
  await week.getByRole('button', { name: 'Save in the draft' }).click();
  await expect(week.getByRole('alert')).toBeFocused();
  await expect(week.getByLabel('Mon, stretch 1, Until')).toHaveAttribute('aria-invalid', 'true');
  await expect(week.getByLabel('Mon, stretch 1, Until')).toHaveValue('06:00');
});

test('the same without scripts', { tag: ['@policy', '@hydrated'] }, async ({ house, browser }) => {
  const contact = await house.enter(cast.contact, 'phone');
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1180, height: 820 } });
  const manager = await context.newPage();
  await call(manager, 'people/demo_sign_in', { sign_in: cast.boyanManager });
  await call(manager, 'people/choose_manners', { lang: 'en', theme: 'light' });
  const number = await writes(manager, 'Lantern day', '2027-02-20', '6');
  await publishes(manager);
  await expect(async () => {
    await manager.reload();
    await expect(manager.getByText(new RegExp(`^Version ${number} holds since`))).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  const code = await given.reported(contact, 'The tap drips, and nothing scripts it.');
  await runsUnder(manager, code, number, '6 h');
  await context.close();
});

/** Adds a holiday and changes a clock; the number that the version will have. */
async function writes(page: Page, name: string, day: string, hours: string): Promise<number> {
  await page.goto('/staff/policy');
  await page.getByRole('link', { name: 'Change the policy' }).click();
  const status = page.getByRole('status').filter({ hasText: 'draft' }).first();
  const next = /version (\d+)/.exec(await status.innerText());
  const days = page.getByRole('region', { name: 'Holidays and other days' });
  await days.getByLabel('Name').fill(name);
  await days.getByLabel('First day').fill(day);
  await days.getByRole('button', { name: 'Add a day' }).click();
  await expect(days.getByRole('listitem').filter({ hasText: name })).toContainText('closed');

  await page.getByRole('navigation', { name: 'Parts of the policy' }).getByRole('link', { name: 'Time limits' }).click();
  const clocks = page.getByRole('region', { name: 'General rule' });
  await clocks.getByLabel('Works again · Normal: how long').fill(hours);
  await clocks.getByLabel('Works again · Normal: unit').selectOption('hours');
  await clocks.getByLabel('Works again · Normal: which time counts').selectOption('Day and night');
  await clocks.getByRole('button', { name: 'Save in the draft' }).click();
  await expect(page.getByText('It changes: Office hours, Time limits.')).toBeVisible();
  return Number(next![1]);
}

/** Looks at the preview, and publishes at once. */
async function publishes(page: Page) {
  await page.getByRole('link', { name: 'Preview and publish' }).click();
  const open = page.getByRole('region', { name: 'Matters like those that are open' });
  await expect(open.getByRole('row', { name: /^Works again/ })).toBeVisible();
  await expect(page.getByText(/Those that run already keep the version/)).toBeVisible();
  await page.getByRole('radio', { name: 'At once' }).check({ force: true });
  await page.getByRole('textbox', { name: 'Why' }).fill('Quicker from now on.');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.waitForURL(/\/staff\/policy$/);
  await expect(page.getByRole('listitem').filter({ hasText: 'Quicker from now on.' }).first()).toBeVisible();
}

/** *Why these times?* names the version, and its rule. */
async function runsUnder(page: Page, code: string, number: number, length: string | null) {
  await page.goto(`/staff/requests/${code}/clocks`);
  const works = page.getByRole('region', { name: 'Works again', exact: true }).first();
  await expect(works).toContainText(`Policy version ${number}, in force since`);
  if (length) {
    await expect(works).toContainText(`Normal matters: ${length}, day and night.`);
  }
}
