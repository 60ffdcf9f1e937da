-- Honest closure: a matter ends by the resident's own word, or after the office has tried for it in vain, and says so.

create table contact_attempt (
  estate_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  -- In which life of the request: what was tried before it came back counts for nothing now.
  life int not null,
  means text not null constraint contact_attempt_means_check check (means in ('phone', 'door', 'message')),
  outcome text not null constraint contact_attempt_outcome_check check (outcome in ('no_answer', 'reached', 'not_fixed')),
  note text constraint contact_attempt_note_check check (char_length(note) between 1 and 2000),
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, made_by) references staff_member (estate_id, id),
  constraint contact_attempt_objection_check check (outcome <> 'not_fixed' or note is not null)
);
create index contact_attempt_request_id_idx on contact_attempt (estate_id, request_id, life, made_at);
create trigger contact_attempt_append_only before update or delete on contact_attempt
  for each row execute function refuse_change();
create trigger contact_attempt_no_truncate before truncate on contact_attempt
  for each statement execute function refuse_change();

-- Nobody is asked for a word about what is not done, nor about another life than the present one.
create function refuse_idle_attempt() returns trigger language plpgsql as $$
begin
  if not exists (
    select from request
    where estate_id = new.estate_id and id = new.request_id and stage = 'done' and reopened_times = new.life
      and stage_at <= new.made_at
  ) then
    raise exception 'a matter that is not done waits for no word' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger contact_attempt_of_done before insert on contact_attempt
  for each row execute function refuse_idle_attempt();

-- Without the resident's word a matter ends only after attempts on as many days of the estate's wall as the policy
-- wants under which this life of it began.
create function refuse_early_end() returns trigger language plpgsql as $$
declare
  needed int;
  tried int;
begin
  select (terms -> 'closing' ->> 'attempts')::int into needed from policy
    where estate_id = new.estate_id and valid_from <= coalesce(new.reopened_at, new.received_at)
    order by valid_from desc, version desc limit 1;
  select count(distinct (a.made_at at time zone e.zone)::date) into tried
    from contact_attempt a join estate e on e.id = a.estate_id
    where a.estate_id = new.estate_id and a.request_id = new.id and a.life = new.reopened_times;
  if needed is null or tried < needed then
    raise exception 'attempts on % days, not on %', tried, needed using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger request_unconfirmed before update on request
  for each row when (new.stage = 'unconfirmed' and old.stage <> 'unconfirmed') execute function refuse_early_end();

-- How each life of a request ended, as a fact of its own: the rates of first-time fixes and of returns, by item,
-- department and month, are read from here, and no later move of the request changes them.
create table request_end (
  estate_id uuid not null,
  request_id uuid not null,
  life int not null,
  outcome text not null constraint request_end_outcome_check check (outcome in ('confirmed', 'unconfirmed', 'disputed')),
  item_id uuid not null,
  department_id uuid not null,
  ended_at timestamptz not null,
  primary key (estate_id, request_id, life),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, item_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, department_id) references department (estate_id, id)
);
create index request_end_ended_at_idx on request_end (estate_id, ended_at, department_id, item_id);

insert into request_end (estate_id, request_id, life, outcome, item_id, department_id, ended_at)
select h.estate_id, h.subject_id,
  (select count(*) from happening b
   where b.estate_id = h.estate_id and b.subject_id = h.subject_id and b.kind = 'reopened' and b.id < h.id),
  h.kind, r.item_id, r.department_id, h.at
from happening h join request r on r.estate_id = h.estate_id and r.id = h.subject_id
where h.room = 'requests' and h.kind in ('confirmed', 'disputed')
order by h.estate_id, h.id
-- A late objection comes after an end that stands.
on conflict do nothing;

create trigger request_end_append_only before update or delete on request_end
  for each row execute function refuse_change();
create trigger request_end_no_truncate before truncate on request_end
  for each statement execute function refuse_change();

-- Kept by the database, so that no way to an end can forget it.
create function record_end() returns trigger language plpgsql as $$
begin
  insert into request_end (estate_id, request_id, life, outcome, item_id, department_id, ended_at)
    values (new.estate_id, new.id, new.reopened_times, new.stage, new.item_id, new.department_id, new.stage_at);
  return null;
end $$;
create trigger request_ended after update on request
  for each row when (new.stage in ('confirmed', 'unconfirmed', 'disputed') and old.stage <> new.stage)
  execute function record_end();
