// The draw: peak times are given away by lot, nobody books them before, and whoever doubts it repeats it.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cast, expect, test } from '../house.ts';
import { given } from '../given.ts';

/** What repeats a draw by its record, with nothing of the product in it. */
const SCRIPT = fileURLToPath(new URL('../draw.mjs', import.meta.url));

/** A time so many seconds from now on the estate's wall: `2026-12-04T09:30:15`. */
const ahead = (seconds: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
    .format(Date.now() + seconds * 1000)
    .replace(' ', 'T');

test('what many want is drawn, and anybody can repeat how', { tag: '@booking' }, async ({ house }) => {
  // Each project has a person and a day of its own.
  const phone = await house.enter(house.scripts ? cast.resident : cast.spouse, 'phone');
  const desk = await house.enter(cast.receptionist, 'tablet');
  const day = ahead((house.scripts ? 10 : 11) * 86_400).slice(0, 10);
  const draw = await given.announced(desk, 'badminton-court', day, ahead(45));

  await phone.goto(`/book/badminton-court?day=${day}`);
  await expect(phone.getByRole('button', { name: /, 10:00: Draw$/ }).and(phone.locator(':visible'))).toHaveAttribute('aria-disabled', 'true');
  await expect(phone.getByRole('link', { name: 'See the draw' }).first()).toBeVisible();
  await phone.goto(`/book/badminton-court/draw?draw=${draw}`);
  await expect(phone.getByRole('heading', { level: 1, name: 'Draw: Badminton court' })).toBeVisible();
  await expect(phone.getByText('SHA-256 of the seed')).toBeVisible();

  // In, out, and in again.
  const lot = phone.locator('.notice').filter({ hasText: 'Your household is in it' });
  const enter = async () => {
    await phone.getByLabel('First wish').selectOption({ index: 2 });
    await phone.getByLabel('Second wish').selectOption({ index: 1 });
    await phone.getByRole('button', { name: 'Enter the draw' }).click();
    await expect(lot.getByRole('listitem')).toHaveCount(2);
  };
  await enter();
  await lot.getByRole('button', { name: 'Leave the draw' }).click();
  await expect(lot).toHaveCount(0);
  await enter();

  // It closes, and is drawn by itself.
  await expect(async () => {
    if (!house.scripts) {
      await phone.reload();
    }
    await expect(phone.getByText('It was drawn: 1 of 1 household has a time.')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 80_000 });
  await expect(phone.getByText('Your household was drawn in place 1 of 1, and has its time.')).toBeVisible();
  const record = new URL(`/draws/${draw}.json`, phone.url());
  expect(execFileSync(process.execPath, [SCRIPT, record.href], { encoding: 'utf8' })).toBe('OK: 1 lots, 1 of them won\n');
  await phone.getByRole('link', { name: 'See the booking' }).click();
  await expect(phone.getByText('It is yours. Tell the desk your code when you come.')).toBeVisible();
  await phone.getByRole('button', { name: 'Give it back' }).click();
  await expect(phone.getByText('You gave it back, and others can have it.')).toBeVisible();
});
