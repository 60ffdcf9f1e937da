-- So many households ($1) of one resident each, as of an instant ($2), in Liyuan. Each one's number is the end of its ids and,
-- behind `crowd-`, the token of a session that has begun: a thousand passwords would take minutes to hash.
with home as (
  select u.estate_id, u.building_id, n, lpad(to_hex(n), 32, '0')::uuid as id
  from generate_series(1, $1::int) as n
  cross join (
    select u.estate_id, u.building_id from unit u join estate e on e.id = u.estate_id
    where e.code_prefix = 'LY' and u.kind = 'flat' order by u.id limit 1) u
), dwelling as (
  insert into unit (estate_id, id, building_id, floor, stack, number, kind, area_cm2)
  select estate_id, id, building_id, 1, 'crowd', 'crowd-' || n, 'flat', 800000 from home
), person as (
  insert into account (id, sign_in, password_hash, name, lang, created_at)
  select id, 'crowd-' || n, '', 'Crowd ' || n, 'en', $2::timestamptz from home
), client as (
  insert into party (estate_id, id, kind, name) select estate_id, id, 'person', 'Crowd ' || n from home
), contact_of as (
  insert into party_account (estate_id, party_id, account_id) select estate_id, id, id from home
), stay as (
  insert into occupancy (estate_id, id, unit_id, party_id, kind, from_on)
  select estate_id, id, id, id, 'tenant', ($2::timestamptz - interval '30 days')::date from home
), shown_around as (
  insert into induction (estate_id, facility_id, account_id, given_at)
  select distinct t.estate_id, t.facility_id, h.id, $2::timestamptz
  from home h join facility_terms t on t.estate_id = h.estate_id and t.needs_induction
)
insert into session (id, token_hash, account_id, device, created_at, seen_at, expires_at)
select id, sha256(convert_to('crowd-' || n, 'UTF8')), id, 'crowd', $2::timestamptz, $2::timestamptz,
  $2::timestamptz + interval '30 days'
from home
