// The line between page and server: it comes back after a loss, it crosses processes, and a part of the
// program that did not arrive can be asked for again.
import { alive, cast, expect, remember, test } from '../house.ts';
import { given, said } from '../acts.ts';
import { serve } from '../servers.ts';

test('after a lost connection the page catches up by itself', { tag: '@hydrated' }, async ({ house }) => {
  house.expects(/^net::ERR_INTERNET_DISCONNECTED/, /ERR_INTERNET_DISCONNECTED/);
  const phone = await house.enter(cast.resident);
  const desk = await house.enter(cast.coordinator, 'tablet');
  const code = await given.reported(phone, 'The tap drips while the line is down.');
  await phone.goto(`/requests/${code}`);
  const stays = await remember(phone);
  await phone.context().setOffline(true);
  await expect(phone.getByText('No connection.')).toBeVisible({ timeout: 30_000 });
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await phone.context().setOffline(false);
  await expect(said(phone, 'Read your report and takes care of it.')).toBeVisible({ timeout: 30_000 });
  await expect(phone.getByText('No connection.')).toBeHidden();
  await given.moved(desk, code, 'promise', { kind: 'visit', due_at: '2099-01-01T10:00' });
  await expect(said(phone, 'Promised that somebody is there')).toBeVisible();
  await stays();
});

test('a move by one server process appears on a page of another', { tag: '@hydrated' }, async ({ house }) => {
  const other = await serve();
  try {
    const phone = await house.enter(cast.resident);
    const code = await given.reported(phone, 'The tap drips, and two servers know.');
    // The session is the database's, so it is good at both.
    await phone.goto(`${other.address}/requests/${code}`);
    const stays = await remember(phone);
    const desk = await house.enter(cast.coordinator, 'tablet');
    await given.moved(desk, code, 'triage', { urgency: 'normal' });
    await expect(said(phone, 'Read your report and takes care of it.')).toBeVisible();
    await stays();
    await phone.context().close();
  } finally {
    await other.end();
  }
});

test('a part of the program that did not arrive can be asked for again', { tag: '@hydrated' }, async ({ house }) => {
  // The program says in the console what it lacks before it stops.
  house.expects(/^net::ERR_FAILED GET \/pkg\//, /SplitLoaderError|Failed to fetch/, /^page: RuntimeError: unreachable/);
  const phone = await house.enter(cast.resident);
  await phone.route('**/pkg/**', (route) => route.abort());
  await phone.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Me', exact: true }).click();
  const again = phone.getByRole('alert').getByRole('link', { name: 'Load it again' });
  await expect(again).toBeVisible();
  await phone.unroute('**/pkg/**');
  // It leads to where the person was going.
  await again.click();
  await expect(phone.getByRole('heading', { name: 'How it looks' })).toBeVisible();
  await alive(phone);
  await expect(phone.getByRole('alert')).toBeHidden();
});
