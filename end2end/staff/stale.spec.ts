// Two people, one matter: the second move loses, is told so, and loses nothing else.
import { cast, expect, test } from '../house.ts';
import { given, inHours, move, moves, said, unfold } from '../acts.ts';

test('the second of two simultaneous moves is told what happened, and keeps its words', async ({ house }) => {
  house.expects(/^409 POST \/api\/requests\/(triage|decline)/);
  const resident = await house.enter(cast.resident, 'phone');
  const code = await given.reported(resident, 'The tap drips, and two people answer.');
  const first = await house.enter(cast.coordinator);
  const second = await house.enter(cast.headOfService);
  await second.goto(`/staff/requests/${code}`);
  await first.goto(`/staff/requests/${code}`);

  // The second has begun to say no; the first takes it in hand meanwhile.
  if (house.scripts) {
    // Live would tell the second in time; its line is cut to make both moves meet.
    await second.route('**/live', (route) => route.abort());
    await second.route('**/api/requests/matter', (route) => route.abort());
    house.expects(/^net::ERR_FAILED ((GET|HEAD) \/live|POST \/api\/requests\/matter)/);
    await second.reload();
  }
  const bar = moves(second);
  await bar.locator('summary', { hasText: /^\s*More\s*$/ }).click();
  const form = await unfold(bar, 'Decline');
  await form.getByRole('textbox').fill('The tap belongs to the flat’s owner.');
  await move(moves(first), 'Triage');
  await expect(first.locator('.matter .chip', { hasText: 'In hand' }).first()).toBeVisible();
  if (house.scripts) {
    await second.unroute('**/api/requests/matter');
  }
  await form.getByRole('button', { name: 'Decline', exact: true }).click();

  await expect(second.getByRole('alert')).toContainText('Someone else moved this a moment ago.');
  await expect(second.locator('.matter .chip', { hasText: 'In hand' }).first()).toBeVisible();
  await expect(second.getByLabel(/Why is it not the office/)).toHaveValue('The tap belongs to the flat’s owner.');
  // Seen and thought over, the same words go through.
  await second.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(second.locator('.matter .chip', { hasText: 'Declined' }).first()).toBeVisible();
});

test('a promise in the past, and one moved without a reason, are refused beside their fields', async ({ house }) => {
  house.expects(/^422 POST \/api\/requests\/promise/);
  const resident = await house.enter(cast.resident, 'phone');
  const code = await given.reported(resident, 'The tap drips, and a time is promised.');
  const desk = await house.enter(cast.coordinator);
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await desk.goto(`/staff/requests/${code}`);
  const promise = async (due: string, reason = '') => {
    const bar = moves(desk);
    if (!(await desk.getByLabel('By when').isVisible())) {
      await unfold(bar, 'Promise a time');
    }
    await desk.getByLabel('By when').fill(due);
    await desk.getByLabel('Why does it move?').fill(reason);
    await bar.getByRole('button', { name: 'Promise a time' }).click();
  };
  await promise(inHours(-2));
  await expect(desk.getByLabel('By when')).toHaveAccessibleDescription(/lies in the past/);
  await promise(inHours(3));
  await expect(said(desk, 'Promised that somebody is there by')).toBeVisible();
  const later = inHours(5);
  await promise(later);
  await expect(desk.getByLabel('Why does it move?')).toHaveAccessibleDescription(/Please fill this in/);
  await expect(desk.getByLabel('By when')).toHaveValue(later);
  await promise(later, 'The part must be fetched.');
  await expect(desk.locator('.matter .why')).toContainText('The part must be fetched.');
  await resident.goto(`/requests/${code}`);
  await expect(resident.locator('.by s')).toContainText('was');
  await expect(resident.getByText(/Moved from .*: The part must be fetched\./)).toBeVisible();
});

test('a time that was begun before a colleague promised another does not replace that one unseen', { tag: '@hydrated' }, async ({ house }) => {
  house.expects(/^409 POST \/api\/requests\/promise/);
  const resident = await house.enter(cast.resident, 'phone');
  const desk = await house.enter(cast.coordinator);
  const other = await house.enter(cast.headOfService);
  const code = await given.reported(resident, 'The tap drips, and two people promise.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await desk.goto(`/staff/requests/${code}`);
  const form = await unfold(moves(desk), 'Promise a time');
  await given.moved(other, code, 'promise', { kind: 'visit', due_at: inHours(3) });
  await expect(said(desk, 'Promised that somebody is there by')).toBeVisible();

  const send = form.getByRole('button', { name: 'Promise a time' });
  const later = inHours(6);
  await form.getByLabel('By when').fill(later);
  await form.getByLabel('Why does it move?').fill('The part comes in the evening.');
  await send.click();
  await expect(form.getByRole('alert')).toContainText('Someone else moved this a moment ago.');
  await expect(form.getByLabel('By when')).toHaveValue(later);
  await send.click();
  await expect(desk.locator('.matter .why')).toContainText('The part comes in the evening.');
});
