#!/usr/bin/env node
// Repeats a draw by its record, and says whether it was drawn so: node draw.mjs <file or address of the record>
// It stands alone: nothing of the product is in it but these rules.
//
//   · The hash that was published when the draw opened is SHA-256 of the seed, as it is written.
//   · The lots are those whose ids the record has listed as they came in (`lot_ids`), and `lots_hash` is SHA-256 over these in
//     order, one behind the other: whoever kept the record once it had closed compares both.
//   · Lots are ordered by SHA-256 over the seed and the lot's id, as they are written; the least is first.
//   · In this order each lot has the first of its wishes for which there is room in what others have not: on a unit, or on
//     as many seats as it has heads. Where units are alike, what others have is moved from one to another to make room.
//   · What the rules of any booking say no to (a share that is used up, somebody who has moved out) hangs on no lot, and
//     stands in the record as it was: `closed`, `quota`, `missed`, `induction`, `left`.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const overlap = (one, two) => one.from < two.until && two.from < one.until;
const isFree = (unit, during, claims) => !claims.some((claim) => claim.unit === unit && overlap(claim, during));

/** All claims as they are once `unit` is clear for a while, or nothing where they cannot be. */
function cleared(unit, during, claims, alike) {
  const order = (one, two) => one.from - two.from || (one.unit < two.unit ? -1 : 1);
  const moved = claims.map((claim) => ({ ...claim })).sort(order);
  for (const claim of moved) {
    if (claim.unit !== unit || !overlap(claim, during)) continue;
    const other = claim.can_swap && alike.find((other) => isFree(other, claim, moved));
    if (!other) return undefined;
    claim.unit = other;
  }
  return moved;
}

/** All claims with that of a wish, or nothing where there is no room for it. */
function granted(lot, starts, claims, ground) {
  const ends = starts + lot.steps * ground.step_minutes * 60;
  const during = { from: starts - ground.before_minutes * 60, until: ends + ground.after_minutes * 60 };
  if (ground.seats !== null) {
    const taken = claims.filter((claim) => overlap(claim, during)).reduce((sum, claim) => sum + claim.heads, 0);
    const own = { unit: null, from: starts, until: ends, heads: lot.heads, can_swap: true };
    return ground.seats - taken >= lot.heads ? [...claims, own] : undefined;
  }
  const units = ground.own[lot.id] ?? ground.units;
  const own = (unit) => ({ unit, ...during, heads: lot.heads, can_swap: true });
  const free = units.find((unit) => isFree(unit, during, claims));
  if (free) return [...claims, own(free)];
  for (const unit of ground.alike) {
    const moved = cleared(unit, during, claims, ground.alike);
    if (moved) return [...moved, own(unit)];
  }
  return undefined;
}

/** What is wrong with a draw, line by line. */
function differences(record) {
  const { seed, ground, lots } = record;
  const wrong = [];
  if (sha256(seed) !== record.seed_hash) wrong.push(`the seed is not the one whose hash was published: ${sha256(seed)}`);
  const ids = lots.map(({ id }) => id).sort();
  if (ids.join('') !== record.lot_ids.join('')) wrong.push('the lots that were drawn are not those that are listed');
  if (sha256(ids.join('')) !== record.lots_hash) wrong.push(`the lots are not those whose hash is published: ${sha256(ids.join(''))}`);
  const ranked = lots.map((lot) => ({ lot, rank: sha256(seed + lot.id) })).sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const windows = record.windows.map((one) => ({ from: Date.parse(one.starts_at) / 1000, until: Date.parse(one.ends_at) / 1000 }));
  const refusals = ['closed', 'quota', 'missed', 'induction', 'left'];
  let claims = ground.claims;
  ranked.forEach(({ lot }, at) => {
    if (lot.place !== at + 1) wrong.push(`lot ${lot.id} was drawn in place ${lot.place}, and the seed says ${at + 1}`);
    const tried = [];
    lot.wishes.every((starts, wish) => {
      const ends = starts + lot.steps * ground.step_minutes * 60;
      const isDrawn = windows.some((window) => window.from <= starts && ends <= window.until);
      if (!isDrawn) wrong.push(`lot ${lot.id} wishes for what is not drawn: ${starts}`);
      if (refusals.includes(lot.tried[wish])) return tried.push(lot.tried[wish]);
      const after = granted(lot, starts, claims, ground);
      claims = after ?? claims;
      tried.push(after ? 'granted' : 'taken');
      return !after;
    });
    const [is, was] = [tried.join(' '), lot.tried.join(' ')];
    if (is !== was) wrong.push(`lot ${lot.id} has “${was}”, and the rules say “${is}”`);
  });
  return wrong;
}

const [where] = process.argv.slice(2);
if (!where) {
  console.error('usage: node draw.mjs <file or address of the record>');
  process.exit(2);
}
const text = /^https?:/.test(where) ? await (await fetch(where)).text() : await readFile(where, 'utf8');
const record = JSON.parse(text);
if (record.stage !== 'drawn') {
  console.error(`This draw was not drawn: it is ${record.stage}.`);
  process.exit(2);
}
const wrong = differences(record);
wrong.forEach((line) => console.error(line));
const won = record.lots.filter(({ tried }) => tried.at(-1) === 'granted').length;
console.log(wrong.length ? `${wrong.length} differences` : `OK: ${record.lots.length} lots, ${won} of them won`);
process.exitCode = wrong.length ? 1 : 0;
