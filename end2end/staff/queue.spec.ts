// The queue: by keyboard, by search, and with rows that come in while somebody reads.
import { cast, expect, test } from '../house.ts';
import { PLUMBER, TAP, given, said } from '../acts.ts';

test('the queue is searched, walked and opened by keys', { tag: '@hydrated' }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator);
  const code = await given.registered(desk, 'The tap drips audibly.');
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
  const desk = await house.enter(cast.coordinator);
  const code = await given.registered(desk, 'The tap drips inaudibly.');
  await desk.getByRole('searchbox', { name: 'Search the queue' }).fill(code);
  await desk.getByRole('searchbox', { name: 'Search the queue' }).press('Enter');
  await expect(desk.locator('a.entry')).toHaveCount(1);
  await desk.getByRole('link', { name: 'To confirm' }).click();
  await expect(desk.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
  await desk.goBack();
  await expect(desk.locator('a.entry', { hasText: code })).toBeVisible();
});

test('a queue narrowed by a form is kept as a view, and taken apart again', { tag: '@requests' }, async ({ house }) => {
  const resident = await house.enter(cast.spouse, 'phone');
  const code = await given.reported(resident, '廚房水喉漏水，整晚滴水。');
  const desk = await house.enter(cast.coordinator, 'tablet');
  await desk.getByRole('link', { name: 'Filter', exact: true }).click();
  await expect(desk.getByRole('heading', { name: 'Filter the queue' })).toBeVisible();
  await desk.getByLabel('Came in').selectOption('Online');
  await desk.getByLabel('Problem').selectOption(TAP.name);
  // The reporter writes traditional characters; the desk looks for simplified ones.
  await desk.locator('#narrow-q').fill('厨房水');
  await desk.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(desk.locator('a.entry', { hasText: code })).toBeVisible();
  await expect(desk).toHaveURL(/problem=tap-leak/);
  await desk.getByRole('link', { name: 'Filter', exact: true }).click();
  const name = `Taps ${code}`;
  await desk.getByLabel('Name for this view').fill(name);
  await desk.getByRole('button', { name: 'Keep this view' }).click();
  await desk.goto('/staff');
  await desk.getByRole('link', { name }).click();
  await expect(desk.locator('a.entry', { hasText: code })).toBeVisible();
  await desk.getByRole('link', { name: /^Remove filter Problem/ }).click();
  await expect(desk).not.toHaveURL(/problem=/);
});

test('several matters go out together, and each says what became of it', { tag: '@requests' }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator, 'tablet');
  const words = `Several at once ${Date.now()}`;
  const [first, second] = [await given.registered(desk, words), await given.registered(desk, words)];
  for (const code of [first, second]) await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await desk.goto(`/staff/list?q=${encodeURIComponent(words)}`);
  await desk.getByRole('checkbox', { name: `Choose ${first}` }).check();
  await desk.getByRole('checkbox', { name: `Choose ${second}` }).check();
  await given.moved(desk, second, 'wait', { on: 'parts' });
  await desk.getByLabel('Team or person').selectOption(PLUMBER);
  await desk.getByRole('button', { name: 'Send out' }).click();
  await expect(desk.getByRole('heading', { name: '1 of 2 went out' })).toBeVisible();
  await expect(said(desk, second)).not.toContainText('went out');
});

test('a list is printed and taken along as a sheet', { tag: '@requests' }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator, 'tablet');
  await desk.goto('/staff/list?view=all&source=phone');
  await expect(desk.getByText('All · Came in: By phone')).toBeVisible();
  await desk.emulateMedia({ media: 'print' });
  await expect(desk.getByRole('table')).toBeVisible();
  await expect(desk.getByRole('button', { name: 'Send out' })).toBeHidden();
  await desk.emulateMedia({ media: 'screen' });
  const [sheet] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('link', { name: 'Sheet (CSV)' }).click(),
  ]);
  expect(sheet.suggestedFilename()).toBe('requests.csv');
  const stream = await sheet.createReadStream();
  let text = '';
  for await (const chunk of stream) text += chunk;
  expect(text).toContain('Code,Received,State');
});
