-- What people are told: an inbox for each, and what became of every promise.

create table message (
  estate_id uuid not null references estate (id),
  id uuid not null,
  account_id uuid not null references account (id),
  -- Told at home, as the resident whom it concerns, or in the office, as one of its staff.
  side text not null constraint message_side_check check (side in ('home', 'office')),
  -- Null where the message itself says where it leads.
  request_id uuid,
  telling jsonb not null,
  is_urgent boolean not null,
  told_at timestamptz not null,
  read_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id)
);
create index message_inbox_idx on message (account_id, side, told_at desc, id desc);
create unique index message_id_idx on message (id);
create index message_unread_idx on message (account_id, side) where read_at is null;
create trigger message_kept before delete on message
  for each row execute function refuse_change();

-- How each promise ended; one that is not here still runs.
create table promise_end (
  estate_id uuid not null,
  promise_id uuid not null,
  outcome text not null constraint promise_end_outcome_check check (outcome in ('kept', 'missed', 'superseded', 'void')),
  ended_at timestamptz not null,
  primary key (estate_id, promise_id),
  foreign key (estate_id, promise_id) references promise (estate_id, id)
);
create trigger promise_end_append_only before update or delete on promise_end
  for each row execute function refuse_change();
create trigger promise_end_no_truncate before truncate on promise_end
  for each statement execute function refuse_change();

-- The one promise of a request that still runs, by its end: what the job that watches over them reads.
create table promise_running (
  estate_id uuid not null,
  request_id uuid not null,
  promise_id uuid not null,
  kind text not null,
  due_at timestamptz not null,
  primary key (estate_id, request_id),
  foreign key (estate_id, promise_id) references promise (estate_id, id)
);
create index promise_running_due_at_idx on promise_running (due_at);

-- What was promised before there was a ledger was never judged, and counts neither way; what is still owed runs on.
insert into promise_running (estate_id, request_id, promise_id, kind, due_at)
select r.estate_id, r.id, p.id, p.kind, p.due_at
from request r
join lateral (
  select id, kind, due_at from promise
  where estate_id = r.estate_id and request_id = r.id order by made_at desc, id desc limit 1
) p on true
where r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'reopened') and r.promised_at = p.due_at;
insert into promise_end (estate_id, promise_id, outcome, ended_at)
select p.estate_id, p.id, case when next.id is null then 'void' else 'superseded' end, coalesce(next.made_at, p.made_at)
from promise p
left join promise next on next.estate_id = p.estate_id and next.supersedes = p.id
where not exists (select from promise_running r where r.estate_id = p.estate_id and r.promise_id = p.id);

-- A clock that ran out is told of once; it is told again only if it was set later and ran out anew.
alter table request_clock add column told_at timestamptz;
drop index request_clock_running_idx;
create index request_clock_running_idx on request_clock (due_at)
  where stopped_at is null and due_at is not null and told_at is null;
