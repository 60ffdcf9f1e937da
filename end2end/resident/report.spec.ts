// The product in one story, on three devices: a resident reports, the desk promises and sends somebody,
// who comes and repairs; the resident follows each step, confirms and rates.
import { cast, expect, remember, test } from '../house.ts';
import { dispatch, given, inHours, move, moves, oneTap, openOrder, PLUMBER, problemWords, report, said, sendReport, startReport } from '../acts.ts';
import { cameraPhoto, look, UPRIGHT } from '../photo.ts';

test('a resident reports a problem, staff fix it, both watch it happen', { tag: '@report' }, async ({ house, browser }) => {
  test.slow();
  const words = `The kitchen tap drips day and night, about a cup an hour (${test.info().project.name}).`;
  const file = { name: 'tap.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto(browser) };

  const tablet = await house.enter(cast.coordinator, 'tablet');
  // Among what is new at this home, where one waits already: of all that is open it might stand on a later page.
  await given.registered(tablet, 'The other tap drips too.');
  await tablet.goto('/staff?view=new&q=1203');
  await expect(tablet.getByRole('heading', { name: 'Queue', level: 1 })).toBeVisible();
  const tabletStays = house.scripts ? await remember(tablet) : undefined;

  // The phone signs in with one tap, as the demo offers it, and reports with a photo.
  const phone = await house.stranger('phone');
  await phone.goto('/');
  await phone.getByRole('link', { name: 'Sign in' }).first().click();
  await oneTap(phone, 'Emma Thornbury');
  const code = await report(house, phone, words, file);
  await expect(phone.getByText('The desk reads it and answers you')).toBeVisible();
  await phone.getByRole('link', { name: 'Follow it' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('The desk reads it and answers you');
  const phoneStays = house.scripts ? await remember(phone) : undefined;
  const track = (words: string | RegExp) => house.sees(said(phone, words));

  // The photo that is served stands upright, and tells neither place nor maker.
  const photo = phone.locator('a.photo').first();
  const bytes = await (await phone.request.get((await photo.getAttribute('href'))!)).body();
  expect(await look(phone, bytes)).toEqual({ ...UPRIGHT, tells: [] });

  // The tablet sees it come in, and opens it.
  const row = tablet.locator('a.entry', { hasText: code });
  if (house.scripts) {
    await tablet.getByRole('button', { name: /\d+ new/ }).click();
  } else {
    await tablet.goto(`/staff?q=${code}`);
  }
  await house.sees(row);
  await row.click();
  await expect(tablet.getByRole('heading', { level: 1, name: 'Dripping or leaking tap' })).toBeVisible();
  await expect(tablet.getByText(words).last()).toBeVisible();

  const bar = moves(tablet);
  await move(bar, 'Triage');
  await track('Read your report and takes care of it.');
  await move(bar, 'Promise a time', async (form) => {
    await form.getByLabel('Somebody comes').check({ force: true });
    await form.getByLabel('By when').fill(inHours(4));
  });
  await track('Promised that somebody is there by');
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('Somebody at your door');
  await dispatch(tablet, PLUMBER, 'Take the old-type washers along.');
  await track('Sent somebody to take care of it.');

  // The plumber takes it, goes, and repairs it.
  const plumber = await house.enter(cast.plumber, 'phone');
  await plumber.goto('/staff/jobs');
  const job = plumber.getByRole('article').filter({ hasText: code });
  await expect(job).toContainText('Take the old-type washers along.');
  await job.getByRole('button', { name: 'Accept' }).click();
  await track('Took the job.');
  await job.getByRole('button', { name: 'On my way' }).click();
  await track('On the way.');
  await job.getByRole('button', { name: 'On site' }).click();
  await track('On the spot.');
  await openOrder(job, plumber);
  await plumber.getByLabel('What is really to be done').fill('A new washer.');
  await plumber.getByRole('button', { name: 'Confirm on site' }).click();
  await expect(plumber.getByRole('region', { name: 'On-site confirmation' })).toContainText('A new washer.');
  await move(moves(plumber), 'Complete', async (form) => {
    await form.getByLabel('What was done').fill('New washer; tested ten minutes, dry.');
    await form.getByLabel('Choose from album').setInputFiles(file);
  });
  await track('Finished: New washer; tested ten minutes, dry.');
  await house.sees(phone.getByRole('heading', { level: 1, name: /Is it fixed\?/ }));

  // The resident agrees, and says how it went.
  for (const axis of ['Attitude', 'Conduct', 'Speed', 'Result']) {
    await phone.getByRole('group', { name: axis }).getByRole('radio', { name: axis === 'Speed' ? '4 of 5' : '5 of 5' }).check({ force: true });
  }
  await phone.getByRole('button', { name: 'Yes, it is fixed' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('Fixed, and confirmed');
  await expect(said(phone, 'Rated: attitude 5, conduct 5, speed 4, result 5 of 5.')).toBeVisible();
  await house.sees(said(tablet, 'Rated: attitude 5, conduct 5, speed 4, result 5 of 5.'));
  await tabletStays?.();
  await phoneStays?.();
});

test('what is not fixed comes back, and is fixed in a second round', async ({ house }) => {
  const phone = await house.enter(cast.resident, 'phone');
  const desk = await house.enter(cast.coordinator, 'tablet');
  const plumber = await house.enter(cast.plumber, 'phone');
  const code = await given.done(phone, desk, plumber, 'The shower tap drips.');
  await phone.goto(`/requests/${code}`);
  await phone.locator('summary', { hasText: 'No, it is not fixed' }).click();
  await phone.getByLabel('What is still wrong?').fill('It drips as before.');
  await phone.getByRole('button', { name: 'Send it back' }).click();
  await expect(said(phone, 'Not fixed: It drips as before.')).toBeVisible();
  await expect(said(phone, 'Opened again.')).toBeVisible();

  await desk.goto(`/staff/requests/${code}`);
  await expect(desk.locator('.matter').getByText('Opened again', { exact: true })).toBeVisible();
  await move(moves(desk), 'Triage');
  await house.sees(phone.getByRole('listitem').filter({ hasText: 'Read your report and takes care of it.' }).nth(1));
  await given.dispatched(desk, code);
  for (const step of ['accept', 'set_out', 'arrive']) {
    await given.worked(plumber, code, step);
  }
  await given.worked(plumber, code, 'complete', { note: 'New cartridge.', no_proof_reason: 'Nobody was at home.' });
  await house.sees(phone.getByRole('heading', { level: 1, name: /Is it fixed\?/ }));
  await phone.getByRole('button', { name: 'Yes, it is fixed' }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('Fixed, and confirmed');
});

test('an emergency says first whom to call, and is sent from there as it is', async ({ house }) => {
  const phone = await house.enter(cast.resident, 'phone');
  await phone.goto('/report');
  await phone.getByRole('region', { name: 'Danger? Tap here first' }).getByRole('link', { name: 'Smell of gas' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'Smell of gas: call now' })).toBeVisible();
  const call = phone.getByRole('link', { name: 'Call now' }).first();
  await expect(call).toHaveAttribute('href', /^tel:/);
  const send = phone.getByRole('button', { name: 'Send it to the desk now' });
  expect((await call.boundingBox())!.y).toBeLessThan((await send.boundingBox())!.y);
  await send.click();
  await phone.waitForURL(/\/requests\/[^/]+\/sent/);
  const code = (await phone.locator('.bigcode').innerText()).trim();
  const desk = await house.enter(cast.coordinator, 'tablet');
  await desk.goto(`/staff/requests/${code}`);
  await expect(desk.locator('.matter .chip', { hasText: 'Emergency' }).first()).toBeVisible();
});

test('staff read on which floor of a common place it is, and when they may come', async ({ house }) => {
  const phone = await house.enter(cast.resident, 'phone');
  await startReport(phone);
  await phone.getByLabel('Where', { exact: true }).selectOption({ label: 'Corridor' });
  await phone.getByLabel(/^Floor/).fill('7');
  await problemWords(phone).fill('The tap for the cleaners drips.');
  await phone.getByRole('checkbox', { name: /evening/ }).nth(1).check();
  await sendReport(house, phone);
  await phone.waitForURL(/\/requests\/[^/]+\/sent/);
  const code = (await phone.locator('.bigcode').innerText()).trim();
  const desk = await house.enter(cast.coordinator, 'tablet');
  await desk.goto(`/staff/requests/${code}`);
  const facts = desk.locator('.matter .facts');
  await expect(facts).toContainText('Corridor, floor 7');
  await expect(facts).toContainText('evening');
});
