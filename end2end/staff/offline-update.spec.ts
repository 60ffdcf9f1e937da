// Builds come and go while something waits: what an older one left is sent by the newer, and a new one takes over without
// losing anything.
import { randomUUID } from 'node:crypto';
import { job } from '../acts.ts';
import { CUT, chip, happened, isEmpty, lay, ready, sent, unsent } from '../away.ts';
import { alive, cast, expect, test as base } from '../house.ts';
import { type Door, doorTo } from '../servers.ts';

const TAG = { tag: ['@offline', '@hydrated'] };

/** All goes through a door that this test holds. */
const test = base.extend<{ door: Door }>({
  door: async ({}, use) => {
    const door = await doorTo(`http://localhost:${process.env.STEWARD_PORT}`);
    await use(door);
    await door.close();
  },
  baseURL: async ({ door }, use) => use(door.address),
});

test('what an older build left in the outbox is shown, and sent', TAG, async ({ house }) => {
  house.expects(...CUT);
  const desk = await house.enter(cast.coordinator);
  const { code, order, version } = await sent(desk, 'The tap drips, as an older build knew it.');
  const tablet = await house.enter(cast.plumber, 'tablet', true);
  await ready(tablet, '/staff/jobs');
  await tablet.context().setOffline(true);

  // The first build that had an outbox knew no more of an entry than this.
  const person = await tablet.locator('html').getAttribute('data-person');
  const key = randomUUID();
  const fields = [['key', key], ['id', order], ['seen', `${version}`]];
  await lay(tablet, { entries: [{ key, to: '/api/work/accept', fields, person }], files: [] });
  await tablet.goto('/staff/unsent');
  await unsent(tablet, 1);
  await expect(tablet.getByRole('main').getByRole('listitem').filter({ hasText: 'Accept' })).toBeVisible();

  await tablet.context().setOffline(false);
  await isEmpty(tablet);
  expect(await happened(desk, code, ['order_accepted'])).toEqual(['order_accepted']);
});

test('a new build takes over while something waits, and sends it', TAG, async ({ house, door }) => {
  house.expects(/^503 POST \/api\/work\/accept/);
  const desk = await house.enter(cast.coordinator);
  const { code } = await sent(desk, 'The tap drips, and there is a new version.');
  const tablet = await house.enter(cast.plumber, 'tablet', true);
  await ready(tablet, '/staff/jobs');

  // Everything else comes through, so that a new worker can.
  door.refuses = /^\/api\/work\/accept/;
  await job(tablet, code).getByRole('button', { name: 'Accept', exact: true }).click();
  await unsent(tablet, 1);
  door.build = 'next';
  await tablet.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
  });
  const toast = tablet.getByRole('status').filter({ hasText: 'A new version is here.' });
  await expect(toast).toBeVisible();
  // Until somebody says so, the one that came with the page serves it.
  await unsent(tablet, 1);
  const loaded = tablet.waitForEvent('load');
  await toast.getByRole('button', { name: 'Load it' }).click();
  await loaded;
  await alive(tablet);
  const worker = await tablet.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return { waits: registration?.waiting != null, files: await caches.has('files-next') };
  });
  expect(worker).toEqual({ waits: false, files: true });

  await chip(tablet, '1 not sent').click();
  const now = tablet.getByRole('button', { name: 'Send now' });
  await expect(now).toBeVisible();
  door.refuses = undefined;
  await now.click();
  await isEmpty(tablet);
  expect(await happened(desk, code, ['order_accepted'])).toEqual(['order_accepted']);
});
