-- The front desk: every contact with its owner of record, the three-minute wall, and what outsiders asked.

insert into legal_move (matter, from_stage, to_stage) values
  ('contact', '', 'open'),
  ('contact', '', 'promised'),
  ('contact', '', 'answered'),
  ('contact', '', 'requested'),
  ('contact', 'open', 'promised'),
  ('contact', 'open', 'answered'),
  ('contact', 'promised', 'answered');

-- A call, a visit, a letter: somebody wants something, and somebody owns it.
create table contact (
  estate_id uuid not null references estate (id),
  id uuid not null,
  version int not null default 1,
  channel text not null constraint contact_channel_check check (channel in ('phone', 'walk_in', 'letter', 'web', 'kiosk', 'email')),
  kind text not null constraint contact_kind_check check (kind in ('repair', 'enquiry', 'complaint', 'message')),
  urgency text not null constraint contact_urgency_check check (urgency in ('normal', 'urgent', 'emergency')),
  stage text not null,
  received_at timestamptz not null,
  -- Null: it came in by itself, by the web or a screen.
  received_by uuid,
  -- The owner of record: changes only when another accepts.
  holder_id uuid not null,
  unit_id uuid,
  party_id uuid,
  caller text constraint contact_caller_check check (char_length(caller) between 1 and 120),
  phone text constraint contact_phone_check check (char_length(phone) between 1 and 40),
  words text not null constraint contact_words_check check (char_length(words) between 1 and 2000),
  answer text constraint contact_answer_check check (char_length(answer) between 1 and 2000),
  reply_by timestamptz,
  read_back boolean not null,
  rings_late boolean not null,
  request_id uuid,
  policy_version int not null,
  wall_due_at timestamptz not null,
  wall_stopped_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, received_by) references staff_member (estate_id, id),
  foreign key (estate_id, holder_id) references staff_member (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, party_id) references party (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, policy_version) references policy (estate_id, version),
  constraint contact_stage_check check (
    (stage = 'requested') = (request_id is not null)
    and (stage <> 'answered' or answer is not null)
    and (stage <> 'promised' or reply_by is not null)),
  constraint contact_wall_due_at_check check (wall_due_at > received_at)
);
create index contact_received_at_idx on contact (estate_id, received_at desc, id desc);
create index contact_kind_idx on contact (estate_id, kind, received_at desc, id desc);
create index contact_channel_idx on contact (estate_id, channel, received_at desc, id desc);
create index contact_open_idx on contact (estate_id, received_at) where stage = 'open';
create index contact_holder_id_idx on contact (estate_id, holder_id) where stage in ('open', 'promised');
create index contact_wall_idx on contact (estate_id, wall_due_at) where wall_stopped_at is null;
create index contact_promised_idx on contact (estate_id, reply_by) where stage = 'promised';
create unique index contact_request_id_idx on contact (estate_id, request_id) where request_id is not null;
create trigger contact_moves before insert or update on contact
  for each row execute function refuse_illegal_move('contact');
create trigger contact_kept before delete on contact
  for each row execute function refuse_change();
create trigger contact_no_truncate before truncate on contact
  for each statement execute function refuse_change();

-- Offered to a colleague or a department; the holder stays who they are until somebody accepts.
create table contact_transfer (
  estate_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  from_id uuid not null,
  to_id uuid,
  to_department_id uuid,
  note text constraint contact_transfer_note_check check (char_length(note) between 1 and 500),
  offered_at timestamptz not null,
  outcome text constraint contact_transfer_outcome_check check (outcome in ('accepted', 'refused', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  reason text constraint contact_transfer_reason_check check (char_length(reason) between 1 and 500),
  primary key (estate_id, id),
  foreign key (estate_id, contact_id) references contact (estate_id, id),
  foreign key (estate_id, from_id) references staff_member (estate_id, id),
  foreign key (estate_id, to_id) references staff_member (estate_id, id),
  foreign key (estate_id, to_department_id) references department (estate_id, id),
  foreign key (estate_id, decided_by) references staff_member (estate_id, id),
  constraint contact_transfer_to_check check ((to_id is null) <> (to_department_id is null)),
  constraint contact_transfer_decided_check check (
    (outcome is null) = (decided_at is null)
    and (outcome is not null or decided_by is null)
    -- What fell with the end of its request was withdrawn by nobody.
    and (outcome is null or outcome = 'withdrawn' or decided_by is not null)
    and (outcome is distinct from 'refused' or reason is not null))
);
create unique index contact_transfer_open_idx on contact_transfer (estate_id, contact_id) where outcome is null;
create index contact_transfer_contact_id_idx on contact_transfer (estate_id, contact_id, offered_at);
create index contact_transfer_to_id_idx on contact_transfer (estate_id, to_id) where outcome is null;
create index contact_transfer_to_department_id_idx on contact_transfer (estate_id, to_department_id) where outcome is null;

create function refuse_second_decision() returns trigger language plpgsql as $$
begin
  if old.outcome is not null
    or (new.id, new.contact_id, new.from_id, new.to_id, new.to_department_id, new.note, new.offered_at)
      is distinct from (old.id, old.contact_id, old.from_id, old.to_id, old.to_department_id, old.note, old.offered_at) then
    raise exception 'a decided transfer is append-only' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger contact_transfer_once before update on contact_transfer
  for each row execute function refuse_second_decision();
create trigger contact_transfer_kept before delete on contact_transfer
  for each row execute function refuse_change();
create trigger contact_transfer_no_truncate before truncate on contact_transfer
  for each statement execute function refuse_change();

-- A contact has another holder only once that person has accepted it: the transfer that was decided last, or the
-- request that it became. What was accepted once, and has changed hands since, gives nobody a right to it.
create function refuse_unaccepted_holder() returns trigger language plpgsql as $$
begin
  if new.received_at <> old.received_at or new.received_by is distinct from old.received_by then
    raise exception 'who received a contact, and when, stands' using errcode = 'restrict_violation';
  end if;
  if new.holder_id <> old.holder_id
    and not exists (
      select from contact_transfer t
      where t.estate_id = new.estate_id and t.contact_id = new.id and t.outcome = 'accepted'
        and t.from_id = old.holder_id and t.decided_by = new.holder_id
        and not exists (
          select from contact_transfer later
          where later.estate_id = t.estate_id and later.contact_id = t.contact_id and later.decided_at > t.decided_at))
    and not exists (
      select from request where estate_id = new.estate_id and id = new.request_id and accountable_id = new.holder_id) then
    raise exception 'a contact is its holder''s until another accepts' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger contact_holder before update on contact
  for each row execute function refuse_unaccepted_holder();

-- Each reply that was promised (B4): moving one is another row, which says why.
create table contact_promise (
  estate_id uuid not null,
  contact_id uuid not null,
  number int not null constraint contact_promise_number_check check (number >= 1),
  reply_by timestamptz not null,
  promised_by uuid not null,
  promised_at timestamptz not null,
  reason text constraint contact_promise_reason_check check (char_length(reason) between 1 and 500),
  primary key (estate_id, contact_id, number),
  foreign key (estate_id, contact_id) references contact (estate_id, id),
  foreign key (estate_id, promised_by) references staff_member (estate_id, id),
  constraint contact_promise_reply_by_check check (reply_by > promised_at),
  constraint contact_promise_moved_check check (number = 1 or reason is not null)
);
create trigger contact_promise_append_only before update or delete on contact_promise
  for each row execute function refuse_change();
create trigger contact_promise_no_truncate before truncate on contact_promise
  for each statement execute function refuse_change();

-- How each of them ended; one that is not here still runs.
create table contact_promise_end (
  estate_id uuid not null,
  contact_id uuid not null,
  number int not null,
  outcome text not null constraint contact_promise_end_outcome_check check (outcome in ('kept', 'missed', 'superseded')),
  ended_at timestamptz not null,
  primary key (estate_id, contact_id, number),
  foreign key (estate_id, contact_id, number) references contact_promise (estate_id, contact_id, number)
);
create trigger contact_promise_end_append_only before update or delete on contact_promise_end
  for each row execute function refuse_change();
create trigger contact_promise_end_no_truncate before truncate on contact_promise_end
  for each statement execute function refuse_change();

-- Nobody answered it on its day (B7).
create table contact_unanswered (
  estate_id uuid not null,
  contact_id uuid not null,
  holder_id uuid not null,
  answer_by timestamptz not null,
  recorded_at timestamptz not null,
  primary key (estate_id, contact_id),
  foreign key (estate_id, contact_id) references contact (estate_id, id),
  foreign key (estate_id, holder_id) references staff_member (estate_id, id)
);
create trigger contact_unanswered_append_only before update or delete on contact_unanswered
  for each row execute function refuse_change();
create trigger contact_unanswered_no_truncate before truncate on contact_unanswered
  for each statement execute function refuse_change();

-- When the job looks at a contact next: the end of its three minutes, the next rung, of its day, the promised reply.
create table contact_watch (
  estate_id uuid not null,
  contact_id uuid not null,
  look_at timestamptz not null,
  primary key (estate_id, contact_id),
  foreign key (estate_id, contact_id) references contact (estate_id, id)
);
create index contact_watch_look_at_idx on contact_watch (look_at);

-- The three minutes passed while somebody held it.
create table contact_breach (
  estate_id uuid not null,
  contact_id uuid not null,
  holder_id uuid not null,
  due_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (estate_id, contact_id),
  foreign key (estate_id, contact_id) references contact (estate_id, id),
  foreign key (estate_id, holder_id) references staff_member (estate_id, id)
);
create index contact_breach_due_at_idx on contact_breach (estate_id, due_at desc);
create trigger contact_breach_append_only before update or delete on contact_breach
  for each row execute function refuse_change();
create trigger contact_breach_no_truncate before truncate on contact_breach
  for each statement execute function refuse_change();

-- Who was told of a breach: each rung of the policy's chain once.
create table contact_rung (
  estate_id uuid not null,
  contact_id uuid not null,
  rung int not null constraint contact_rung_rung_check check (rung >= 0),
  role text not null,
  told_at timestamptz not null,
  primary key (estate_id, contact_id, rung),
  foreign key (estate_id, contact_id) references contact_breach (estate_id, contact_id)
);
create trigger contact_rung_append_only before update or delete on contact_rung
  for each row execute function refuse_change();
create trigger contact_rung_no_truncate before truncate on contact_rung
  for each statement execute function refuse_change();

-- Somebody to be called back: a name and a number, until somebody has.
create table callback (
  estate_id uuid not null references estate (id),
  id uuid not null,
  name text not null constraint callback_name_check check (char_length(name) between 1 and 120),
  phone text not null constraint callback_phone_check check (char_length(phone) between 1 and 40),
  words text constraint callback_words_check check (char_length(words) between 1 and 500),
  due_at timestamptz not null,
  taken_by uuid not null,
  taken_at timestamptz not null,
  -- When whoever took it was told that its time has come.
  told_at timestamptz,
  done_by uuid,
  done_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, taken_by) references staff_member (estate_id, id),
  foreign key (estate_id, done_by) references staff_member (estate_id, id),
  constraint callback_done_check check ((done_by is null) = (done_at is null))
);
create index callback_open_idx on callback (estate_id, due_at) where done_at is null;
create index callback_due_idx on callback (due_at) where done_at is null and told_at is null;
create trigger callback_kept before delete on callback
  for each row execute function refuse_change();

-- What outsiders asked for (B13). They get the room number only, and every question stays here.
create table outsider_lookup (
  estate_id uuid not null references estate (id),
  id uuid not null,
  asked_by text not null constraint outsider_lookup_asked_by_check check (char_length(asked_by) between 1 and 120),
  purpose text not null constraint outsider_lookup_purpose_check check (char_length(purpose) between 1 and 500),
  name text not null constraint outsider_lookup_name_check check (char_length(name) between 1 and 120),
  found int not null constraint outsider_lookup_found_check check (found >= 0),
  looked_up_by uuid not null,
  looked_up_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, looked_up_by) references staff_member (estate_id, id)
);
create index outsider_lookup_looked_up_at_idx on outsider_lookup (estate_id, looked_up_at desc);
create index party_name_lower_idx on party (estate_id, lower(name));
create trigger outsider_lookup_append_only before update or delete on outsider_lookup
  for each row execute function refuse_change();
create trigger outsider_lookup_no_truncate before truncate on outsider_lookup
  for each statement execute function refuse_change();

-- A contact in short: what the wall and the register show. One shape for all lists.
create view contact_card as
select c.estate_id, c.id, c.channel, c.kind, c.stage, c.received_at, c.reply_by, c.wall_due_at, c.wall_stopped_at, c.holder_id,
  t.to_id, t.to_department_id,
  c.stage in ('open', 'promised') as is_open,
  coalesce(r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened'), false) as is_live,
  jsonb_build_object(
    'id', c.id, 'version', c.version, 'channel', c.channel, 'kind', c.kind, 'urgency', c.urgency,
    'stage', case c.stage
      when 'promised' then jsonb_build_object('Promised', jsonb_build_object('reply_by', c.reply_by))
      when 'open' then '"Open"' when 'answered' then '"Answered"' else '"Requested"' end,
    'received_at', c.received_at,
    'unit', case when u.id is not null then jsonb_build_object('id', u.id, 'number', u.number, 'kind', u.kind,
      'building', jsonb_build_object('en', b.name_en, 'hans', b.name_hans, 'hant', b.name_hant)) end,
    'caller', coalesce(c.caller, p.name), 'phone', coalesce(c.phone, p.phone), 'words', c.words, 'answer', c.answer,
    'read_back', c.read_back, 'rings_late', c.rings_late, 'holder', ha.name,
    'offered', case
      when t.to_id is not null then jsonb_build_object('Person', ta.name)
      when t.id is not null then jsonb_build_object('Department',
        jsonb_build_object('en', td.name_en, 'hans', td.name_hans, 'hant', td.name_hant)) end,
    'code', r.code, 'due_at', c.wall_due_at, 'stopped_at', c.wall_stopped_at,
    'is_breached', exists (select from contact_breach x where x.estate_id = c.estate_id and x.contact_id = c.id),
    'moves', '[]'::jsonb
  ) as card
from contact c
join staff_member h on h.estate_id = c.estate_id and h.id = c.holder_id
join account ha on ha.id = h.account_id
left join unit u on u.estate_id = c.estate_id and u.id = c.unit_id
left join building b on b.estate_id = u.estate_id and b.id = u.building_id
left join party p on p.estate_id = c.estate_id and p.id = c.party_id
left join request r on r.estate_id = c.estate_id and r.id = c.request_id
left join contact_transfer t on t.estate_id = c.estate_id and t.contact_id = c.id and t.outcome is null
left join staff_member tm on tm.estate_id = t.estate_id and tm.id = t.to_id
left join account ta on ta.id = tm.account_id
left join department td on td.estate_id = t.estate_id and td.id = t.to_department_id;
