// What every journey needs: browsers that complain about anything amiss, the named cast, and the ways
// in which a page shows what another side did.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { test as base, expect, type BrowserContext, type Locator, type Page } from '@playwright/test';

export { expect };

export type Surface = 'phone' | 'tablet' | 'kiosk';

/** What the projects differ in. */
export type Options = {
  /** Whose size the first page has. */
  surface: Surface;
  /** Whether scripts run. */
  scripts: boolean;
};

/** The sizes that the surfaces are drawn for. */
const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 1180, height: 820 }, hasTouch: true },
  kiosk: { viewport: { width: 1080, height: 1920 }, hasTouch: true },
};

/** The named cast of the demo estate, by the names that sign them in: server/src/demo/cast.rs. */
export const cast = {
  resident: 'emma',
  spouse: 'jiashu',
  neighbour: 'sandy',
  formerResident: 'songlin',
  contact: 'grace',
  coordinator: 'joyce',
  headOfService: 'luyao',
  headOfEngineering: 'hegang',
  receptionist: 'tangxin',
  otherReceptionist: 'peter',
  plumber: 'laochen',
  otherPlumber: 'majun',
  cleaner: 'zhouayi',
  supervisor: 'dingbo',
  siteManager: 'shenwei',
  boyanManager: 'vincent',
  boyanCoordinator: 'baijie',
} as const;

/** What one test may do. */
export type House = {
  /** Whether scripts run in this project. */
  scripts: boolean;
  /** A browser of somebody who has never been here. */
  stranger(surface?: Surface, keeps?: boolean): Promise<Page>;
  /** A browser of somebody of the cast, signed in, in English, on their first page; `keeps` what works without a network. */
  enter(who: string, surface?: Surface, keeps?: boolean): Promise<Page>;
  /** A lobby screen in a lobby of Liyuan, before its first page; `keeps` what works without a network. */
  screen(keeps?: boolean): Promise<Page>;
  /** A tablet that is switched on, `isOffline` where there is no network. All that it keeps lies in a folder: switched off and on again with the same one, it is the same tablet. */
  device(folder: string, isOffline?: boolean): Promise<Page>;
  /** Names what may go wrong on any page of this test: `422 POST /api/requests/report`. */
  expects(...complaints: RegExp[]): void;
  /** Waits until something is there: by itself on a page that is alive, else by looking again. */
  sees(what: Locator): Promise<void>;
};

export const test = base.extend<Options & { house: House }>({
  surface: ['phone', { option: true }],
  scripts: [true, { option: true }],

  house: async ({ browser, playwright, surface, scripts }, use) => {
    const complaints: string[] = [];
    const expected: RegExp[] = [];
    const contexts: BrowserContext[] = [];
    const folders = new Set<string>();
    const opened = async (context: BrowserContext) => {
      contexts.push(context);
      listen(context, complaints, scripts);
      const page = context.pages()[0] ?? (await context.newPage());
      return scripts ? waitsForLife(page) : page;
    };
    const house: House = {
      scripts,
      async stranger(size = surface, keeps = false) {
        // Where nothing is kept, nothing can stand in for what a journey looks at.
        const serviceWorkers = keeps ? 'allow' : 'block';
        return opened(await browser.newContext({ ...SIZES[size], javaScriptEnabled: scripts, serviceWorkers }));
      },
      async enter(who, size, keeps) {
        const page = await house.stranger(size, keeps);
        await page.goto(await signIn(page, who));
        return page;
      },
      async screen(keeps) {
        const page = await house.stranger('kiosk', keeps);
        const people = await call<{ estate: { en: string }; estate_id: string }[]>(page, 'people/demo_cast');
        const { estate_id } = people.find(({ estate }) => estate.en === 'Liyuan Garden')!;
        await call(page, 'screens/open_demo', { estate: estate_id });
        return page;
      },
      async device(folder, offline = false) {
        folders.add(folder);
        const manner = { ...SIZES.tablet, offline, serviceWorkers: 'allow' } as const;
        return opened(await playwright.chromium.launchPersistentContext(folder, manner));
      },
      expects: (...more) => void expected.push(...more),
      async sees(what) {
        if (scripts) {
          await expect(what).toBeVisible();
          return;
        }
        await expect(async () => {
          await what.page().reload();
          await expect(what).toBeVisible({ timeout: 500 });
        }).toPass({ timeout: 20_000 });
      },
    };
    await use(house);
    const amiss = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
    for (const context of contexts) {
      await context.close();
    }
    folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
    expect(amiss, 'console errors, page errors, failed requests').toEqual([]);
  },

  page: async ({ house }, use) => {
    await use(await house.stranger());
  },
});

/** Writes down everything that a page should never do. */
function listen(context: BrowserContext, complaints: string[], scripts: boolean) {
  context.on('console', (message) => {
    // A reply's status is noted below, with its address.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  context.on('weberror', (error) => complaints.push(`page: ${error.error().stack ?? error.error().message}`));
  context.on('response', (reply) => {
    if (reply.status() >= 400) {
      complaints.push(`${reply.status()} ${reply.request().method()} ${new URL(reply.url()).pathname}`);
    }
  });
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // Whoever leaves a page breaks off what it was still fetching; and where no script runs, none is fetched.
    const isLeftOut = !scripts && why === 'csp' && request.url().endsWith('.js');
    if (why !== 'net::ERR_ABORTED' && !isLeftOut) {
      complaints.push(`${why} ${request.method()} ${new URL(request.url()).pathname}`);
    }
  });
}

/** A page whose loading ends when it has come to life. */
export function waitsForLife(page: Page): Page {
  const { goto, reload } = { goto: page.goto.bind(page), reload: page.reload.bind(page) };
  page.goto = async (...how) => {
    const reply = await goto(...how);
    await alive(page);
    return reply;
  };
  page.reload = async (...how) => {
    const reply = await reload(...how);
    await alive(page);
    return reply;
  };
  return page;
}

/** Waits until a page is alive that something else loaded: a form, a link out of its surface. */
export async function alive(page: Page) {
  await expect(page.locator('body[data-hydrated]')).toBeAttached();
}

/** Signs somebody of the cast in, in English; the address of their first page. */
export async function signIn(page: Page, who: string): Promise<string> {
  const { start } = await call<{ start: string }>(page, 'people/demo_sign_in', { sign_in: who });
  await call(page, 'people/choose_manners', { lang: 'en', theme: 'light' });
  return start;
}

/** Calls a server function as the person of a page, past its views: for what a test takes as given. */
export async function call<T = unknown>(page: Page, endpoint: string, fields: Record<string, string> = {}): Promise<T> {
  const reply = await page.request.post(`/api/${endpoint}`, {
    form: { key: randomUUID(), ...fields },
    headers: { accept: 'application/json' },
  });
  expect(reply.status(), `${endpoint}: ${await reply.text()}`).toBe(200);
  return (await reply.json()) as T;
}

/** Proves later that a page was not loaded anew in between. */
export async function remember(page: Page) {
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
  return async () => expect(await page.evaluate(() => 'isTheSame' in window), 'the page was not reloaded').toBe(true);
}
