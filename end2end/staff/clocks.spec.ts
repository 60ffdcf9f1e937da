// Why a matter is due when it is: the clocks with their arithmetic, as the server reckoned them.
import { cast, expect, test } from '../house.ts';
import { given } from '../acts.ts';

test('staff read why a matter is due when it is', { tag: '@policy' }, async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const code = await given.reported(resident, 'The tap drips, and I would like to know by when it stops.');
  const desk = await house.enter(cast.coordinator, 'tablet');
  await given.moved(desk, code, 'triage', { urgency: 'urgent' });
  await desk.goto(`/staff/requests/${code}`);
  await desk.getByRole('link', { name: 'Why these times?' }).click();
  await expect(desk.getByRole('heading', { level: 1, name: 'Why these times?' })).toBeVisible();

  // Urgent by the desk's word: a day, day and night, under the version in force.
  const works = desk.getByRole('region', { name: 'Works again', exact: true }).first();
  await expect(works).toContainText('Running');
  await expect(works).toContainText('day and night');
  await expect(works).toContainText(/Policy version 1, in force since/);

  // While it rests it has no end, and says for what.
  await given.moved(desk, code, 'wait', { on: 'parts' });
  await house.sees(works.getByText('Resting, waiting for: Parts'));
  await expect(works).toContainText('No end while it rests');
  await given.moved(desk, code, 'resume');
  await house.sees(works.getByText('Running', { exact: true }));
  await expect(works).toContainText('Rested, waiting for: Parts');
});
