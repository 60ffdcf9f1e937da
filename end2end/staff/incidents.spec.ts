// Neighbours report the same: proposed as one incident, decided on, joined, told in one word.
import { cast, expect, test } from '../house.ts';
import { said, sendReport } from '../acts.ts';

test('what neighbours report is one incident, which others join', { tag: '@requests' }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator);
  await desk.goto('/staff/incidents');
  await desk.getByRole('link', { name: /No water.*riser 03/ }).click();
  await expect(desk.getByRole('heading', { level: 1, name: /No water/ })).toBeVisible();
  // The other project may have been here before.
  const accept = desk.getByRole('button', { name: 'Yes, handle as one' });
  if (await accept.isVisible()) {
    await accept.click();
  }
  await house.sees(desk.getByRole('button', { name: 'Send to all' }));

  // Whoever is about to report the same is asked, and learns nobody's name.
  const resident = await house.enter(cast.resident, 'phone');
  await resident.goto('/report/no-water');
  const question = resident.getByRole('group', { name: 'Is it what neighbours have reported?' });
  await expect(question).toContainText(/Yes, join: \d+ reports, .*riser 03/);
  await question.getByRole('radio', { name: /^Yes, join/ }).check({ force: true });
  await resident.getByLabel('What do you see?').fill('Not a drop since breakfast.');
  await sendReport(house, resident);
  await resident.waitForURL(/\/requests\/[^/]+\/sent/);
  const code = (await resident.locator('.bigcode').innerText()).trim();
  await resident.goto(`/requests/${code}`);
  await expect(resident.getByText('Neighbours report the same: one team looks after all of it.')).toBeVisible();

  // One word reaches all; a report that was taken in may be taken out, and stays its reporter's.
  const words = `The pump is being changed, ${code} and all.`;
  await desk.reload();
  await desk.getByLabel('One word for all who reported').fill(words);
  await desk.getByRole('button', { name: 'Send to all' }).click();
  await house.sees(said(resident, words));
  const own = desk.getByRole('listitem').filter({ hasText: code });
  await own.getByRole('button', { name: 'Take out' }).click();
  await house.sees(said(resident, 'Looked after on its own from now on.'));
});
