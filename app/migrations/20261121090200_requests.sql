-- The catalogue, requests and the work orders that fix them.

create table catalogue_item (
  estate_id uuid not null references estate (id),
  id uuid not null,
  parent_id uuid,
  slug text not null,
  kind text not null constraint catalogue_item_kind_check check (kind in ('group', 'problem', 'service')),
  position int not null,
  icon text not null,
  name_en text not null,
  name_hans text not null,
  name_hant text not null,
  keywords text not null default '',
  place text not null constraint catalogue_item_place_check check (place in ('home', 'common', 'both')),
  urgency text not null constraint catalogue_item_urgency_check check (urgency in ('normal', 'urgent', 'emergency')),
  department_id uuid not null,
  answer_minutes int not null constraint catalogue_item_answer_minutes_check check (answer_minutes between 1 and 20160),
  call_number text,
  advice_en text,
  advice_hans text,
  advice_hant text,
  retired_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, parent_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, department_id) references department (estate_id, id),
  constraint catalogue_item_slug_key unique (estate_id, slug),
  constraint catalogue_item_call_number_check check (urgency <> 'emergency' or kind = 'group' or call_number is not null)
);

-- Generated from the enums; a test compares. `entry` rows name the stages in which a matter may be born.
create table legal_move (
  matter text not null,
  from_stage text not null,
  to_stage text not null,
  primary key (matter, from_stage, to_stage)
);
insert into legal_move (matter, from_stage, to_stage) values
  ('request', '', 'received'),
  ('request', 'received', 'triaged'),
  ('request', 'received', 'declined'),
  ('request', 'received', 'cancelled'),
  ('request', 'received', 'duplicate'),
  ('request', 'triaged', 'dispatched'),
  ('request', 'triaged', 'waiting'),
  ('request', 'triaged', 'declined'),
  ('request', 'triaged', 'cancelled'),
  ('request', 'triaged', 'duplicate'),
  ('request', 'dispatched', 'in_progress'),
  ('request', 'dispatched', 'triaged'),
  ('request', 'dispatched', 'cancelled'),
  ('request', 'in_progress', 'waiting'),
  ('request', 'in_progress', 'done'),
  ('request', 'in_progress', 'triaged'),
  ('request', 'waiting', 'in_progress'),
  ('request', 'waiting', 'triaged'),
  ('request', 'done', 'confirmed'),
  ('request', 'done', 'unconfirmed'),
  ('request', 'done', 'disputed'),
  ('request', 'confirmed', 'archived'),
  ('request', 'confirmed', 'reopened'),
  ('request', 'unconfirmed', 'archived'),
  ('request', 'unconfirmed', 'reopened'),
  ('request', 'disputed', 'reopened'),
  ('request', 'reopened', 'triaged'),
  ('order', '', 'issued'),
  ('order', 'issued', 'accepted'),
  ('order', 'issued', 'refused'),
  ('order', 'issued', 'cancelled'),
  ('order', 'accepted', 'en_route'),
  ('order', 'accepted', 'cancelled'),
  ('order', 'en_route', 'on_site'),
  ('order', 'en_route', 'cancelled'),
  ('order', 'on_site', 'paused'),
  ('order', 'on_site', 'completed'),
  ('order', 'on_site', 'cancelled'),
  ('order', 'paused', 'on_site'),
  ('order', 'paused', 'cancelled'),
  ('order', 'completed', 'verified'),
  ('order', 'completed', 'rework'),
  ('order', 'completed', 'cancelled'),
  ('order', 'rework', 'on_site'),
  ('order', 'rework', 'cancelled');

-- Any matter with a stage and a version: moves follow the table, one version at a time.
create function refuse_illegal_move() returns trigger language plpgsql as $$
declare
  came_from text := case when tg_op = 'INSERT' then '' else old.stage end;
begin
  if tg_op = 'UPDATE' and new.version <> old.version + 1 then
    raise exception 'version % does not follow %', new.version, old.version using errcode = 'serialization_failure';
  end if;
  if came_from <> new.stage and not exists (
    select from legal_move
    where matter = tg_argv[0] and from_stage = came_from and to_stage = new.stage
  ) then
    raise exception '% may not move from "%" to "%"', tg_argv[0], came_from, new.stage using errcode = 'check_violation';
  end if;
  return new;
end $$;

create table request (
  estate_id uuid not null references estate (id),
  id uuid not null,
  code text not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  waiting_on text constraint request_waiting_on_check check (waiting_on in ('resident', 'parts', 'third_party', 'weather')),
  waiting_from text,
  stage_reason text,
  duplicate_of uuid,
  item_id uuid not null,
  urgency text not null constraint request_urgency_check check (urgency in ('normal', 'urgent', 'emergency')),
  channel text not null constraint request_channel_check check (channel in ('phone', 'walk_in', 'letter', 'web', 'kiosk', 'email')),
  unit_id uuid,
  area_id uuid,
  floor int,
  words text not null constraint request_words_check check (char_length(words) between 1 and 2000),
  lang text not null,
  reporter_id uuid references account (id),
  party_id uuid,
  department_id uuid not null,
  accountable_id uuid,
  -- The promise in force, kept beside its append-only record so that the queue sorts by it.
  promised_at timestamptz,
  promise_kind text constraint request_promise_kind_check check (promise_kind in ('answer', 'visit', 'finish')),
  received_at timestamptz not null,
  reopened_times int not null default 0,
  reopened_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, item_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, area_id) references common_area (estate_id, id),
  foreign key (estate_id, party_id) references party (estate_id, id),
  foreign key (estate_id, department_id) references department (estate_id, id),
  foreign key (estate_id, accountable_id) references staff_member (estate_id, id),
  foreign key (estate_id, duplicate_of) references request (estate_id, id),
  constraint request_code_key unique (estate_id, code),
  constraint request_place_check check ((unit_id is null) <> (area_id is null)),
  constraint request_waiting_check check ((stage = 'waiting') = (waiting_on is not null) and (stage = 'waiting') = (waiting_from is not null)),
  constraint request_reason_check check (stage <> 'declined' or stage_reason is not null),
  constraint request_duplicate_of_check check ((stage = 'duplicate') = (duplicate_of is not null)),
  constraint request_accountable_id_check check (
    stage in ('archived', 'declined', 'cancelled', 'duplicate') or accountable_id is not null),
  -- A disputed request is reopened, with a new promise, in the same transaction.
  constraint request_promised_at_check check (
    stage in ('done', 'confirmed', 'unconfirmed', 'disputed', 'archived', 'declined', 'cancelled', 'duplicate')
    or promised_at is not null)
);
create trigger request_moves before insert or update on request
  for each row execute function refuse_illegal_move('request');
create trigger request_kept before delete on request
  for each row execute function refuse_change();
create index request_queue_idx on request (estate_id, promised_at, id)
  where stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened');
create index request_received_at_idx on request (estate_id, received_at desc, id desc);
create index request_reporter_id_idx on request (reporter_id, received_at desc);
create index request_unit_id_idx on request (unit_id, received_at desc);
create unique index request_id_idx on request (id);
create index request_words_idx on request using gin (words gin_trgm_ops);

-- Human-readable codes count up without a row that every report would have to lock.
create sequence request_code_number;

create table work_order (
  estate_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  stage_reason text,
  department_id uuid not null,
  -- Null while a team holds it and nobody has accepted; then the supervisor answers for it.
  assignee_id uuid,
  accountable_id uuid not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  accepted_at timestamptz,
  instructions text,
  note text,
  proof text constraint work_order_proof_check check (proof in ('signature', 'photo', 'reason')),
  proof_reason text,
  primary key (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, department_id) references department (estate_id, id),
  foreign key (estate_id, assignee_id) references staff_member (estate_id, id),
  foreign key (estate_id, accountable_id) references staff_member (estate_id, id),
  foreign key (estate_id, issued_by) references staff_member (estate_id, id),
  constraint work_order_verified_check check (stage <> 'verified' or proof is not null),
  constraint work_order_completed_check check (stage not in ('completed', 'verified') or note is not null),
  constraint work_order_proof_reason_check check ((proof = 'reason') is not true or proof_reason is not null)
);
create trigger work_order_moves before insert or update on work_order
  for each row execute function refuse_illegal_move('order');
create trigger work_order_kept before delete on work_order
  for each row execute function refuse_change();
create index work_order_request_id_idx on work_order (estate_id, request_id);
create unique index work_order_id_idx on work_order (id);
create index work_order_jobs_idx on work_order (estate_id, assignee_id, stage)
  where stage in ('issued', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'rework');
create index work_order_team_idx on work_order (estate_id, department_id, stage)
  where stage in ('issued', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'rework');

create table promise (
  estate_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  kind text not null constraint promise_kind_check check (kind in ('answer', 'visit', 'finish')),
  due_at timestamptz not null,
  -- Null: the catalogue made it when the report came in.
  made_by uuid,
  made_at timestamptz not null,
  reason text,
  supersedes uuid,
  primary key (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, made_by) references staff_member (estate_id, id),
  foreign key (estate_id, supersedes) references promise (estate_id, id),
  constraint promise_supersedes_key unique (estate_id, supersedes)
);
create index promise_request_id_idx on promise (estate_id, request_id, made_at);
create trigger promise_append_only before update or delete on promise
  for each row execute function refuse_change();
create trigger promise_no_truncate before truncate on promise
  for each statement execute function refuse_change();

create table signature (
  estate_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  signer_name text not null constraint signature_signer_name_check check (char_length(signer_name) between 1 and 80),
  -- Strokes on glass as x,y pairs; null where the name was typed and ticked.
  strokes jsonb,
  signed_at timestamptz not null,
  taken_by uuid not null,
  primary key (estate_id, id),
  foreign key (estate_id, order_id) references work_order (estate_id, id),
  foreign key (estate_id, taken_by) references staff_member (estate_id, id)
);
create trigger signature_append_only before update or delete on signature
  for each row execute function refuse_change();
create trigger signature_no_truncate before truncate on signature
  for each statement execute function refuse_change();

create table preferred_time (
  estate_id uuid not null,
  request_id uuid not null,
  on_date date not null,
  part text not null constraint preferred_time_part_check check (part in ('morning', 'afternoon', 'evening')),
  primary key (estate_id, request_id, on_date, part),
  foreign key (estate_id, request_id) references request (estate_id, id)
);

create table rating (
  estate_id uuid not null,
  request_id uuid not null,
  attitude int not null constraint rating_attitude_check check (attitude between 1 and 5),
  conduct int not null constraint rating_conduct_check check (conduct between 1 and 5),
  speed int not null constraint rating_speed_check check (speed between 1 and 5),
  result int not null constraint rating_result_check check (result between 1 and 5),
  rated_by uuid not null references account (id),
  rated_at timestamptz not null,
  primary key (estate_id, request_id),
  foreign key (estate_id, request_id) references request (estate_id, id)
);

-- Bytes lie in the object store under their hash; a photo belongs to whoever sent it until a matter takes it.
create table photo (
  estate_id uuid not null references estate (id),
  id uuid not null,
  hash text not null,
  thumb_hash text not null,
  width int not null,
  height int not null,
  sent_by uuid not null references account (id),
  sent_at timestamptz not null,
  request_id uuid,
  order_id uuid,
  primary key (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, order_id) references work_order (estate_id, id)
);
create index photo_request_id_idx on photo (estate_id, request_id);
create index photo_hash_idx on photo (hash);
create index photo_thumb_hash_idx on photo (thumb_hash);
create index photo_loose_idx on photo (sent_at) where request_id is null;

-- Whether a department sees a request: it looks after it, or was sent to it. A second department's order
-- does not blind the first.
create function is_seen_by(department uuid, request_estate uuid, request uuid, looked_after_by uuid)
returns boolean language sql stable as $$
  select looked_after_by = department or exists (
    select from work_order o
    where o.estate_id = request_estate and o.request_id = request and o.department_id = department)
$$;

-- Whether a request came in while its unit was one of these homes: days begin on the estate's wall.
create function is_of_homes(units uuid[], first_days date[], request_estate uuid, request_unit uuid, request_at timestamptz)
returns boolean language sql stable as $$
  select exists (
    select from unnest(units, first_days) as home (unit_id, from_on) join estate e on e.id = request_estate
    where home.unit_id = request_unit and request_at >= home.from_on::timestamp at time zone e.zone)
$$;

-- A matter in short: what cards, queue rows and headlines show. One shape for all lists.
create view request_card as
select r.estate_id, r.id, r.code, r.stage, r.department_id, r.accountable_id, r.reporter_id, r.unit_id,
  r.promised_at, r.received_at, r.words,
  jsonb_build_object(
    'id', r.id, 'code', r.code, 'stage', r.stage, 'waiting_on', r.waiting_on, 'waiting_from', r.waiting_from,
    'stage_reason', r.stage_reason, 'duplicate_of', r.duplicate_of, 'urgency', r.urgency,
    'words', left(r.words, 160), 'received_at', r.received_at,
    'promise', case when r.promised_at is not null
      then jsonb_build_object('kind', r.promise_kind, 'due_at', r.promised_at) end,
    'made_at', p.made_at, 'moved_from', p.moved_from, 'moved_reason', p.reason,
    'item', jsonb_build_object('en', i.name_en, 'hans', i.name_hans, 'hant', i.name_hant), 'icon', i.icon,
    'unit', case when u.id is not null then jsonb_build_object('id', u.id, 'number', u.number, 'kind', u.kind,
      'building', jsonb_build_object('en', ub.name_en, 'hans', ub.name_hans, 'hant', ub.name_hant)) end,
    'area', case when c.id is not null then jsonb_build_object('en', c.name_en, 'hans', c.name_hans, 'hant', c.name_hant) end,
    'area_building', case when cb.id is not null
      then jsonb_build_object('en', cb.name_en, 'hans', cb.name_hans, 'hant', cb.name_hant) end,
    'floor', r.floor,
    'department', jsonb_build_object('id', d.id, 'slug', d.slug,
      'names', jsonb_build_object('en', d.name_en, 'hans', d.name_hans, 'hant', d.name_hant)),
    'holder', coalesce(o.assignee, case when o.id is null then ha.name end)
  ) as card
from request r
join catalogue_item i on i.estate_id = r.estate_id and i.id = r.item_id
left join unit u on u.estate_id = r.estate_id and u.id = r.unit_id
left join building ub on ub.estate_id = u.estate_id and ub.id = u.building_id
left join common_area c on c.estate_id = r.estate_id and c.id = r.area_id
left join building cb on cb.estate_id = c.estate_id and cb.id = c.building_id
left join staff_member h on h.estate_id = r.estate_id and h.id = r.accountable_id
left join account ha on ha.id = h.account_id
left join lateral (
  select w.id, w.department_id, oa.name as assignee
  from work_order w
  left join staff_member om on om.estate_id = w.estate_id and om.id = w.assignee_id
  left join account oa on oa.id = om.account_id
  where w.estate_id = r.estate_id and w.request_id = r.id
    and w.stage in ('issued', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'rework')
  order by w.issued_at desc, w.id desc limit 1
) o on true
join department d on d.estate_id = r.estate_id and d.id = coalesce(o.department_id, h.department_id, r.department_id)
left join lateral (
  select latest.made_at, case when latest.reason is not null then before.due_at end as moved_from, latest.reason
  from promise latest left join promise before on before.estate_id = latest.estate_id and before.id = latest.supersedes
  where latest.estate_id = r.estate_id and latest.request_id = r.id
  order by latest.made_at desc, latest.id desc limit 1
) p on true;
