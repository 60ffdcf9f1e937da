// The queue narrowed by two facets at once: chips, a view that is kept, its list on paper and as a sheet, and all of it
// taken apart again.
import { cast, expect, test } from '../house.ts';
import { given } from '../acts.ts';

test('two facets narrow the queue, its list and its sheet, and fall away one by one', { tag: '@requests' }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator);
  const words = 'The tap whistles when it closes.';
  const code = await given.registered(desk, words);
  await given.moved(desk, code, 'triage', { urgency: 'normal' });

  await desk.goto('/staff/filter');
  await expect(desk.getByRole('heading', { level: 1, name: 'Filter the queue' })).toBeVisible();
  await desk.locator('#narrow-q').fill(code);
  await desk.getByLabel('State', { exact: true }).selectOption('In hand');
  await desk.getByLabel('Came in', { exact: true }).selectOption('By phone');
  await desk.getByRole('button', { name: 'Show', exact: true }).click();
  const entry = desk.locator('a.entry');
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText(code);
  const chips = desk.getByRole('group', { name: 'Filters in force' }).getByRole('link');
  await expect(chips).toHaveCount(2);
  const [state, source] = [
    desk.getByRole('link', { name: 'Remove filter State: In hand' }),
    desk.getByRole('link', { name: 'Remove filter Came in: By phone' }),
  ];
  await expect(state).toBeVisible();
  await expect(source).toBeVisible();

  // Kept, it stands beside the parts of the queue, and opens as it was.
  const name = `Calls ${code}`;
  await desk.getByRole('link', { name: 'Filter', exact: true }).click();
  await expect(desk.getByLabel('State', { exact: true })).toHaveValue('triaged');
  await desk.getByLabel('Name for this view').fill(name);
  await desk.getByRole('button', { name: 'Keep this view' }).click();
  const saved = desk.getByRole('region', { name: 'My views' });
  await expect(saved.getByRole('link', { name })).toBeVisible();
  await desk.goto('/staff');
  const tab = desk.getByRole('navigation', { name: 'Filters' }).getByRole('link', { name });
  await tab.click();
  await expect(entry).toHaveCount(1);
  await expect(tab).toHaveAttribute('aria-current', 'true');
  await expect(chips).toHaveCount(2);

  // The list says what it was narrowed to, on paper too; nothing to press is printed.
  await desk.getByRole('link', { name: 'List', exact: true }).click();
  await expect(desk.getByRole('heading', { level: 1, name: 'List of matters' })).toBeVisible();
  const heading = desk.getByText(`Open · State: In hand · Came in: By phone · “${code}”`);
  const row = desk.getByRole('row').filter({ hasText: code });
  await expect(row).toContainText(words);
  await desk.emulateMedia({ media: 'print' });
  await expect(heading).toBeVisible();
  await expect(row).toBeVisible();
  await expect(desk.getByRole('checkbox', { name: `Choose ${code}` })).toBeHidden();
  await expect(desk.getByRole('link', { name: 'Sheet (CSV)' })).toBeHidden();
  await desk.emulateMedia({ media: 'screen' });

  const [sheet] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('link', { name: 'Sheet (CSV)' }).click(),
  ]);
  expect(sheet.suggestedFilename()).toBe('requests.csv');
  let text = '';
  for await (const chunk of await sheet.createReadStream()) text += chunk;
  const lines = text.trim().split(/\r?\n/);
  expect(lines, 'a heading and one matter').toHaveLength(2);
  for (const cell of [code, words, 'In hand', 'By phone', 'Dripping or leaking tap']) {
    expect(lines[1]).toContain(cell);
  }

  // One facet falls, then the other; what was looked for stays.
  await desk.getByRole('link', { name: 'Back to the queue' }).click();
  await state.click();
  await expect(desk).not.toHaveURL(/state=/);
  await expect(desk).toHaveURL(/source=phone/);
  await expect(chips).toHaveCount(1);
  await source.click();
  await expect(desk).not.toHaveURL(/source=/);
  await expect(chips).toHaveCount(0);
  await expect(entry).toHaveCount(1);

  // The view goes too: the account keeps no more than it had.
  await desk.goto('/staff/filter');
  await saved.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(saved.getByRole('link', { name })).toHaveCount(0);
});
