// Fifty things done and twenty photos taken where there is no network, on a tablet whose tabs die and that is switched off
// and on in between: each has its effect once, in its order, however often it is sent.
import type { Locator, Page } from '@playwright/test';
import { type File, move, moves } from '../acts.ts';
import { CUT, answered, asked, crashed, happened, isEmpty, lay, lying, ready, sent, tab, unsent } from '../away.ts';
import { call, cast, expect, signIn, test } from '../house.ts';
import { cameraPhoto } from '../photo.ts';

/** What is done on each of three orders, besides what every order asks for. */
const PLANS = [
  { before: 3, after: 4, materials: 7, times: 3 },
  { before: 3, after: 4, materials: 7, times: 3 },
  { before: 3, after: 3, materials: 6, times: 3 },
];
const [ACTS, PHOTOS] = [50, 20];

/** What the record calls the effect of each act, in the order in which a plan is carried out. */
const effects = ({ materials, times }: Plan) => [
  ...['order_accepted', 'set_out', 'arrived', 'confirmed_on_site'],
  ...Array<string>(materials).fill('material_used'),
  ...['paused', 'resumed'],
  ...Array<string>(times).fill('time_spent'),
  'completed',
];
const KINDS = [...new Set(effects(PLANS[0]!))];

/** Where acts are sent; what only reads is not among them. */
const WRITES = /\/api\/work\/(accept|set_out|arrive|confirm_on_site|use_material|pause|resume|spend_time|complete)$/;

type Plan = (typeof PLANS)[number];
type Act = (page: Page) => Promise<void>;
type Sheet = Record<'findings' | 'materials' | 'hours' | 'before' | 'after', unknown[]> & { job: { order: { order: { stage: unknown } } } };

/** Everything that is done on an order's own page: until the work begins, and from there to its end. */
function halves(plan: Plan, photo: File): [Act[], Act[]] {
  const press = (name: string): Act => (page) => moves(page).getByRole('button', { name, exact: true }).click();
  const take = async (form: Locator, photos: number) => {
    await form.getByLabel('Choose from album').setInputFiles(Array<File>(photos).fill(photo));
    await expect(form.getByText('Kept on this device')).toHaveCount(photos);
  };
  const confirm: Act = async (page) => {
    const finding = page.getByRole('region', { name: 'On-site confirmation' });
    await finding.getByLabel('What is really to be done').fill('The cartridge is worn.');
    await take(finding, plan.before);
    await finding.getByRole('button', { name: 'Confirm on site' }).click();
  };
  const use: Act = (page) =>
    move(page.getByRole('region', { name: 'Materials' }), 'Add material', async (form) => {
      await form.getByLabel('Material').fill('Washer');
      await form.getByLabel('Unit').fill('pcs');
    });
  const spend: Act = (page) => move(page.getByRole('region', { name: 'Hours' }), 'Add my time', (form) => form.getByLabel('Minutes').fill('7'));
  const complete: Act = (page) =>
    move(moves(page), 'Complete', async (form) => {
      await form.getByLabel('What was done').fill('A new cartridge; it is dry.');
      await take(form, plan.after);
    });
  return [
    [press('Accept'), press('On my way'), press('On site'), confirm, ...Array<Act>(plan.materials).fill(use)],
    [(page) => move(moves(page), 'Pause'), press('Go on'), ...Array<Act>(plan.times).fill(spend), complete],
  ];
}

test('fifty acts and twenty photos have their effects once, through dead tabs and a restart', { tag: ['@offline', '@hydrated'] }, async ({ house, browser }) => {
  test.setTimeout(900_000);
  house.expects(...CUT);
  const desk = await house.enter(cast.coordinator);
  const orders: { code: string; order: string; plan: Plan }[] = [];
  for (const plan of PLANS) {
    orders.push({ ...(await sent(desk, 'The tap drips deep below.')), plan });
  }
  const photo = { name: 'tap.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto(browser) };
  const folder = test.info().outputPath('tablet');
  let tablet = await house.device(folder);
  await signIn(tablet, cast.plumber);
  await ready(tablet, '/staff/jobs');
  await tablet.context().setOffline(true);

  let done = 0;
  const work = async (acts: Act[]) => {
    for (const act of acts) {
      await act(tablet);
      await unsent(tablet, ++done);
      // Its form is empty again, and folded.
      await expect(tablet.locator('form[aria-busy=true], main details[open]')).toHaveCount(0);
    }
  };
  for (const half of [0, 1] as const) {
    for (const [at, { order, plan }] of orders.entries()) {
      const acts = halves(plan, photo)[half];
      await tablet.goto(`/staff/orders/${order}`);
      await work(acts.slice(0, 3));
      // In the middle of the second order, first the tab dies; later somebody switches the tablet off and on.
      if (at === 1) {
        if (half === 0) {
          tablet = await crashed(tablet);
        } else {
          await tablet.context().close();
          tablet = await house.device(folder, true);
        }
        await tablet.goto(`/staff/orders/${order}`);
        await unsent(tablet, done);
      }
      await work(acts.slice(3));
    }
  }
  expect(done).toBe(ACTS);
  const copy = await lying(tablet);
  expect([copy.entries.length, copy.files.length]).toEqual([ACTS, PHOTOS]);

  // There is a network again. The tab dies while an act is on its way: whether it arrived, nobody knows there.
  const next = await tab(tablet);
  const dead = new Promise<void>((gone) => {
    let sent = 0;
    tablet.on('request', (request) => {
      if (WRITES.test(request.url()) && ++sent === ACTS / 2) {
        gone(tablet.close());
      }
    });
  });
  await tablet.context().setOffline(false);
  await dead;
  await next.goto('/staff/unsent');
  await isEmpty(next);
  await proved(desk, orders);

  // All of it once more, from before it was sent, under the same keys.
  await lay(next, copy);
  const again = answered(next, WRITES);
  await next.reload();
  await expect.poll(() => again.length, { timeout: 120_000 }).toBe(ACTS);
  await isEmpty(next);
  await proved(desk, orders);
});

/** Every effect is there once, and every photo: by what the server tells of each order, and by its tables. */
async function proved(desk: Page, orders: { code: string; order: string; plan: Plan }[]) {
  for (const { code, order, plan } of orders) {
    expect(await happened(desk, code, KINDS)).toEqual(effects(plan));
    const sheet = await call<Sheet>(desk, 'work/order', { order });
    const { findings, materials, hours, before, after } = sheet;
    expect([findings, materials, hours, before, after].map((lines) => lines.length)).toEqual([1, plan.materials, plan.times, plan.before, plan.after]);
    expect(sheet.job.order.order.stage).toBe('Verified');
  }
  const list = (texts: string[]) => texts.map((text) => `'${text}'`).join();
  const ids = list(orders.map(({ order }) => order));
  const counted = asked(
    `select (select count(*) from happening where details ->> 'order' in (${ids}) and kind in (${list(KINDS)})),
       (select count(*) from photo where order_id in (${ids}))`,
  );
  if (counted !== undefined) {
    expect(counted).toBe(`${ACTS}|${PHOTOS}`);
  }
}
