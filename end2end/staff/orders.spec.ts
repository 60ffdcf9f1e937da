// An order from the page that weighs who goes to the client's signature, by hand, with scripts and without.
import { cast, expect, test } from '../house.ts';
import { dispatch, given, inHours, move, moves, openOrder, PLUMBER, said } from '../acts.ts';

test('who goes is suggested and decided; the order is confirmed on site, written up and signed', { tag: '@requests' }, async ({ house }) => {
  test.slow();
  const resident = await house.enter(cast.spouse, 'phone');
  const desk = await house.enter(cast.coordinator);
  const plumber = await house.enter(cast.plumber, 'phone');
  const code = await given.reported(resident, 'The tap drips, and the order about it is kept in full.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });

  // The suggestion has its reasons, and nobody is chosen beforehand.
  await desk.goto(`/staff/requests/${code}/dispatch`);
  const hands = desk.getByRole('group', { name: 'Who goes?' });
  await expect(hands.getByRole('radio', { name: PLUMBER })).toHaveAccessibleName(/Knows the trade/);
  await expect(hands.getByRole('radio', { checked: true })).toHaveCount(0);
  await desk.goto(`/staff/requests/${code}`);
  await dispatch(desk, PLUMBER, 'Bring the long spanner.');
  await expect(said(desk, 'Sent a work order.')).toBeVisible();

  for (const step of ['accept', 'set_out', 'arrive']) {
    await given.worked(plumber, code, step);
  }
  await plumber.goto('/staff/jobs');
  await openOrder(plumber.getByRole('article').filter({ hasText: code }), plumber);
  await expect(moves(plumber).locator('summary', { hasText: 'Complete' })).toHaveCount(0);
  await plumber.getByLabel('What is really to be done').fill('Cartridge worn, not the washer.');
  await plumber.getByRole('button', { name: 'Confirm on site' }).click();
  await expect(plumber.getByRole('region', { name: 'On-site confirmation' })).toContainText('Cartridge worn');

  const materials = plumber.getByRole('region', { name: 'Materials' });
  await move(materials, 'Add material', async (form) => {
    await form.getByLabel('Material').fill('Cartridge 35 mm');
    await form.getByLabel('Unit').fill('pcs');
  });
  await expect(materials).toContainText('Cartridge 35 mm');
  await materials.locator('summary', { hasText: "Check the client's own" }).click();
  const check = materials.locator('form').filter({ hasText: 'Is it fit for use?' });
  await check.getByLabel('Material').fill('Old tap');
  await check.getByLabel('Unit').fill('pcs');
  await check.getByLabel('Fail').check({ force: true });
  await check.getByLabel('What the check found').fill('Its thread is worn.');
  await check.getByRole('button', { name: 'Record the check' }).click();
  await expect(materials).toContainText("Client's own, failed");
  const hours = plumber.getByRole('region', { name: 'Hours' });
  await move(hours, 'Add my time', async (form) => {
    await form.getByLabel('Minutes').fill('45');
  });
  await expect(hours).toContainText('45 min in all');

  // The typed name with its tick counts like a signature on glass, and is recorded as what it is.
  await move(moves(plumber), 'Complete', async (form) => {
    await form.getByLabel('What was done').fill('New cartridge; dry.');
    await form.getByLabel("The resident's name").fill('Emma Thornbury');
    await form.getByLabel('The resident tried it and agrees').check();
  });
  const result = plumber.getByRole('region', { name: 'Result' });
  await expect(result).toContainText('Typed name and tick by Emma Thornbury');
  await resident.goto(`/requests/${code}`);
  await expect(said(resident, 'Looked at it on site. To be done: Cartridge worn, not the washer.')).toBeVisible();
  await expect(said(resident, "Checked the resident's own Old tap: not fit. Its thread is worn.")).toBeVisible();
});

test('the desk offers times; the resident picks one and moves it; the job shows it', { tag: '@requests' }, async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const desk = await house.enter(cast.coordinator);
  const plumber = await house.enter(cast.plumber, 'phone');
  const code = await given.reported(resident, 'The tap drips, and somebody must be at home for it.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await given.dispatched(desk, code);
  const day = inHours(48).slice(0, 10);
  await desk.goto(`/staff/requests/${code}/dispatch`);
  const offered = desk.getByRole('region', { name: 'Appointment' });
  for (const [from, until] of [['09:00', '11:00'], ['14:00', '16:00']] as const) {
    await move(offered, 'Offer a time', async (form) => {
      await form.getByLabel('Day').fill(day);
      await form.getByLabel('From').fill(from);
      await form.getByLabel('Until').fill(until);
    });
    await expect(offered.getByRole('listitem').filter({ hasText: `${from}–${until}` })).toBeVisible();
  }

  await resident.goto(`/requests/${code}`);
  const windows = resident.getByRole('region', { name: 'Appointment' });
  await windows.getByLabel(/09:00–11:00/).check({ force: true });
  await windows.getByRole('button', { name: 'Take this time' }).click();
  await expect(windows.getByText(/Somebody comes .*09:00–11:00/)).toBeVisible();
  await windows.getByLabel(/14:00–16:00/).check({ force: true });
  await windows.getByRole('button', { name: 'Move the appointment' }).click();
  await expect(windows.getByText(/Somebody comes .*14:00–16:00/)).toBeVisible();

  await plumber.goto('/staff/jobs');
  await expect(plumber.getByRole('article').filter({ hasText: code })).toContainText('14:00–16:00');
  await desk.goto(`/staff/requests/${code}`);
  await expect(said(desk, 'Moved the appointment')).toBeVisible();
});

test('what somebody else checks waits for them, whatever its worker gives', { tag: '@requests' }, async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const desk = await house.enter(cast.coordinator);
  const plumber = await house.enter(cast.plumber, 'phone');
  const supervisor = await house.enter(cast.supervisor);
  const code = await given.reported(resident, 'The tap drips, and the last repair did not hold.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await desk.goto(`/staff/requests/${code}/dispatch`);
  await desk.getByRole('radio', { name: PLUMBER }).first().check();
  await desk.getByLabel('Rectification: somebody else checks it').check({ force: true });
  await desk.getByLabel('Note for them').fill('Put it right for good.');
  await desk.getByRole('button', { name: 'Send order' }).click();
  await expect(desk.getByRole('region', { name: 'Orders already out' })).toContainText('Put it right for good.');
  for (const step of ['accept', 'set_out', 'arrive']) {
    await given.worked(plumber, code, step);
  }
  await given.worked(plumber, code, 'confirm_on_site', { words: 'The seat is worn.' });
  await given.worked(plumber, code, 'complete', { note: 'New seat.', signer: 'Emma Thornbury', signed: 'true' });

  await supervisor.goto('/staff/rectifications');
  const item = supervisor.getByRole('listitem').filter({ hasText: code });
  await expect(item).toContainText('Waits for a check');
  await item.getByRole('link').click();
  await supervisor.waitForURL(/\/staff\/orders\//);
  await move(moves(supervisor), 'Verify', async (form) => {
    await form.getByLabel('What did you check').fill('Ten minutes under pressure: dry.');
  });
  await expect(supervisor.getByRole('region', { name: 'Result' })).toContainText('Checked: Ten minutes under pressure: dry.');
  await supervisor.goto('/staff/rectifications');
  await expect(supervisor.getByRole('region', { name: 'Checked lately' })).toContainText(code);
  await expect(supervisor.getByRole('listitem').filter({ hasText: code })).toContainText('Checked by');
});
