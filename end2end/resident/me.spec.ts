// One's own page: language, theme, type size, where one is signed in, the password. And a new resident,
// from the invitation at the desk to their first page.
import type { Page } from '@playwright/test';
import { alive, call, cast, expect, test, type House } from '../house.ts';

const PASSWORD = 'copper kettle morning';

/** Somebody who moved in just now, by way of the desk, and joins with the code on the slip. */
async function moveIn(house: House, name: string): Promise<{ desk: Page; phone: Page; code: string; signIn: string }> {
  const desk = await house.enter(cast.receptionist, 'tablet');
  await desk.goto('/staff/people');
  // A unit that stands empty: whoever moves in sees what is reported from there from that day on.
  await desk.getByRole('searchbox', { name: 'Find a unit or a person' }).fill('1203');
  await desk.getByRole('button', { name: 'Find' }).click();
  await desk.getByRole('link', { name: /^Building 1 .* 1203/ }).click();
  await desk.getByLabel('Name').fill(name);
  await desk.getByLabel('Tenant').check({ force: true });
  await desk.getByRole('button', { name: 'Register' }).click();
  await desk.getByRole('row', { name }).getByRole('button', { name: 'Invite' }).click();
  const code = (await desk.locator('.slip .code').innerText()).trim();
  expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);

  const phone = await house.stranger('phone');
  const signIn = `${name.toLowerCase().replace(/\W+/g, '.')}.${Date.now()}`;
  await phone.goto('/join');
  await join(phone, code, signIn);
  await phone.waitForURL('**/home');
  return { desk, phone, code, signIn };
}

async function join(page: Page, code: string, signIn: string) {
  await page.getByLabel('Invitation code').fill(code);
  await page.getByLabel('Choose a sign-in name').fill(signIn);
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
}

test('a new resident comes in by an invitation, once, and has a page of their own', async ({ house }) => {
  test.slow();
  house.expects(/^422 POST \/api\/people\/(redeem|change_password)/);
  const { desk, phone, code, signIn } = await moveIn(house, house.scripts ? 'Wilma Torres' : 'Otto Brandt');

  // They see their home, and no other.
  await expect(phone.getByRole('heading', { level: 1, name: 'Nothing open' })).toBeVisible();
  await phone.goto('/me');
  await expect(phone.getByRole('region', { name: 'Homes' }).getByRole('listitem')).toHaveCount(1);
  await expect(phone.getByRole('region', { name: 'Homes' })).toContainText('1203');

  // They move out again today: the desk names the day, and refuses one before the first.
  house.expects(/^422 POST \/api\/people\/end_occupancy/);
  const row = desk.getByRole('row', { name: house.scripts ? 'Wilma Torres' : 'Otto Brandt' });
  await row.getByText('Moves out').click();
  const today = await row.getByLabel('Last day here').inputValue();
  await row.getByLabel('Last day here').fill('2020-01-01');
  await row.getByRole('button', { name: 'Save the last day' }).click();
  await expect(row.getByLabel('Last day here')).toHaveAccessibleDescription(/before the first/);
  await row.getByLabel('Last day here').fill(today);
  await row.getByRole('button', { name: 'Save the last day' }).click();
  await expect(row).toContainText(`to ${today}`);

  // The code opens nothing a second time.
  const thief = await house.stranger('phone');
  await thief.goto('/join');
  await join(thief, code, `${signIn}.again`);
  await expect(thief.getByLabel('Invitation code')).toHaveAccessibleDescription(/not valid, or no longer/);
  await expect(thief.getByLabel('Choose a sign-in name')).toHaveValue(`${signIn}.again`);
  await expect(thief.getByLabel('Choose a password')).toHaveValue('');

  // Another device, by name and password; it can be signed out from here.
  const laptop = await signsIn(house, signIn, PASSWORD);
  await phone.reload();
  const sessions = phone.getByRole('region', { name: 'Signed in on' });
  await expect(sessions.getByRole('listitem')).toHaveCount(2);
  await sessions.getByRole('button', { name: 'Sign out there' }).click();
  await expect(sessions.getByRole('listitem')).toHaveCount(1);
  await laptop.goto('/home');
  await expect(laptop.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible();

  // A new password: the old one opens nothing any more.
  await phone.locator('summary', { hasText: 'Change password' }).click();
  await phone.getByLabel('Present password').fill('something else');
  await phone.getByLabel('New password').fill('violet harbour lantern');
  await phone.getByRole('button', { name: 'Change it' }).click();
  await expect(phone.getByLabel('Present password')).toHaveAccessibleDescription(/not your present password/);
  await phone.getByLabel('Present password').fill(PASSWORD);
  await phone.getByLabel('New password').fill('violet harbour lantern');
  await phone.getByRole('button', { name: 'Change it' }).click();
  await expect(phone.getByRole('alert')).toHaveCount(0);
  const again = await signsIn(house, signIn, 'violet harbour lantern');
  await again.waitForURL('**/home');

  await phone.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toContainText('Say it once');
});

test('language, theme and type size are chosen once and stay', async ({ house }) => {
  // Both projects may run at once, and what is chosen stays with the account.
  const phone = await house.enter(house.scripts ? cast.contact : cast.formerResident);
  const html = phone.locator('html');
  await phone.goto('/me');
  const choose = async (label: string, save: string) => {
    await phone.getByLabel(label, { exact: true }).check({ force: true });
    await phone.getByRole('button', { name: save, exact: true }).click();
  };
  await choose('简体中文', 'Save');
  await expect(html).toHaveAttribute('lang', 'zh-Hans');
  await expect(phone.getByRole('link', { name: '首页' })).toBeVisible();
  await choose('繁體中文', '保存');
  await expect(html).toHaveAttribute('lang', 'zh-Hant');
  await choose('English', '儲存');
  await expect(html).toHaveAttribute('lang', 'en');
  await choose('Dark', 'Save');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  const size = () => phone.getByRole('button', { name: 'Save' }).evaluate((button) => parseFloat(getComputedStyle(button).fontSize));
  const normal = await size();
  await choose('Large', 'Save');
  await expect(html).toHaveAttribute('data-text', 'large');
  expect(await size()).toBeGreaterThan(normal * 1.15);
  // Another page, another day.
  await phone.goto('/home');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(html).toHaveAttribute('data-text', 'large');
  await call(phone, 'people/choose_manners', { lang: 'en', theme: 'light', large_text: 'false' });
});

async function signsIn(house: House, name: string, password: string): Promise<Page> {
  const page = await house.stranger('phone');
  await page.goto('/sign-in');
  await page.getByLabel('Sign-in name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/home');
  if (house.scripts) {
    await alive(page);
  }
  return page;
}
