// The dashboard: figures of a period, drawn by the server and told to the digit, each with the list behind it.
import { cast, expect, test } from '../house.ts';

test('a manager reads the figures, looks further back, and opens the list behind one', { tag: '@requests' }, async ({ house }) => {
  const manager = await house.enter(cast.headOfService);
  await manager.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dashboard' }).click();
  await expect(manager.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  const periods = manager.getByRole('navigation', { name: 'Period' });
  await expect(periods.getByRole('link', { name: '30 days' })).toHaveAttribute('aria-current', 'true');
  await periods.getByRole('link', { name: '90 days' }).click();
  await expect(manager).toHaveURL(/\/staff\/insights\?days=90/);
  await expect(periods.getByRole('link', { name: '90 days' })).toHaveAttribute('aria-current', 'true');

  // A drawing, and the same as a table.
  const weeks = manager.getByRole('region', { name: 'Came in and closed, by week' });
  await expect(weeks.getByRole('group', { name: /^Bars for each week/ })).toBeVisible();
  await weeks.getByText('As a table').click();
  await expect(weeks.getByRole('columnheader', { name: 'Came in' })).toBeVisible();
  const items = manager.getByRole('region', { name: 'Satisfaction by problem' });
  await expect(items.getByText('The target is 95 % of those who rate.')).toBeVisible();
  await expect(items.locator('[data-met]').first()).toBeVisible();

  // One department, and the list behind its row.
  const department = manager.getByRole('region', { name: 'By department' });
  await department.getByRole('link', { name: 'Engineering' }).click();
  await expect(manager).toHaveURL(/\/staff\?view=all&department=engineering/);
  await expect(manager.locator('a.entry').first()).toBeVisible();
  await manager.goBack();
  await manager.getByRole('navigation', { name: 'Department' }).getByRole('link', { name: 'Engineering' }).click();
  await expect(manager.getByRole('region', { name: 'By department' })).toHaveCount(0);
  await expect(manager.getByText(/ · Engineering$/)).toBeVisible();
});

test('every number leads to the rows behind it, and a row to its matter', { tag: '@requests' }, async ({ house }) => {
  const manager = await house.enter(cast.headOfService);
  await manager.goto('/staff/insights');
  await manager.getByRole('link', { name: /^\d+ came in/ }).click();
  await expect(manager).toHaveURL(/\/staff\/insights\/rows\?figure=received&from=/);
  await expect(manager.getByRole('heading', { level: 1, name: /^Came in: \d+$/ })).toBeVisible();
  await expect(manager.getByText(/ · All departments$/)).toBeVisible();
  const first = manager.locator('a.row').first();
  const code = await first.locator('.code').innerText();
  await first.click();
  await expect(manager).toHaveURL(new RegExp(`/staff/requests/${code}$`));
  await expect(manager.getByText(code).first()).toBeVisible();

  // Older ones, page by page, and back to where one came from.
  await manager.goBack();
  await manager.getByRole('link', { name: 'Older', exact: true }).click();
  await expect(manager).toHaveURL(/after=/);
  await expect(manager.locator('a.row').first()).toBeVisible();
  await manager.getByRole('link', { name: 'Newest', exact: true }).click();
  await expect(manager).not.toHaveURL(/after=/);
  await manager.getByRole('link', { name: 'Back to the dashboard' }).click();
  await expect(manager.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();

  // A department's number in a table, behind its name and what it has open.
  const engineering = manager.getByRole('region', { name: 'By department' }).getByRole('row', { name: /^Engineering/ });
  await engineering.getByRole('link').nth(2).click();
  await expect(manager.getByRole('heading', { level: 1, name: /^Closed: \d+$/ })).toBeVisible();
  await expect(manager.getByText(/ · Engineering$/)).toBeVisible();

  // A share leads to its whole, and that to its parts.
  await manager.goto('/staff/insights?days=90');
  await manager.getByRole('link', { name: / satisfied response / }).click();
  await expect(manager.getByRole('heading', { level: 1, name: /^Rated: \d+$/ })).toBeVisible();
  await expect(manager.locator('a.row [data-met]').first()).toBeVisible();
  const parts = manager.getByRole('navigation', { name: 'Parts of the same whole' });
  await parts.getByRole('link', { name: 'Not satisfied' }).click();
  await expect(manager.getByRole('heading', { level: 1, name: /^Not satisfied: \d+$/ })).toBeVisible();
  await expect(parts.getByRole('link', { name: 'Not satisfied' })).toHaveAttribute('aria-current', 'true');

  // A bar leads to the rows of its week.
  await manager.goto('/staff/insights');
  const weeks = manager.getByRole('region', { name: 'Came in and closed, by week' });
  await weeks.getByRole('link', { name: /^Week of .* came in$/ }).first().click();
  await expect(manager.getByRole('heading', { level: 1, name: /^Came in: \d+$/ })).toBeVisible();
  await expect(manager.locator('a.row').first()).toBeVisible();
});

test('a supervisor reads their own department, and the desk none', { tag: '@requests' }, async ({ house }) => {
  const supervisor = await house.enter(cast.supervisor);
  await supervisor.goto('/staff/insights');
  await expect(supervisor.getByText(/ · Engineering$/)).toBeVisible();
  await expect(supervisor.getByRole('navigation', { name: 'Department' })).toHaveCount(0);
  const desk = await house.enter(cast.receptionist);
  await expect(desk.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Desk' })).toBeVisible();
  await expect(desk.getByRole('link', { name: 'Dashboard' })).toHaveCount(0);
});
