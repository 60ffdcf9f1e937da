// The desk without a network: whoever calls is still written down.
import { CUT, isEmpty, ready, unique, unsent } from '../away.ts';
import { call, cast, expect, test } from '../house.ts';

test('contacts that are registered without a network arrive once, in their order', { tag: ['@offline', '@hydrated', '@desk'] }, async ({ house }) => {
  house.expects(...CUT);
  const desk = await house.enter(cast.receptionist, 'tablet', true);
  await ready(desk, '/staff/desk');
  await desk.context().setOffline(true);
  await desk.goto('/staff/desk');

  const calls = [unique('The gate squeaks.'), unique('When does the pool open?')];
  for (const [at, words] of calls.entries()) {
    await desk.getByLabel('What do they want?').fill(words);
    await desk.getByLabel('Solved now').check({ force: true });
    await desk.getByLabel('What was said').fill('Told so.');
    await desk.getByRole('button', { name: 'Register', exact: true }).click();
    await unsent(desk, at + 1);
    // The form is empty for the next caller, and claims nothing.
    await expect(desk.getByLabel('What do they want?')).toHaveValue('');
    await expect(desk.getByText('Registered.')).toHaveCount(0);
  }
  await desk.goto('/staff/unsent');
  const waiting = desk.getByRole('main').getByRole('listitem').filter({ hasText: 'A contact registered' });
  await expect(waiting).toContainText(calls);

  await desk.context().setOffline(false);
  await isEmpty(desk);
  const { contacts } = await call<{ contacts: { words: string }[] }>(desk, 'desk/contacts');
  const arrived = contacts.map(({ words }) => words).filter((words) => calls.includes(words));
  expect(arrived).toEqual(calls.toReversed());
});
