// The catalogue as its office keeps it: something new is put into it, published, and ordered. Boyan's: no other journey reads
// its shelf.
import { cast, expect, test } from '../house.ts';
import { unfold } from '../acts.ts';

test('a new service is on the shelf once its first version is published', { tag: '@services' }, async ({ house }) => {
  const manager = await house.enter(cast.boyanManager, 'tablet');
  const phone = await house.enter(cast.contact, 'phone');
  const name = `Dog walking at ${house.scripts ? 'dawn' : 'dusk'}`;
  const languages = ['English', '简体中文', '繁體中文'];
  await manager.goto('/staff/services');
  await manager.getByRole('link', { name: 'Catalogue', exact: true }).click();
  const form = await unfold(manager.getByRole('region', { name: 'New service' }), 'New service');
  for (const language of languages) {
    await form.getByLabel(`Name (${language})`).fill(name);
  }
  await form.getByLabel('Line', { exact: true }).selectOption('cleaning');
  await form.getByRole('button', { name: 'Put it into the catalogue' }).click();
  await manager.waitForURL(/service=dog-walking-at-/);
  await expect(manager.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(manager.getByText('No version of it holds yet')).toBeVisible();
  await phone.goto('/services');
  await expect(phone.getByRole('region', { name: 'Cleaning and greening' })).toBeVisible();
  await expect(phone.getByRole('link', { name })).toHaveCount(0);

  const next = await unfold(manager.getByRole('region', { name: 'What may change' }), 'Next version');
  for (const text of ['What is done', 'Our standard']) {
    for (const language of languages) {
      await next.getByRole('group', { name: text }).getByLabel(language).fill('An hour by the river.');
    }
  }
  await next.getByRole('button', { name: 'Publish it' }).click();
  await house.sees(manager.getByRole('region', { name: 'Versions' }).getByText(/^Version 1 /));
  await phone.goto('/services');
  await phone.getByRole('region', { name: 'Cleaning and greening' }).getByRole('link', { name }).click();
  await expect(phone.getByText('An hour by the river.').first()).toBeVisible();
  await phone.getByRole('button', { name: 'Order it' }).click();
  await phone.waitForURL(/\/services\/orders\//);
  await expect(phone.getByText(/^The desk answers by /)).toBeVisible();
});
