-- A booking can be moved and its unit changed for another; a facility closes for a while, or has hours of its own on a day;
-- it may ask for an age, or to be shown around first.

-- A booking that the office looks at is looked at again where its person moves it.
insert into legal_move (matter, from_stage, to_stage) values ('booking', 'confirmed', 'requested');

alter table facility_terms
  -- Whether nobody minds which of its units they have: bookings are changed around where that makes room for another.
  add column swaps boolean not null default false,
  -- How old everybody must be who comes.
  add column least_age int constraint facility_terms_age_check check (least_age between 1 and 99),
  -- Whether whoever books was shown around first.
  add column needs_induction boolean not null default false;
alter table facility_terms
  alter column swaps drop default,
  alter column needs_induction drop default;

-- Who was shown around.
create table induction (
  estate_id uuid not null,
  facility_id uuid not null,
  account_id uuid not null references account (id),
  given_at timestamptz not null,
  primary key (estate_id, facility_id, account_id),
  foreign key (estate_id, facility_id) references facility (estate_id, id)
);

-- A while in which nobody has a facility, or one of its units: repairs, an event of the house.
create table facility_closure (
  estate_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  unit_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- As residents read it.
  reason text not null constraint facility_closure_reason_check check (char_length(reason) between 1 and 500),
  made_at timestamptz not null,
  lifted_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  foreign key (estate_id, unit_id) references facility_unit (estate_id, id),
  constraint facility_closure_times_check check (ends_at > starts_at and ends_at <= starts_at + interval '366 days')
);
create trigger facility_closure_kept before delete on facility_closure for each row execute function refuse_change();
create index facility_closure_ends_at_idx on facility_closure (estate_id, facility_id, ends_at) where lifted_at is null;

-- The hours of one day, in minutes after the estate's midnight; without any it is closed all day.
create table facility_day (
  estate_id uuid not null,
  facility_id uuid not null,
  on_date date not null,
  opens int constraint facility_day_opens_check check (opens between 0 and 1439),
  closes int constraint facility_day_closes_check check (closes > opens and closes <= 1440),
  primary key (estate_id, facility_id, on_date),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  constraint facility_day_whole_check check ((opens is null) = (closes is null))
);

-- Nobody has what is closed: whichever of the two comes later is refused. Whoever writes either has locked the facility.
create function check_booking_open() returns trigger language plpgsql as $$
begin
  if new.stage in ('held', 'requested', 'confirmed', 'present') and exists (
    select from facility_closure c
    where c.estate_id = new.estate_id and c.facility_id = new.facility_id and c.lifted_at is null
      and c.ends_at > new.starts_at and c.starts_at < new.ends_at and (c.unit_id is null or c.unit_id = new.place_id)
  ) then
    raise exception 'booking % is at a time that is closed', new.code using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger booking_open_check after insert or update of starts_at, ends_at, place_id on booking
  for each row execute function check_booking_open();

create function check_closure_free() returns trigger language plpgsql as $$
begin
  if new.lifted_at is null and exists (
    select from booking b
    where b.estate_id = new.estate_id and b.facility_id = new.facility_id
      and b.stage in ('held', 'requested', 'confirmed', 'present')
      and b.starts_at > new.starts_at - interval '4 days' and b.starts_at < new.ends_at and b.ends_at > new.starts_at
      and (new.unit_id is null or b.place_id = new.unit_id)
  ) then
    raise exception 'closure % is at a time that is booked', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger facility_closure_free_check after insert or update on facility_closure
  for each row execute function check_closure_free();

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
