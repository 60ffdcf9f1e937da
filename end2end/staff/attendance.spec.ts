// Who comes and who does not: taken down at the desk, felt by the household, put right, and rated. In Boyan, where no other
// journey books.
import { cast, expect, test } from '../house.ts';
import { given, moves } from '../acts.ts';
import type { Page } from '@playwright/test';

const MINUTE = 60_000;

/** An instant on the wall of the demo estates: `2026-12-04 09:41`. */
const wall = (at: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(at);

/** A time of the day that is shown, as long as it is free. */
const free = (page: Page, time: string) =>
  page.getByRole('button', { name: new RegExp(`, ${time}: (Free|\\d left)$`) }).and(page.locator(':visible'));

/** Books a time of today, and learns until when it could be given back: the booking's code. */
async function books(phone: Page, facility: string, time: string): Promise<string> {
  await phone.goto(`/book/${facility}`);
  await free(phone, time).click();
  await phone.waitForURL(/\/bookings\//);
  await expect(phone.getByRole('button', { name: 'Let it go' })).toBeVisible();
  await expect(phone.getByText('Until 2 h before it begins')).toBeVisible();
  await phone.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(phone.getByText('It is yours. Tell the desk your code when you come.')).toBeVisible();
  await expect(phone.getByRole('button', { name: 'Give it back' })).toHaveCount(0);
  return new URL(phone.url()).pathname.split('/').at(-1)!;
}

test('whoever comes is checked in, and whoever does not has missed it', { tag: '@booking' }, async ({ house }) => {
  test.setTimeout(7 * MINUTE);
  // Each project has a facility of its own.
  const facility = house.scripts ? 'visitor-parking' : 'phone-booth';
  const phone = await house.enter(cast.contact, 'phone');
  const [desk, manager] = [await house.enter(cast.boyanCoordinator), await house.enter(cast.boyanManager)];
  // Late enough to be booked, and soon enough to be missed.
  const opens = Date.now() + 2.5 * MINUTE;
  const after = (minutes: number) => wall(opens + minutes * MINUTE).slice(11);
  const [first, second, shuts] = [after(0), after(5), after(10)];
  test.skip(shuts < first, 'the day turns while it is open');
  await given.opened(manager, facility, `${first}-${shuts}`);
  const missed = await books(phone, facility, first);
  const kept = await books(phone, facility, second);

  const chip = (word: string) => desk.locator('.booking .chip').filter({ hasText: word });
  const came = moves(desk).getByRole('button', { name: 'They came' });
  await desk.goto('/staff/bookings');
  await desk.getByRole('link', { name: kept }).click();
  await came.click();
  await house.sees(chip('Here'));
  await house.sees(phone.getByText('You are here. Enjoy it.'));

  // The other begins, and nobody is there.
  await desk.goto(`/staff/bookings/${missed}`);
  const nobody = moves(desk).getByRole('button', { name: 'Nobody came' });
  await expect(async () => {
    if (!house.scripts) {
      await desk.reload();
    }
    await expect(nobody).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 4 * MINUTE });
  await nobody.click();
  await house.sees(chip('Missed'));
  await phone.goto(`/bookings/${missed}`);
  await expect(phone.getByText(/^Nobody came, so others could have it\./)).toBeVisible();

  // Its household books no other.
  const tomorrow = `/book/${facility}?day=${wall(Date.now() + 24 * 60 * MINUTE).slice(0, 10)}`;
  await phone.goto(tomorrow);
  await expect(phone.getByText('After 1 in 30 days your household cannot book it for a while.')).toBeVisible();
  house.expects(/^409 POST \/api\/bookings\/hold/);
  await free(phone, first).click();
  await expect(phone.getByRole('alert')).toContainText('The household missed several bookings of this lately');

  // They had come, and nobody saw them: they say how it was, and book again.
  await came.click();
  await house.sees(chip('Used'));
  await phone.goto(`/bookings/${missed}`);
  await expect(phone.getByText('It is over. We hope that all was well.')).toBeVisible();
  await phone.getByRole('group', { name: 'How was it?' }).getByRole('radio', { name: '4 of 5' }).check({ force: true });
  await phone.getByLabel('Anything that should be better?').fill('Nobody was at the desk.');
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  const word = '4 of 5: Nobody was at the desk.';
  await expect(phone.getByText(word)).toBeVisible();
  await house.sees(desk.getByText(word));
  await phone.goto(tomorrow);
  await free(phone, first).click();
  await phone.waitForURL(/\/bookings\//);
  await phone.getByRole('button', { name: 'Let it go' }).click();
  await expect(phone.getByText('It is not kept for you any more, and others can have it.')).toBeVisible();
});
