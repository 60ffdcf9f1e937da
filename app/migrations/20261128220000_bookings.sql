-- Facilities and who has them when. What can be told apart (a court, a lane, the moving lift) is numbered units, each
-- had by one booking at a time; what is a crowd (a gym) is seats of fixed slots.

insert into legal_move (matter, from_stage, to_stage) values
  ('booking', '', 'held'),
  ('booking', 'held', 'requested'),
  ('booking', 'held', 'expired'),
  ('booking', 'requested', 'confirmed'),
  ('booking', 'requested', 'declined'),
  ('booking', 'requested', 'lapsed'),
  ('booking', 'requested', 'cancelled'),
  ('booking', 'confirmed', 'present'),
  ('booking', 'confirmed', 'missed'),
  ('booking', 'confirmed', 'done'),
  ('booking', 'confirmed', 'cancelled'),
  ('booking', 'present', 'done'),
  ('booking', 'missed', 'done');

create table facility (
  estate_id uuid not null references estate (id),
  id uuid not null,
  -- In addresses: `tennis-court`.
  slug text not null,
  position int not null,
  icon text not null,
  name_en text not null,
  name_hans text not null,
  name_hant text not null,
  -- What it is and what is asked of whoever uses it.
  about_en text not null,
  about_hans text not null,
  about_hant text not null,
  counts text not null constraint facility_counts_check check (counts in ('units', 'seats')),
  retired_at timestamptz,
  primary key (estate_id, id),
  constraint facility_slug_key unique (estate_id, slug)
);
create trigger facility_kept before delete on facility for each row execute function refuse_change();

-- What holds for whoever books, from an instant on; a booking keeps to the terms on which it was made.
create table facility_terms (
  estate_id uuid not null,
  facility_id uuid not null,
  version int not null constraint facility_terms_version_check check (version > 0),
  since timestamptz not null,
  -- A booking begins at each so many minutes after opening, and is as long as one to so many such steps.
  step_minutes int not null constraint facility_terms_step_check check (step_minutes between 5 and 1440),
  least_steps int not null constraint facility_terms_least_check check (least_steps > 0),
  most_steps int not null constraint facility_terms_most_check check (most_steps between least_steps and 96),
  -- Minutes around a booking in which nobody else has its unit: to make it ready, to tidy up.
  before_minutes int not null constraint facility_terms_before_check check (before_minutes between 0 and 1440),
  after_minutes int not null constraint facility_terms_after_check check (after_minutes between 0 and 1440),
  -- How long before it begins it must be booked, and how many days ahead it can be.
  notice_minutes int not null constraint facility_terms_notice_check check (notice_minutes >= 0),
  ahead_days int not null constraint facility_terms_ahead_check check (ahead_days between 1 and 366),
  -- How many bookings a household may have in a period, by the days on which they begin; none: as many as it likes.
  quota int constraint facility_terms_quota_check check (quota > 0),
  quota_per text constraint facility_terms_quota_per_check check (quota_per in ('day', 'week', 'month')),
  -- How many people one booking may bring; of seats, how many there are.
  most_heads int not null constraint facility_terms_most_heads_check check (most_heads between 1 and 1000),
  seats int constraint facility_terms_seats_check check (seats between 1 and 1000),
  -- How long a slot is kept for somebody who fills in the form.
  hold_minutes int not null constraint facility_terms_hold_check check (hold_minutes between 1 and 60),
  -- Until so long before it begins it may be given back.
  cancel_minutes int not null constraint facility_terms_cancel_check check (cancel_minutes >= 0),
  -- In minor units of the currency.
  price bigint not null constraint facility_terms_price_check check (price >= 0),
  price_per text not null constraint facility_terms_price_per_check check (price_per in ('booking', 'hour', 'head')),
  deposit bigint not null constraint facility_terms_deposit_check check (deposit >= 0),
  currency text not null constraint facility_terms_currency_check check (currency ~ '^[A-Z]{3}$'),
  -- Whether the office looks at each before it is somebody's.
  needs_approval boolean not null,
  -- Whether the office takes down who came; whoever did not, so many minutes after it began, has missed it.
  checks_in boolean not null,
  grace_minutes int not null constraint facility_terms_grace_check check (grace_minutes between 0 and 240),
  -- A household that missed so many in so many days books no other until they are that long ago.
  most_missed int constraint facility_terms_missed_check check (most_missed > 0),
  missed_days int constraint facility_terms_missed_days_check check (missed_days between 1 and 366),
  primary key (estate_id, facility_id, version),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  -- No booking is longer than four days; seats are those of fixed slots.
  constraint facility_terms_length_check check (step_minutes * most_steps <= 5760),
  constraint facility_terms_slots_check check (seats is null or most_steps = 1),
  constraint facility_terms_quota_whole_check check ((quota is null) = (quota_per is null)),
  constraint facility_terms_missed_whole_check check ((most_missed is null) = (missed_days is null)),
  constraint facility_terms_missed_seen_check check (most_missed is null or checks_in)
);
create trigger facility_terms_append_only before update or delete on facility_terms
  for each row execute function refuse_change();
create trigger facility_terms_no_truncate before truncate on facility_terms
  for each statement execute function refuse_change();

-- Opening hours under some terms, in minutes after the estate's midnight: 1 to 7 from Monday on, 8 on a holiday.
create table facility_hours (
  estate_id uuid not null,
  facility_id uuid not null,
  version int not null,
  weekday int not null constraint facility_hours_weekday_check check (weekday between 1 and 8),
  opens int not null constraint facility_hours_opens_check check (opens between 0 and 1439),
  closes int not null constraint facility_hours_closes_check check (closes > opens and closes <= 1440),
  primary key (estate_id, facility_id, version, weekday, opens),
  foreign key (estate_id, facility_id, version) references facility_terms (estate_id, facility_id, version)
);
create trigger facility_hours_append_only before update or delete on facility_hours
  for each row execute function refuse_change();
create trigger facility_hours_no_truncate before truncate on facility_hours
  for each statement execute function refuse_change();

create table facility_unit (
  estate_id uuid not null,
  facility_id uuid not null,
  id uuid not null,
  position int not null,
  name_en text not null,
  name_hans text not null,
  name_hant text not null,
  -- Whose households alone may have it, where it is one building's: its lift.
  building_id uuid,
  retired_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  foreign key (estate_id, building_id) references building (estate_id, id),
  constraint facility_unit_position_key unique (estate_id, facility_id, position)
);
create trigger facility_unit_kept before delete on facility_unit for each row execute function refuse_change();

create table booking (
  estate_id uuid not null,
  id uuid not null,
  code text not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  facility_id uuid not null,
  terms_version int not null,
  -- For which household, and by whom.
  unit_id uuid not null,
  account_id uuid not null references account (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  heads int not null constraint booking_heads_check check (heads between 1 and 1000),
  -- Which of the facility's units; none where seats are counted.
  place_id uuid,
  note text constraint booking_note_check check (char_length(note) between 1 and 500),
  -- Until when the slot is kept for whoever fills in the form.
  held_until timestamptz,
  -- What it costs under its terms, in minor units.
  price bigint not null constraint booking_price_check check (price >= 0),
  made_at timestamptz not null,
  -- Why the office declined it or called it off.
  reason text constraint booking_reason_check check (char_length(reason) between 1 and 500),
  -- When its person was reminded of it.
  reminded_at timestamptz,
  -- How it was, in the words of whoever had it.
  stars int,
  stars_words text constraint booking_stars_words_check check (char_length(stars_words) between 1 and 500),
  primary key (estate_id, id),
  foreign key (estate_id, facility_id, terms_version) references facility_terms (estate_id, facility_id, version),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, place_id) references facility_unit (estate_id, id),
  constraint booking_code_key unique (estate_id, code),
  constraint booking_times_check check (ends_at > starts_at and ends_at <= starts_at + interval '4 days'),
  constraint booking_held_check check (stage <> 'held' or held_until is not null),
  constraint booking_stars_check check (stars is null or stars between 1 and 5 and stage = 'done')
);
create trigger booking_moves before insert or update on booking
  for each row execute function refuse_illegal_move('booking');
create trigger booking_kept before delete on booking for each row execute function refuse_change();
-- A person's own, the next one first; a household's of a period; a facility's; an estate's day; what waits for an answer;
-- what runs out, here and anywhere; what is to be said or closed.
create index booking_account_id_idx on booking (account_id, starts_at);
create index booking_unit_id_idx on booking (estate_id, facility_id, unit_id, starts_at);
create index booking_starts_at_idx on booking (estate_id, facility_id, starts_at)
  where stage in ('held', 'requested', 'confirmed', 'present');
create index booking_day_idx on booking (estate_id, starts_at)
  where stage in ('requested', 'confirmed', 'present', 'done', 'missed');
create index booking_requested_idx on booking (estate_id, starts_at) where stage = 'requested';
create index booking_held_idx on booking (estate_id, facility_id) where stage = 'held';
create index booking_held_until_idx on booking (held_until) where stage = 'held';
create index booking_unanswered_idx on booking (starts_at) where stage = 'requested';
create index booking_ends_at_idx on booking (ends_at) where stage in ('confirmed', 'present');
create index booking_reminded_at_idx on booking (starts_at) where stage = 'confirmed' and reminded_at is null;

-- Which unit a booking has, and when: with the minutes before and after it. It goes when the booking ends.
create table unit_claim (
  estate_id uuid not null,
  booking_id uuid not null,
  unit_id uuid not null,
  during tstzrange not null constraint unit_claim_during_check check (not isempty(during)),
  primary key (estate_id, booking_id),
  foreign key (estate_id, booking_id) references booking (estate_id, id),
  foreign key (estate_id, unit_id) references facility_unit (estate_id, id),
  constraint unit_claim_during_excl exclude using gist (estate_id with =, unit_id with =, during with &&)
);

-- Which seats of a slot a booking has: one row a head. They go when the booking ends.
create table seat_claim (
  estate_id uuid not null,
  facility_id uuid not null,
  starts_at timestamptz not null,
  seat int not null constraint seat_claim_seat_check check (seat > 0),
  booking_id uuid not null,
  primary key (estate_id, facility_id, starts_at, seat),
  foreign key (estate_id, booking_id) references booking (estate_id, id)
);
create index seat_claim_booking_id_idx on seat_claim (estate_id, booking_id);

-- Whatever is held or booked has its place, and what is over has none.
create function check_booking_claims() returns trigger language plpgsql as $$
declare
  changed jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  its booking;
  units int;
  own_units int;
  seats int;
begin
  select * into its from booking b
  where b.estate_id = (changed ->> 'estate_id')::uuid and b.id = (changed ->> tg_argv[0])::uuid;
  select count(*), count(*) filter (
    where u.facility_id = its.facility_id and c.unit_id = its.place_id
      and c.during @> tstzrange(its.starts_at, its.ends_at))
  into units, own_units from unit_claim c
  join facility_unit u on u.estate_id = c.estate_id and u.id = c.unit_id
  where c.estate_id = its.estate_id and c.booking_id = its.id;
  select count(*) into seats from seat_claim c
  where c.estate_id = its.estate_id and c.booking_id = its.id and c.facility_id = its.facility_id
    and c.starts_at = its.starts_at;
  if its.stage in ('held', 'requested', 'confirmed', 'present') then
    if not (units = 1 and own_units = 1 and seats = 0 or its.place_id is null and units = 0 and seats = its.heads) then
      raise exception 'booking % has no place', its.code using errcode = 'check_violation';
    end if;
  elsif units + seats > 0 then
    raise exception 'booking % is over and has a place', its.code using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger booking_claims_check after insert or update on booking
  deferrable initially deferred for each row execute function check_booking_claims('id');
create constraint trigger unit_claim_booking_check after insert or update or delete on unit_claim
  deferrable initially deferred for each row execute function check_booking_claims('booking_id');
create constraint trigger seat_claim_booking_check after insert or update or delete on seat_claim
  deferrable initially deferred for each row execute function check_booking_claims('booking_id');

-- How facilities and bookings are read.
create function facility_json(f facility, t facility_terms) returns jsonb language sql stable as $$
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
      'before_minutes', t.before_minutes, 'after_minutes', t.after_minutes, 'notice_minutes', t.notice_minutes,
      'ahead_days', t.ahead_days,
      'quota', case when t.quota is not null then jsonb_build_object('most', t.quota, 'per', t.quota_per) end,
      'most_heads', t.most_heads, 'seats', t.seats, 'hold_minutes', t.hold_minutes, 'cancel_minutes', t.cancel_minutes,
      'price', t.price, 'price_per', t.price_per, 'deposit', t.deposit, 'currency', t.currency,
      'needs_approval', t.needs_approval, 'checks_in', t.checks_in, 'grace_minutes', t.grace_minutes,
      'missed', case when t.most_missed is not null
        then jsonb_build_object('most', t.most_missed, 'days', t.missed_days) end))
$$;

-- Under the terms that hold now.
create function facility_now_json(f facility) returns jsonb language sql stable as $$
  select facility_json(f, t) from facility_terms t
  where t.estate_id = f.estate_id and t.facility_id = f.id
  order by t.version desc limit 1
$$;

create function booking_json(b booking) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', b.id, 'estate', b.estate_id, 'code', b.code, 'version', b.version, 'stage', b.stage, 'stage_at', b.stage_at,
    'facility', b.facility_id, 'unit', b.unit_id, 'account', b.account_id, 'starts_at', b.starts_at,
    'ends_at', b.ends_at, 'heads', b.heads, 'note', b.note, 'held_until', b.held_until, 'price', b.price,
    'made_at', b.made_at, 'reason', b.reason,
    'reminded_at', b.reminded_at, 'stars', b.stars, 'stars_words', b.stars_words)
$$;

create function booking_card_json(b booking) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'booking', booking_json(b), 'icon', f.icon,
    'facility', jsonb_build_object('en', f.name_en, 'hans', f.name_hans, 'hant', f.name_hant),
    'place', (
      select jsonb_build_object('en', u.name_en, 'hans', u.name_hans, 'hant', u.name_hant)
      from facility_unit u where u.estate_id = b.estate_id and u.id = b.place_id))
  from facility f where f.estate_id = b.estate_id and f.id = b.facility_id
$$;

-- As the office sees it: for which household it is, and who booked it.
create function booking_entry_json(b booking) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'card', booking_card_json(b), 'person', a.name,
    'home', jsonb_build_object(
      'id', u.id, 'number', u.number, 'kind', u.kind,
      'building', jsonb_build_object('en', h.name_en, 'hans', h.name_hans, 'hant', h.name_hant)))
  from unit u
  join building h on h.estate_id = u.estate_id and h.id = u.building_id
  join account a on a.id = b.account_id
  where u.estate_id = b.estate_id and u.id = b.unit_id
$$;
