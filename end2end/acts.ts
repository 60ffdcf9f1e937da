// What people do in the journeys by hand on the pages, each in one place; or (`given`) past them, for what a test is
// not about.
import { expect, type Locator, type Page } from '@playwright/test';
import { TAP } from './given.ts';
import { type House } from './house.ts';

export { given, PLUMBER, SUPERVISOR, TAP } from './given.ts';

/** A file as a form takes it. */
export type File = { name: string; mimeType: string; buffer: Buffer };

/** Signs in with one tap, as the demo offers it. */
export async function oneTap(page: Page, who: string) {
  await page.getByRole('region', { name: 'Demo estate' }).getByRole('button', { name: who }).click();
}

/** Opens the report of the tap from anywhere in a resident's pages. */
export async function startReport(page: Page) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Report', exact: true }).click();
  await page.getByRole('heading', { name: 'What is the matter?' }).waitFor();
  await page.getByRole('link', { name: TAP.name }).click();
  await page.getByRole('heading', { name: TAP.name }).waitFor();
}

/** The box for a resident's words about what is wrong. */
export const problemWords = (page: Page) => page.getByLabel('What do you see?');

/** Sends a report; where scripts run, by way of the look at the whole of it. */
export async function sendReport(house: House, page: Page) {
  if (house.scripts) {
    await page.getByRole('button', { name: 'Next: check' }).click();
  }
  await page.getByRole('button', { name: 'Send report' }).click();
}

/** Reports the tap by hand, and returns the code that the page shows. */
export async function report(house: House, page: Page, words: string, photo?: File): Promise<string> {
  await startReport(page);
  await problemWords(page).fill(words);
  if (photo) {
    await page.getByLabel('Choose from album').setInputFiles(photo);
  }
  await sendReport(house, page);
  await page.waitForURL(/\/requests\/[^/]+\/sent/);
  return (await page.locator('.bigcode').innerText()).trim();
}

/** The bar of moves under a matter, or on a job's card. */
export const moves = (page: Page | Locator) => page.getByRole('group', { name: /^Moves/ });

/** Unfolds a move's form. */
export async function unfold(bar: Locator, name: string) {
  const summary = bar.locator('summary', { hasText: new RegExp(`^\\s*${name}\\s*$`) });
  await summary.click();
  return summary.locator('xpath=..');
}

/** Makes a move that asks something. */
export async function move(bar: Locator, name: string, answer: (form: Locator) => Promise<void> = async () => {}) {
  const form = await unfold(bar, name);
  await answer(form);
  await form.getByRole('button', { name, exact: true }).click();
}

/** Signs on the glass of a form, with a finger. */
export async function signOnGlass(form: Locator) {
  const glass = form.locator('canvas');
  await glass.scrollIntoViewIfNeeded();
  const box = (await glass.boundingBox())!;
  const { mouse } = form.page();
  await mouse.move(box.x + 20, box.y + box.height / 2);
  await mouse.down();
  for (const [x, y] of [[60, -20], [100, 25], [140, -10], [180, 15]] as const) {
    await mouse.move(box.x + x, box.y + box.height / 2 + y);
  }
  await mouse.up();
  await expect(form.getByText('Signed', { exact: true })).toBeVisible();
}

/** A job's card in a technician's day, by the code of its matter. */
export const job = (page: Page | Locator, code: string) => page.getByRole('article').filter({ hasText: code });

/**
 * Sends an order from a matter's page, by the page that weighs who goes, and comes back. Teams, firms and whoever is not
 * among the likeliest stand folded away.
 */
export async function dispatch(desk: Page, who: string, note: string, isFolded = false) {
  await moves(desk).getByRole('link', { name: 'Dispatch' }).click();
  if (isFolded) {
    await desk.locator('summary', { hasText: 'more people, teams and firms' }).click();
  }
  await desk.getByRole('radio', { name: who }).first().check();
  await desk.getByLabel('Note for them').fill(note);
  await desk.getByRole('button', { name: 'Send order' }).click();
  await expect(desk.getByRole('region', { name: 'Orders already out' })).toContainText(note);
  await desk.getByRole('link', { name: 'Back to the matter' }).click();
}

/** Opens an order in full, from its matter's page (where its note is its name, if it has one) or from a job's card. */
export async function openOrder(from: Page | Locator, page: Page, name: string | RegExp = /^(Order for|Open order)/) {
  await from.getByRole('link', { name }).first().click();
  await page.waitForURL(/\/staff\/orders\//);
  await page.getByRole('heading', { name: 'On-site confirmation' }).waitFor();
}

/** Writes on an order's page what was found and what was done, with the reason why there is no proof. */
export async function finish(page: Page, found: string, done: string, why: string) {
  const finding = page.getByRole('region', { name: 'On-site confirmation' });
  await finding.getByLabel('What is really to be done').fill(found);
  await finding.getByRole('button', { name: 'Confirm on site' }).click();
  await expect(finding.getByRole('listitem').filter({ hasText: found })).toBeVisible();
  await move(moves(page), 'Complete', async (form) => {
    await form.getByLabel('What was done').fill(done);
    await form.getByLabel('Why neither a photo nor a signature?').fill(why);
  });
  await expect(page.getByRole('region', { name: 'Result' })).toContainText(done);
}

/** A line of a timeline. */
export const said = (page: Page, words: string | RegExp) => page.getByRole('listitem').filter({ hasText: words }).first();

/** A time on the wall of the demo estates, some hours from now, as a form carries it. */
export function inHours(hours: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
  return parts.format(Date.now() + hours * 3_600_000).replace(' ', 'T');
}
