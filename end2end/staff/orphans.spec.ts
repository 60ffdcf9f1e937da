// Somebody leaves the office: what they held goes to whoever stands above them, somebody is in touch with each resident,
// and the order goes to another hand. Whoever leaves here has only just joined: the cast stays.
import { alive, cast, expect, test, type House } from '../house.ts';
import { dispatch, given, job, move, moves, openOrder, PLUMBER, said, SUPERVISOR } from '../acts.ts';

/** A technician whom the head of engineering invites, and who joins with the code on the slip; both their pages. */
async function joins(house: House, name: string) {
  const head = await house.enter(cast.headOfEngineering);
  await head.goto('/staff/team');
  const invite = head.getByRole('region', { name: 'Invite a colleague' });
  await invite.getByLabel('Full name').fill(name);
  await invite.getByLabel('Department').selectOption('Engineering');
  await invite.getByLabel('Role').selectOption('Technician');
  await invite.getByRole('button', { name: 'Make the invitation' }).click();
  const code = (await head.locator('.slip .code').innerText()).trim();

  const worker = await house.stranger('phone');
  await worker.goto('/join');
  await worker.getByLabel('Invitation code').fill(code);
  await worker.getByLabel('Choose a sign-in name').fill(`${name.toLowerCase().replace(' ', '.')}.${Date.now()}`);
  await worker.getByLabel('Choose a password').fill('copper kettle morning');
  await worker.getByRole('button', { name: 'Join' }).click();
  await worker.waitForURL('**/staff');
  if (house.scripts) {
    await alive(worker);
  }
  return { head, worker };
}

test('what somebody held who leaves is followed up, and given to another', { tag: '@requests' }, async ({ house }) => {
  test.slow();
  // Both projects may run at once.
  const name = house.scripts ? 'Rosa Lindholm' : 'Viktor Halvorsen';
  const { head, worker } = await joins(house, name);
  const desk = await house.enter(cast.coordinator);
  const code = await given.registered(desk, 'The tap drips, and whoever came first does not work here any more.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await desk.goto(`/staff/requests/${code}`);
  const note = `The washer is in the blue box, ${name}.`;
  await dispatch(desk, name, note, true);
  await worker.goto('/staff/jobs');
  await expect(job(worker, code)).toContainText(note);
  await moves(job(worker, code)).getByRole('button', { name: 'Accept' }).click();
  await expect(moves(job(worker, code)).getByRole('button', { name: 'On my way' })).toBeVisible();
  await worker.context().close();

  await head.goto('/staff/team');
  const member = head.getByRole('listitem').filter({ hasText: name });
  await member.locator('summary', { hasText: 'Change roles' }).click();
  await member.getByRole('button', { name: 'Leaves the office' }).click();
  await expect(member).toHaveCount(0);

  // The desk reads what was left behind, who holds it since, and by when somebody is in touch.
  await house.sees(said(desk, 'Its holder left the office. Somebody is in touch with the resident by'));
  await desk.goto('/staff/upkeep');
  await desk.getByRole('navigation', { name: 'Upkeep' }).getByRole('link', { name: 'Left behind' }).click();
  const left = desk.getByRole('listitem').filter({ hasText: code });
  await expect(left).toContainText(`${name} left, ${SUPERVISOR} holds it`);
  await expect(left).toContainText('In touch by');
  await move(left, 'In touch', async (form) => {
    await form.getByLabel('What was said?').fill('Told her that somebody else comes.');
  });
  await expect(left).toHaveCount(0);
  await desk.goto(`/staff/requests/${code}`);
  await expect(said(desk, 'In touch with the resident after its holder left: Told her that somebody else comes.')).toBeVisible();

  // The supervisor has the order among their own jobs, takes it back, and sends the plumber.
  const supervisor = await house.enter(cast.supervisor);
  await supervisor.goto('/staff/jobs');
  await expect(job(supervisor, code)).toContainText(note);
  await openOrder(job(supervisor, code), supervisor);
  await move(moves(supervisor), 'Take back', async (form) => {
    await form.getByRole('textbox').fill('The plumber is nearer.');
  });
  await expect(supervisor.locator('.chip', { hasText: 'Taken back' })).toBeVisible();
  await supervisor.getByRole('link', { name: 'The whole matter' }).click();
  await supervisor.waitForURL(`**/staff/requests/${code}`);
  await dispatch(supervisor, PLUMBER, 'Take over where the other one stopped.');
  const plumber = await house.enter(cast.plumber, 'phone');
  await plumber.goto('/staff/jobs');
  await expect(job(plumber, code)).toContainText('Take over where the other one stopped.');

  // The resident reads who comes, and nothing of how the office arranges itself.
  const resident = await house.enter(cast.resident, 'phone');
  await resident.goto(`/requests/${code}`);
  await expect(said(resident, 'Sent somebody to take care of it.')).toBeVisible();
  await expect(resident.getByText('left the office')).toHaveCount(0);
});
