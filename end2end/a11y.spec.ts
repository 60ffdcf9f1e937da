// Every page at its surface's own size, in three languages, light and dark: nothing that axe objects to.
import axe from 'axe-core';
import type { Page } from '@playwright/test';
import { call, cast, expect, signIn, test, type House, type Surface } from './house.ts';
import { given, PLUMBER, TAP } from './acts.ts';

const LANGS = ['en', 'zh-Hans', 'zh-Hant'] as const;

/** Stands among those who sign in for the lobby screen. */
const SCREEN = 'screen';

/** So many days ago. */
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** The pages of a surface, by people who are in no other journey: their language changes. `{code}` is a matter that is open, `{done}` one that waits for its resident, `{booking}` a slot that is kept, `{draw}` a draw that is open, `{asked}` one that waits for an answer, `{soon}` noon of tomorrow, `{order}` what was ordered on it, `{activity}` one that is open. */
const PAGES: Record<Surface, { who?: string; paths: string[] }[]> = {
  phone: [
    { paths: ['/', '/sign-in', '/join', '/track', '/gallery', '/no-such-page'] },
    {
      who: cast.neighbour,
      paths: ['/home', '/report', `/report/${TAP.slug}`, '/report/gas-smell', '/requests', '/requests/{code}', '/requests/{done}', '/requests/{code}/sent', '/requests/LY-00000-0', '/book', '/book/find?days=7', '/book/tennis-court', '/book/gym', '/book/gym/wait?starts={soon}', '/book/table-tennis', '/book/table-tennis/draw?draw={draw}', '/bookings/{booking}', '/book/pool-lane', '/book/guest-room', '/services', '/services/taxi', '/services/flowers', '/mail', '/inbox', '/me', '/unsent', '/services/guest-visit', '/activities', '/activities/{activity}', '/notices', '/notices/{notice}'],
    },
  ],
  tablet: [
    { who: cast.siteManager, paths: ['/staff', '/staff/notices', '/staff/notices/new', '/staff/notices/{notice}', '/staff/facilities/tennis-court/terms', '/staff/services/book', '/staff/services/book?service=copying', '/staff/services/book?service=pool', '/staff?view=all', '/staff?q=nothing-is-called-so', '/staff/filter', '/staff/list', '/staff/requests/{code}', '/staff/requests/{done}', '/staff/requests/{code}/clocks', '/staff/requests/{done}/clocks', '/staff/requests/{code}/closing', '/staff/requests/{code}/dispatch', '/staff/orders/{order}', '/staff/orders/{order}/notice', '/staff/incidents', '/staff/incidents/{incident}', '/staff/followups', '/staff/upkeep', '/staff/rectifications', '/staff/vendors', '/staff/orphans', '/staff/insights', '/staff/insights?days=365&department=engineering', '/staff/log', '/staff/log?department=engineering', `/staff/insights/rows?figure=rated&from=${day(29)}&until=${day(0)}`, '/staff/team', '/staff/team/{hand}', '/staff/team/{hand}/conduct', '/staff/keys', '/staff/screens', '/staff/inbox', '/staff/me', '/staff/policy', '/staff/policy?version=1', '/staff/policy/edit/calendar', '/staff/policy/edit/clocks', '/staff/policy/edit/desk', '/staff/policy/edit/routes', '/staff/policy/edit/quality', '/staff/policy/preview'] },
    { who: cast.otherPlumber, paths: ['/staff/jobs', '/staff/unsent'] },
    { who: cast.otherReceptionist, paths: ['/staff/people', '/staff/people/{unit}', '/staff/desk?q=1203', '/staff/wall', '/staff/contacts', '/staff/visitors', '/staff/bookings', '/staff/bookings?facility=moving-lift', '/staff/bookings/{asked}', '/staff/facilities/tennis-court', '/staff/facilities/pool-lane', '/staff/mail?q=1202', '/staff/mail?show=day', '/staff/mail?show=letters', '/staff/facilities/table-tennis/draws', '/staff/services', '/staff/services?show=over', '/staff/services?show=mine', '/staff/services/book', '/staff/services/book?service=copying', '/staff/people/{unit}/order', '/staff/people/{unit}/order/taxi', '/staff/activities', '/staff/activities/{activity}', '/staff/people/{unit}/order/guest-visit'] },
  ],
  kiosk: [{ paths: ['/kiosk'] }, { who: SCREEN, paths: ['/kiosk', '/kiosk/check', '/kiosk/report', '/kiosk/report/gas-smell', '/kiosk/ring', '/kiosk/visitor'] }],
};

// A trace copies each page again at each step; axe says itself what is wrong, and where.
test.use({ trace: 'off' });

for (const lang of LANGS) {
  test(`axe finds nothing, ${lang}`, { tag: '@hydrated' }, async ({ house, surface }) => {
    test.setTimeout(600_000);
    house.expects(/^404 GET/);
    const known = surface === 'kiosk' ? {} : await matters(house, surface);
    for (const { who, paths } of PAGES[surface]) {
      const page = who === SCREEN ? await house.screen() : who ? await signedIn(house, who) : await house.stranger();
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.addInitScript(axe.source);
      await call(page, 'people/choose_manners', { lang, theme: 'light' });
      for (const path of paths) {
        await page.goto(path.replace(/\{(\w+)\}/g, (_, name: string) => known[name]!));
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        // What folds is part of the page.
        await page.evaluate(() => {
          const folds = document.querySelectorAll('details');
          folds.forEach((fold) => fold.removeAttribute('name'));
          folds.forEach((fold) => (fold.open = true));
        });
        await inFull(page, async () => {
          for (const theme of ['light', 'dark']) {
            await paint(page, theme);
            expect.soft(await violations(page), `${path} ${lang} ${theme}`).toEqual([]);
          }
        });
      }
      // The account speaks English again.
      await call(page, 'people/choose_manners', { lang: 'en', theme: 'light' });
    }
    // A household has few of them.
    if (known.asked) {
      await given.declined(await signedIn(house, cast.otherReceptionist), known.asked);
    }
  });
}

/** A browser of somebody of the cast, before its first page. */
async function signedIn(house: House, who: string): Promise<Page> {
  const page = await house.stranger();
  await signIn(page, who);
  return page;
}

/**
 * One matter of each kind with its order, an incident, a colleague, and a unit, to look at. Entering sets a person's
 * language: whose pages the other surface looks at just now stays out of it.
 */
async function matters(house: House, surface: Surface): Promise<Record<string, string>> {
  const [resident, desk, plumber, reception] = [
    await signedIn(house, surface === 'phone' ? cast.neighbour : cast.spouse),
    await signedIn(house, cast.coordinator),
    await signedIn(house, cast.plumber),
    await signedIn(house, surface === 'phone' ? cast.receptionist : cast.otherReceptionist),
  ];
  const code = await given.reported(resident, 'The tap drips. 水龙头滴水。');
  const done = await given.done(resident, desk, plumber, 'The other tap drips. 水龍頭滴水。');
  const units = await call<{ id: string; occupants: string[] }[]>(reception, 'people/find_units', { words: '1202' });
  const { orders } = await call<{ orders: { order: { id: string } }[] }>(desk, 'requests/matter', { code: done });
  type Incidents = Record<'live' | 'over', { incident: { id: string } }[]>;
  const { live, over } = await call<Incidents>(desk, 'incidents/list');
  type Activities = { activities: { code: string; stage: string }[] };
  const { activities } = await call<Activities>(reception, 'activities/desk');
  type Notices = { notices: { id: string; stage: string; title: { en: string } }[] };
  const { notices } = await call<Notices>(desk, 'notices/desk');
  const { colleagues } = await call<{ colleagues: { id: string; name: string }[] }>(desk, 'people/team');
  return {
    ...(surface === 'phone'
      ? {
          booking: await given.held(resident, 'tennis-court'),
          draw: await given.announced(reception, 'table-tennis', day(-6), `${day(-4)}T20:00`),
        }
      : { asked: await given.asked(resident, 'moving-lift') }),
    soon: `${Date.parse(`${day(-1)}T12:00:00+08:00`) / 1000}`,
    code,
    done,
    order: orders[0]!.order.id,
    incident: [...live, ...over][0]!.incident.id,
    activity: activities.find(({ stage }) => stage === 'published')!.code,
    notice: notices.find(({ stage, title }) => stage === 'published' && title.en.startsWith('New Year'))!.id,
    hand: colleagues.find(({ name }) => name === PLUMBER)!.id,
    unit: units.find((unit) => unit.occupants.length > 0)!.id,
  };
}

/** Changes the theme of an open page, and waits until its colours have arrived. */
async function paint(page: Page, theme: string) {
  await page.evaluate(async (theme) => {
    document.documentElement.dataset.theme = theme;
    // What takes its colour from something above it sets out only once that has arrived.
    let changing: Animation[];
    do {
      await new Promise(requestAnimationFrame);
      changing = document.getAnimations().filter((each) => each instanceof CSSTransition);
      await Promise.allSettled(changing.map((each) => each.finished));
    } while (changing.length > 0);
  }, theme);
}

/** Looks at a page in a viewport as tall as it is: nothing sticky may cover what is looked at. */
async function inFull(page: Page, look: () => Promise<void>) {
  const { width, height } = page.viewportSize()!;
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(height, whole) });
  await look();
  await page.setViewportSize({ width, height });
}

/** What axe objects to, short enough to read. */
async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => `${node.target}: ${node.failureSummary}`) }));
  });
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node}`));
}
