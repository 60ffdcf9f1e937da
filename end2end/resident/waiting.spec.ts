// The waiting list: what others have is waited for, and kept for whoever came first once they give it up.
import { call, cast, expect, test } from '../house.ts';
import type { Page } from '@playwright/test';

/** The day so many days from now on the estate's wall: `2026-12-04`. */
const ahead = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + days * 86_400_000);

/** Noon of a day on the estate's wall, in seconds since 1970. */
const noon = (day: string) => `${Date.parse(`${day}T12:00:00+08:00`) / 1000}`;

/** Another household has the party room at noon of a day, by way of the desk: its code. */
async function booked(desk: Page, home: string, day: string): Promise<string> {
  const [unit] = await call<{ id: string }[]>(desk, 'people/find_units', { words: home });
  type WeekFor = { guests: { account: string }[]; week: { facility: { id: string }; steps: number } };
  const asked = { unit: unit!.id, facility: 'clubhouse', day };
  const { guests, week } = await call<WeekFor>(desk, 'bookings/week_for', asked);
  const { code } = await call<{ code: string }>(desk, 'bookings/book_for', {
    facility: week.facility.id,
    unit: unit!.id,
    starts: noon(day),
    steps: `${week.steps}`,
    heads: '1',
    ...(guests[0] && { account: guests[0].account }),
  });
  return code;
}

/** The office takes it back. */
async function calledOff(desk: Page, code: string) {
  type File = { entry: { card: { booking: { id: string; version: number } } } };
  const { entry } = await call<File>(desk, 'bookings/entry', { code });
  const { id, version } = entry.card.booking;
  await call(desk, 'bookings/call_off', { id, seen: `${version}`, reason: 'They asked for it.' });
}

test('whoever finds a time taken waits for it, and has it first when it comes free', { tag: '@booking' }, async ({ house }) => {
  // Each project has a person, a day and another household of its own; both days are in no month of other journeys.
  const phone = await house.enter(house.scripts ? cast.resident : cast.spouse, 'phone');
  const desk = await house.enter(cast.receptionist, 'tablet');
  const day = ahead(house.scripts ? 45 : 46);
  const code = await booked(desk, house.scripts ? '1701' : '1702', day);

  await phone.goto(`/book/clubhouse?day=${day}`);
  house.expects(/^409 POST \/api\/bookings\/hold/);
  await phone.getByRole('button', { name: /, 12:00: Taken$/ }).and(phone.locator(':visible')).click();
  await expect(phone.getByRole('alert')).toContainText('Somebody else was faster');
  await phone.locator('.notice').getByRole('link', { name: 'Wait for it' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'Wait for Party room' })).toBeVisible();
  await expect(phone.getByText('Nobody waits for it yet. You would be first in line.')).toBeVisible();
  await phone.getByRole('button', { name: 'Wait for it' }).click();

  // In line, out of it, and in again.
  const line = phone.getByRole('region', { name: 'You wait for' });
  await expect(line.getByText('Number 1 in line')).toBeVisible();
  await line.getByRole('button', { name: 'Leave the line' }).click();
  await expect(line).toHaveCount(0);
  await phone.goto(`/book/clubhouse/wait?day=${day}&starts=${noon(day)}`);
  await phone.getByRole('button', { name: 'Wait for it' }).click();
  await expect(line.getByText('Number 1 in line')).toBeVisible();

  await calledOff(desk, code);
  await house.sees(phone.getByRole('region', { name: 'Your bookings' }).getByRole('link', { name: /Party room.*Kept for you/ }));
  await expect(line).toHaveCount(0);
  await phone.goto('/inbox');
  await phone.getByRole('link', { name: /A place has come free: Party room/ }).first().click();
  await expect(phone.getByRole('status').getByText(/^It is kept for you until/)).toBeVisible();
  await phone.getByRole('button', { name: 'Let it go' }).click();
  await expect(phone.getByText('It is not kept for you any more, and others can have it.')).toBeVisible();
});
