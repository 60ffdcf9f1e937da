-- Who waits for a time that others have: first come, first served. What comes free is offered in the transaction that
-- frees it, and an offer is a hold of a booking's own kind.

insert into legal_move (matter, from_stage, to_stage) values
  ('waiting', '', 'waiting'),
  ('waiting', 'waiting', 'offered'),
  ('waiting', 'waiting', 'withdrawn'),
  ('waiting', 'waiting', 'over'),
  ('waiting', 'offered', 'taken'),
  ('waiting', 'offered', 'passed');

create table waiting (
  estate_id uuid not null,
  id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  facility_id uuid not null,
  -- For which household, and who.
  unit_id uuid not null,
  account_id uuid not null references account (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  heads int not null constraint waiting_heads_check check (heads between 1 and 1000),
  -- Until when it would have to be booked.
  waits_until timestamptz not null,
  made_at timestamptz not null,
  -- What was kept for them when it came free.
  booking_id uuid,
  primary key (estate_id, id),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, booking_id) references booking (estate_id, id),
  constraint waiting_times_check check (ends_at > starts_at and ends_at <= starts_at + interval '4 days'),
  constraint waiting_until_check check (waits_until <= starts_at),
  constraint waiting_booking_check check ((stage in ('offered', 'taken', 'passed')) = (booking_id is not null))
);
create trigger waiting_moves before insert or update on waiting
  for each row execute function refuse_illegal_move('waiting');
create trigger waiting_kept before delete on waiting for each row execute function refuse_change();
-- A household waits once for a time, and what is kept is kept for one.
create unique index waiting_once_idx on waiting (estate_id, facility_id, unit_id, starts_at)
  where stage in ('waiting', 'offered');
create unique index waiting_booking_id_idx on waiting (estate_id, booking_id) where booking_id is not null;
-- Who is first in line; a person's own; who waits in vain.
create index waiting_made_at_idx on waiting (estate_id, facility_id, made_at, id) where stage = 'waiting';
create index waiting_account_id_idx on waiting (account_id, starts_at);
create index waiting_until_idx on waiting (waits_until) where stage = 'waiting';

-- An offer is as good as what is kept for it: both go together, and it is whoever waited that it is kept for.
create function check_waiting_offer() returns trigger language plpgsql as $$
declare
  kept uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  if exists (
    select from waiting w
    join booking b on b.estate_id = w.estate_id and b.id = w.booking_id
    where w.estate_id = new.estate_id and w.booking_id = kept
      and ((w.stage = 'offered') <> (b.stage = 'held') or (w.stage = 'passed') <> (b.stage = 'expired')
        or b.facility_id <> w.facility_id or b.unit_id <> w.unit_id or b.account_id <> w.account_id)
  ) then
    raise exception 'booking % is not what was offered', kept using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger waiting_offer_check after insert or update on waiting
  deferrable initially deferred for each row execute function check_waiting_offer('booking_id');
create constraint trigger booking_offer_check after update on booking
  deferrable initially deferred for each row when (old.stage <> new.stage) execute function check_waiting_offer('id');

-- How the waiting list is read.
create function waiting_json(w waiting) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', w.id, 'estate', w.estate_id, 'version', w.version, 'stage', w.stage, 'stage_at', w.stage_at,
    'facility', w.facility_id, 'unit', w.unit_id, 'account', w.account_id, 'starts_at', w.starts_at,
    'ends_at', w.ends_at, 'heads', w.heads, 'waits_until', w.waits_until, 'made_at', w.made_at, 'booking', w.booking_id)
$$;

-- With how many are before it in line.
create function waiting_card_json(w waiting) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'entry', waiting_json(w), 'icon', f.icon,
    'facility', jsonb_build_object('en', f.name_en, 'hans', f.name_hans, 'hant', f.name_hant),
    'ahead', (
      select count(*) from waiting o
      where o.estate_id = w.estate_id and o.facility_id = w.facility_id and o.stage = 'waiting'
        and o.starts_at < w.ends_at and o.ends_at > w.starts_at and (o.made_at, o.id) < (w.made_at, w.id)))
  from facility f where f.estate_id = w.estate_id and f.id = w.facility_id
$$;
