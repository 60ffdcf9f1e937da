// What a page never sends by itself, and what comes too late: refused beside what it is about, and nothing is booked.
import { call, cast, expect, test } from '../house.ts';
import { given } from '../given.ts';
import type { Locator, Page } from '@playwright/test';

const FACILITY = 'table-tennis';

/** The day so many days from now on the estate's wall: `2026-12-04`. */
const ahead = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + days * 86_400_000);

/** Has a part of a form send something else. */
const tamper = (part: Locator, value: string) =>
  part.evaluate((part, value) => void ((part as HTMLInputElement | HTMLButtonElement).value = value), value);

type Card = { facility: { en: string }; booking: { id: string; version: number; stage: string } };

/** How many bookings of the facility somebody has, or had lately. */
async function count(resident: Page): Promise<number> {
  const { bookings } = await call<{ bookings: Card[] }>(resident, 'bookings/board');
  return bookings.filter(({ facility }) => facility.en === 'Table tennis').length;
}

const booking = async (resident: Page, code: string) =>
  (await call<{ card: Card }>(resident, 'bookings/file', { code })).card.booking;

test('what cannot be booked is refused beside its field', { tag: '@booking' }, async ({ house }) => {
  // Each project has a person of its own.
  const phone = await house.enter(house.scripts ? cast.resident : cast.spouse, 'phone');
  const [desk, elsewhere] = [await house.enter(cast.receptionist, 'tablet'), await house.enter(cast.boyanManager, 'tablet')];
  const [theirs] = await call<{ id: string }[]>(desk, 'people/find_units', { words: '1701' });
  const other = await call<{ facility: { id: string } }>(elsewhere, 'bookings/facility', { slug: 'meeting-room' });
  const before = await count(phone);
  house.expects(/^422 POST \/api\/bookings\/hold/);

  const free = phone.getByRole('grid').getByRole('button', { name: /: (Free|\d left)$/ }).and(phone.locator(':visible')).first();
  const hidden = (name: string) => phone.locator(`.planner input[name=${name}]`);
  for (const { field, part, value, words } of [
    // It would end before it begins, and when it begins.
    { field: 'steps', part: hidden('steps'), value: '-1', words: 'A whole number from 1 to 3, please.' },
    { field: 'steps', part: hidden('steps'), value: '0', words: 'A whole number from 1 to 3, please.' },
    { field: 'starts', part: free, value: '1000000000', words: 'This lies in the past.' },
    { field: 'home', part: hidden('home'), value: theirs!.id, words: 'This is not there, or not yours to choose. Please choose again.' },
    { field: 'facility', part: hidden('facility'), value: other.facility.id, words: 'This is not there, or not yours to choose. Please choose again.' },
  ]) {
    await phone.goto(`/book/${FACILITY}?day=${ahead(3)}`);
    await tamper(part, value);
    await free.click();
    const summary = phone.getByRole('alert');
    await expect(summary).toContainText('Please look again at what is marked.');
    await expect(summary.getByRole('link', { name: words })).toHaveAttribute('href', `#bookings-hold-${field}`);
    await expect(phone.locator(`#bookings-hold-${field}`)).toHaveAccessibleDescription(words);
  }
  expect(await count(phone)).toBe(before);
});

test('neither a series of a hundred years nor what is not kept any more is booked', { tag: '@booking' }, async ({ house }) => {
  const phone = await house.enter(house.scripts ? cast.resident : cast.spouse, 'phone');
  const code = await given.held(phone, FACILITY);
  house.expects(/^(422|409) POST \/api\/bookings\/confirm/);
  const book = phone.getByRole('button', { name: 'Book', exact: true });
  await phone.goto(`/bookings/${code}`);
  await phone.getByLabel('Repeat').selectOption('Every week');
  await phone.getByLabel('Until').fill('2126-11-30');
  await book.click();
  await expect(phone.getByRole('alert')).toContainText('Please look again at what is marked.');
  await expect(phone.getByLabel('Until')).toHaveAccessibleDescription('This lies further ahead than can be chosen here.');
  expect((await booking(phone, code)).stage).toBe('held');

  // On its way to the server the time runs out: somebody at another device lets it go.
  const reply = phone.waitForResponse(/\/api\/bookings\/confirm$/);
  await phone.route(
    /\/api\/bookings\/confirm$/,
    async (route) => {
      const { id, version } = await booking(phone, code);
      await call(phone, 'bookings/cancel', { id, seen: `${version}` });
      await route.continue();
    },
    { times: 1 },
  );
  await book.click();
  if (house.scripts) {
    expect(await (await reply).json()).toEqual({ Refused: 'HoldOver' });
  }
  await expect(phone.getByText('It is not kept for you any more, and others can have it.')).toBeVisible();
  await expect(phone.getByRole('link', { name: 'Look for another time' })).toBeVisible();
  await expect(book).toHaveCount(0);
  expect((await booking(phone, code)).stage).toBe('expired');
});
