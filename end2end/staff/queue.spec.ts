// The queue: by keyboard, by search, and with rows that come in while somebody reads.
import { cast, expect, test } from '../house.ts';
import { given } from '../acts.ts';

test('the queue is searched, walked and opened by keys', { tag: '@hydrated' }, async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const code = await given.reported(resident, 'The tap drips audibly.');
  const desk = await house.enter(cast.coordinator);
  await desk.keyboard.press('/');
  await expect(desk.getByRole('searchbox', { name: 'Search the queue' })).toBeFocused();
  await desk.keyboard.type(code);
  await desk.keyboard.press('Enter');
  await expect(desk.locator('a.entry')).toHaveCount(1);
  await desk.getByRole('heading', { name: 'Queue' }).click();
  await desk.keyboard.press('j');
  await expect(desk.locator('a.entry').first()).toBeFocused();
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('heading', { level: 1, name: 'Dripping or leaking tap' })).toBeVisible();
  await desk.keyboard.press('?');
  await expect(desk.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await desk.keyboard.press('Escape');
  await expect(desk.getByRole('dialog', { name: 'Help' })).toBeHidden();
});

test('a filter and a search work by address alone', async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const code = await given.reported(resident, 'The tap drips inaudibly.');
  const desk = await house.enter(cast.coordinator);
  await desk.getByRole('searchbox', { name: 'Search the queue' }).fill(code);
  await desk.getByRole('searchbox', { name: 'Search the queue' }).press('Enter');
  await expect(desk.locator('a.entry')).toHaveCount(1);
  await desk.getByRole('link', { name: 'To confirm' }).click();
  await expect(desk.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await desk.goBack();
  await expect(desk.locator('a.entry', { hasText: code })).toBeVisible();
});
