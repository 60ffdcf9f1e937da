// The pool's daily water log: a reading out of its limits shows at once, with the way to close; a correction puts it right.
import { cast, expect, test } from '../house.ts';

// One pool, one latest reading: two projects at once would take each other's away.
test('a reading beyond its limits shows, and is corrected', { tag: ['@booking', '@hydrated'] }, async ({ house }) => {
  const desk = await house.enter(cast.receptionist);
  await desk.goto('/staff/facilities/pool-lane');
  const water = desk.getByRole('region', { name: 'Water log' });
  await expect(water.getByText(/without a reading/)).toBeVisible();
  const mark = '0.11';
  await water.getByLabel('Free residual chlorine').fill(mark);
  await water.getByLabel('pH').fill('7.2');
  await water.getByLabel('Turbidity').fill('0.4');
  await water.getByLabel('Water temperature').fill('26.5');
  await water.getByLabel('Swimmers').fill('30');
  await water.getByRole('button', { name: 'Write it down' }).click();
  await house.sees(water.getByRole('row').filter({ hasText: `${mark} mg/L` }).first());
  await house.sees(water.getByRole('button', { name: 'Close it now' }));

  // Whoever swims reads it, too.
  const phone = await house.enter(cast.resident, 'phone');
  await phone.goto('/book/pool-lane');
  await expect(phone.getByText(/^\s*Water /)).toBeVisible();

  // It was a dirty probe: another reading corrects it, where it was typed. The latest stands first.
  await water.getByLabel('Free residual chlorine').fill('0.5');
  await water.getByLabel('pH').fill('7.2');
  await water.getByLabel('Turbidity').fill('0.4');
  await water.getByLabel('Water temperature').fill('26.5');
  await water.getByLabel('Swimmers').fill('30');
  await water.getByLabel('Corrects').selectOption({ index: 1 });
  await water.getByLabel('Note').fill('A dirty probe');
  await water.getByRole('button', { name: 'Write it down' }).click();
  await house.sees(water.getByRole('row').filter({ hasText: 'corrected' }).first());
});
