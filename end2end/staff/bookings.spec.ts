// What the office looks at first: somebody asks, it says yes, and has to take it back.
import { cast, expect, test } from '../house.ts';
import { given, move, moves } from '../acts.ts';

test('the office says yes to a booking, and calls it off', { tag: '@booking' }, async ({ house }) => {
  const [resident, desk] = [await house.enter(cast.resident, 'phone'), await house.enter(cast.receptionist)];
  const code = await given.asked(resident, 'clubhouse');
  await resident.goto(`/bookings/${code}`);
  await expect(resident.getByText(/^The office looks at it, and answers you before/)).toBeVisible();

  await desk.goto('/staff');
  await desk.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Bookings' }).click();
  await desk.getByRole('region', { name: 'Waiting for an answer' }).getByRole('link', { name: code }).click();
  await expect(desk.getByRole('heading', { level: 1, name: /Party room/ })).toBeVisible();
  await moves(desk).getByRole('button', { name: 'Approve' }).click();
  await house.sees(desk.locator('.booking .chip').filter({ hasText: 'Booked' }));
  await house.sees(resident.getByText('It is yours. Tell the desk your code when you come.'));

  // It stands in the week of its facility.
  await desk.goto('/staff/bookings?facility=clubhouse');
  await desk.getByRole('link', { name: 'Week after' }).click();
  await desk.getByRole('link', { name: code }).click();
  await move(moves(desk), 'Call it off', (form) => form.getByLabel('Why? They read it.').fill('A pipe burst in the kitchen.'));
  await house.sees(desk.locator('.booking .chip').filter({ hasText: 'Cancelled' }));
  await house.sees(resident.getByText('It cannot be: A pipe burst in the kitchen.'));

  await resident.goto('/inbox');
  await resident.getByRole('link', { name: /Party room, .*: we had to call it off\. A pipe burst/ }).first().click();
  await resident.waitForURL(new RegExp(`/bookings/${code}$`));
});

test('the office books for a household, and closes what is to be mended', { tag: '@booking' }, async ({ house }) => {
  const desk = await house.enter(cast.receptionist);
  await desk.goto('/staff/people?q=1203');
  await desk.getByRole('link', { name: /1203/ }).first().click();
  await desk.getByRole('link', { name: 'Book a facility' }).click();
  const shelf = desk.getByRole('navigation', { name: 'Which facility' });
  await shelf.getByRole('link', { name: 'Table tennis' }).click();
  await expect(desk.getByRole('heading', { level: 1, name: 'Table tennis' })).toBeVisible();
  await desk.getByLabel('Their note').fill('They called.');
  const free = desk.getByRole('grid').getByRole('button', { name: /: (Free|\d left)$/ });
  await free.last().click();
  await desk.waitForURL(/\/staff\/bookings\//);
  await expect(desk.getByText('They called.')).toBeVisible();
  await expect(desk.locator('.booking .chip').filter({ hasText: 'Booked' })).toBeVisible();
  await move(moves(desk), 'Call it off', (form) => form.getByLabel('Why? They read it.').fill('The table is broken.'));
  await house.sees(desk.locator('.booking .chip').filter({ hasText: 'Cancelled' }));

  await desk.goto('/staff/bookings?facility=table-tennis');
  await desk.getByRole('link', { name: 'Hours and closures' }).click();
  const closures = desk.getByRole('region', { name: 'Closures' });
  const far = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  await closures.getByLabel('What?').selectOption({ index: 1 });
  await closures.getByLabel('From').fill(`${far}T09:00`);
  await closures.getByLabel('Until').fill(`${far}T12:00`);
  await closures.getByLabel('Why? They read it.').fill('A new table.');
  await closures.getByRole('button', { name: 'Close' }).click();
  await house.sees(closures.getByText('A new table.'));
  await closures.getByRole('button', { name: 'Open again' }).click();
  await house.sees(closures.getByText('Nothing is closed.'));
});
