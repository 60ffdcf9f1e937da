// Work in a basement: without a network, through a tablet that is closed and opened again, to exactly one effect each.
import { type House, alive, call, cast, expect, test } from '../house.ts';
import { given, job, move, moves } from '../acts.ts';
import { lying, ready, sent } from '../away.ts';
import { cameraPhoto } from '../photo.ts';

type Sheet = {
  job: { order: { order: { id: string; version: number; stage: unknown } } };
  findings: { words: string }[];
  materials: { name: string }[];
  hours: { minutes: number }[];
  after: string[];
  signatures: { name: string }[];
};

/** The plumber's tablet, ready to go where there is no network. */
async function tabletOf(house: House) {
  const tablet = await house.enter(cast.plumber, 'tablet', true);
  await ready(tablet, '/staff/jobs');
  await expect(tablet.getByText(/Ready without a connection/)).toBeVisible();
  return tablet;
}

test('a job is done in a basement, by a tablet that is opened anew there, and sent once', { tag: ['@offline', '@hydrated'] }, async ({ house, browser }) => {
  test.slow();
  house.expects(/^net::ERR_INTERNET_DISCONNECTED/, /^net::ERR_FAILED/);
  const desk = await house.enter(cast.coordinator);
  const { code, order } = await sent(desk, 'The tap drips in the basement.');
  const tablet = await tabletOf(house);
  await expect(job(tablet, code)).toBeVisible();

  await tablet.context().setOffline(true);
  for (const step of ['Accept', 'On my way', 'On site']) {
    await job(tablet, code).getByRole('button', { name: step, exact: true }).click();
  }
  await expect(job(tablet, code)).toContainText('3 not sent');

  // Its page was never opened; the tablet opens it from its address.
  await tablet.goto(`/staff/orders/${order}`);
  await expect(tablet.getByText('3 not sent').first()).toBeVisible();
  await tablet.getByLabel('What is really to be done').fill('Cartridge worn.');
  await tablet.getByRole('button', { name: 'Confirm on site' }).click();
  const materials = tablet.getByRole('region', { name: 'Materials' });
  await move(materials, 'Add material', async (form) => {
    await form.getByLabel('Material').fill('Cartridge 35 mm');
    await form.getByLabel('How much').fill('1');
    await form.getByLabel('Unit').fill('pcs');
  });
  await expect(materials).toContainText('Cartridge 35 mm');
  await move(moves(tablet), 'Complete', async (form) => {
    await form.getByLabel('What was done').fill('New cartridge; dry.');
    await form.locator('[type=file]').last().setInputFiles({ name: 'after.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto(browser) });
    await expect(form.getByText('Kept on this device')).toBeVisible();
    await form.getByLabel("The resident's name").fill('Emma Thornbury');
    await form.getByLabel('The resident tried it and agrees').check();
  });
  await expect(tablet.getByRole('region', { name: 'Result' })).toContainText('Emma Thornbury');
  await expect(tablet.getByText('6 not sent').first()).toBeVisible();

  // Opened again, still without a network: nothing is gone.
  await tablet.reload();
  await expect(tablet.getByText('6 not sent').first()).toBeVisible();
  await expect(tablet.getByRole('region', { name: 'Result' })).toContainText('Emma Thornbury');
  await tablet.getByRole('link', { name: '6 not sent' }).click();
  await expect(tablet.getByRole('heading', { name: 'Not sent yet' })).toBeVisible();
  await expect(tablet.getByRole('listitem').filter({ hasText: 'Complete' })).toContainText('Photos: 1');

  await tablet.context().setOffline(false);
  await expect(tablet.getByRole('heading', { name: 'Everything has been sent' })).toBeVisible();
  const sheet = await call<Sheet>(desk, 'work/order', { order });
  expect(sheet.job.order.order.stage).toBe('Verified');
  expect([sheet.findings.length, sheet.materials.length, sheet.after.length, sheet.signatures.length]).toEqual([1, 1, 1, 1]);
});

test('whoever moved it meanwhile stands beside what was done, and its person chooses', { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
  house.expects(/^net::ERR_INTERNET_DISCONNECTED/, /^net::ERR_FAILED/, /^409 POST \/api\/work\/set_out/);
  const desk = await house.enter(cast.coordinator);
  const { code } = await sent(desk, 'The tap drips, and two are at it.');
  const tablet = await tabletOf(house);
  const other = await house.enter(cast.plumber);
  await given.worked(other, code, 'accept');
  await expect(job(tablet, code).getByRole('button', { name: 'On my way' })).toBeVisible();

  await tablet.context().setOffline(true);
  await job(tablet, code).getByRole('button', { name: 'On my way' }).click();
  await expect(job(tablet, code)).toContainText('1 not sent');
  await given.worked(other, code, 'set_out');
  await tablet.context().setOffline(false);
  await tablet.getByRole('link', { name: '1 not sent' }).click();
  const entry = tablet.getByRole('listitem').filter({ hasText: 'On my way' });
  await expect(entry.getByRole('heading', { name: 'Meanwhile' })).toBeVisible();
  await expect(entry.getByText('It can no longer be done.')).toBeVisible();
  await entry.getByRole('button', { name: 'Keep it as a note' }).click();
  await expect(tablet.getByRole('heading', { name: 'Everything has been sent' })).toBeVisible();
  await desk.goto(`/staff/requests/${code}`);
  await expect(desk.getByText(/On my way · Done here/)).toBeVisible();
});

test('what is kept of one person is never shown to the next', { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
  house.expects(/^net::ERR_INTERNET_DISCONNECTED/, /^net::ERR_FAILED/);
  const desk = await house.enter(cast.coordinator);
  const { code } = await sent(desk, 'The tap drips on a shared tablet.');
  const tablet = await tabletOf(house);
  await expect(job(tablet, code)).toBeVisible();
  await tablet.goto('/staff/me');
  await tablet.getByRole('button', { name: 'Sign out', exact: true }).click();
  await tablet.waitForURL('/');
  await alive(tablet);
  await tablet.context().setOffline(true);
  await tablet.goto('/staff/jobs').catch(() => {});
  await expect(tablet.getByText(code)).toHaveCount(0);
  const stores = await tablet.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open('steward');
      request.onsuccess = () => done(request.result);
    });
    const count = (store: string) =>
      new Promise<number>((done) => {
        const request = db.transaction(store).objectStore(store).count();
        request.onsuccess = () => done(request.result);
      });
    const own = (await caches.keys()).filter((name) => !name.startsWith('files-'));
    const kept = await Promise.all(own.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
    return { answers: await count('answers'), pages: kept.flat().filter((url) => new URL(url).pathname.startsWith('/staff')) };
  });
  expect(stores).toEqual({ answers: 0, pages: [] });
});

test('who signs in over somebody is shown nothing of theirs', { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
  // The page of whoever was there before may have asked for something while the other signed in.
  house.expects(/^net::ERR_INTERNET_DISCONNECTED/, /^net::ERR_FAILED/, /^401 POST \/api\/work\/jobs$/);
  const desk = await house.enter(cast.coordinator);
  const { code } = await sent(desk, "The tap drips under another's eyes.");
  const tablet = await tabletOf(house);
  await expect(job(tablet, code)).toBeVisible();
  const last = await tablet.locator('html').getAttribute('data-person');
  await tablet.evaluate(async (sign_in) => {
    const body = new URLSearchParams({ key: crypto.randomUUID(), sign_in });
    await fetch('/api/people/demo_sign_in', { method: 'POST', body, headers: { accept: 'application/json' } });
  }, cast.coordinator);
  // Before the next page of theirs came.
  await tablet.context().setOffline(true);
  await tablet.goto('/staff/jobs').catch(() => {});
  await expect(tablet.getByText(code)).toHaveCount(0);
  await tablet.context().setOffline(false);
  await tablet.goto('/staff/unsent');
  await expect(tablet.getByRole('heading', { name: 'Everything has been sent' })).toBeVisible();
  const { answers } = await lying(tablet);
  expect(answers.filter((key) => key.startsWith(`${last} `))).toEqual([]);
});
