// A facility, its week, a slot: booked and given back; seen to go by whoever looks; missed by whoever is slower.
import { cast, expect, test } from '../house.ts';
import type { Page } from '@playwright/test';

/** Opens a day of next week in a facility's week. */
async function nextWeek(page: Page, facility: string, weekday: string) {
  await page.goto('/book');
  await page.locator('a.tile', { hasText: facility }).click();
  await page.getByRole('heading', { level: 1, name: facility }).waitFor();
  await page.getByRole('link', { name: 'Week after' }).click();
  const day = page.getByRole('navigation', { name: 'Seven days' }).getByRole('link', { name: new RegExp(`^${weekday} `) });
  await page.getByRole('link', { name: 'Week before' }).waitFor();
  await day.click();
  await expect(day).toHaveAttribute('aria-current', 'date');
}

/** A time of the day that is shown, as far as it stands. */
const slot = (page: Page, time: string, state: string) =>
  page.getByRole('button', { name: new RegExp(`, ${time}: ${state}$`) }).and(page.locator(':visible'));

test('a resident books a court, and gives it back', { tag: '@booking' }, async ({ house }) => {
  const phone = await house.enter(cast.spouse, 'phone');
  // Each project has a court of its own to choose from.
  const facility = house.scripts ? 'Badminton court' : 'Tennis court';
  await phone.goto('/home');
  await phone.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Book', exact: true }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'Book' })).toBeVisible();
  await nextWeek(phone, facility, 'Wed');
  const days = phone.getByRole('navigation', { name: 'Seven days' });
  await expect(days.getByRole('link', { name: /^Wed / })).toContainText(/\d+ free \d+(:\d\d)?–\d/);
  await slot(phone, '10:00', '2 left').click();

  await phone.waitForURL(/\/bookings\//);
  await expect(phone.getByRole('status').getByText(/^It is kept for you until/)).toBeVisible();
  await phone.getByLabel('People').fill('99');
  house.expects(/^422 POST \/api\/bookings\/confirm/);
  await phone.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(phone.getByRole('alert')).toBeVisible();
  await phone.getByLabel('People').fill('2');
  await phone.getByLabel('Anything we should know?').fill('We bring our own rackets.');
  await phone.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(phone.getByText('It is yours. Tell the desk your code when you come.')).toBeVisible();
  await expect(phone.getByText('We bring our own rackets.')).toBeVisible();

  await phone.goto('/book');
  await phone.getByRole('region', { name: 'Your bookings' }).getByRole('link', { name: facility }).click();
  await phone.getByRole('button', { name: 'Give it back' }).click();
  await expect(phone.getByText('You gave it back, and others can have it.')).toBeVisible();
  await nextWeek(phone, facility, 'Wed');
  await expect(slot(phone, '10:00', '2 left')).toBeVisible();
});

test('a slot that is taken elsewhere goes at once, and the keys of a grid go about', { tag: ['@booking', '@hydrated'] }, async ({ house }) => {
  const [one, other] = [await house.enter(cast.spouse, 'phone'), await house.enter(cast.resident, 'phone')];
  for (const page of [one, other]) {
    await nextWeek(page, 'Party room', 'Fri');
  }
  await slot(other, '10:00', 'Free').focus();
  // A wider screen shows all of the week.
  const narrow = other.viewportSize()!;
  await other.setViewportSize({ width: 1180, height: 820 });
  const days = await other.getByRole('columnheader').allInnerTexts();
  const [first, second, last] = [days[0], days[1], days.at(-1)];
  const ways = [
    ['PageDown', 'Fri', '15:00'],
    ['End', last, '15:00'],
    ['Home', first, '15:00'],
    ['PageUp', first, '10:00'],
    ['ArrowRight', second, '10:00'],
    ['Control+End', last, '20:00'],
    ['Control+Home', first, '10:00'],
  ] as const;
  for (const [key, day, time] of ways) {
    await other.keyboard.press(key);
    await expect(other.getByRole('button', { name: new RegExp(`^${day}( .*)?, ${time}: `) })).toBeFocused();
  }
  await expect(other.locator('.slot:not([tabindex="-1"])')).toHaveCount(1);
  await other.setViewportSize(narrow);
  // A phone shows one day: the first and the last of a row are the same.
  await slot(other, '10:00', 'Free').focus();
  await other.keyboard.press('End');
  await expect(slot(other, '10:00', 'Free')).toBeFocused();
  await other.keyboard.press('ArrowDown');
  await expect(slot(other, '11:00', 'Free')).toBeFocused();
  await slot(one, '11:00', 'Free').click();
  await one.waitForURL(/\/bookings\//);
  // It is where it was; whoever asks for it all the same is told.
  await expect(slot(other, '11:00', 'Taken')).toBeFocused();
  house.expects(/^409 POST \/api\/bookings\/hold/);
  await other.keyboard.press('Enter');
  await expect(other.getByRole('alert')).toContainText('Somebody else was faster');
  await one.getByRole('button', { name: 'Let it go' }).click();
  await expect(slot(other, '11:00', 'Free')).toBeVisible();
});

test('whoever is slower is told, and offered what is nearest', { tag: ['@booking', '@plain'] }, async ({ house }) => {
  const [fast, slow] = [await house.enter(cast.resident, 'phone'), await house.enter(cast.spouse, 'phone')];
  for (const page of [fast, slow]) {
    await nextWeek(page, 'Moving lift', 'Thu');
  }
  await slot(fast, '14:00', 'Free').click();
  await fast.waitForURL(/\/bookings\//);
  await slot(slow, '14:00', 'Free').click();
  await expect(slow.getByRole('alert')).toContainText('Somebody else was faster');
  const instead = slow.locator('.notice').getByRole('button');
  await expect(instead).toHaveCount(3);
  await instead.first().click();
  await slow.waitForURL(/\/bookings\//);
  await slow.getByRole('button', { name: 'Let it go' }).click();
  await fast.getByRole('button', { name: 'Let it go' }).click();
  await expect(fast.getByText('It is not kept for you any more, and others can have it.')).toBeVisible();
});

test('what is booked is moved to another time', { tag: '@booking' }, async ({ house }) => {
  const phone = await house.enter(cast.resident, 'phone');
  const facility = house.scripts ? 'Tennis court' : 'Badminton court';
  await nextWeek(phone, facility, 'Tue');
  await slot(phone, '10:00', '2 left').click();
  await phone.waitForURL(/\/bookings\//);
  await phone.getByRole('button', { name: 'Book', exact: true }).click();
  await phone.getByRole('link', { name: 'Change the time' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: `${facility}: another time` })).toBeVisible();
  await expect(slot(phone, '10:00', 'Yours')).toBeVisible();
  await slot(phone, '12:00', '2 left').click();
  await phone.waitForURL(/\/bookings\//);
  await expect(phone.locator('.when')).toContainText('12:00–13:00');
  await phone.getByRole('button', { name: 'Give it back' }).click();
  await expect(phone.getByText('You gave it back, and others can have it.')).toBeVisible();
});

test('what the catalogue says of a facility stands where it is booked', { tag: '@booking' }, async ({ house }) => {
  const phone = await house.enter(cast.resident, 'phone');
  await phone.goto('/services');
  await phone.getByRole('link', { name: /^Swimming pool/ }).click();
  await phone.waitForURL(/\/book\/pool-lane/);
  const about = phone.getByRole('group').filter({ hasText: 'About this service' });
  await expect(about.getByText('Clean, open and staffed as announced.')).toBeHidden();
  await about.getByText('About this service').click();
  await expect(about.getByText('Clean, open and staffed as announced.')).toBeVisible();
});
