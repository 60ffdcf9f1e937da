// What an order rests on: the assessment of what lies outside the list of services (C6), what is confirmed on site (C7),
// and the check of the client's own material (C8).
import { cast, expect, test } from '../house.ts';
import { dispatch, given, job, move, moves, openOrder, said, unfold } from '../acts.ts';

/** Knows air-conditioning: the likeliest for it. */
const FITTER = '吴永贵';

test('what is outside the list of services is assessed before anybody is sent', { tag: '@requests' }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator);
  const code = await given.registered(desk, 'The air-con in the study blows warm.', { slug: 'ac-not-cooling' });
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await desk.goto(`/staff/requests/${code}/dispatch`);
  const page = desk.getByRole('article', { name: 'Who goes?' });
  await expect(page).toContainText('Outside the list of services. Before anybody is sent the supervisor assesses it and replies.');

  // Sent all the same, it is refused in words.
  house.expects(/^409 POST \/api\/requests\/dispatch/);
  await page.getByRole('radio', { name: FITTER }).check();
  await page.getByRole('button', { name: 'Send order' }).click();
  await expect(page.getByRole('alert')).toContainText('This is outside the list of services: the supervisor assesses it first.');
  await expect(page.getByRole('region', { name: 'Orders already out' })).toHaveCount(0);

  await move(page, 'Ask for an assessment', async (form) => {
    await form.getByLabel('What should they look at?').fill('Is the unit ours, or the owner’s?');
  });
  await expect(page).toContainText(/Engineering assesses it, asked .*\./);
  await expect(page.getByText('Is the unit ours, or the owner’s?')).toBeVisible();
  await expect(page.locator('summary', { hasText: 'Ask for an assessment' })).toHaveCount(0);

  // The supervisor decides; nothing is decided for them beforehand.
  const supervisor = await house.enter(cast.supervisor);
  await supervisor.goto(`/staff/requests/${code}/dispatch`);
  await expect(supervisor.getByText('Is the unit ours, or the owner’s?')).toBeVisible();
  const answer = supervisor.getByRole('region', { name: 'Assessment' });
  await expect(answer.getByRole('radio', { checked: true })).toHaveCount(0);
  await answer.getByRole('radio', { name: 'the office does it for a charge' }).check({ force: true });
  await answer.getByLabel('Reply').fill('The unit is the owner’s; gas and labour are charged.');
  await answer.getByRole('button', { name: 'Send the assessment' }).click();
  const assessed = 'Assessed: the office does it for a charge. The unit is the owner’s; gas and labour are charged.';
  await expect(supervisor.getByText(assessed)).toBeVisible();
  await expect(answer).toHaveCount(0);
  await house.sees(desk.getByText(assessed));
  const resident = await house.enter(cast.resident, 'phone');
  await resident.goto(`/requests/${code}`);
  await expect(said(resident, assessed)).toBeVisible();

  await desk.goto(`/staff/requests/${code}`);
  await dispatch(desk, FITTER, 'Bring the gas bottle.');
  await expect(desk.getByRole('region', { name: 'Work orders' })).toContainText('Bring the gas bottle.');
});

test('the client’s own material is checked before it is used, and a wrong line is struck out', { tag: '@requests' }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator);
  const plumber = await house.enter(cast.plumber, 'phone');
  const code = await given.registered(desk, 'The tap drips, and a new one lies in its box.');
  await given.onSite(desk, plumber, code);
  await plumber.goto('/staff/jobs');
  await openOrder(job(plumber, code), plumber);

  // What was confirmed on site may be added to; both stand.
  const finding = plumber.getByRole('region', { name: 'On-site confirmation' });
  await finding.getByLabel('What is really to be done').fill('Fit the new tap.');
  await finding.getByRole('button', { name: 'Confirm on site' }).click();
  await expect(finding.getByRole('listitem').filter({ hasText: 'Fit the new tap.' })).toBeVisible();
  await plumber.reload();
  const more = await unfold(finding, 'Correct or add');
  await more.getByLabel('What is really to be done').fill('The stop valve too.');
  await more.getByRole('button', { name: 'Confirm on site' }).click();
  await expect(finding.getByRole('listitem').filter({ hasText: 'The stop valve too.' })).toBeVisible();
  await expect(finding.getByRole('listitem').filter({ hasText: 'Fit the new tap.' })).toBeVisible();

  // What fails needs what was found.
  house.expects(/^422 POST \/api\/work\/check_material/);
  const materials = plumber.getByRole('region', { name: 'Materials' });
  const check = await unfold(materials, "Check the client's own");
  await check.getByLabel('Material').fill('Mixer tap');
  await check.getByLabel('Unit').fill('pcs');
  await check.getByRole('radio', { name: 'Fail' }).check({ force: true });
  await check.getByRole('button', { name: 'Record the check' }).click();
  await expect(check.getByLabel('What the check found')).toHaveAccessibleDescription(/Please fill this in/);
  await expect(check.getByLabel('Material')).toHaveValue('Mixer tap');
  // Looked at once more, it is fit.
  await check.getByRole('radio', { name: 'Pass' }).check({ force: true });
  await check.getByLabel('What the check found').fill('Sealed, right thread.');
  await check.getByRole('button', { name: 'Record the check' }).click();
  const line = materials.getByRole('listitem').filter({ hasText: 'Mixer tap' });
  await expect(line).toContainText('1 pcs');
  await expect(line).toContainText("Client's own, passed");
  await expect(line).toContainText('Sealed, right thread.');

  // A line that was wrong stays, struck out.
  await move(materials, 'Add material', async (form) => {
    await form.getByLabel('Material').fill('Hose 50 cm');
    await form.getByLabel('How much').fill('12');
    await form.getByLabel('Unit').fill('pcs');
  });
  const wrong = materials.getByRole('listitem').filter({ hasText: 'Hose 50 cm' });
  await expect(wrong).toContainText('12 pcs');
  await wrong.getByRole('button', { name: 'Strike out Hose 50 cm' }).click();
  await expect(wrong).toContainText('struck out');
  await expect(wrong.getByRole('button', { name: 'Strike out Hose 50 cm' })).toHaveCount(0);

  // The client reads the check; what went in besides is the office's.
  const resident = await house.enter(cast.resident, 'phone');
  await resident.goto(`/requests/${code}`);
  await expect(said(resident, "Checked the resident's own Mixer tap: fit for use.")).toBeVisible();
  await expect(resident.getByText('Hose 50 cm')).toHaveCount(0);
  await expect(moves(plumber).locator('summary', { hasText: 'Complete' })).toBeVisible();
});
