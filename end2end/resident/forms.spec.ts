// Nothing that somebody typed is ever lost: not by a refusal, not by a lost session.
import { cast, expect, test } from '../house.ts';
import { oneTap, problemWords, said, sendReport, startReport } from '../acts.ts';
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
  await expect(phone.locator('a.photo').first()).toBeVisible();
});

test('a photo that did not get through is sent again', { tag: '@hydrated' }, async ({ house, browser }) => {
  house.expects(/^net::ERR_FAILED POST \/photos/);
  const phone = await house.enter(cast.resident);
  await startReport(phone);
  await problemWords(phone).fill('The tap drips, and the line is bad.');
  await phone.route(/\/photos\?/, (route) => route.abort(), { times: 1 });
  await phone.getByLabel('Choose from album').setInputFiles({
    name: 'tap.jpg',
    mimeType: 'image/jpeg',
    buffer: await cameraPhoto(browser),
  });
  const photo = phone.getByRole('listitem').filter({ hasText: 'tap.jpg' });
  await expect(photo).toContainText('Not sent:');
  await photo.getByRole('button', { name: 'Retry' }).click();
  await expect(photo).toContainText('Sent');
  await sendReport(house, phone);
  await phone.waitForURL(/\/sent/);
  await phone.getByRole('link', { name: 'Follow it' }).click();
  await expect(phone.locator('a.photo').first()).toBeVisible();
});

test('a session lost in the middle of a report costs no word of it', async ({ house }) => {
  house.expects(/^401 POST/);
  const phone = await house.enter(cast.resident);
  await startReport(phone);
  await problemWords(phone).fill('The tap drips, and I was signed out meanwhile.');
  await phone.context().clearCookies({ name: /session/ });
  await sendReport(house, phone);
  await expect(phone.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();
  await oneTap(phone, 'Emma Thornbury');
  await expect(problemWords(phone)).toHaveValue('The tap drips, and I was signed out meanwhile.');
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
