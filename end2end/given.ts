// Steps that a test takes as given: past the pages, by the calls that the pages make.
import { expect, type Page } from '@playwright/test';
import { call } from './house.ts';

/** The problem that the journeys report: every home has one. */
export const TAP = { name: 'Dripping or leaking tap', slug: 'tap-leak' };

/** The plumber, as colleagues read his name. */
export const PLUMBER = '陈国富';

/** Who stands above him. */
export const SUPERVISOR = '丁博文';

/** The resident of the cast, as the desk finds her. */
const RESIDENT = 'Emma Thornbury';

type Matter = {
  request: { id: string; version: number };
  orders: { order: { id: string; version: number } }[];
};
type Assigning = { hands: { candidate: { who: { id: string; name: string } } }[] };

/** A matter as it stands, for its ids and versions. */
const matter = (staff: Page, code: string) => call<Matter>(staff, 'requests/matter', { code });

export const given = {
  /** A resident's report of the tap. */
  async reported(resident: Page, words: string): Promise<string> {
    const catalogue = await call<{
      estate: { id: string };
      items: { id: string; slug: string }[];
      homes: { unit: { id: string } }[];
    }>(resident, 'services/catalogue');
    const item = catalogue.items.find((item) => item.slug === TAP.slug);
    const fields = { estate: catalogue.estate.id, item: item!.id, place: `unit:${catalogue.homes[0]!.unit.id}`, words };
    const { code } = await call<{ code: string }>(resident, 'requests/report', fields);
    return code;
  },

  /**
   * A call that the desk takes: of the resident about her home, or of nobody in particular about a common place. It counts
   * towards nobody's reports.
   */
  async registered(desk: Page, words: string, { slug = TAP.slug, area = '' } = {}): Promise<string> {
    const { items, areas } = await call<{
      items: { id: string; slug: string }[];
      areas: { id: string; names: { en: string } }[];
    }>(desk, 'desk/counter');
    const item = items.find((item) => item.slug === slug);
    expect(item, `${slug} can be reported`).toBeDefined();
    const where: Record<string, string> = {};
    if (area) {
      where.place = `area:${areas.find(({ names }) => names.en === area)!.id}`;
    } else {
      type Caller = { party: string | null; name: string | null; unit: { id: string } };
      const callers = await call<Caller[]>(desk, 'desk/find_callers', { words: RESIDENT });
      const { unit, party } = callers.find(({ name }) => name === RESIDENT)!;
      where.who = `${unit.id}~${party}`;
    }
    const fields = { channel: 'phone', kind: 'repair', outcome: 'request', item: item!.id, words, ...where };
    const { code } = await call<{ code: string }>(desk, 'desk/register', fields);
    return code;
  },

  /** A slot is kept for a resident: the last one of this week and the next. */
  async held(resident: Page, facility: string): Promise<string> {
    type Week = {
      facility: { id: string };
      home: string;
      steps: number;
      after: string | null;
      days: { slots: { starts_at: string; state: unknown }[] }[];
    };
    const week = (day: string) => call<Week>(resident, 'bookings/week', { facility, day });
    const next = await week((await week('')).after!);
    const free = next.days.flatMap(({ slots }) => slots).filter(({ state }) => typeof state === 'object');
    const starts = `${Date.parse(free.at(-1)!.starts_at) / 1000}`;
    const fields = { facility: next.facility.id, home: next.home, starts, steps: `${next.steps}`, heads: '1' };
    return (await call<{ code: string }>(resident, 'bookings/hold', fields)).code;
  },

  /** A resident asks for what the office looks at first. */
  async asked(resident: Page, facility: string): Promise<string> {
    const code = await given.held(resident, facility);
    type File = { card: { booking: { id: string; version: number } } };
    const { card } = await call<File>(resident, 'bookings/file', { code });
    await call(resident, 'bookings/confirm', { id: card.booking.id, seen: `${card.booking.version}`, heads: '1' });
    return code;
  },

  /** The office says no to it. */
  async declined(desk: Page, code: string) {
    type File = { entry: { card: { booking: { id: string; version: number } } } };
    const { entry } = await call<File>(desk, 'bookings/entry', { code });
    const { id, version } = entry.card.booking;
    await call(desk, 'bookings/decline', { id, seen: `${version}`, reason: 'It is being cleaned.' });
  },

  /**
   * From now on a facility is open at these hours of each day, for five minutes at a time, which cannot be given back within
   * two hours; whoever has not come when they begin has missed them, and whoever missed one books no other.
   */
  async opened(manager: Page, slug: string, hours: string) {
    type File = { facility: { id: string; terms: { version: number } } };
    const { id, terms } = (await call<File>(manager, 'bookings/facility', { slug })).facility;
    const next = {
      step_minutes: 5, least_steps: 1, most_steps: 1, before_minutes: 0, after_minutes: 0, notice_minutes: 0, ahead_days: 7,
      quota_per: 'day', most_heads: 1, hold_minutes: 5, cancel_minutes: 120, price_per: 'hour',
      checks_in: true, grace_minutes: 0, most_missed: 1, missed_days: 30,
    };
    const form: Record<string, string> = { facility: id, seen: `${terms.version}` };
    for (const [name, value] of Object.entries(next)) {
      form[`terms[${name}]`] = `${value}`;
    }
    // From Monday to Sunday, and on holidays.
    for (let day = 0; day < 8; day += 1) {
      form[`terms[hours][${day}]`] = hours;
    }
    await call(manager, 'bookings/change_terms', form);
  },

  /** The desk announces a draw of a facility's times from ten to twelve on a day, unless there is one: its id. */
  async announced(desk: Page, facility: string, day: string, closes: string): Promise<string> {
    type Draws = { facility: { id: string }; draws: { id: string; windows: { starts_at: string }[] }[] };
    const look = () => call<Draws>(desk, 'bookings/draws', { slug: facility });
    const of = ({ draws }: Draws) =>
      draws.find(({ windows }) => Date.parse(windows[0]!.starts_at) === Date.parse(`${day}T10:00:00+08:00`));
    const before = await look();
    if (!of(before)) {
      const weekday = `${new Date(`${day}T00:00:00Z`).getUTCDay() || 7}`;
      const times = { first_on: day, last_on: day, 'weekdays[]': weekday, from: '10:00', until: '12:00' };
      await call(desk, 'bookings/announce_draw', { facility: before.facility.id, closes, ...times });
    }
    return of(await look())!.id;
  },

  /** A resident takes a report back. */
  async withdrawn(resident: Page, code: string) {
    const { card, version } = await call<{ card: { id: string }; version: number }>(resident, 'requests/track', { code });
    await call(resident, 'requests/cancel', { id: card.id, seen: `${version}` });
  },

  /** One move of staff on a matter. */
  async moved(staff: Page, code: string, move: string, fields: Record<string, string> = {}) {
    const { request } = await matter(staff, code);
    await call(staff, `requests/${move}`, { id: request.id, seen: `${request.version}`, ...fields });
  },

  /** An order for the plumber on a matter that was triaged. */
  async dispatched(desk: Page, code: string) {
    const { hands } = await call<Assigning>(desk, 'work/assigning', { code });
    const hand = hands.map(({ candidate }) => candidate.who).find((who) => who.name === PLUMBER);
    expect(hand, `${PLUMBER} takes orders`).toBeDefined();
    await given.moved(desk, code, 'dispatch', { to: `person:${hand!.id}` });
  },

  /** One move of staff on the latest order of a matter. */
  async worked(staff: Page, code: string, move: string, fields: Record<string, string> = {}) {
    const { order } = (await matter(staff, code)).orders[0]!;
    await call(staff, `work/${move}`, { id: order.id, seen: `${order.version}`, ...fields });
  },

  /** A matter that came in: the plumber is on the spot. */
  async onSite(desk: Page, plumber: Page, code: string) {
    await given.moved(desk, code, 'triage', { urgency: 'normal' });
    await given.dispatched(desk, code);
    for (const step of ['accept', 'set_out', 'arrive']) {
      await given.worked(plumber, code, step);
    }
  },

  /** A matter that came in is done, and waits for its resident. */
  async carriedOut(desk: Page, plumber: Page, code: string) {
    await given.onSite(desk, plumber, code);
    await given.worked(plumber, code, 'complete', { note: 'New washer.', no_proof_reason: 'Nobody was at home to sign.' });
  },

  /** A report that is done, and waits for its resident. */
  async done(resident: Page, desk: Page, plumber: Page, words: string): Promise<string> {
    const code = await given.reported(resident, words);
    await given.carriedOut(desk, plumber, code);
    return code;
  },
};
