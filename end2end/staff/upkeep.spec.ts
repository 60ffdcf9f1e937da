// Orders of common areas recur: made from an order, listed under Upkeep with the day of the next one, and ended there.
import { cast, expect, test } from '../house.ts';
import { dispatch, given, inHours, move, openOrder } from '../acts.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `7 Dec 2026` for `2026-12-07`. */
function shown(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${MONTHS[month! - 1]} ${year}`;
}

test('an order of a common area recurs, and its next one stands under Upkeep', { tag: '@requests' }, async ({ house }) => {
  // Both projects may run at once: one order each.
  const area = house.scripts ? 'Clubhouse' : 'Playground';
  const desk = await house.enter(cast.coordinator);
  const code = await given.registered(desk, 'Two lamps are dark; look after all of them.', { slug: 'light-out', area });
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await desk.goto(`/staff/requests/${code}`);
  const note = `Every lamp of ${area}, ${code}.`;
  await dispatch(desk, 'Anyone in Engineering', note, true);
  await openOrder(desk.getByRole('region', { name: 'Work orders' }), desk, note);
  const order = new URL(desk.url()).pathname;

  // Today is refused: the order itself is today's.
  house.expects(/^422 POST \/api\/work\/repeat/);
  const recurring = desk.getByRole('region', { name: 'Recurring' });
  await expect(recurring).toContainText('Issued again with every rule of this order');
  await move(recurring, 'Let it recur', async (form) => {
    await form.getByLabel('Every', { exact: true }).fill('2');
    await form.getByRole('radio', { name: 'Weeks' }).check({ force: true });
    await form.getByLabel('First on').fill(inHours(0).slice(0, 10));
  });
  await expect(recurring.getByLabel('First on')).toHaveAccessibleDescription(/lies in the past/);
  await expect(recurring.getByLabel('Every', { exact: true })).toHaveValue('2');
  await expect(recurring.getByRole('radio', { name: 'Weeks' })).toBeChecked();
  const first = inHours(10 * 24).slice(0, 10);
  await recurring.getByLabel('First on').fill(first);
  await recurring.getByRole('button', { name: 'Let it recur', exact: true }).click();
  const rule = `Every 2 weeks, next on ${shown(first)}`;
  await expect(recurring).toContainText(rule);

  // Whoever leads the trade reads it in the list, and opens the order that it repeats.
  const supervisor = await house.enter(cast.supervisor);
  await supervisor.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Upkeep' }).click();
  await expect(supervisor.getByRole('heading', { level: 1, name: 'Upkeep' })).toBeVisible();
  const row = supervisor.getByRole('listitem').filter({ has: supervisor.locator(`a[href="${order}"]`) });
  for (const words of ['Light out in a common area', area, rule]) {
    await expect(row).toContainText(words);
  }
  await row.getByRole('link').click();
  await supervisor.waitForURL(`**${order}`);
  await expect(supervisor.getByRole('region', { name: 'Recurring' })).toContainText(rule);

  // It ends in the list; the order may recur anew.
  await supervisor.goto('/staff/upkeep');
  await row.getByRole('button', { name: 'Recur no longer' }).click();
  await expect(row).toHaveCount(0);
  await desk.goto(order);
  await expect(recurring).not.toContainText(rule);
  await expect(recurring.locator('summary', { hasText: 'Let it recur' })).toBeVisible();
});

test('what is in a home does not recur', { tag: '@requests' }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator);
  const code = await given.registered(desk, 'The tap drips, and does so only once.');
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await given.dispatched(desk, code);
  await desk.goto(`/staff/requests/${code}`);
  await openOrder(desk.getByRole('region', { name: 'Work orders' }), desk);
  await expect(desk.getByText('Let it recur')).toHaveCount(0);
});
