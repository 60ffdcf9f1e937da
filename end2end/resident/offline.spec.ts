// In a lift that stands: a resident reports it where there is no network, and it arrives when they are out.
import { problemWords, sendReport, TAP } from '../acts.ts';
import { CUT, isEmpty, ready, unique, unsent } from '../away.ts';
import { call, cast, expect, test } from '../house.ts';
import { cameraPhoto } from '../photo.ts';

test('a report with a photo is written without a network, and arrives once', { tag: ['@offline', '@hydrated', '@report'] }, async ({ house, browser }) => {
  house.expects(...CUT);
  const photo = { name: 'tap.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto(browser) };
  const phone = await house.enter(cast.spouse, 'phone', true);
  await ready(phone, '/home');
  await phone.context().setOffline(true);

  // No page of reporting was ever opened here.
  await phone.goto(`/report/${TAP.slug}`);
  await expect(phone.getByRole('heading', { name: TAP.name })).toBeVisible();
  const words = unique('The tap drips.');
  await problemWords(phone).fill(words);
  await phone.getByLabel('Choose from album').setInputFiles(photo);
  await expect(phone.getByText('Kept on this device')).toBeVisible();
  // The browser was put away, and let go of the page.
  await phone.reload();
  await expect(phone.getByText('Kept on this device')).toBeVisible();
  await expect(problemWords(phone)).toHaveValue(words);
  await sendReport(house, phone);
  await phone.waitForURL('/unsent');
  const entry = phone.getByRole('main').getByRole('listitem').filter({ hasText: words });
  const size = Math.ceil(photo.buffer.length / 1000);
  for (const stands of [() => {}, () => phone.reload()]) {
    await stands();
    await unsent(phone, 1);
    await expect(entry.getByRole('heading', { name: 'A problem reported' })).toBeVisible();
    await expect(entry).toContainText(/Photos: 1 · /);
    const shown = Number(/(\d+) kB/.exec(await entry.innerText())?.[1]);
    // Its words weigh something, too.
    expect(shown - size).toBeGreaterThanOrEqual(0);
    expect(shown - size).toBeLessThan(3);
  }

  await phone.context().setOffline(false);
  await isEmpty(phone);
  const { cards } = await call<{ cards: { code: string; words: string }[] }>(phone, 'requests/mine');
  const arrived = cards.filter((card) => card.words.includes(words));
  expect(arrived).toHaveLength(1);
  const desk = await house.enter(cast.coordinator, 'tablet');
  const { photos } = await call<{ photos: string[] }>(desk, 'requests/matter', { code: arrived[0]!.code });
  expect(photos).toHaveLength(1);
});
