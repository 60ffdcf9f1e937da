// What the office looks at first: somebody asks, it says yes, and has to take it back.
import { call, cast, expect, test } from '../house.ts';
import { given, move, moves } from '../acts.ts';
import type { Page } from '@playwright/test';

/** The day of a resident's booking, on the estate's wall. */
async function dayOf(resident: Page, code: string) {
  const { card } = await call<{ card: { booking: { starts_at: string } } }>(resident, 'bookings/file', { code });
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.parse(card.booking.starts_at));
}

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
  await desk.goto(`/staff/bookings?facility=clubhouse&day=${await dayOf(resident, code)}`);
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

  // A day with a break, of which each project has its own.
  const days = desk.getByRole('region', { name: 'Days with other hours' });
  const evening = house.scripts ? '17:00-21:00' : '18:00-22:00';
  await days.getByLabel('Day').fill(far);
  await days.getByLabel('From').fill('11:30');
  await days.getByLabel('Until').fill('14:00');
  await days.getByLabel('And again').fill(evening);
  await days.getByRole('button', { name: 'Set the hours' }).click();
  const special = days.getByRole('listitem').filter({ hasText: `11:30–14:00, ${evening.replace('-', '–')}` });
  await house.sees(special);
  await special.getByRole('button', { name: 'Usual hours' }).click();
  await expect(special).toHaveCount(0);
});

test('the diary is read by facility, household and person, a day or a week, and printed', { tag: '@booking' }, async ({ house }) => {
  const [resident, desk] = [await house.enter(cast.resident, 'phone'), await house.enter(cast.receptionist)];
  // The restaurant needs no answer.
  const code = await given.asked(resident, 'restaurant');
  const on = await dayOf(resident, code);
  const row = desk.getByRole('link', { name: new RegExp(code) });
  const spans = desk.getByRole('navigation', { name: 'A day or a week' });
  /** Looks at it in a week and on its day, and opens it. */
  const turn = async (address: string) => {
    await desk.goto(`${address}&day=${on}`);
    await expect(spans.getByRole('link', { name: 'Week' })).toHaveAttribute('aria-current', 'true');
    await expect(row).toBeVisible();
    await spans.getByRole('link', { name: 'Day' }).click();
    await desk.waitForURL(/span=day/);
    await expect(spans.getByRole('link', { name: 'Day' })).toHaveAttribute('aria-current', 'true');
    await expect(row).toBeVisible();
  };
  await turn('/staff/bookings?facility=restaurant');
  const print = desk.getByRole('button', { name: 'Print' });
  await expect(print).toHaveCount(house.scripts ? 1 : 0);
  // On paper there is who comes, and nothing to press.
  await desk.emulateMedia({ media: 'print' });
  await expect(row).toBeVisible();
  await expect(desk.getByRole('heading', { name: /^Restaurant table · / })).toBeVisible();
  for (const gone of [print, spans, desk.getByRole('navigation', { name: 'Main' }), desk.getByRole('link', { name: 'Day after' })]) {
    await expect(gone).toBeHidden();
  }
  await desk.emulateMedia({ media: 'screen' });

  await row.click();
  await desk.waitForURL(new RegExp(`/staff/bookings/${code}$`));
  const links = desk.getByRole('article').getByRole('link');
  const person = await links.filter({ hasText: 'Emma Thornbury' }).getAttribute('href');
  await links.filter({ hasText: '1203' }).click();
  const home = await desk.getByRole('link', { name: 'Its bookings' }).getAttribute('href');
  await turn(home!);
  await turn(person!);
  await expect(desk.getByText('All that Emma Thornbury has booked')).toBeVisible();

  await resident.goto(`/bookings/${code}`);
  await resident.getByRole('button', { name: 'Give it back' }).click();
  await expect(resident.getByText('You gave it back, and others can have it.')).toBeVisible();
});
