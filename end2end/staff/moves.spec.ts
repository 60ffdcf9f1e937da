// The moves of staff that the story of the report does not tell, each by hand, with scripts and without:
// what is given back, rests, is sent back, verified, taken back, waits, is joined to another, is filed.
import { type Locator } from '@playwright/test';
import { cast, expect, test } from '../house.ts';
import { given, job, move, moves, openOrder, said, signOnGlass } from '../acts.ts';

/** Opens what stands behind *More*, where the bar folds it away. */
async function more(bar: Locator) {
  await bar.locator('summary', { hasText: /^\s*More\s*$/ }).click();
}

test('a technician gives a job back, and rests one; a supervisor sends it back, and verifies it', async ({ house }) => {
  test.slow();
  const resident = await house.enter(cast.spouse, 'phone');
  const desk = await house.enter(cast.coordinator);
  const plumber = await house.enter(cast.plumber, 'phone');
  const supervisor = await house.enter(cast.supervisor);
  const code = await given.reported(resident, 'The tap drips, and the work on it has a history.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await given.dispatched(desk, code);
  await desk.goto(`/staff/requests/${code}`);

  await plumber.goto('/staff/jobs');
  await move(moves(job(plumber, code)), 'Give back', async (form) => {
    await form.getByRole('textbox').fill('My van is in the garage until Monday.');
  });
  await expect(job(plumber, code)).toHaveCount(0);
  await house.sees(said(desk, 'Gave the order back: My van is in the garage until Monday.'));
  await house.sees(said(desk, 'Back at the desk, which finds somebody else.'));

  // A second order; this one rests for parts, and goes on.
  await given.dispatched(desk, code);
  for (const step of ['accept', 'set_out', 'arrive']) {
    await given.worked(plumber, code, step);
  }
  await plumber.goto('/staff/jobs');
  await move(moves(job(plumber, code)), 'Pause', async (form) => {
    await form.getByLabel('Parts').check({ force: true });
  });
  await house.sees(said(desk, 'The work rests. It waits for: Parts.'));
  await resident.goto(`/requests/${code}`);
  await expect(resident.getByRole('heading', { level: 1 })).toContainText('It goes on when the parts are here');
  await moves(job(plumber, code)).getByRole('button', { name: 'Go on' }).click();
  await house.sees(said(desk, 'The work goes on.'));

  // Without a proof it is not verified by itself: the supervisor looks, sends it back, and looks again.
  const complete = async (note: string) => {
    await plumber.goto('/staff/jobs');
    await openOrder(job(plumber, code), plumber);
    await move(moves(plumber), 'Complete', async (form) => {
      await form.getByLabel('What was done').fill(note);
    });
    await house.sees(said(desk, `Finished: ${note}`));
  };
  await complete('New washer.');
  await supervisor.goto(`/staff/requests/${code}`);
  await openOrder(supervisor.getByRole('region', { name: 'Work orders' }), supervisor);
  await move(moves(supervisor), 'Send back', async (form) => {
    await form.getByRole('textbox').fill('It still drips when the pump runs.');
  });
  await house.sees(said(desk, 'To be done again: It still drips when the pump runs.'));
  await plumber.goto('/staff/jobs');
  await expect(job(plumber, code)).toContainText('It still drips when the pump runs.');
  await moves(job(plumber, code)).getByRole('button', { name: 'On site' }).click();
  await expect(moves(job(plumber, code)).getByRole('button', { name: 'On site' })).toHaveCount(0);
  await complete('New valve seat.');
  await supervisor.reload();
  await move(moves(supervisor), 'Verify', async (form) => {
    await form.getByRole('textbox').fill('Seen myself: dry, also when the pump runs.');
  });
  await house.sees(said(desk, 'Accepted without photo or signature: Seen myself'));

  // The resident agrees; the head files it.
  await resident.goto(`/requests/${code}`);
  await resident.getByRole('button', { name: 'Yes, it is fixed' }).click();
  await expect(resident.getByRole('heading', { level: 1 })).toContainText('Fixed, and confirmed');
  const head = await house.enter(cast.headOfEngineering);
  await head.goto(`/staff/requests/${code}`);
  await moves(head).getByRole('button', { name: 'Approve filing' }).click();
  await house.sees(said(desk, 'Filed.'));
});

test('the desk lets a matter wait, goes on, takes an order back, and joins a matter to its twin', async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const desk = await house.enter(cast.coordinator);
  const code = await given.reported(resident, 'The tap drips, and the desk thinks about it.');
  const twin = await given.reported(resident, 'The same tap still drips.');

  await desk.goto(`/staff/requests/${code}`);
  await move(moves(desk), 'Triage');
  await expect(said(desk, 'Took it in hand')).toBeVisible();
  await more(moves(desk));
  await move(moves(desk), 'Let it wait', async (form) => {
    await form.getByLabel('The resident').check({ force: true });
  });
  await expect(said(desk, 'It waits for: The resident.')).toBeVisible();
  await resident.goto(`/requests/${code}`);
  await expect(resident.getByRole('heading', { level: 1 })).toContainText('We are waiting for your word');
  await moves(desk).getByRole('button', { name: 'Go on' }).click();
  await expect(said(desk, 'It goes on.')).toBeVisible();

  await given.dispatched(desk, code);
  await desk.reload();
  await openOrder(desk.getByRole('region', { name: 'Work orders' }), desk);
  await move(moves(desk), 'Take back', async (form) => {
    await form.getByRole('textbox').fill('The resident is away this week.');
  });
  // Whoever leaves a page takes along what it has not sent yet.
  await expect(moves(desk).getByText('Take back')).toHaveCount(0);
  await desk.goto(`/staff/requests/${code}`);
  await expect(said(desk, 'Took the order back: The resident is away this week.')).toBeVisible();

  // A code that is none comes back with what was typed; then the right one.
  house.expects(/^(422|409|404) POST \/api\/requests\/mark_duplicate/);
  await desk.goto(`/staff/requests/${twin}`);
  await more(moves(desk));
  await move(moves(desk), 'Same as another', async (form) => {
    await form.getByLabel('Code of the other request').fill('LY-00000-X');
  });
  await expect(desk.getByRole('alert')).toBeVisible();
  const field = desk.getByLabel('Code of the other request');
  await expect(field).toHaveValue('LY-00000-X');
  await field.fill(code);
  await desk.getByRole('button', { name: 'Same as another', exact: true }).click();
  await expect(said(desk, `The same matter as ${code}`)).toBeVisible();
  await resident.goto(`/requests/${twin}`);
  await expect(said(resident, `The same matter as ${code}`)).toBeVisible();
});

test('a resident signs on glass for what was done', { tag: '@hydrated' }, async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const desk = await house.enter(cast.coordinator);
  const plumber = await house.enter(cast.plumber);
  const code = await given.reported(resident, 'The tap drips, and somebody is at home to sign.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await given.dispatched(desk, code);
  for (const step of ['accept', 'set_out', 'arrive']) {
    await given.worked(plumber, code, step);
  }
  await plumber.goto('/staff/jobs');
  await openOrder(job(plumber, code), plumber);
  await move(moves(plumber), 'Complete', async (form) => {
    await form.getByLabel('What was done').fill('New washer; the resident watched it stay dry.');
    await form.getByLabel("The resident's name").fill('Emma Thornbury');
    await signOnGlass(form);
  });
  await desk.goto(`/staff/requests/${code}`);
  await house.sees(said(desk, 'Proved by the signature of Emma Thornbury.'));
});
