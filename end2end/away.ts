// Devices that go where there is no network, and come back: what lies on them, what their pages say waits, and what the
// server makes of it.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { call, expect, waitsForLife } from './house.ts';
import { given } from './acts.ts';

/** What may go wrong on pages without a network. */
export const CUT = [/^net::ERR_INTERNET_DISCONNECTED/, /^net::ERR_FAILED/, /^console: The FetchEvent for /, /^(console|page): .*Failed to fetch/];

/** Words that no other test of this run has; the first of them tell them apart. */
export const unique = (words: string) => `${randomUUID().slice(0, 8)}: ${words}`;

/** An order of the plumber's, which nobody has taken. */
export async function sent(desk: Page, words: string) {
  const code = await given.registered(desk, unique(words));
  await given.moved(desk, code, 'triage', { urgency: 'normal' });
  await given.dispatched(desk, code);
  const { orders } = await call<{ orders: { order: { id: string; version: number } }[] }>(desk, 'requests/matter', { code });
  const { id: order, version } = orders[0]!.order;
  return { code, order, version };
}

/** Opens a page, and waits until everything is kept that its person needs without a network. */
export async function ready(page: Page, path: string) {
  await page.goto(path);
  const shells = ['/offline', '/shell/resident', '/shell/staff'];
  const missing = async () => {
    const { about, pages } = await lying(page);
    return [...(about.includes('ready') ? [] : ['answers']), ...shells.filter((shell) => !pages.includes(shell))];
  };
  await expect.poll(missing, { message: 'what is not kept yet', timeout: 60_000 }).toEqual([]);
}

/** One more tab of the same browser. */
export const tab = async (page: Page) => waitsForLife(await page.context().newPage());

/** Lets a tab die without a word, as where a device runs out of memory; the next one of its browser. */
export async function crashed(page: Page): Promise<Page> {
  const next = await tab(page);
  const line = await page.context().newCDPSession(page);
  const over = page.waitForEvent('crash');
  // Nobody is left to answer this.
  line.send('Page.crash').catch(() => {});
  await over;
  await page.close();
  return next;
}

/** What a page's frame says of how much waits. */
export const chip = (page: Page, words: string | RegExp = /not sent/) => page.getByRole('banner').getByRole('link', { name: words });

/** So much waits, says the page's frame, or nothing. What is sent anew by itself may take half a minute. */
export async function unsent(page: Page, count: number) {
  if (count > 0) {
    await expect(chip(page, new RegExp(`^${count} not sent$`))).toBeVisible();
  } else {
    await expect(chip(page)).toHaveCount(0, { timeout: 60_000 });
  }
}

/** The list of what waits has become empty. */
export const isEmpty = (page: Page) => expect(page.getByRole('heading', { name: 'Everything has been sent' })).toBeVisible({ timeout: 120_000 });

/** The addresses, of some, to which a page sends something from now on, each as often as the server answers. */
export function answered(page: Page, addresses: RegExp): string[] {
  const seen: string[] = [];
  page.on('response', (reply) => {
    if (addresses.test(reply.url())) {
      seen.push(new URL(reply.url()).pathname);
    }
  });
  return seen;
}

/** What happened to a matter, of some kinds, oldest first. */
export async function happened(desk: Page, code: string, kinds: string[]): Promise<string[]> {
  const { timeline } = await call<{ timeline: { happening: { kind: string } }[] }>(desk, 'requests/matter', { code });
  return timeline.map(({ happening }) => happening.kind).filter((kind) => kinds.includes(kind));
}

/** What the database itself answers; undefined where this run has none that psql can ask. */
export function asked(query: string): string | undefined {
  const url = process.env.DATABASE_URL;
  try {
    return url && execFileSync('psql', ['-XAtqc', query, url], { encoding: 'utf8' }).trim();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw fault;
  }
}

/** What lies on a device. */
export type Lying = {
  /** The outbox, in its order. */
  entries: Record<string, unknown>[];
  /** The photos that go with it, each with its bytes in base64. */
  files: { key: string; stowed: Record<string, unknown>; bytes: string }[];
  /** The keys of the answers that pages show. */
  answers: string[];
  /** Which single facts are kept. */
  about: string[];
  /** What the worker keeps of somebody's: addresses. */
  pages: string[];
};

/** What lies on the device of a page. */
export const lying = (page: Page): Promise<Lying> =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => !name.startsWith('files-'));
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    const pages = kept.flat().map(({ url }) => new URL(url).pathname);
    // Whoever opens it first makes it: that is the program's to do.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'steward')) {
      return { entries: [], files: [], answers: [], about: [], pages };
    }
    const ended = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
    const written = (file: Blob) =>
      new Promise<string>((done) => {
        const reader = new FileReader();
        reader.onload = () => done((reader.result as string).split(',')[1] ?? '');
        reader.readAsDataURL(file);
      });
    const db = await ended(indexedDB.open('steward'));
    const store = (name: string) => db.transaction(name).objectStore(name);
    const keys = async (name: string) => (await ended(store(name).getAllKeys())).map(String);
    const entries: Record<string, unknown>[] = await ended(store('entries').getAll());
    const files = await Promise.all(
      (await keys('files')).map(async (key) => {
        const { file, ...stowed } = (await ended(store('files').get(key))) as { file: Blob } & Record<string, unknown>;
        return { key, stowed, bytes: await written(file) };
      }),
    );
    const [answers, about] = [await keys('answers'), await keys('about')];
    db.close();
    return { entries, files, answers, about, pages };
  });

/** Puts an outbox on the device of a page, as if it had been made there. The page does not learn of it. */
export const lay = (page: Page, { entries, files }: Pick<Lying, 'entries' | 'files'>) =>
  page.evaluate(
    async ({ entries, files }) => {
      const db = await new Promise<IDBDatabase>((done, failed) => {
        const request = indexedDB.open('steward');
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
      });
      await new Promise<void>((done, failed) => {
        const all = db.transaction(['entries', 'files'], 'readwrite');
        all.oncomplete = () => done();
        all.onabort = () => failed(all.error);
        for (const entry of entries) {
          all.objectStore('entries').put(entry);
        }
        for (const { key, stowed, bytes } of files) {
          const raw = Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0));
          all.objectStore('files').put({ ...stowed, file: new Blob([raw], { type: 'image/jpeg' }) }, key);
        }
      });
      db.close();
    },
    { entries, files },
  );
