-- In Liyuan two hundred facilities more of one court each, whose evenings are all booked for thirty days, and of whose other
-- hours each fourth; and one (201) that nobody has. They and their courts are numbered like the crowd's ids.
create temporary table ground as
  select e.id as estate_id, e.zone, n, lpad(to_hex(n), 32, '0')::uuid as id
  from estate e cross join generate_series(1, 201) as n where e.code_prefix = 'LY';
insert into facility (estate_id, id, slug, position, icon, name_en, name_hans, name_hant, about_en, about_hans, about_hant, counts)
select estate_id, id, 'bench-' || n, 100 + n, 'court', 'Bench ' || n, 'Bench ' || n, 'Bench ' || n, 'A bench', 'A bench', 'A bench',
  'units'
from ground;
insert into facility_terms (estate_id, facility_id, version, since, step_minutes, least_steps, most_steps, before_minutes,
  after_minutes, notice_minutes, ahead_days, quota, quota_per, most_heads, hold_minutes, cancel_minutes, price, price_per,
  deposit, currency, needs_approval, checks_in, grace_minutes, swaps, needs_induction)
select estate_id, id, 1, now() - interval '1 year', 60, 1, 2, 0, 0, 0, 60, 100, 'week', 4, 60, 0, 0, 'booking', 0, 'CNY', false, false, 0,
  false, false
from ground;
insert into facility_hours (estate_id, facility_id, version, weekday, opens, closes)
select estate_id, id, 1, weekday, 540, 1260 from ground cross join generate_series(1, 8) as weekday;
insert into facility_unit (estate_id, facility_id, id, position, name_en, name_hans, name_hant)
select estate_id, id, id, 1, 'Court', 'Court', 'Court' from ground;
create temporary table slot as
  select g.estate_id, g.id as facility_id, md5(concat_ws(' ', 'bench', n, day, hour))::uuid as id,
    concat_ws('-', 'BENCH', n, day, hour) as code, lpad(to_hex(1 + (n + day) % 1000), 32, '0')::uuid as who,
    ((now() at time zone g.zone)::date + day + make_interval(hours => hour)) at time zone g.zone as starts_at
  from ground g cross join generate_series(1, 30) as day cross join generate_series(9, 20) as hour
  where n <= 200 and (hour >= 18 or (n + day + hour) % 4 = 0);
alter table booking disable trigger user;
alter table unit_claim disable trigger user;
insert into booking (estate_id, id, code, stage, stage_at, facility_id, terms_version, unit_id, account_id, starts_at, ends_at,
  heads, place_id, price, made_at, reminded_at, by_office)
select estate_id, id, code, 'confirmed', now(), facility_id, 1, who, who, starts_at, starts_at + interval '1 hour', 1, facility_id, 0,
  now(), now(), false
from slot;
insert into unit_claim (estate_id, booking_id, unit_id, during)
select estate_id, id, facility_id, tstzrange(starts_at, starts_at + interval '1 hour') from slot;
alter table booking enable trigger user;
alter table unit_claim enable trigger user;
drop table slot, ground;
vacuum analyze booking, unit_claim, facility, facility_terms, facility_hours, facility_unit, unit, account, party, occupancy, session;
