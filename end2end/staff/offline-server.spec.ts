// The network is there, and the server is gone: killed while something was on its way to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { job, moves } from '../acts.ts';
import { happened, ready, sent, unsent } from '../away.ts';
import { cast, expect, test as base } from '../house.ts';
import { type Server, serve } from '../servers.ts';

/** A server of this test's own, on a database of its own. */
type Own = { server: Server; data: string };

const test = base.extend<{ own: Own }>({
  own: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), 'steward-own-'));
      const own = { data, server: await serve({ data }) };
      await use(own);
      await own.server.end();
      rmSync(data, { recursive: true, force: true });
    },
    { timeout: 300_000 },
  ],
  baseURL: async ({ own }, use) => use(own.server.address),
});

test('what is done while the server is dead arrives once when it is back', { tag: ['@offline', '@hydrated'] }, async ({ house, own }) => {
  test.setTimeout(600_000);
  // Nobody listens there, or nobody any more.
  house.expects(/^net::ERR_/, /^console: The FetchEvent for /, /^(console|page): .*Failed to fetch/);
  const desk = await house.enter(cast.coordinator);
  const { code, order } = await sent(desk, 'The tap drips, and the server is gone.');
  const tablet = await house.enter(cast.plumber, 'tablet', true);
  await ready(tablet, '/staff/jobs');
  const press = (step: string) => job(tablet, code).getByRole('button', { name: step, exact: true }).click();

  // Killed with the first in its hands.
  const coming = tablet.waitForRequest('**/api/work/accept');
  own.server.freeze();
  await press('Accept');
  await coming;
  await own.server.end('SIGKILL');
  await press('On my way');
  await press('On site');
  await unsent(tablet, 3);
  // No page of the server's can be had; the tablet opens one that it was never shown, from its address.
  await tablet.goto(`/staff/orders/${order}`);
  await unsent(tablet, 3);
  await expect(moves(tablet).locator('summary', { hasText: 'Complete' })).toBeVisible();

  own.server = await serve({ port: own.server.port, data: own.data });
  await unsent(tablet, 0);
  const steps = ['order_accepted', 'set_out', 'arrived'];
  expect(await happened(desk, code, steps)).toEqual(steps);
});
