// The front desk: a call by keyboard alone, the wall that counts it down, and a colleague who accepts it.
import type { Page } from '@playwright/test';
import { call, cast, expect, test } from '../house.ts';
import { moves, TAP } from '../acts.ts';
import { cameraPhoto } from '../photo.ts';

/** A contact's card on the wall, by the caller's words. */
const card = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words });

/** Words that no other test of this run has. */
const unique = (words: string) => `${words} (${Math.random().toString(36).slice(2, 8)})`;

/** Counts what is pressed, besides the caller's words. */
function keyboard(page: Page) {
  let presses = 0;
  return {
    async press(...keys: string[]) {
      for (const key of keys) {
        presses += key.split('+').length;
        await page.keyboard.press(key);
      }
    },
    async type(text: string) {
      presses += text.length;
      await page.keyboard.type(text);
    },
    presses: () => presses,
  };
}

test('a call is registered by keyboard alone', { tag: ['@desk', '@hydrated'] }, async ({ house }) => {
  const desk = await house.enter(cast.receptionist);
  const words = unique('The kitchen tap drips all night.');
  await desk.goto('/staff/desk');
  const keys = keyboard(desk);
  await expect(desk.getByRole('searchbox')).toBeFocused();
  await keys.type('1203');
  await expect(desk.getByRole('radio', { name: /1203/ }).first()).toBeChecked();
  await keys.press('Enter');
  await expect(desk.getByLabel('What do they want?')).toBeFocused();
  await desk.keyboard.type(words);
  // Read back; it is a repair, and becomes a request, as the form proposes.
  await keys.press('Tab', 'Space', 'Tab', 'Tab', 'Tab');
  await expect(desk.getByLabel('What is the matter')).toBeFocused();
  await keys.type('dri');
  await keys.press('Control+Enter');
  await expect(desk.getByText('Registered.')).toBeVisible();
  expect(keys.presses(), 'key presses besides the words').toBeLessThanOrEqual(25);

  // It counts down on the wall, and is a request of the resident's.
  const code = await desk.getByRole('status').getByRole('link').innerText();
  await desk.goto('/staff/wall');
  await expect(card(desk, words).getByRole('timer')).toHaveText(/^[0-2]:\d\d$/);
  await expect(card(desk, words).getByRole('link', { name: code })).toBeVisible();
});

test('a contact is handed over, and its holder changes when it is accepted', { tag: '@desk' }, async ({ house }) => {
  const [desk, other] = [await house.enter(cast.receptionist), await house.enter(cast.coordinator)];
  const words = unique('May we hang lanterns in the lobby?');
  const counter = await call<{ colleagues: { id: string; name: string }[] }>(desk, 'desk/counter');
  const office = await call<{ staff: { id: string } }>(other, 'people/office');
  const colleague = counter.colleagues.find((one) => one.id === office.staff.id)!;

  // Registered by hand, with scripts and without.
  await desk.goto('/staff/desk');
  await desk.getByRole('searchbox').fill('1203');
  if (!house.scripts) {
    await desk.getByRole('button', { name: 'Find', exact: true }).click();
  }
  await expect(desk.getByRole('radio', { name: /1203/ }).first()).toBeVisible();
  await desk.getByLabel('What do they want?').fill(words);
  await desk.getByLabel('Read back, and right').check();
  await desk.getByLabel('Enquiry').check({ force: true });
  await desk.getByLabel('Hand over').check({ force: true });
  await desk.getByLabel('To whom').selectOption({ value: `person:${colleague.id}` });
  await other.goto('/staff/wall');
  await desk.getByRole('button', { name: 'Register', exact: true }).click();
  if (house.scripts) {
    await expect(desk.getByText('Registered.')).toBeVisible();
  }

  await house.sees(card(other, words));
  await expect(card(other, words)).toContainText('not accepted yet');
  await desk.goto('/staff/wall');
  await moves(card(other, words)).getByRole('button', { name: 'Accept' }).click();
  // Whoever accepted holds it, and the countdown has stopped: on both walls.
  for (const page of [other, desk]) {
    await house.sees(card(page, words).filter({ hasText: `with ${colleague.name} · waits for an answer` }));
    await expect(card(page, words).getByRole('timer')).toHaveText('In hand');
  }
  await desk.goto('/staff/contacts');
  const line = desk.getByRole('listitem').filter({ hasText: words });
  await expect(line).toContainText(`with ${colleague.name}`);
  await expect(line).toContainText('Read back');
});

test('what is missing comes back with what was typed', { tag: '@desk' }, async ({ house }) => {
  house.expects(/^422 POST \/api\/desk\/register/);
  const desk = await house.enter(cast.receptionist);
  const words = unique('The gate squeaks.');
  await desk.goto('/staff/desk');
  await desk.getByLabel('What do they want?').fill(words);
  await desk.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(desk.getByRole('alert')).toBeVisible();
  await expect(desk.getByLabel('What do they want?')).toHaveValue(words);
  await desk.getByLabel('Solved now').check({ force: true });
  await desk.getByLabel('What was said').fill('The guard oils it today.');
  await desk.getByRole('button', { name: 'Register', exact: true }).click();
  if (house.scripts) {
    await expect(desk.getByText('Registered.')).toBeVisible();
  }
  await desk.goto('/staff/contacts');
  await expect(desk.getByRole('listitem').filter({ hasText: words })).toContainText('The guard oils it today.');
});

test('what another office asks for is taken with its paper', { tag: '@desk' }, async ({ house, browser }) => {
  const desk = await house.enter(cast.receptionist);
  const words = unique('Boyan asks us to look at this tap.');
  await desk.goto('/staff/desk');
  await desk.getByRole('searchbox').fill('1203');
  if (!house.scripts) {
    await desk.getByRole('button', { name: 'Find', exact: true }).click();
  }
  await expect(desk.getByRole('radio', { name: /1203/ }).first()).toBeVisible();
  await desk.getByLabel('What do they want?').fill(words);
  await desk.getByLabel('What is the matter').selectOption({ label: TAP.name });
  await desk.locator('summary', { hasText: 'More: way' }).click();
  // The paper is asked for once it came from there.
  const album = desk.getByText('Choose from album');
  await expect(album).toBeHidden();
  await desk.getByLabel('It came by').selectOption({ label: 'Another office of ours' });
  await expect(album).toBeVisible();
  await desk.getByLabel('Choose from album').setInputFiles({
    name: 'fax.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto(browser),
  });
  await desk.getByRole('button', { name: 'Register', exact: true }).click();
  if (house.scripts) {
    await expect(desk.getByText('Registered.')).toBeVisible();
  } else {
    await desk.waitForURL('**/staff/wall');
  }
  await desk.goto('/staff/contacts?channel=branch');
  await expect(desk.getByRole('listitem').filter({ hasText: words })).toBeVisible();
});

test('an outsider gets the room number, and nothing else', { tag: '@desk' }, async ({ house }) => {
  const desk = await house.enter(cast.receptionist);
  await desk.goto('/staff/desk');
  await desk.locator('summary', { hasText: 'Room number for an outsider' }).click();
  await desk.getByLabel('Full name looked for').fill('Emma Thornbury');
  await desk.getByLabel('Who asks').fill('A courier');
  await desk.getByLabel('What for').fill('A parcel to sign for');
  await desk.getByRole('button', { name: 'Look up' }).click();
  await expect(desk.getByText('Building 3 · Orchid Court · 1203', { exact: true })).toBeVisible();
});
