// What is ordered: a taxi that costs nothing, copies whose charge notice is signed before anybody begins, and repairs from
// their price to the bill.
import { type Page } from '@playwright/test';
import { cast, expect, test, type House } from '../house.ts';
import { move, moves, signOnGlass, unfold } from '../acts.ts';

/** Tomorrow noon, as a field takes it. */
const tomorrow = () => `${new Date(Date.now() + 36 * 3600_000).toISOString().slice(0, 10)}T12:00`;

/** Orders it, and returns the code of what was ordered. */
async function order(phone: Page): Promise<string> {
  await phone.getByRole('button', { name: 'Order it' }).click();
  await phone.waitForURL(/\/services\/orders\//);
  return (await phone.locator('.service .code').innerText()).trim();
}

/** Waits until an order has come so far on a page. */
const stands = (house: House, page: Page, stage: string) =>
  house.sees(page.locator('.service .chip').filter({ hasText: stage }));

/** The desk begins, and it came. */
async function brought(house: House, desk: Page) {
  await moves(desk).getByRole('button', { name: 'Begin' }).click();
  await stands(house, desk, 'Under way');
  await move(moves(desk), 'It came');
  await stands(house, desk, 'Delivered');
}

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
  const code = await order(phone);
  await expect(phone.getByText(/^The desk answers by /)).toBeVisible();

  await desk.goto('/staff');
  await desk.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Services' }).click();
  await desk.getByRole('link', { name: code }).click();
  await move(moves(desk), 'Begin', (form) => form.getByLabel('From whom').fill('Li Cheng Taxi'));
  await stands(house, desk, 'Under way');
  await move(moves(desk), 'It came');
  await stands(house, desk, 'Delivered');
  await house.sees(phone.getByText(/^Is it as it should be\?/));
  await phone.getByRole('button', { name: 'It is as it should be' }).click();
  await house.sees(phone.getByText('You accepted it.'));
});

test('copies are signed for before they are made, and ordered again as they were', { tag: '@services' }, async ({ house }) => {
  const phone = await house.enter(cast.spouse, 'phone');
  await phone.goto('/services/copying');
  await phone.getByLabel('Pages').fill('12');
  await phone.getByLabel('In colour?').selectOption('no');
  await order(phone);
  const notice = phone.getByRole('region', { name: 'Charge notice' });
  await expect(notice.getByText('¥0.50 × page × 12 = ¥6')).toBeVisible();
  await notice.getByRole('button', { name: 'Sign it' }).click();
  await stands(house, phone, 'Signed');
  await phone.getByRole('link', { name: 'Order it again' }).click();
  await expect(phone.getByLabel('Pages')).toHaveValue('12');
  await expect(phone.getByLabel('In colour?')).toHaveValue('no');
});

test('a wrong answer is noted beside its field, by the page where it is alive', { tag: '@services' }, async ({ house }) => {
  const phone = await house.enter(cast.spouse, 'phone');
  const sent: string[] = [];
  phone.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/concierge/order')) {
      sent.push(request.url());
    }
  });
  await phone.goto('/services/taxi');
  await phone.getByLabel('When?').fill(tomorrow());
  await phone.getByLabel('Where to?').fill('The airport');
  const [people, on] = [phone.getByLabel('How many people?'), phone.getByLabel('Phone on the way')];
  await people.fill('9');
  await phone.getByLabel('Which car?').selectOption('van');
  await on.fill('12');
  await phone.getByRole('button', { name: 'Order it' }).click();
  await expect(phone.getByRole('alert')).toBeVisible();
  await expect(people).toHaveAccessibleDescription(/A whole number from 1 to 6, please\./);
  await expect(people).toHaveAttribute('aria-invalid', 'true');
  await expect(on).toHaveAttribute('aria-invalid', 'true');
  await expect(phone.getByLabel('Where to?')).toHaveValue('The airport');
  expect(sent, 'what the page can see is not sent').toHaveLength(house.scripts ? 0 : 1);
  await people.fill('2');
  await on.fill('138 0000 0000');
  await order(phone);
  expect(sent).toHaveLength(house.scripts ? 1 : 2);
});

test('repairs go from their price to the bill, done again once between', { tag: '@services' }, async ({ house }) => {
  test.slow();
  const [phone, desk] = [await house.enter(cast.spouse, 'phone'), await house.enter(cast.receptionist, 'tablet')];
  await phone.goto('/services/home-repair');
  await phone.getByLabel('When may we come?').fill(tomorrow());
  await phone.getByLabel('What is it about?').selectOption('water');
  await phone.getByLabel('What is wrong?').fill('My own tap drips.');
  await phone.getByLabel('Do you have the material?').selectOption('no');
  const code = await order(phone);

  await desk.goto(`/staff/services/orders/${code}`);
  await expect(moves(desk).getByRole('button', { name: 'Begin' })).toHaveCount(0);
  await move(moves(desk), 'Say what it costs', (form) => form.getByLabel('Hours').fill('1.5'));
  const notice = phone.getByRole('region', { name: 'Charge notice' });
  await house.sees(notice.getByText('Repairs in your home'));
  await expect(notice.getByText('Time', { exact: true })).toBeVisible();
  await expect(notice.getByText(/^¥90 an hour × .* = ¥135$/)).toBeVisible();
  // On glass, or as a typed name with a tick beside it.
  await move(moves(desk), 'Sign at the desk', async (form) => {
    await form.getByLabel("The resident's name").fill('Xu Jiashu');
    await (house.scripts ? signOnGlass(form) : form.getByLabel('They agree to the charge notice').check());
  });
  await stands(house, desk, 'Signed');
  await expect(desk.getByText(house.scripts ? /^Xu Jiashu signed on glass/ : /^Xu Jiashu signed at the desk/)).toBeVisible();

  await brought(house, desk);
  await house.sees(phone.getByRole('button', { name: 'It is as it should be' }));
  const again = await unfold(phone.locator('.service'), 'Not as it should be');
  await again.getByLabel('What is wrong?').fill('It drips again.');
  await again.getByRole('button', { name: 'Not as it should be' }).click();
  await stands(house, phone, 'Done again');
  await stands(house, desk, 'Done again');
  await brought(house, desk);
  await house.sees(phone.getByRole('button', { name: 'It is as it should be' }));
  await phone.getByRole('button', { name: 'It is as it should be' }).click();
  await stands(house, phone, 'Billed');
  await stands(house, desk, 'Billed');
});

test('what its person will not have is referred, and filed', { tag: '@services' }, async ({ house }) => {
  const [phone, desk] = [await house.enter(cast.spouse, 'phone'), await house.enter(cast.receptionist, 'tablet')];
  await phone.goto('/services/copying');
  await phone.getByLabel('Pages').fill('3');
  await phone.getByLabel('In colour?').selectOption('yes');
  const code = await order(phone);
  await phone.getByRole('region', { name: 'Charge notice' }).getByRole('button', { name: 'Sign it' }).click();
  await stands(house, phone, 'Signed');
  await desk.goto(`/staff/services/orders/${code}`);
  await brought(house, desk);
  await house.sees(phone.getByRole('button', { name: 'It is as it should be' }));
  const never = await unfold(phone.locator('.service'), 'I will not have it');
  await never.getByLabel('Why?').fill('They are all black.');
  await never.getByRole('button', { name: 'I will not have it' }).click();
  await house.sees(phone.getByText('Somebody else looks at it: They are all black.'));
  await stands(house, desk, 'Referred');
  await moves(desk).getByRole('button', { name: 'Archive' }).click();
  await stands(house, desk, 'Archived');
  await stands(house, phone, 'Archived');
});
