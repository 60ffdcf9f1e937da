-- Public notices (K1, K2): drafted, approved, scheduled, published to those whom they address, expired or withdrawn; and who
-- has read them.

insert into legal_move (matter, from_stage, to_stage) values
  ('notice', '', 'draft'),
  ('notice', 'draft', 'approved'),
  ('notice', 'approved', 'scheduled'),
  ('notice', 'scheduled', 'published'),
  ('notice', 'published', 'expired'),
  ('notice', 'draft', 'withdrawn'),
  ('notice', 'approved', 'withdrawn'),
  ('notice', 'scheduled', 'withdrawn'),
  ('notice', 'published', 'withdrawn');

create table notice (
  estate_id uuid not null references estate (id),
  id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  priority text not null constraint notice_priority_check check (priority in ('ordinary', 'important', 'emergency')),
  -- A language may be missing, not all of them; what is written in one has a title and a text.
  title_en text not null,
  title_hans text not null,
  title_hant text not null,
  body_en text not null,
  body_hans text not null,
  body_hant text not null,
  -- Whom it addresses: all of the estate, or those who are in each of these lists that is not empty.
  buildings uuid[] not null,
  floors int[] not null,
  stacks text[] not null,
  units uuid[] not null,
  uses text[] not null constraint notice_uses_check check (uses <@ array['flat', 'shop', 'office']),
  kinds text[] not null constraint notice_kinds_check check (kinds <@ array['owner', 'tenant', 'relative', 'borrower']),
  drafted_by uuid not null,
  approved_by uuid,
  -- From when it is to be read, and until when it applies; none: until it is withdrawn.
  publish_at timestamptz,
  expires_at timestamptz,
  published_at timestamptz,
  reason text constraint notice_reason_check check (char_length(reason) between 1 and 500),
  made_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, drafted_by) references staff_member (estate_id, id),
  foreign key (estate_id, approved_by) references staff_member (estate_id, id),
  constraint notice_title_check check (
    greatest(char_length(title_en), char_length(title_hans), char_length(title_hant)) between 1 and 120),
  constraint notice_body_check check (
    greatest(char_length(body_en), char_length(body_hans), char_length(body_hant)) between 1 and 6000),
  constraint notice_languages_check check (
    (title_en = '') = (body_en = '') and (title_hans = '') = (body_hans = '') and (title_hant = '') = (body_hant = '')),
  constraint notice_approved_check check (approved_by is not null or stage in ('draft', 'withdrawn')),
  constraint notice_publish_check check (publish_at is not null or stage not in ('scheduled', 'published', 'expired')),
  constraint notice_published_check check (published_at is not null or stage not in ('published', 'expired')),
  constraint notice_withdrawn_check check ((stage = 'withdrawn') = (reason is not null))
);
create trigger notice_moves before insert or update on notice
  for each row execute function refuse_illegal_move('notice');
create trigger notice_kept before delete on notice for each row execute function refuse_change();
create trigger notice_no_truncate before truncate on notice for each statement execute function refuse_change();
create unique index notice_id_idx on notice (id);
create index notice_stage_at_idx on notice (estate_id, stage_at desc, id desc);
-- What applies, and what is over: lists read the one, and then no more of the other than they show.
create index notice_published_idx on notice (estate_id, published_at desc, id desc) where stage = 'published';
create index notice_over_idx on notice (estate_id, stage_at desc, id desc)
  where published_at is not null and stage <> 'published';
create index notice_alarm_idx on notice (estate_id) where stage = 'published' and priority = 'emergency';
create index notice_due_idx on notice (coalesce(case when stage = 'scheduled' then publish_at end, expires_at))
  where stage in ('scheduled', 'published');

-- What was approved stands: nobody reads other words, or is somebody else, than the manager said yes to.
create function refuse_other_notice() returns trigger language plpgsql as $$
begin
  if old.stage <> 'draft' and (
    old.priority, old.title_en, old.title_hans, old.title_hant, old.body_en, old.body_hans, old.body_hant,
    old.buildings, old.floors, old.stacks, old.units, old.uses, old.kinds, old.drafted_by, old.approved_by, old.expires_at
  ) is distinct from (
    new.priority, new.title_en, new.title_hans, new.title_hant, new.body_en, new.body_hans, new.body_hant,
    new.buildings, new.floors, new.stacks, new.units, new.uses, new.kinds, new.drafted_by, new.approved_by, new.expires_at
  ) then
    raise exception 'an approved notice stands' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger notice_stands before update on notice for each row execute function refuse_other_notice();

-- That somebody said that they have read one.
create table notice_receipt (
  estate_id uuid not null,
  notice_id uuid not null,
  account_id uuid not null references account (id),
  read_at timestamptz not null,
  primary key (estate_id, notice_id, account_id),
  foreign key (estate_id, notice_id) references notice (estate_id, id)
);
create trigger notice_receipt_kept before update or delete on notice_receipt for each row execute function refuse_change();
create trigger notice_receipt_no_truncate before truncate on notice_receipt
  for each statement execute function refuse_change();
create index notice_receipt_account_id_idx on notice_receipt (account_id, notice_id);

-- The one place that says whom a notice addresses: whoever occupies such a unit as such, on the day that is asked for. Those
-- who have no account read it on paper.
create function notice_readers(n notice, asked timestamptz) returns table (account_id uuid, unit_id uuid)
language sql stable as $$
  select pa.account_id, u.id
  from unit u
  join occupancy o on o.estate_id = u.estate_id and o.unit_id = u.id
  join estate e on e.id = u.estate_id
  left join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
  where u.estate_id = n.estate_id
    and o.from_on <= (asked at time zone e.zone)::date
    and (o.to_on is null or o.to_on >= (asked at time zone e.zone)::date)
    and (n.buildings = '{}' or u.building_id = any(n.buildings))
    and (n.floors = '{}' or u.floor = any(n.floors))
    and (n.stacks = '{}' or u.stack = any(n.stacks))
    and (n.units = '{}' or u.id = any(n.units))
    and (n.uses = '{}' or u.kind = any(n.uses))
    and (n.kinds = '{}' or o.kind = any(n.kinds))
$$;

-- Whether it addresses everybody in a building, or in the grounds (null): anybody may read it there.
create function notice_is_everybodys(n notice, place uuid) returns boolean language sql immutable as $$
  select (n.buildings = '{}' or place = any(n.buildings))
    and n.floors = '{}' and n.stacks = '{}' and n.units = '{}' and n.uses = '{}' and n.kinds = '{}'
$$;

-- Until when whoever reads it is asked for: what is over is read by those whom it addressed when it ended, and nobody reads
-- what was never published.
create function notice_asked_at(n notice, asked timestamptz) returns timestamptz language sql immutable as $$
  select case
    when n.published_at is null then null
    when n.stage = 'published' then asked
    else n.stage_at
  end
$$;

-- Whether somebody reads it at home.
create function notice_is_read_by(n notice, who uuid, asked timestamptz) returns boolean language sql stable as $$
  select exists (select from notice_readers(n, notice_asked_at(n, asked)) r where r.account_id = who)
$$;

-- An id of an instant, as the product makes them: a v7 UUID.
create function id_at(instant timestamptz) returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      placing substring(int8send((extract(epoch from instant) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- How it is read.
create function notice_json(n notice) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'id', n.id, 'estate', n.estate_id, 'version', n.version, 'stage', n.stage, 'stage_at', n.stage_at,
    'text', jsonb_build_object(
      'priority', n.priority,
      'title', names_json(n.title_en, n.title_hans, n.title_hant),
      'body', names_json(n.body_en, n.body_hans, n.body_hant),
      'expires_at', n.expires_at,
      'audience', jsonb_build_object(
        'buildings', to_jsonb(n.buildings), 'floors', to_jsonb(n.floors), 'stacks', to_jsonb(n.stacks),
        'units', to_jsonb(n.units), 'uses', to_jsonb(n.uses), 'kinds', to_jsonb(n.kinds))),
    'numbers', (select coalesce(jsonb_agg(distinct u.number order by u.number), '[]') from unit u
                where u.estate_id = n.estate_id and u.id = any(n.units)),
    'drafted_by', n.drafted_by,
    'drafter', (select a.name from staff_member s join account a on a.id = s.account_id
                where s.estate_id = n.estate_id and s.id = n.drafted_by),
    'approver', (select a.name from staff_member s join account a on a.id = s.account_id
                 where s.estate_id = n.estate_id and s.id = n.approved_by),
    'approved_by', n.approved_by, 'publish_at', n.publish_at, 'published_at', n.published_at, 'reason', n.reason,
    'made_at', n.made_at);
end $$;

-- In which order lists show them: what applies first, and of that what matters most.
create function notice_rank(n notice) returns int language sql immutable as $$
  select case
    when n.stage <> 'published' then 0
    when n.priority = 'emergency' then 3
    when n.priority = 'important' then 2
    else 1
  end
$$;

-- How a list shows it to somebody.
create function notice_line_json(n notice, who uuid) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'id', n.id, 'stage', n.stage, 'stage_at', n.stage_at, 'priority', n.priority,
    'title', names_json(n.title_en, n.title_hans, n.title_hant), 'published_at', n.published_at, 'expires_at', n.expires_at,
    'is_read', exists (select from notice_receipt r
                       where r.estate_id = n.estate_id and r.notice_id = n.id and r.account_id = who));
end $$;
