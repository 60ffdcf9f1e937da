// The dispatcher's moves on one matter, with scripts and without: taken in hand, promised, sent to two teams at once, one
// coordinator for both (C2); it is done when the last of them is.
import { type Page } from '@playwright/test';
import { cast, expect, test } from '../house.ts';
import { dispatch, finish, given, inHours, job, move, moves, openOrder, said } from '../acts.ts';

/** Somebody of a team takes what it was sent, goes, and is on the spot. */
async function goes(hand: Page, code: string, note: string) {
  await hand.goto('/staff/jobs');
  const free = hand.getByRole('region', { name: 'Free in your team' });
  await expect(job(free, code)).toContainText(note);
  await moves(job(free, code)).getByRole('button', { name: 'Accept' }).click();
  await expect(job(free, code)).toHaveCount(0);
  await moves(job(hand, code)).getByRole('button', { name: 'On my way' }).click();
  await moves(job(hand, code)).getByRole('button', { name: 'On site' }).click();
  await expect(moves(job(hand, code)).getByRole('button', { name: 'On site' })).toHaveCount(0);
}

test('two teams are sent, and the matter is done when both are', { tag: '@requests' }, async ({ house }) => {
  test.slow();
  const desk = await house.enter(cast.coordinator);
  const resident = await house.enter(cast.resident, 'phone');
  const code = await given.registered(desk, 'The tap burst, and the water ran out to the lift.');
  await resident.goto(`/requests/${code}`);
  await desk.goto(`/staff/requests/${code}`);

  await move(moves(desk), 'Triage', async (form) => {
    await form.getByRole('radio', { name: 'Urgent' }).check({ force: true });
  });
  await expect(desk.locator('.matter .chip', { hasText: 'Urgent' }).first()).toBeVisible();
  await expect(said(desk, 'Took it in hand: Urgent.')).toBeVisible();
  await move(moves(desk), 'Promise a time', async (form) => {
    await form.getByRole('radio', { name: 'It works again' }).check({ force: true });
    await form.getByLabel('By when').fill(inHours(6));
  });
  await house.sees(said(resident, 'Promised that it works by'));

  // Two departments help; one person coordinates.
  const [pipe, floor] = [`Close the riser first, ${code}.`, `Dry the corridor, ${code}.`];
  await dispatch(desk, 'Anyone in Engineering', pipe, true);
  await dispatch(desk, 'Anyone in Cleaning & Greening', floor, true);
  const orders = desk.getByRole('region', { name: 'Work orders' });
  await expect(orders.getByRole('listitem').filter({ hasText: pipe })).toContainText('Engineering · anyone in the team');
  await expect(orders.getByRole('listitem').filter({ hasText: floor })).toContainText('Cleaning & Greening · anyone in the team');

  const plumber = await house.enter(cast.plumber, 'phone');
  await goes(plumber, code, pipe);
  await house.sees(said(resident, 'On the spot.'));
  await openOrder(job(plumber, code), plumber);
  await finish(plumber, 'A burst hose.', 'New hose; dry.', 'My camera got wet.');
  await house.sees(said(desk, 'Finished: New hose; dry.'));
  // One of two: nobody is asked yet.
  await expect(said(desk, 'All work is done; the resident is asked.')).toHaveCount(0);
  await expect(resident.getByRole('heading', { level: 1 })).not.toContainText('Is it fixed?');

  const cleaner = await house.enter(cast.cleaner, 'phone');
  await goes(cleaner, code, floor);
  await openOrder(job(cleaner, code), cleaner);
  await finish(cleaner, 'Water up to the lift.', 'Corridor is dry, and signed off.', 'Nobody was there to sign.');
  await house.sees(said(desk, 'All work is done; the resident is asked.'));
  await house.sees(resident.getByRole('heading', { level: 1, name: /Is it fixed\?/ }));
});
