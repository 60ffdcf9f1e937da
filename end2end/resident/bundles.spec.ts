// A bundle of the catalogue: its parts on one page, one charge notice, and what is booked with it.
import { cast, expect, test } from '../house.ts';

/** A time on the wall of the demo estates, two days from now. */
const on = (clock: string) => `${new Date(Date.now() + 2 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)}T${clock}`;

test('a visit is ordered as one: a table, a car and a room', { tag: ['@booking', '@services'] }, async ({ house }) => {
  const phone = await house.enter(cast.spouse, 'phone');
  await phone.goto('/services/guest-visit');
  await phone.getByLabel('When do you dine together?').fill(on('18:00'));
  await phone.getByLabel('How many at the table?').fill('2');
  await phone.getByLabel('How many nights do they stay?').fill('2');
  await phone.getByLabel('How many stay overnight?').fill('2');
  const car = phone.getByRole('group', { name: 'Taxi' });
  await car.getByLabel('When?').fill(on('16:00'));
  await car.getByLabel('Where to?').fill('The estate');
  await car.getByLabel('How many people?').fill('2');
  await car.getByLabel('Which car?').selectOption('car');
  await car.getByLabel('Phone on the way').fill('138 0000 0000');
  await phone.getByRole('button', { name: 'Order it' }).click();
  await phone.waitForURL(/\/services\/orders\//);
  const parts = phone.getByRole('region', { name: 'What belongs to it' });
  await expect(parts.getByRole('link', { name: /^Restaurant table/ })).toBeVisible();
  await expect(parts.getByRole('link', { name: /^Guest room/ })).toBeVisible();
  const notice = phone.getByRole('region', { name: 'Charge notice' });
  await expect(notice.getByText('¥590')).toBeVisible();

  // What is booked with it goes with it: on its own page it cannot be given back.
  await parts.getByRole('link', { name: /^Restaurant table/ }).click();
  await phone.waitForURL(/\/bookings\//);
  await expect(phone.getByRole('button', { name: /Give it back/ })).toHaveCount(0);
  await phone.goBack();
  await phone.getByRole('button', { name: 'I do not want it any more' }).click();
  await house.sees(phone.locator('.service .chip').filter({ hasText: 'Withdrawn' }));
  await expect(parts.getByText('Cancelled')).toHaveCount(2);
});
