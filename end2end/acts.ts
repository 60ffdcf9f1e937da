// What people do in the journeys, each in one place: by hand on the pages, or (`given`) past them, for
// what a test is not about.
import { expect, type Locator, type Page } from '@playwright/test';
import { call, type House } from './house.ts';

/** A file as a form takes it. */
export type File = { name: string; mimeType: string; buffer: Buffer };

/** The problem that the journeys report: every home has one. */
export const TAP = { name: 'Dripping or leaking tap', slug: 'tap-leak' };

/** The plumber, as colleagues read his name. */
export const PLUMBER = '陈国富';

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

/** Sends an order from a matter's page, by the page that weighs who goes, and comes back. */
export async function dispatch(desk: Page, who: string, note: string) {
  await moves(desk).getByRole('link', { name: 'Dispatch' }).click();
  await desk.getByRole('radio', { name: who }).first().check();
  await desk.getByLabel('Note for them').fill(note);
  await desk.getByRole('button', { name: 'Send order' }).click();
  await expect(desk.getByRole('region', { name: 'Orders already out' })).toContainText(note);
  await desk.getByRole('link', { name: 'Back to the matter' }).click();
}

/** Opens the latest order in full, from its matter's page or from a job's card. */
export async function openOrder(from: Page | Locator, page: Page) {
  await from.getByRole('link', { name: /^(Order for|Open order)/ }).first().click();
  await page.waitForURL(/\/staff\/orders\//);
  await page.getByRole('heading', { name: 'On-site confirmation' }).waitFor();
}

/** A line of a timeline. */
export const said = (page: Page, words: string | RegExp) => page.getByRole('listitem').filter({ hasText: words }).first();

/** A time on the wall of the demo estates, some hours from now, as a form carries it. */
export function inHours(hours: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
  return parts.format(Date.now() + hours * 3_600_000).replace(' ', 'T');
}

type Matter = {
  request: { id: string; version: number };
  orders: { order: { id: string; version: number } }[];
};
type Assigning = { hands: { candidate: { who: { id: string; name: string } } }[] };

/** A matter as it stands, for its ids and versions. */
const matter = (staff: Page, code: string) => call<Matter>(staff, 'requests/matter', { code });

/** Steps that a test takes as given. */
export const given = {
  /** A resident's report of the tap. */
  async reported(resident: Page, words: string): Promise<string> {
    const catalogue = await call<{
      estate: { id: string };
      items: { id: string; slug: string }[];
      homes: { unit: { id: string } }[];
    }>(resident, 'services/catalogue');
    const item = catalogue.items.find((item) => item.slug === TAP.slug);
    const fields = { estate: catalogue.estate.id, item: item!.id, place: `unit:${catalogue.homes[0]!.unit.id}`, words };
    const { code } = await call<{ code: string }>(resident, 'requests/report', fields);
    return code;
  },

  /** A resident takes a report back. */
  async withdrawn(resident: Page, code: string) {
    const { card, version } = await call<{ card: { id: string }; version: number }>(resident, 'requests/track', { code });
    await call(resident, 'requests/cancel', { id: card.id, seen: `${version}` });
  },

  /** One move of staff on a matter. */
  async moved(staff: Page, code: string, move: string, fields: Record<string, string> = {}) {
    const { request } = await matter(staff, code);
    await call(staff, `requests/${move}`, { id: request.id, seen: `${request.version}`, ...fields });
  },

  /** An order for the plumber on a matter that was triaged. */
  async dispatched(desk: Page, code: string) {
    const { hands } = await call<Assigning>(desk, 'work/assigning', { code });
    const hand = hands.map(({ candidate }) => candidate.who).find((who) => who.name === PLUMBER);
    expect(hand, `${PLUMBER} takes orders`).toBeDefined();
    await given.moved(desk, code, 'dispatch', { to: `person:${hand!.id}` });
  },

  /** One move of staff on the latest order of a matter. */
  async worked(staff: Page, code: string, move: string, fields: Record<string, string> = {}) {
    const { order } = (await matter(staff, code)).orders[0]!;
    await call(staff, `work/${move}`, { id: order.id, seen: `${order.version}`, ...fields });
  },

  /** A matter that is done, and waits for its resident. */
  async done(resident: Page, desk: Page, plumber: Page, words: string): Promise<string> {
    const code = await given.reported(resident, words);
    await given.moved(desk, code, 'triage', { urgency: 'normal' });
    await given.dispatched(desk, code);
    for (const step of ['accept', 'set_out', 'arrive']) {
      await given.worked(plumber, code, step);
    }
    await given.worked(plumber, code, 'complete', { note: 'New washer.', no_proof_reason: 'Nobody was at home to sign.' });
    return code;
  },
};
