-- What an estate does for its people (A12): a plan with what is done for everybody's safety, approved, published, signed up
-- for by households, held, and what came of it.

insert into legal_move (matter, from_stage, to_stage) values
  ('activity', '', 'draft'),
  ('activity', 'draft', 'approved'),
  ('activity', 'draft', 'called_off'),
  ('activity', 'approved', 'published'),
  ('activity', 'approved', 'called_off'),
  ('activity', 'published', 'held'),
  ('activity', 'published', 'called_off'),
  ('activity', 'held', 'closed'),
  ('activity', 'called_off', 'closed'),
  ('participation', '', 'signed'),
  ('participation', '', 'waiting'),
  ('participation', 'waiting', 'signed'),
  ('participation', 'signed', 'given_up'),
  ('participation', 'waiting', 'given_up'),
  ('participation', 'signed', 'came'),
  ('participation', 'came', 'signed');

create table activity (
  estate_id uuid not null references estate (id),
  id uuid not null,
  code text not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  title_en text not null,
  title_hans text not null,
  title_hant text not null,
  about_en text not null,
  about_hans text not null,
  about_hant text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- Where: a facility, which is closed to everybody else once it is approved, or a place in words.
  facility_id uuid,
  closure_id uuid,
  place text constraint activity_place_check check (char_length(place) between 1 and 120),
  -- How many people at most, and of one household.
  capacity int not null constraint activity_capacity_check check (capacity between 1 and 5000),
  quota int not null constraint activity_quota_check check (quota between 1 and 50),
  -- What it costs a person, in minor units.
  price bigint not null constraint activity_price_check check (price >= 0),
  currency text not null constraint activity_currency_check check (currency ~ '^[A-Z]{3}$'),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  organiser_id uuid not null,
  approved_by uuid,
  -- Why it was called off.
  reason text constraint activity_reason_check check (char_length(reason) between 1 and 500),
  -- What came of it: how many people, and what went well.
  came int constraint activity_came_check check (came between 0 and 100000),
  went_well text constraint activity_went_well_check check (char_length(went_well) between 1 and 1000),
  made_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  foreign key (estate_id, closure_id) references facility_closure (estate_id, id),
  foreign key (estate_id, organiser_id) references staff_member (estate_id, id),
  foreign key (estate_id, approved_by) references staff_member (estate_id, id),
  constraint activity_code_key unique (estate_id, code),
  constraint activity_title_check check (
    least(char_length(title_en), char_length(title_hans), char_length(title_hant)) >= 1
    and greatest(char_length(title_en), char_length(title_hans), char_length(title_hant)) <= 120),
  constraint activity_about_check check (
    least(char_length(about_en), char_length(about_hans), char_length(about_hant)) >= 1
    and greatest(char_length(about_en), char_length(about_hans), char_length(about_hant)) <= 1000),
  constraint activity_times_check check (ends_at > starts_at and ends_at <= starts_at + interval '7 days'),
  constraint activity_sign_up_check check (closes_at > opens_at and closes_at <= ends_at),
  constraint activity_where_check check ((facility_id is null) = (place is not null)),
  constraint activity_closure_check check (
    closure_id is null and (facility_id is null or stage in ('draft', 'called_off', 'closed'))
    or closure_id is not null and facility_id is not null and stage <> 'draft'),
  constraint activity_approved_check check (approved_by is not null or stage in ('draft', 'called_off', 'closed')),
  constraint activity_called_off_check check (stage <> 'called_off' or reason is not null),
  constraint activity_result_check check (
    (stage = 'closed' and reason is null) = (came is not null) and (came is null) = (went_well is null)),
  -- No two have one place at one time.
  constraint activity_room_excl exclude using gist (
    estate_id with =, facility_id with =, tstzrange(starts_at, ends_at) with &&)
    where (stage in ('approved', 'published', 'held'))
);
create trigger activity_moves before insert or update on activity
  for each row execute function refuse_illegal_move('activity');
create trigger activity_kept before delete on activity for each row execute function refuse_change();
create trigger activity_no_truncate before truncate on activity for each statement execute function refuse_change();
create index activity_starts_at_idx on activity (estate_id, starts_at, id);
create unique index activity_closure_id_idx on activity (estate_id, closure_id) where closure_id is not null;

-- What is done for everybody's safety, and who answers for it; ticked before it begins.
create table activity_measure (
  estate_id uuid not null,
  id uuid not null,
  activity_id uuid not null,
  words text not null constraint activity_measure_words_check check (char_length(words) between 1 and 200),
  responsible_id uuid not null,
  ticked_at timestamptz,
  dropped_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, activity_id) references activity (estate_id, id),
  foreign key (estate_id, responsible_id) references staff_member (estate_id, id),
  constraint activity_measure_ticked_check check (ticked_at is null or dropped_at is null)
);
create trigger activity_measure_kept before delete on activity_measure for each row execute function refuse_change();
create trigger activity_measure_no_truncate before truncate on activity_measure
  for each statement execute function refuse_change();
create index activity_measure_activity_id_idx on activity_measure (estate_id, activity_id, id);
create index activity_measure_responsible_id_idx on activity_measure (estate_id, responsible_id)
  where ticked_at is null and dropped_at is null;

-- None is approved or published without any, none begins before all are ticked, and what was done for one that began stands.
create function check_activity_safety() returns trigger language plpgsql as $$
begin
  if new.stage in ('approved', 'published', 'held') and not exists (
    select from activity_measure m
    where m.estate_id = new.estate_id and m.activity_id = new.id and m.dropped_at is null
  ) then
    raise exception 'nothing was planned for the safety of activity %', new.code using errcode = 'check_violation';
  end if;
  if new.stage = 'held' and exists (
    select from activity_measure m
    where m.estate_id = new.estate_id and m.activity_id = new.id and m.dropped_at is null and m.ticked_at is null
  ) then
    raise exception 'activity % is not safe yet', new.code using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger activity_safety_check after insert or update of stage on activity
  for each row execute function check_activity_safety();

create function refuse_measure_change() returns trigger language plpgsql as $$
begin
  if exists (
    select from activity a
    where a.estate_id = new.estate_id and a.id = new.activity_id and a.stage in ('held', 'called_off', 'closed')
  ) then
    raise exception 'what was done for an activity stands' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger activity_measure_stands before insert or update on activity_measure
  for each row execute function refuse_measure_change();

-- The place of an activity stays closed to everybody else.
create function check_activity_closure() returns trigger language plpgsql as $$
begin
  if new.lifted_at is not null and old.lifted_at is null and exists (
    select from activity a
    where a.estate_id = new.estate_id and a.closure_id = new.id and a.stage in ('approved', 'published', 'held')
  ) then
    raise exception 'an activity has this place' using errcode = 'check_violation', constraint = 'activity_closure_id_kept';
  end if;
  return null;
end $$;
create trigger facility_closure_activity_check after update on facility_closure
  for each row execute function check_activity_closure();

-- A household's part in one: signed up, waiting for a place, given up, there.
create table participation (
  estate_id uuid not null,
  id uuid not null,
  activity_id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  unit_id uuid not null,
  account_id uuid not null references account (id),
  heads int not null constraint participation_heads_check check (heads between 1 and 50),
  -- How many of them came.
  came int,
  -- How it was, from whoever was there.
  stars int constraint participation_stars_check check (stars between 1 and 5),
  stars_words text constraint participation_stars_words_check check (char_length(stars_words) between 1 and 500),
  made_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, activity_id) references activity (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  constraint participation_came_check check ((stage = 'came') = (came is not null) and (came is null or came between 1 and heads)),
  constraint participation_rated_check check (
    (stars is null or stage = 'came') and (stars_words is null or stars is not null))
);
create trigger participation_moves before insert or update on participation
  for each row execute function refuse_illegal_move('participation');
create trigger participation_kept before delete on participation for each row execute function refuse_change();
create trigger participation_no_truncate before truncate on participation
  for each statement execute function refuse_change();
-- A household takes part once; its own, the line, a person's.
create unique index participation_unit_id_key on participation (estate_id, activity_id, unit_id) where stage <> 'given_up';
create index participation_id_idx on participation (id);
create index participation_activity_id_idx on participation (estate_id, activity_id, made_at, id);
create index participation_account_id_idx on participation (account_id, activity_id);

-- Never more people than there is room for, nor more of a household than may come, whoever signs up and however fast.
create function check_participation_room() returns trigger language plpgsql as $$
declare
  its activity;
begin
  select * into its from activity a where a.estate_id = new.estate_id and a.id = new.activity_id for update;
  if new.stage = 'given_up' then
    return null;
  end if;
  if new.heads > its.quota then
    raise exception 'a household brings % at most', its.quota using errcode = 'check_violation';
  end if;
  if (select coalesce(sum(p.heads), 0) from participation p
      where p.estate_id = its.estate_id and p.activity_id = its.id and p.stage in ('signed', 'came')) > its.capacity
  then
    raise exception 'activity % is full', its.code using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger participation_room_check after insert or update of stage, heads on participation
  for each row execute function check_participation_room();

-- How they are read.
create function activity_json(a activity) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', a.id, 'estate', a.estate_id, 'code', a.code, 'version', a.version, 'stage', a.stage, 'stage_at', a.stage_at,
    'plan', jsonb_build_object(
      'title', names_json(a.title_en, a.title_hans, a.title_hant),
      'about', names_json(a.about_en, a.about_hans, a.about_hant),
      'starts_at', a.starts_at, 'ends_at', a.ends_at, 'facility', a.facility_id, 'place', a.place,
      'capacity', a.capacity, 'quota', a.quota, 'price', a.price, 'currency', a.currency,
      'opens_at', a.opens_at, 'closes_at', a.closes_at),
    'room', (select names_json(f.name_en, f.name_hans, f.name_hant) from facility f
             where f.estate_id = a.estate_id and f.id = a.facility_id),
    'closure', a.closure_id, 'organiser', a.organiser_id,
    'organiser_name', (select n.name from staff_member s join account n on n.id = s.account_id
                       where s.estate_id = a.estate_id and s.id = a.organiser_id),
    'approved_by', a.approved_by, 'reason', a.reason, 'came', a.came, 'went_well', a.went_well, 'made_at', a.made_at,
    'measures', coalesce(
      (select jsonb_agg(jsonb_build_object(
         'id', m.id, 'words', m.words, 'responsible', m.responsible_id, 'name', n.name, 'ticked_at', m.ticked_at)
         order by m.id)
       from activity_measure m
       join staff_member s on s.estate_id = m.estate_id and s.id = m.responsible_id
       join account n on n.id = s.account_id
       where m.estate_id = a.estate_id and m.activity_id = a.id and m.dropped_at is null), '[]'),
    'taken', (select coalesce(sum(p.heads), 0) from participation p
              where p.estate_id = a.estate_id and p.activity_id = a.id and p.stage in ('signed', 'came')),
    'in_line', (select coalesce(sum(p.heads), 0) from participation p
                where p.estate_id = a.estate_id and p.activity_id = a.id and p.stage = 'waiting'))
$$;

create function participation_json(p participation) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', p.id, 'estate', p.estate_id, 'activity', p.activity_id, 'version', p.version, 'stage', p.stage,
    'stage_at', p.stage_at, 'unit', p.unit_id, 'account', p.account_id, 'heads', p.heads, 'came', p.came,
    'stars', p.stars, 'stars_words', p.stars_words, 'made_at', p.made_at)
$$;

-- As the office sees it: of which household, and who signed it up.
create function participation_entry_json(p participation) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'participation', participation_json(p), 'person', n.name,
    'home', jsonb_build_object(
      'id', u.id, 'number', u.number, 'kind', u.kind,
      'building', names_json(h.name_en, h.name_hans, h.name_hant)))
  from unit u
  join building h on h.estate_id = u.estate_id and h.id = u.building_id
  join account n on n.id = p.account_id
  where u.estate_id = p.estate_id and u.id = p.unit_id
$$;
