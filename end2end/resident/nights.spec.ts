// A guest room, let by the night: how many nights, from which day on; seen by the office on each of its days, and given back.
import { cast, expect, test } from '../house.ts';

test('guests have a room for two nights', { tag: '@booking' }, async ({ house }) => {
  // Each project has a household and days of its own.
  const [who, weekday] = house.scripts ? [cast.spouse, 'Tue'] : [cast.resident, 'Thu'];
  const phone = await house.enter(who, 'phone');
  await phone.goto('/book');
  await phone.getByRole('link', { name: 'Guest room' }).click();
  await phone.getByRole('heading', { level: 1, name: 'Guest room' }).waitFor();
  await expect(phone.getByText('Until 12:00 on the last day')).toBeVisible();
  const nights = phone.getByRole('navigation', { name: 'How long?' }).getByRole('link', { name: '2 nights', exact: true });
  await nights.click();
  await expect(nights).toHaveAttribute('aria-current', 'true');
  await phone.getByRole('link', { name: 'Week after' }).click();
  await phone.getByRole('link', { name: 'Week before' }).waitFor();
  const days = phone.getByRole('navigation', { name: 'Seven days' });
  const day = days.getByRole('link', { name: new RegExp(`^${weekday} .*Free from 15:00`) });
  await day.click();
  await expect(day).toHaveAttribute('aria-current', 'date');
  const on = new URL(phone.url()).searchParams.get('day')!;
  await phone.getByRole('button', { name: /, 15:00: (Free|\d left)$/ }).and(phone.locator(':visible')).click();

  await phone.waitForURL(/\/bookings\//);
  await expect(phone.locator('.when')).toHaveText(/15:00–.*12:00/);
  await expect(phone.getByLabel('Repeat')).toHaveCount(0);
  await phone.getByLabel('People').fill('2');
  await phone.getByLabel('Anything we should know?').fill('Mr and Mrs Li');
  await phone.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(phone.getByText('It is yours. Tell the desk your code when you come.')).toBeVisible();
  await expect(phone.getByText('¥560')).toBeVisible();

  // They come on one day, stay the next, and leave on the third.
  const code = new URL(phone.url()).pathname.split('/').at(-1)!;
  const desk = await house.enter(cast.receptionist, 'tablet');
  await desk.goto(`/staff/bookings?facility=guest-room&day=${on}`);
  await expect(desk.getByRole('link', { name: new RegExp(code) })).toHaveCount(3);

  await phone.getByRole('button', { name: 'Give it back' }).click();
  await expect(phone.getByText('You gave it back, and others can have it.')).toBeVisible();
});

test('whoever looks for nights finds a room', { tag: ['@booking', '@hydrated'] }, async ({ house }) => {
  const phone = await house.enter(cast.spouse, 'phone');
  await phone.goto('/book/find?days=7');
  const search = phone.getByRole('search', { name: 'Find a time' });
  const room = phone.getByRole('region', { name: 'Guest room' });
  await expect(search).toBeVisible();
  await expect(room).toHaveCount(0);
  await search.getByLabel('How long?').selectOption('3 nights');
  await search.getByRole('button', { name: 'Show times' }).click();
  await expect(room.getByText('3 nights · ¥840')).toBeVisible();
  await expect(room.getByRole('button', { name: /, 15:00: Free$/ }).first()).toBeVisible();
});
