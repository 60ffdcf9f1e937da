// What is ordered: a taxi that costs nothing, and copies whose charge notice is signed before anybody begins.
import { cast, expect, test } from '../house.ts';
import { move, moves } from '../acts.ts';

/** Tomorrow noon, as a field takes it. */
const tomorrow = () => `${new Date(Date.now() + 36 * 3600_000).toISOString().slice(0, 10)}T12:00`;

test('a taxi is ordered, brought and accepted', { tag: '@services' }, async ({ house }) => {
  const [phone, desk] = [await house.enter(cast.resident, 'phone'), await house.enter(cast.receptionist, 'tablet')];
  await phone.goto('/book');
  await phone.getByRole('link', { name: 'Order a service' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: 'Services' })).toBeVisible();
  await phone.getByRole('region', { name: 'Customer service' }).getByRole('link', { name: /^Taxi/ }).click();
  await phone.getByRole('heading', { level: 1, name: 'Taxi' }).waitFor();
  await phone.getByLabel('When?').fill(tomorrow());
  await phone.getByLabel('Where to?').fill('The airport');
  await phone.getByLabel('How many people?').fill('2');
  await phone.getByLabel('Which car?').selectOption('van');
  await phone.getByLabel('Phone on the way').fill('138 0000 0000');
  await phone.getByRole('button', { name: 'Order it' }).click();
  await phone.waitForURL(/\/services\/orders\//);
  await expect(phone.getByText(/^The desk answers by /)).toBeVisible();
  const code = (await phone.locator('.service .code').innerText()).trim();

  await desk.goto('/staff');
  await desk.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Services' }).click();
  await desk.getByRole('link', { name: code }).click();
  await move(moves(desk), 'Begin', (form) => form.getByLabel('From whom').fill('Li Cheng Taxi'));
  await house.sees(desk.locator('.service .chip').filter({ hasText: 'Under way' }));
  await move(moves(desk), 'It came');
  await house.sees(desk.locator('.service .chip').filter({ hasText: 'Delivered' }));
  await house.sees(phone.getByText(/^Is it as it should be\?/));
  await phone.getByRole('button', { name: 'It is as it should be' }).click();
  await house.sees(phone.getByText('You accepted it.'));
});

test('copies are signed for before they are made', { tag: '@services' }, async ({ house }) => {
  const phone = await house.enter(cast.spouse, 'phone');
  await phone.goto('/services/copying');
  await phone.getByLabel('Pages').fill('12');
  await phone.getByLabel('In colour?').selectOption('no');
  await phone.getByRole('button', { name: 'Order it' }).click();
  const notice = phone.getByRole('region', { name: 'Charge notice' });
  await expect(notice.getByText('¥0.50 × page × 12 = ¥6')).toBeVisible();
  await notice.getByRole('button', { name: 'Sign it' }).click();
  await house.sees(phone.locator('.service .chip').filter({ hasText: 'Signed' }));
});
