// Browsers that keep nothing, or nothing more: forms work as they always did where there is a network, and say so where
// there is none; no word is lost.
import { given, move } from '../acts.ts';
import { CUT, chip, sent } from '../away.ts';
import { call, cast, expect, test } from '../house.ts';

/** What a browser may be short of, as it says so itself: run in the page before anything else. */
const FAULTS: Record<string, () => void> = {
  'there is no room left': () => {
    const { add, put } = IDBObjectStore.prototype;
    // It takes what it is given, and finds at the end that it cannot.
    const refuse = (store: IDBObjectStore, request: IDBRequest<IDBValidKey>) => {
      if (['entries', 'files'].includes(store.name)) {
        const value = new DOMException('No room.', 'QuotaExceededError');
        Object.defineProperty(store.transaction, 'error', { value, configurable: true });
        store.transaction.abort();
      }
      return request;
    };
    IDBObjectStore.prototype.add = function (...what) {
      return refuse(this, add.apply(this, what));
    };
    IDBObjectStore.prototype.put = function (...what) {
      return refuse(this, put.apply(this, what));
    };
  },
  'a form is too much at once': () => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...what) {
      if (this.name === 'entries') {
        throw new DOMException('Too much.', 'QuotaExceededError');
      }
      return add.apply(this, what);
    };
  },
  'nothing may be kept': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('A private window.', 'SecurityError');
    };
  },
};

for (const [fault, breaks] of Object.entries(FAULTS)) {
  test(`where ${fault}, forms go on, and keep their words`, { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
    house.expects(...CUT);
    const desk = await house.enter(cast.coordinator);
    const tablet = await house.enter(cast.plumber);
    const { code, order } = await sent(desk, 'The tap drips, and nothing can be kept.');
    for (const step of ['accept', 'set_out', 'arrive']) {
      await given.worked(tablet, code, step);
    }
    await tablet.addInitScript(breaks);
    await tablet.goto(`/staff/orders/${order}`);
    const hours = tablet.getByRole('region', { name: 'Hours' });
    await move(hours, 'Add my time', (form) => form.getByLabel('Minutes').fill('7'));
    await expect(hours.getByRole('listitem')).toHaveText([/7 min/]);

    await tablet.context().setOffline(true);
    const finding = tablet.getByRole('region', { name: 'On-site confirmation' });
    const words = finding.getByLabel('What is really to be done');
    await words.fill('The cartridge is worn.');
    await finding.getByRole('button', { name: 'Confirm on site' }).click();
    await expect(finding.getByRole('alert')).toContainText('The office cannot be reached right now. What you typed is kept');
    await expect(words).toHaveValue('The cartridge is worn.');
    await expect(chip(tablet)).toHaveCount(0);

    await tablet.context().setOffline(false);
    await finding.getByRole('button', { name: 'Confirm on site' }).click();
    await expect(finding.getByRole('listitem').filter({ hasText: 'The cartridge is worn.' })).toBeVisible();
    const sheet = await call<Record<'findings' | 'hours', unknown[]>>(desk, 'work/order', { order });
    expect([sheet.findings.length, sheet.hours.length]).toEqual([1, 1]);
  });
}

test('that there is hardly any room left is said before it fails', { tag: ['@offline', '@hydrated'] }, async ({ house }) => {
  const tablet = await house.enter(cast.plumber);
  const notice = tablet.getByRole('status').getByText('This device has hardly any room left.');
  await tablet.goto('/staff/unsent');
  await expect(tablet.getByRole('heading', { name: 'Everything has been sent' })).toBeVisible();
  await expect(notice).toHaveCount(0);
  await tablet.addInitScript(() => {
    StorageManager.prototype.estimate = async () => ({ usage: 990_000_000, quota: 1_000_000_000 });
  });
  await tablet.goto('/staff/jobs');
  await expect(notice).toBeVisible();
});
