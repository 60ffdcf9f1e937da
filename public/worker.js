// The service worker: what a device can show without a network. Files that are named by their content are kept for
// good; pages come from the network, and their last good copy stands in where it does not answer; the pages that work
// without it open in a shell. All but the files is somebody's own, and gone before anybody else is shown a page.
// What was done on the device and not sent yet lies in the pages' own store: nothing here touches that.

/** This build, and all that its pages need without a network. The server writes both: server/src/worker.rs. */
const BUILD = '';
const FILES = [];

const OWN_FILES = `files-${BUILD}`;
const SHELLS = `shells-${BUILD}`;
const [PAGES, PHOTOS, WHOSE, BOARD] = ['pages', 'photos', 'whose', 'board'];

/** Stands among the files of a build whose worker has served. */
const SERVED = '/served';

/** How long the network may think about a page before its copy is shown, in milliseconds. */
const PATIENCE = 5000;
const MOST_PAGES = 40;
const MOST_PHOTOS = 400;

/** The documents that are kept ahead, and which of them the pages open in that work without a network. */
const SHELL_PATHS = ['/shell/staff', '/shell/resident', '/offline'];
const SHELL_OF = [
  [/^\/staff\/(jobs|desk|unsent|(orders|requests)\/[^/]+)$/, '/shell/staff'],
  [/^\/(report(\/[^/]+)?|unsent)$/, '/shell/resident'],
];

/** What never comes out of a store: calls, live lines, downloads. */
const PASSED = /^\/(api|(?:activities|bookings)\/[^/]+\/calendar|calendar|draws|healthz|live|open311|readyz|signatures|staff\/export)([/.]|$)/;
/** Pages on which somebody stands in passing: no copy of them is kept. */
const IN_PASSING = /^\/(kiosk\/.+|track)$/;
/** After these another person stands there, or none. */
const OTHER_PERSON = /^\/api\/(people\/(demo_sign_in|redeem|redeem_here|sign_in|sign_out|switch_estate)|screens\/(enrol|open_demo))$/;
const THUMBNAIL = /^\/photos\/[^/]+\/[^/]+\/small$/;
const HASHED = /^\/(pkg|i18n)\/.+\.[\w-]{16,}\.\w+$/;

/** Counts the times that everything was forgotten: what was asked for before must not be kept after. */
let era = 0;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === 'POST' && OTHER_PERSON.test(pathname)) event.respondWith(change_person(request));
  if (request.method !== 'GET' || PASSED.test(pathname)) return;
  if (HASHED.test(pathname) || FILES.includes(pathname)) event.respondWith(open_file(event, pathname));
  else if (THUMBNAIL.test(pathname)) event.respondWith(open_photo(event, pathname));
  else if (request.mode !== 'navigate') return;
  else if (IN_PASSING.test(pathname)) event.respondWith(open_in_passing(request));
  else event.respondWith(pathname === '/kiosk' ? open_board(request) : open_page(event));
});

self.addEventListener('message', (event) => {
  const { kind, paths = [] } = event.data ?? {};
  const keeps = { keep: () => keep_photos(paths), board: () => keep_board(paths[0]), shells: keep_shells };
  const tasks = { 'take-over': () => self.skipWaiting(), wipe, ...keeps };
  if (Object.hasOwn(tasks, kind)) event.waitUntil(carry_out(tasks[kind], event.ports[0]));
});

/** Does what a page asked for, and says so to whoever waits at the port: `{ done, missing }`. */
async function carry_out(task, port) {
  try {
    const missing = await task();
    port?.postMessage({ done: true, missing: missing ?? 0 });
  } catch {
    port?.postMessage({ done: false, missing: 0 });
  }
}

/** Stands beside the worker before it, which serves on until a page lets this one take over. */
async function install() {
  await keep_files();
  // Files alone serve already; the shells come with the next page.
  await keep_shells().catch(() => {});
}

/** All files of this build or none: half of them would be a build that nobody has tried. */
async function keep_files() {
  const cache = await caches.open(OWN_FILES);
  try {
    await cache.addAll(FILES.map((path) => new Request(path, { cache: HASHED.test(path) ? 'default' : 'no-cache' })));
  } catch (fault) {
    await caches.delete(OWN_FILES);
    throw fault;
  }
}

/** Keeps its own files and those of the build that served before it, whose pages may still be open; the rest goes. */
async function activate() {
  const names = await caches.keys();
  const earlier = names.filter((name) => name.startsWith('files-') && name !== OWN_FILES);
  // Others were installed and never served.
  const served = await Promise.all(earlier.map((name) => kept(name, SERVED)));
  const last = earlier.findLast((_, i) => served[i]);
  const shells = names.filter((name) => name.startsWith('shells-') && name !== SHELLS);
  await Promise.all([...earlier.filter((name) => name !== last), ...shells].map((name) => caches.delete(name)));
  await put(OWN_FILES, SERVED, new Response(''));
  for (const pages of [await caches.open(PAGES), await caches.open(BOARD)]) {
    for (const page of await pages.keys()) {
      const copy = await pages.match(page, { ignoreVary: true });
      if (!copy || !(await has_files_of(copy))) await pages.delete(page, { ignoreVary: true });
    }
  }
  await self.clients.claim();
}

/** Hashed: as kept, for good. Others: as kept, and fetched behind it for the next time. */
async function open_file(event, path) {
  const copy = (await kept(OWN_FILES, path)) ?? (HASHED.test(path) ? await caches.match(path, { ignoreVary: true }) : undefined);
  if (copy && HASHED.test(path)) return copy;
  const fresh = fetch(event.request).then((reply) => {
    if (reply.status === 200) event.waitUntil(put(OWN_FILES, path, reply.clone()));
    return reply;
  });
  event.waitUntil(fresh.catch(() => {}));
  return copy ?? fresh;
}

/** A photo never changes under its address. */
async function open_photo(event, path) {
  const copy = await kept(PHOTOS, path);
  if (copy) return copy;
  const begun = era;
  const reply = await fetch(event.request);
  if (reply.status === 200 && begun === era) event.waitUntil(put(PHOTOS, path, reply.clone(), MOST_PHOTOS));
  return reply;
}

/** The network's page; where that takes long or fails, what can stand in for it. */
async function open_page(event) {
  const arrived = fetch_page(event).catch(() => undefined);
  event.waitUntil(arrived);
  return first_of(arrived, () => stand_in(event.request));
}

/** The lobby screen's board as the network has it, else as it was when a server answered last. */
async function open_board(request) {
  const arrived = fetch(request).then(unless_away).catch(() => undefined);
  return first_of(arrived, async () => {
    const copy = await kept(BOARD, address(request));
    // It says that it is a copy: where the server was only slow, the screen renews itself.
    return copy && new Response((await copy.text()).replace('<html', '<html data-kept'), { headers: copy.headers });
  });
}

/** The network's page alone; a lobby screen goes back to its board where there is none. */
async function open_in_passing(request) {
  const back = () => (new URL(request.url).pathname === '/track' ? kept(SHELLS, '/offline') : Response.redirect('/kiosk'));
  return (await fetch(request).then(unless_away).catch(back)) ?? Response.error();
}

/** What arrives in time, what stands in for it, or what arrives at last. */
async function first_of(arrived, stand_in) {
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const page = (await Promise.race([arrived, late])) ?? (await stand_in()) ?? (await arrived);
  return page ?? (await kept(SHELLS, '/offline')) ?? Response.error();
}

/** Somebody in between answers for a server that does not. */
function unless_away(reply) {
  if ([502, 503, 504].includes(reply.status)) throw new Error(`${reply.status}`);
  return reply;
}

/** Fetches a page and keeps a copy of it, once it is clear whose it is. */
async function fetch_page(event) {
  const begun = era;
  const reply = unless_away(await fetch(event.request));
  if (begun !== era || !is_ours(reply)) return reply;
  const is_new = await meet(reply);
  // What was kept of a form that was refused is shown once.
  const is_lasting = reply.status === 200 && !/[?&]kept=/.test(address(event.request));
  // Of another build only where its files lie here, too: without them it would never come to life.
  const is_whole = is_lasting && (await has_files_of(reply));
  if (is_whole && (is_new || begun === era)) event.waitUntil(put(PAGES, address(event.request), reply.clone(), MOST_PAGES));
  if (is_new || !(await caches.has(SHELLS))) event.waitUntil(keep_shells().catch(() => {}));
  return reply;
}

/** A shell for a page that works in it, else the page's last good copy. */
async function stand_in(request) {
  const { pathname } = new URL(request.url);
  const [, shell] = SHELL_OF.find(([pages]) => pages.test(pathname)) ?? [];
  return (shell && (await kept(SHELLS, shell))) ?? kept(PAGES, address(request));
}

/** Fetches the shells anew, as whoever is signed in now would have them. */
async function keep_shells() {
  const begun = era;
  const replies = await Promise.all(SHELL_PATHS.map((path) => fetch(path, { cache: 'no-store' })));
  const is_alike = (reply) => whose(reply) === whose(replies[0]) && is_ours(reply) && reply.status === 200;
  if (begun !== era || !replies.every(is_alike)) throw new Error('no shells');
  // Of another build only where its files lie here, too: without them it would never open.
  for (const reply of replies) if (!(await has_files_of(reply))) throw new Error('shells of another build');
  await meet(replies[0]);
  await Promise.all(replies.map((reply, i) => put(SHELLS, SHELL_PATHS[i], reply)));
}

/** Keeps the lobby screen's board, as the server gives it whoever stood there last: nothing of them, not even a language. */
async function keep_board(path) {
  if (!/^\/kiosk(\?|$)/.test(path)) return;
  const reply = await fetch(path, { headers: { 'steward-board': 'kept' }, cache: 'no-store' });
  if (reply.status === 200 && is_ours(reply) && (await has_files_of(reply))) await put(BOARD, path, reply, 1);
}

/** Keeps thumbnails ahead; how many of them did not arrive. */
async function keep_photos(photos) {
  const begun = era;
  let missing = 0;
  for (const path of photos.filter((path) => THUMBNAIL.test(path)).slice(0, MOST_PHOTOS)) {
    if (begun !== era) throw new Error('somebody else is here');
    if (await kept(PHOTOS, path)) continue;
    const reply = await fetch(path).catch(() => undefined);
    if (reply?.status === 200 && begun === era) await put(PHOTOS, path, reply, MOST_PHOTOS);
    // What is refused will be refused again.
    else if (!reply || reply.status >= 429) missing += 1;
  }
  return missing;
}

/** Signs in or out, and forgets what was the last person's before anybody learns that it worked. */
async function change_person(request) {
  const reply = await fetch(request).catch(() => undefined);
  // Nothing has changed: a page says that it takes a connection.
  if (!reply) return (request.mode === 'navigate' && (await kept(SHELLS, '/offline'))) || Response.error();
  // A plain form is led on, whether it was refused or not.
  if (reply.ok || reply.type === 'opaqueredirect') await wipe();
  return reply;
}

/** Forgets everything of the last person if this reply is for another one; whether it is. */
async function meet(reply) {
  const last = await kept(WHOSE, '/whose');
  if (last && (await last.text()) === whose(reply)) return false;
  await wipe();
  await put(WHOSE, '/whose', new Response(whose(reply)));
  return true;
}

/** Forgets everything but the files, which are nobody's. */
async function wipe() {
  era += 1;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => !name.startsWith('files-')).map((name) => caches.delete(name)));
}

/** Puts a reply into a cache as its newest; the oldest beyond so many go. */
async function put(name, path, reply, most = Infinity) {
  const cache = await caches.open(name);
  // Put alone would leave it where it was in the order.
  await cache.delete(path, { ignoreVary: true });
  await cache.put(path, reply);
  if (most === Infinity) return;
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - most)).map((old) => cache.delete(old, { ignoreVary: true })));
}

function kept(name, path) {
  return caches.match(path, { cacheName: name, ignoreVary: true });
}

/** Whether the server itself wrote this document, and nobody on the way to it. */
function is_ours(reply) {
  return !reply.redirected && reply.headers.has('Steward-Build');
}

/** The account that a document was written for; of nobody, nothing. */
function whose(reply) {
  return reply.headers.get('Steward-Person') ?? '';
}

function has_files_of(reply) {
  return caches.has(`files-${reply.headers.get('Steward-Build')}`);
}

/** What a page is kept under. */
function address(request) {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}
