// Nothing that somebody typed is ever lost: not by a refusal, not by a lost session.
import { alive, call, cast, expect, test } from '../house.ts';
import { oneTap, problemWords, said, sendReport, startReport } from '../acts.ts';
import { unique } from '../away.ts';
import { cameraPhoto } from '../photo.ts';

test('a refused report comes back with everything typed, and errors beside the fields', async ({ house, browser }) => {
  house.expects(/^422 POST \/api\/requests\/report/);
  const phone = await house.enter(cast.resident);
  await startReport(phone);
  const evening = phone.getByRole('checkbox', { name: /evening/ }).first();
  await evening.check();
  await phone.getByLabel('Choose from album').setInputFiles({
    name: 'tap.jpg',
    mimeType: 'image/jpeg',
    buffer: await cameraPhoto(browser),
  });
  // With scripts the page looks first; without, the server does.
  await phone.getByRole('button', { name: house.scripts ? 'Next: check' : 'Send report' }).click();

  const summary = phone.getByRole('alert');
  await expect(summary).toContainText('Please look again at what is marked.');
  if (house.scripts) {
    await expect(problemWords(phone)).toBeFocused();
  }
  await expect(problemWords(phone)).toHaveAttribute('aria-invalid', 'true');
  await expect(problemWords(phone)).toHaveAccessibleDescription(/Please fill this in\./);
  await expect(evening).toBeChecked();
  await expect(phone.getByRole('listitem').filter({ hasText: 'Sent' })).toHaveCount(1);

  await problemWords(phone).fill('<b>Drip</b>\'; drop table request; --');
  await sendReport(house, phone);
  await phone.waitForURL(/\/sent/);
  await phone.getByRole('link', { name: 'Follow it' }).click();
  await expect(phone.getByText('<b>Drip</b>\'; drop table request; --').first()).toBeVisible();
  await expect(phone.locator('a.photo')).toHaveCount(2);
});

test('a photo that did not get through is sent again', { tag: '@hydrated' }, async ({ house, browser }) => {
  house.expects(/^net::ERR_FAILED POST \/photos/, /^500 POST \/photos/);
  const phone = await house.enter(cast.resident);
  await startReport(phone);
  await problemWords(phone).fill('The tap drips, and the line is bad.');
  const buffer = await cameraPhoto(browser);
  const pick = async (name: string) => {
    await phone.getByLabel('Choose from album').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
    return phone.getByRole('listitem').filter({ hasText: name });
  };
  // The line broke: it waits here, and goes with its form.
  await phone.route(/\/photos\?/, (route) => route.abort(), { times: 1 });
  await expect(await pick('tap.jpg')).toContainText('Kept on this device');
  // The server did not take it.
  const fault = { status: 500, json: { Broken: { reference: 'none' } } };
  await phone.route(/\/photos\?/, (route) => route.fulfill(fault), { times: 1 });
  const sink = await pick('sink.jpg');
  await expect(sink).toContainText('Not sent:');
  await sink.getByRole('button', { name: 'Retry' }).click();
  await expect(sink).toContainText('Sent');
  await sendReport(house, phone);
  await phone.waitForURL(/\/sent/);
  await phone.getByRole('link', { name: 'Follow it' }).click();
  await expect(phone.locator('a.photo').first()).toBeVisible();
});

test('a session lost in the middle of a report costs no word of it', async ({ house }) => {
  house.expects(/^401 POST/);
  const phone = await house.enter(cast.resident);
  await startReport(phone);
  const told = unique('The tap drips, and I was signed out meanwhile.');
  await problemWords(phone).fill(told);
  await phone.context().clearCookies({ name: /session/ });
  await sendReport(house, phone);
  await expect(phone.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
  if (house.scripts) {
    await alive(phone);
  }
  await oneTap(phone, 'Emma Thornbury');
  if (house.scripts) {
    // It waited for her on the device, and goes by itself.
    await expect(phone.getByRole('heading', { name: 'Everything has been sent' })).toBeVisible();
    const { cards } = await call<{ cards: { words: string }[] }>(phone, 'requests/mine');
    expect(cards.filter(({ words }) => words === told)).toHaveLength(1);
    return;
  }
  await expect(problemWords(phone)).toHaveValue(told);
  await sendReport(house, phone);
  await phone.waitForURL(/\/sent/);
});

test('a comment and a withdrawal by the resident', async ({ house }) => {
  const phone = await house.enter(cast.resident);
  await startReport(phone);
  await problemWords(phone).fill('The tap drips a little.');
  await sendReport(house, phone);
  await phone.getByRole('link', { name: 'Follow it' }).click();
  await phone.getByLabel('Write to whoever holds this').fill('No hurry.');
  await phone.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(said(phone, 'No hurry.')).toBeVisible();
  await phone.locator('summary', { hasText: 'Withdraw this request' }).click();
  await phone.getByLabel('Why is it no longer needed?').fill('A new washer did it.');
  await phone.getByRole('button', { name: /^Withdraw / }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('Withdrawn');
  await expect(said(phone, 'Withdrew it: A new washer did it.')).toBeVisible();
});
