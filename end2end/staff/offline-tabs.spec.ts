// Two tabs of one tablet: both show what either did, and one of them sends it.
import { given, job, move } from '../acts.ts';
import { CUT, answered, happened, ready, sent, tab, unsent } from '../away.ts';
import { call, cast, expect, signIn, test } from '../house.ts';

test('what is done in one tab is unsent in the other, and sent by one of them', { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
  house.expects(...CUT);
  const desk = await house.enter(cast.coordinator);
  const { code } = await sent(desk, 'The tap drips on two tabs.');
  const first = await house.enter(cast.plumber, 'tablet', true);
  await ready(first, '/staff/jobs');
  await first.context().setOffline(true);
  const second = await tab(first);
  await second.goto('/staff/jobs');

  // Each goes on from where the other has brought it.
  for (const [at, page] of [first, second, first].entries()) {
    await job(page, code).getByRole('button', { name: ['Accept', 'On my way', 'On site'][at]!, exact: true }).click();
    for (const each of [first, second]) {
      await unsent(each, at + 1);
      await expect(job(each, code)).toContainText(`${at + 1} not sent`);
    }
  }

  const writes = [first, second].map((page) => answered(page, /\/api\/work\/(accept|set_out|arrive)$/));
  await first.context().setOffline(false);
  await unsent(first, 0);
  await unsent(second, 0);
  expect(writes.flat().sort()).toEqual(['/api/work/accept', '/api/work/arrive', '/api/work/set_out']);
  const steps = ['order_accepted', 'set_out', 'arrived'];
  expect(await happened(desk, code, steps)).toEqual(steps);
});

test('a form is answered whichever tab sends what it said', { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
  const desk = await house.enter(cast.coordinator);
  const code = await given.registered(desk, 'The tap drips, and one tab waits for another.');
  // Without a worker, so that a request can be held on its way.
  const first = await house.enter(cast.plumber, 'tablet');
  await given.onSite(desk, first, code);
  const { orders } = await call<{ orders: { order: { id: string } }[] }>(desk, 'requests/matter', { code });
  const order = orders[0]!.order.id;
  const second = await tab(first);
  for (const page of [first, second]) {
    await page.goto(`/staff/orders/${order}`);
  }
  const writes = [first, second].map((page) => answered(page, /\/api\/work\/(spend_time|use_material)$/));

  // The first tab sends, and the server takes its time.
  let go = () => {};
  const gate = new Promise<void>((open) => (go = open));
  await first.route('**/api/work/spend_time', async (route) => {
    await gate;
    await route.continue();
  });
  const held = first.waitForRequest('**/api/work/spend_time');
  await move(first.getByRole('region', { name: 'Hours' }), 'Add my time', (form) => form.getByLabel('Minutes').fill('7'));
  await held;
  // The second waits for its turn, which the first one takes along.
  const materials = second.getByRole('region', { name: 'Materials' });
  await move(materials, 'Add material', async (form) => {
    await form.getByLabel('Material').fill('Washer');
    await form.getByLabel('Unit').fill('pcs');
  });
  await expect(materials.locator('form[aria-busy=true]')).toBeVisible();
  go();

  await expect(materials.getByRole('listitem')).toHaveText([/Washer/]);
  await expect(materials.locator('details[open]')).toHaveCount(0);
  await expect(materials.getByLabel('Material').first()).toHaveValue('');
  for (const page of [first, second]) {
    await unsent(page, 0);
  }
  expect(writes).toEqual([['/api/work/spend_time', '/api/work/use_material'], []]);
  const sheet = await call<Record<'materials' | 'hours', unknown[]>>(desk, 'work/order', { order });
  expect([sheet.materials.length, sheet.hours.length]).toEqual([1, 1]);
});

test('what is done on a page of somebody who is here no more waits for them', { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
  house.expects(/^401 /);
  const desk = await house.enter(cast.coordinator);
  const { code } = await sent(desk, 'The tap drips while the tablet changes hands.');
  const first = await house.enter(cast.plumber, 'tablet', true);
  await first.goto('/staff/jobs');
  const second = await tab(first);
  // Nothing that it asks tells the page that somebody else is here: it would leave by itself before the tap.
  await first.route(/\/api\/(?!work\/accept)/, (route) => route.abort('aborted'));
  await signIn(second, cast.otherPlumber);
  await job(first, code).getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(first.getByRole('heading', { name: 'My jobs' })).toBeHidden();
  expect(await happened(desk, code, ['order_accepted'])).toEqual([]);

  await signIn(second, cast.plumber);
  await second.goto('/staff/jobs');
  await expect.poll(() => happened(desk, code, ['order_accepted'])).toEqual(['order_accepted']);
  await expect(job(second, code)).toContainText('On my way');
});
