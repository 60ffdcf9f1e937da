-- The draw of what many want: who has a facility's peak times is decided by lot. Nobody can foresee it, and anybody can
-- repeat it: its seed's hash is published when it opens, the seed once it is drawn.

insert into legal_move (matter, from_stage, to_stage) values
  ('draw', '', 'announced'),
  ('draw', 'announced', 'open'),
  ('draw', 'announced', 'called_off'),
  ('draw', 'open', 'drawn'),
  ('draw', 'open', 'called_off'),
  ('lot', '', 'entered'),
  ('lot', 'entered', 'withdrawn'),
  ('lot', 'withdrawn', 'entered'),
  ('lot', 'entered', 'won'),
  ('lot', 'entered', 'lost');

create table draw (
  estate_id uuid not null,
  id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  facility_id uuid not null,
  -- From when until when households enter it.
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  -- Made when it opens, and SHA-256 of it as it is written.
  seed text constraint draw_seed_check check (seed ~ '^[0-9a-f]{64}$'),
  seed_hash text,
  -- What of the facility there was, and what others had of it: with this, the seed and its lots it can be repeated.
  ground jsonb,
  -- Why the office called it off.
  reason text constraint draw_reason_check check (char_length(reason) between 1 and 500),
  made_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  constraint draw_times_check check (closes_at > opens_at),
  constraint draw_seed_hash_check check (seed_hash is not distinct from encode(sha256(convert_to(seed, 'UTF8')), 'hex')),
  constraint draw_open_check check (
    stage = 'called_off' or (seed is not null) = (stage in ('open', 'drawn')) and (stage <> 'open' or stage_at >= opens_at)),
  constraint draw_drawn_check check ((ground is not null) = (stage = 'drawn') and (stage <> 'drawn' or stage_at >= closes_at)),
  constraint draw_called_off_check check ((reason is not null) = (stage = 'called_off'))
);
create trigger draw_moves before insert or update on draw for each row execute function refuse_illegal_move('draw');
create trigger draw_kept before delete on draw for each row execute function refuse_change();
create trigger draw_no_truncate before truncate on draw for each statement execute function refuse_change();
create unique index draw_id_idx on draw (id);
create index draw_facility_id_idx on draw (estate_id, facility_id, closes_at desc);
-- What stands in the way of bookings; what is due.
create index draw_undrawn_idx on draw (estate_id, facility_id) where stage in ('announced', 'open');

-- What was published of a draw stands, and so does what came of it.
create function refuse_other_draw() returns trigger language plpgsql as $$
begin
  if old.stage in ('drawn', 'called_off')
    or (new.estate_id, new.id, new.facility_id, new.opens_at, new.closes_at, new.made_at)
      is distinct from (old.estate_id, old.id, old.facility_id, old.opens_at, old.closes_at, old.made_at)
    or old.seed is not null and new.seed is distinct from old.seed then
    raise exception 'what is published of a draw is append-only' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger draw_published before update on draw for each row execute function refuse_other_draw();

-- The times that are drawn: nobody books them until then.
create table draw_window (
  estate_id uuid not null,
  draw_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (estate_id, draw_id, starts_at),
  foreign key (estate_id, draw_id) references draw (estate_id, id),
  constraint draw_window_times_check check (ends_at > starts_at and ends_at <= starts_at + interval '2 days')
);
create trigger draw_window_append_only before update or delete on draw_window
  for each row execute function refuse_change();
create trigger draw_window_no_truncate before truncate on draw_window
  for each statement execute function refuse_change();

-- Whether a time of a facility is still to be drawn.
create function is_undrawn(estate uuid, facility uuid, from_at timestamptz, until_at timestamptz) returns boolean
language sql stable as $$
  select exists (
    select from draw d join draw_window w on w.estate_id = d.estate_id and w.draw_id = d.id
    where d.estate_id = estate and d.facility_id = facility and d.stage in ('announced', 'open')
      and w.starts_at < until_at and w.ends_at > from_at)
$$;

-- They are told before anybody enters, and no time is drawn twice. Whoever writes either has locked the facility.
create function check_draw_window() returns trigger language plpgsql as $$
declare
  its draw;
begin
  select * into its from draw d where d.estate_id = new.estate_id and d.id = new.draw_id;
  if its.stage <> 'announced' then
    raise exception 'a draw that has opened has no more times' using errcode = 'restrict_violation';
  end if;
  if is_undrawn(new.estate_id, its.facility_id, new.starts_at, new.ends_at) then
    raise exception 'a time is drawn once' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger draw_window_once before insert on draw_window for each row execute function check_draw_window();

create function check_booking_drawn() returns trigger language plpgsql as $$
begin
  if new.stage in ('held', 'requested', 'confirmed', 'present')
    and is_undrawn(new.estate_id, new.facility_id, new.starts_at, new.ends_at) then
    raise exception 'booking % is at a time that is drawn', new.code using errcode = 'check_violation';
  end if;
  return null;
end $$;
-- What somebody had before the draw was announced, they keep.
create trigger booking_drawn_check after insert or update of starts_at, ends_at on booking
  for each row execute function check_booking_drawn();

-- Whether somebody has, or had, a home together with those who have theirs there since a day: what those did who lived there
-- before, or whose flat it only is, nobody who moved in is shown.
create function is_housemate(estate uuid, home uuid, account uuid, since date) returns boolean language sql stable as $$
  select exists (
    select from occupancy o join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
    where o.estate_id = estate and o.unit_id = home and pa.account_id = account and (o.to_on is null or o.to_on > since)
      and (o.kind <> 'owner' or not exists (
        select from occupancy w
        where w.estate_id = estate and w.unit_id = home and w.kind = 'tenant' and w.from_on <= since
          and (w.to_on is null or w.to_on >= since))))
$$;

-- Who of the household that entered something at an instant still lives there: whoever entered it, and those who lived there
-- with them; with the account of each who has one. Whose flat it only is, while tenants live there, is not of these.
create function who_stays(estate uuid, home uuid, account uuid, entered_at timestamptz, now_at timestamptz)
returns table (account_id uuid) language sql stable as $$
  select a.id
  from occupancy o
  left join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
  left join account a on a.id = pa.account_id and a.disabled_at is null
  cross join (select day_at(estate, entered_at) as entered_on, day_at(estate, now_at) as today) t
  where o.estate_id = estate and o.unit_id = home and o.from_on <= t.today and (o.to_on is null or o.to_on >= t.today)
    and (pa.account_id = account or o.from_on <= t.entered_on and (o.kind <> 'owner' or not exists (
      select from occupancy w
      where w.estate_id = estate and w.unit_id = home and w.kind = 'tenant' and w.from_on <= t.entered_on
        and (w.to_on is null or w.to_on >= t.entered_on))))
$$;

-- A household's lot in a draw: one, however often it leaves and comes back, so that nobody draws a better one.
create table lot (
  estate_id uuid not null,
  id uuid not null,
  draw_id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  -- For which household, and who entered it last.
  unit_id uuid not null,
  account_id uuid not null references account (id),
  -- From when on they would have it, the dearest first; how long, and for how many.
  wishes timestamptz[] not null
    constraint lot_wishes_check check (cardinality(wishes) between 1 and 3 and array_position(wishes, null) is null),
  steps int not null constraint lot_steps_check check (steps between 1 and 96),
  heads int not null constraint lot_heads_check check (heads between 1 and 1000),
  made_at timestamptz not null,
  -- In which place it was drawn, from 1 on,
  place int,
  -- what came of each wish, until one was granted,
  tried text[] constraint lot_tried_check
    check (tried <@ array['granted', 'taken', 'closed', 'quota', 'missed', 'induction', 'left']),
  -- and that booking.
  booking_id uuid,
  primary key (estate_id, id),
  foreign key (estate_id, draw_id) references draw (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, booking_id) references booking (estate_id, id),
  constraint lot_unit_id_key unique (estate_id, draw_id, unit_id),
  constraint lot_place_key unique (estate_id, draw_id, place),
  constraint lot_booking_id_key unique (estate_id, booking_id),
  constraint lot_drawn_check check (
    (place is not null) = (stage in ('won', 'lost')) and (tried is not null) = (stage in ('won', 'lost'))),
  constraint lot_won_check check (
    (booking_id is not null) = (stage = 'won')
    and (stage <> 'won' or cardinality(tried) <= cardinality(wishes)
      and array_position(tried, 'granted') = cardinality(tried))
    and (stage <> 'lost' or cardinality(tried) = cardinality(wishes) and array_position(tried, 'granted') is null))
);
create trigger lot_moves before insert or update on lot for each row execute function refuse_illegal_move('lot');
create trigger lot_kept before delete on lot for each row execute function refuse_change();
create trigger lot_no_truncate before truncate on lot for each statement execute function refuse_change();

-- Lots are entered, changed and withdrawn while a draw is open, and drawn as they are, once.
create function check_lot() returns trigger language plpgsql as $$
declare
  its draw;
begin
  select * into its from draw d where d.estate_id = new.estate_id and d.id = new.draw_id;
  if new.stage in ('entered', 'withdrawn') and (its.stage <> 'open' or new.stage_at >= its.closes_at) then
    raise exception 'the draw takes no lots now' using errcode = 'restrict_violation';
  end if;
  if new.stage in ('won', 'lost') and its.stage <> 'drawn' then
    raise exception 'the draw was not drawn' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'UPDATE' and (
    old.stage in ('won', 'lost')
    or (new.estate_id, new.id, new.draw_id, new.unit_id, new.made_at)
      is distinct from (old.estate_id, old.id, old.draw_id, old.unit_id, old.made_at)
    or new.stage in ('won', 'lost') and (new.account_id, new.wishes, new.steps, new.heads)
      is distinct from (old.account_id, old.wishes, old.steps, old.heads)
  ) then
    raise exception 'a lot is drawn as it was entered' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger lot_in_time before insert or update on lot for each row execute function check_lot();

-- All lots were drawn in the order that the seed says, and whoever won has what they wished for.
create function check_drawn() returns trigger language plpgsql as $$
begin
  if exists (
    select from (
      select l.place, row_number() over (order by sha256(convert_to(new.seed || l.id, 'UTF8'))) as drawn
      from lot l where l.estate_id = new.estate_id and l.draw_id = new.id and l.stage <> 'withdrawn') lots
    where lots.place is distinct from lots.drawn
  ) then
    raise exception 'draw % is not what its seed says', new.id using errcode = 'check_violation';
  end if;
  if exists (
    select from lot l join booking b on b.estate_id = l.estate_id and b.id = l.booking_id
    where l.estate_id = new.estate_id and l.draw_id = new.id
      and (b.facility_id, b.unit_id, b.account_id, b.starts_at, b.stage)
        is distinct from (new.facility_id, l.unit_id, l.account_id, l.wishes[cardinality(l.tried)], 'confirmed')
  ) then
    raise exception 'draw % gave what nobody wished for', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger draw_order_check after update on draw
  deferrable initially deferred for each row when (new.stage = 'drawn') execute function check_drawn();

-- How draws are read. The seed of one that is not drawn is nobody's to know.
create function draw_json(d draw) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', d.id, 'estate', d.estate_id, 'version', d.version, 'stage', d.stage, 'stage_at', d.stage_at,
    'facility', d.facility_id, 'opens_at', d.opens_at, 'closes_at', d.closes_at,
    'windows', coalesce(
      (select jsonb_agg(jsonb_build_object('starts_at', w.starts_at, 'ends_at', w.ends_at) order by w.starts_at)
       from draw_window w where w.estate_id = d.estate_id and w.draw_id = d.id), '[]'),
    'seed_hash', d.seed_hash, 'seed', case when d.stage = 'drawn' then d.seed end, 'reason', d.reason,
    'lots', (
      select count(*) from lot l where l.estate_id = d.estate_id and l.draw_id = d.id and l.stage <> 'withdrawn'),
    'won', (select count(*) from lot l where l.estate_id = d.estate_id and l.draw_id = d.id and l.stage = 'won'))
$$;

create function draw_card_json(d draw) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'draw', draw_json(d), 'icon', f.icon, 'slug', f.slug,
    'facility', jsonb_build_object('en', f.name_en, 'hans', f.name_hans, 'hant', f.name_hant))
  from facility f where f.estate_id = d.estate_id and f.id = d.facility_id
$$;

create function wishes_json(wishes timestamptz[]) returns jsonb language sql stable as $$
  select jsonb_agg(extract(epoch from w.starts_at)::bigint order by w.number)
  from unnest(wishes) with ordinality as w (starts_at, number)
$$;

create function lot_json(l lot) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', l.id, 'estate', l.estate_id, 'draw', l.draw_id, 'version', l.version, 'stage', l.stage,
    'stage_at', l.stage_at, 'unit', l.unit_id, 'account', l.account_id, 'wishes', wishes_json(l.wishes),
    'steps', l.steps, 'heads', l.heads, 'place', l.place, 'tried', coalesce(to_jsonb(l.tried), '[]'),
    'booking', (select b.code from booking b where b.estate_id = l.estate_id and b.id = l.booking_id))
$$;

-- What anybody may read of a draw, and repeat it by: no lot says whose it is. Their ids are told as they come in, so that none
-- can be put in, left out or changed unseen.
create function draw_record_json(d draw) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', d.id, 'facility', f.name_en, 'stage', d.stage, 'opens_at', d.opens_at, 'closes_at', d.closes_at,
    'drawn_at', case when d.stage = 'drawn' then d.stage_at end,
    'windows', draw_json(d) -> 'windows',
    'seed_hash', d.seed_hash, 'seed', case when d.stage = 'drawn' then d.seed end, 'ground', d.ground,
    'lot_ids', coalesce(
      (select jsonb_agg(l.id order by l.id) from lot l
       where l.estate_id = d.estate_id and l.draw_id = d.id and l.stage <> 'withdrawn'), '[]'),
    'lots_hash', (
      select encode(sha256(convert_to(coalesce(string_agg(l.id::text, '' order by l.id), ''), 'UTF8')), 'hex') from lot l
      where l.estate_id = d.estate_id and l.draw_id = d.id and l.stage <> 'withdrawn'),
    'lots', coalesce(
      (select jsonb_agg(jsonb_build_object(
         'id', l.id, 'wishes', wishes_json(l.wishes), 'steps', l.steps, 'heads', l.heads, 'place', l.place,
         'tried', l.tried) order by l.place)
       from lot l where l.estate_id = d.estate_id and l.draw_id = d.id and l.stage in ('won', 'lost')), '[]'))
  from facility f where f.estate_id = d.estate_id and f.id = d.facility_id
$$;
