// When is anything free for so long, for so many? A search over all that can be booked: tapped as in a week, seen to go by
// whoever looks.
import { cast, expect, test } from '../house.ts';
import type { Page } from '@playwright/test';

/** The day so many days from now on the estate's wall: `2026-12-04`. */
const ahead = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + days * 86_400_000);

/** A time of a facility on a day, as far as it stands. */
const time = (page: Page, facility: string, day: string, clock: string, state: string) =>
  page
    .getByRole('region', { name: facility })
    .getByRole('button', { name: new RegExp(`^\\w+ ${Number(day.slice(8))} \\w+, ${clock}: ${state}$`) });

test('whoever knows when they can finds what is free of all there is, and takes it', { tag: '@booking' }, async ({ house }) => {
  const phone = await house.enter(cast.spouse, 'phone');
  // Each project has a facility of its own to choose from.
  const facility = house.scripts ? 'Restaurant table' : 'Pool lanes';
  const day = ahead(6);
  await phone.goto('/book');
  await phone.getByRole('link', { name: 'Find a time' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'Find a time' })).toBeVisible();
  const search = phone.getByRole('search', { name: 'Find a time' });
  await search.getByLabel('Day', { exact: true }).fill(day);
  await search.getByRole('radio', { name: 'evening' }).check({ force: true });
  await search.getByLabel('For how many?').fill('4');
  await search.getByRole('button', { name: 'Show times' }).click();

  await phone.waitForURL(/part=evening/);
  await time(phone, facility, day, '19:00', 'Free').click();
  await phone.waitForURL(/\/bookings\//);
  await expect(phone.getByRole('status').getByText(/^It is kept for you until/)).toBeVisible();
  await expect(phone.getByRole('heading', { level: 1, name: new RegExp(facility) })).toBeVisible();
  await phone.getByRole('button', { name: 'Let it go' }).click();
  await expect(phone.getByText('It is not kept for you any more, and others can have it.')).toBeVisible();
});

test('a search that asks for too much says so', { tag: '@booking' }, async ({ house }) => {
  const phone = await house.enter(cast.spouse, 'phone');
  await phone.goto('/book/find?minutes=240&heads=900');
  await expect(phone.getByText('0 facilities have time')).toBeVisible();
  await expect(phone.getByRole('heading', { name: 'Nothing is free then' })).toBeVisible();
});

test('a time that is taken elsewhere goes at once, and stays where it was', { tag: ['@booking', '@hydrated'] }, async ({ house }) => {
  // The same person at two devices: what they hold on one, they are not offered on the other.
  const [one, other] = [await house.enter(cast.resident, 'phone'), await house.enter(cast.resident, 'phone')];
  const day = ahead(7);
  const at = (page: Page, state: string) => time(page, 'Restaurant table', day, '19:00', state);
  for (const page of [one, other]) {
    await page.goto(`/book/find?day=${day}&part=evening&minutes=90&heads=2`);
  }
  await at(other, 'Free').focus();
  await at(one, 'Free').click();
  await one.waitForURL(/\/bookings\//);
  await expect(at(other, 'Taken')).toBeFocused();
  await other.keyboard.press('Enter');
  await expect(other).toHaveURL(/\/book\/find/);
  await one.getByRole('button', { name: 'Let it go' }).click();
  await expect(at(other, 'Free')).toBeVisible();
});
