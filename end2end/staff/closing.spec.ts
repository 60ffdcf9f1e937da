// How a matter ends: attempts to get the resident's word, and a no on the phone that brings it back.
import { cast, expect, test } from '../house.ts';
import { given } from '../acts.ts';

test('the desk notes its attempts, and a no on the phone brings the matter back', { tag: '@requests' }, async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const desk = await house.enter(cast.receptionist);
  const coordinator = await house.enter(cast.coordinator);
  const plumber = await house.enter(cast.plumber, 'phone');
  const code = await given.done(resident, coordinator, plumber, 'The tap drips, and I am away this week.');

  await desk.goto(`/staff/requests/${code}`);
  await desk.getByRole('link', { name: 'How it ends' }).click();
  await expect(desk.getByRole('heading', { level: 1, name: 'How it ends' })).toBeVisible();
  const tried = desk.getByRole('region', { name: 'Attempts' });
  await expect(tried).toContainText('Nobody has tried yet.');
  await desk.getByLabel('What did they say?').fill('Rang for a minute.');
  await desk.getByRole('button', { name: 'Note the attempt' }).click();
  await house.sees(tried.getByText('Rang for a minute.'));
  await expect(tried).toContainText('1 of 2 days');
  await expect(desk.getByRole('button', { name: 'Close unconfirmed' })).toHaveCount(0);

  // What was noted stays with the office; that somebody tried does not.
  await resident.goto(`/requests/${code}`);
  await expect(resident.getByText('By phone: tried to reach you, without success.')).toBeVisible();
  await expect(resident.getByText('Rang for a minute.')).toHaveCount(0);

  // An objection needs the resident's words; nothing is lost without them.
  house.expects(/422 POST \/api\/requests\/log_attempt/);
  await desk.getByRole('radio', { name: 'They say: not fixed' }).check({ force: true });
  await desk.getByRole('button', { name: 'Note the attempt' }).click();
  await expect(desk.getByRole('alert')).toBeVisible();
  await desk.getByLabel('What did they say?').fill('It drips again, says the grandmother.');
  await desk.getByRole('button', { name: 'Note the attempt' }).click();
  await house.sees(desk.locator('[data-stage=reopened]').first());
  await resident.reload();
  await expect(resident.getByText('Not fixed: It drips again, says the grandmother.')).toBeVisible();
});

test('two attempts on one day do not end a matter: the page says what is missing', { tag: '@requests' }, async ({ house }) => {
  const desk = await house.enter(cast.receptionist);
  const coordinator = await house.enter(cast.coordinator);
  const plumber = await house.enter(cast.plumber, 'phone');
  const code = await given.registered(coordinator, 'The tap drips, and nobody answers afterwards.');
  await given.carriedOut(coordinator, plumber, code);

  await desk.goto(`/staff/requests/${code}/closing`);
  const tried = desk.getByRole('region', { name: 'Attempts' });
  await expect(tried).toContainText('0 of 2 days');
  await expect(tried).toContainText('It may be closed unconfirmed after attempts on 2 more days. Two on one day count once.');
  const attempt = async (means: string, words: string) => {
    await desk.getByRole('radio', { name: means }).check({ force: true });
    await desk.getByLabel('What did they say?').fill(words);
    await desk.getByRole('button', { name: 'Note the attempt' }).click();
    await house.sees(tried.getByRole('listitem').filter({ hasText: words }));
  };
  await attempt('By phone', 'It rang out.');
  await expect(tried).toContainText('1 of 2 days');
  await expect(tried).toContainText('It may be closed unconfirmed after attempts on 1 more day. Two on one day count once.');

  // The second one of the day is kept too, and changes nothing.
  await attempt('At the door', 'Nobody opened.');
  await desk.reload();
  await expect(tried.getByRole('listitem')).toHaveCount(2);
  await expect(tried.getByRole('listitem').filter({ hasText: 'It rang out.' })).toContainText('By phone');
  await expect(tried.getByRole('listitem').filter({ hasText: 'Nobody opened.' })).toContainText('At the door');
  await expect(tried).toContainText('1 of 2 days');
  await expect(tried).toContainText('It may be closed unconfirmed after attempts on 1 more day.');
  await expect(desk.getByRole('button', { name: 'Close unconfirmed' })).toHaveCount(0);
});
