-- Facilities that are let by the night (K5): guest rooms. A stay lasts from when its facility opens on one day, and not before
-- its check-out, until its check-out so many nights later, by the clock on the estate's wall; so one can follow another
-- without a minute between them, and both are units under the same exclusion constraint as courts and lifts.
alter table facility_terms
  -- When a stay ends, in minutes after the estate's midnight; none where bookings are so many minutes long.
  add column check_out int constraint facility_terms_check_out_check check (check_out between 0 and 1439),
  drop constraint facility_terms_length_check,
  drop constraint facility_terms_price_per_check;
alter table facility_terms
  -- No booking is longer than four days, and no stay than four weeks; a step of a stay is a night.
  add constraint facility_terms_length_check check (
    check_out is null and step_minutes * most_steps <= 5760
    or check_out is not null and step_minutes = 1440 and most_steps <= 28 and seats is null),
  add constraint facility_terms_price_per_check check (
    price_per in ('booking', 'head') or price_per = 'hour' and check_out is null
    or price_per = 'night' and check_out is not null);

-- Four weeks of nights, and what the clocks may be set back by.
alter table booking
  drop constraint booking_times_check,
  add constraint booking_times_check check (ends_at > starts_at and ends_at <= starts_at + interval '29 days');
alter table waiting
  drop constraint waiting_times_check,
  add constraint waiting_times_check check (ends_at > starts_at and ends_at <= starts_at + interval '29 days');

create or replace function check_closure_free() returns trigger language plpgsql as $$
begin
  if new.lifted_at is null and exists (
    select from booking b
    where b.estate_id = new.estate_id and b.facility_id = new.facility_id
      and b.stage in ('held', 'requested', 'confirmed', 'present')
      and b.starts_at > new.starts_at - interval '29 days' and b.starts_at < new.ends_at and b.ends_at > new.starts_at
      and (new.unit_id is null or b.place_id = new.unit_id)
  ) then
    raise exception 'closure % is at a time that is booked', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;

create or replace function facility_json(f facility, t facility_terms) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', f.id, 'estate', f.estate_id, 'slug', f.slug, 'icon', f.icon,
    'names', jsonb_build_object('en', f.name_en, 'hans', f.name_hans, 'hant', f.name_hant),
    'about', jsonb_build_object('en', f.about_en, 'hans', f.about_hans, 'hant', f.about_hant),
    'units', coalesce(
      (select jsonb_agg(jsonb_build_object('id', u.id, 'building', u.building_id,
         'names', jsonb_build_object('en', u.name_en, 'hans', u.name_hans, 'hant', u.name_hant)) order by u.position)
       from facility_unit u where u.estate_id = f.estate_id and u.facility_id = f.id and u.retired_at is null), '[]'),
    'is_retired', f.retired_at is not null,
    'terms', jsonb_build_object(
      'version', t.version, 'step_minutes', t.step_minutes, 'least_steps', t.least_steps, 'most_steps', t.most_steps,
      'check_out', t.check_out,
      'before_minutes', t.before_minutes, 'after_minutes', t.after_minutes, 'notice_minutes', t.notice_minutes,
      'ahead_days', t.ahead_days,
      'quota', case when t.quota is not null then jsonb_build_object('most', t.quota, 'per', t.quota_per) end,
      'most_heads', t.most_heads, 'seats', t.seats, 'hold_minutes', t.hold_minutes, 'cancel_minutes', t.cancel_minutes,
      'price', t.price, 'price_per', t.price_per, 'deposit', t.deposit, 'currency', t.currency,
      'needs_approval', t.needs_approval, 'checks_in', t.checks_in, 'grace_minutes', t.grace_minutes,
      'missed', case when t.most_missed is not null
        then jsonb_build_object('most', t.most_missed, 'days', t.missed_days) end,
      'swaps', t.swaps, 'least_age', t.least_age, 'needs_induction', t.needs_induction))
$$;
