-- Recurring orders: every so often an order of a common area is issued again, with every rule of the one it repeats (C14).
create table schedule (
  estate_id uuid not null,
  id uuid not null,
  -- The order that it repeats.
  order_id uuid not null,
  every int not null constraint schedule_every_check check (every between 1 and 366),
  unit text not null constraint schedule_unit_check check (unit in ('day', 'week', 'month')),
  -- Days on the estate's calendar.
  first_on date not null,
  next_on date not null constraint schedule_next_on_check check (next_on >= first_on),
  made_by uuid not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  -- Where it could not be issued: when somebody tries again.
  look_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, order_id) references work_order (estate_id, id),
  foreign key (estate_id, made_by) references staff_member (estate_id, id)
);
-- An order is repeated by one schedule at a time.
create unique index schedule_order_id_idx on schedule (estate_id, order_id) where ended_at is null;
create index schedule_list_idx on schedule (estate_id, next_on, id) where ended_at is null;
create index schedule_due_idx on schedule (next_on) where ended_at is null;
create trigger schedule_kept before delete on schedule
  for each row execute function refuse_change();

-- What it issued: once a day that was due.
create table schedule_run (
  estate_id uuid not null,
  schedule_id uuid not null,
  due_on date not null,
  request_id uuid not null,
  issued_at timestamptz not null,
  primary key (estate_id, schedule_id, due_on),
  foreign key (estate_id, schedule_id) references schedule (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id)
);
create trigger schedule_run_append_only before update or delete on schedule_run
  for each row execute function refuse_change();
create trigger schedule_run_no_truncate before truncate on schedule_run
  for each statement execute function refuse_change();

-- What nobody reported, in a place where nobody lives, is filed once it is done: there is nobody to ask.
insert into legal_move (matter, from_stage, to_stage) values ('request', 'done', 'archived');
create function refuse_unasked_archive() returns trigger language plpgsql as $$
begin
  raise exception 'whoever reported it is asked before it is filed' using errcode = 'check_violation';
end $$;
create trigger request_asked before update on request
  for each row when (old.stage = 'done' and new.stage = 'archived'
    and (new.reporter_id is not null or new.party_id is not null or new.unit_id is not null))
  execute function refuse_unasked_archive();
