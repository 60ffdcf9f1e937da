-- Counts that nobody counts. A tally is the sum over rows of what each row contributes; a change of a row appends what
-- it adds and takes away, and a job folds those deltas. So no write waits for another one's counter.
--
-- What came in, was closed or is open are matters: each counts under whoever looks after it now, on the day on which it
-- came in or was closed. So a matter that is handed over takes its days along, and one that comes back is no longer
-- closed; what came in under `all` never changes. What ended, came back, was promised, rated or breached are facts: each
-- counts for good under whoever answered for it then, and whoever had been sent.
create table tally (
  estate_id uuid not null,
  -- What is counted: `open`, `closed`, `rated`…
  measure text not null,
  -- On which day on the estate's wall; the epoch where a measure counts what is now.
  day date not null,
  -- Of what: `all`, `department:…`, `person:…`
  facet text not null,
  n bigint not null,
  primary key (estate_id, measure, facet, day)
);
create table tally_delta (
  estate_id uuid not null,
  id bigint generated always as identity,
  measure text not null,
  day date not null,
  facets text[] not null,
  n bigint not null,
  primary key (estate_id, id)
);
create index tally_delta_measure_idx on tally_delta (estate_id, measure, day);

-- What a request counts under.
create function counted_facets(facets text[]) returns text[] language sql immutable as $$
  select array(select f from unnest(facets) as f
    where split_part(f, ':', 1) in ('all', 'department', 'seen', 'order', 'accountable', 'person'))
$$;

-- Measures of requests, and the day on which one of this stage counts under each; none: it does not.
create function request_measures(stage text, received_on date, closed_on date)
returns table (measure text, day date) language sql immutable as $$
  values ('received', received_on),
    ('closed', case when not is_open_stage(stage) then closed_on end),
    ('open', case when is_open_stage(stage) then date 'epoch' end),
    ('new', case when stage in ('received', 'reopened') then date 'epoch' end),
    ('done', case when stage = 'done' then date 'epoch' end)
$$;

create function tally_request() returns trigger language plpgsql as $$
declare
  before constant text[] := case when tg_op = 'UPDATE' then counted_facets(old.facets) end;
  after constant text[] := counted_facets(new.facets);
  gone constant text[] := array(select unnest(before) except select unnest(after));
  come constant text[] := array(select unnest(after) except select unnest(before));
begin
  insert into tally_delta (estate_id, measure, day, facets, n)
  select new.estate_id, measure, d.day, d.facets, d.n
  from (select * from request_measures(old.stage, old.received_on, old.closed_on) where tg_op = 'UPDATE') o
  full join request_measures(new.stage, new.received_on, new.closed_on) n using (measure),
  lateral (values
    (o.day, case when o.day = n.day then gone else before end, -1),
    (n.day, case when o.day = n.day then come else after end, 1)) as d (day, facets, n)
  where d.day is not null and cardinality(d.facets) > 0;
  return null;
end $$;
create trigger request_search_tallied after insert or update on request_search
  for each row execute function tally_request();

-- Each life of a request but its first began with somebody's saying that it was not fixed. Here stands who had answered
-- for it, and who had been sent.
create table request_return (
  estate_id uuid not null,
  request_id uuid not null,
  life int not null constraint request_return_life_check check (life > 0),
  item_id uuid not null,
  department_id uuid not null,
  accountable_id uuid,
  worker_ids uuid[] not null default '{}',
  returned_at timestamptz not null,
  primary key (estate_id, request_id, life),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, item_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, department_id) references department (estate_id, id),
  foreign key (estate_id, accountable_id) references staff_member (estate_id, id)
);
insert into request_return (estate_id, request_id, life, item_id, department_id, accountable_id, returned_at)
select h.estate_id, h.subject_id, row_number() over (partition by h.estate_id, h.subject_id order by h.id),
  r.item_id, r.department_id, r.accountable_id, h.at
from happening h join request r on r.estate_id = h.estate_id and r.id = h.subject_id
where h.room = 'requests' and h.kind = 'reopened';

-- In which life of a request something was, and who was sent in one and did not send it back.
create function life_at(estate uuid, request uuid, at timestamptz) returns int language plpgsql stable as $$
begin
  return (select count(*) from request_return b
    where b.estate_id = estate and b.request_id = request and b.returned_at <= at);
end $$;
create function workers_of(estate uuid, request uuid, life int) returns uuid[] language plpgsql stable as $$
begin
  return array(select distinct o.assignee_id from work_order o
    where o.estate_id = estate and o.request_id = request and o.assignee_id is not null
      and o.stage not in ('refused', 'cancelled') and life_at(estate, request, o.issued_at) = life order by 1);
end $$;

update request_return set worker_ids = workers_of(estate_id, request_id, life - 1);
create trigger request_return_append_only before update or delete on request_return
  for each row execute function refuse_change();
create trigger request_return_no_truncate before truncate on request_return
  for each statement execute function refuse_change();
create function record_return() returns trigger language plpgsql as $$
begin
  insert into request_return (estate_id, request_id, life, item_id, department_id, accountable_id, worker_ids, returned_at)
    values (new.estate_id, new.id, new.reopened_times, new.item_id, new.department_id, new.accountable_id,
      workers_of(new.estate_id, new.id, new.reopened_times - 1), new.stage_at);
  return null;
end $$;
create trigger request_returned after update on request
  for each row when (new.reopened_times > old.reopened_times) execute function record_return();

alter table request_end add column accountable_id uuid, add column worker_ids uuid[] not null default '{}';
alter table request_end disable trigger request_end_append_only;
update request_end e
set accountable_id = r.accountable_id, worker_ids = workers_of(e.estate_id, e.request_id, e.life)
  from request r where r.estate_id = e.estate_id and r.id = e.request_id;
alter table request_end enable trigger request_end_append_only;
alter table request_end add foreign key (estate_id, accountable_id) references staff_member (estate_id, id);
create or replace function record_end() returns trigger language plpgsql as $$
begin
  insert into request_end (estate_id, request_id, life, outcome, item_id, department_id, accountable_id, worker_ids, ended_at)
    values (new.estate_id, new.id, new.reopened_times, new.stage, new.item_id, new.department_id, new.accountable_id,
      workers_of(new.estate_id, new.id, new.reopened_times), new.stage_at);
  return null;
end $$;

-- Who answered, and who had been sent, when something was rated, judged or breached.
create function name_who_is_rated() returns trigger language plpgsql as $$
begin
  select r.department_id, r.accountable_id, workers_of(new.estate_id, new.request_id, new.life)
    into new.department_id, new.accountable_id, new.worker_ids
    from request r where r.estate_id = new.estate_id and r.id = new.request_id;
  return new;
end $$;
create function name_who_promised() returns trigger language plpgsql as $$
begin
  select r.department_id, r.accountable_id,
      workers_of(p.estate_id, p.request_id, life_at(p.estate_id, p.request_id, p.made_at))
    into new.department_id, new.accountable_id, new.worker_ids
    from promise p join request r on r.estate_id = p.estate_id and r.id = p.request_id
    where p.estate_id = new.estate_id and p.id = new.promise_id;
  return new;
end $$;
create function name_whose_breach() returns trigger language plpgsql as $$
begin
  select m.department_id into new.department_id
    from staff_member m where m.estate_id = new.estate_id and m.id = new.holder_id;
  return new;
end $$;

alter table rating add column department_id uuid, add column accountable_id uuid,
  add column worker_ids uuid[] not null default '{}';
update rating a
set department_id = r.department_id, accountable_id = r.accountable_id, worker_ids = workers_of(a.estate_id, a.request_id, a.life)
  from request r where r.estate_id = a.estate_id and r.id = a.request_id;
alter table rating add foreign key (estate_id, department_id) references department (estate_id, id),
  add foreign key (estate_id, accountable_id) references staff_member (estate_id, id);
create trigger rating_answered before insert on rating for each row execute function name_who_is_rated();

alter table promise_end add column department_id uuid, add column accountable_id uuid,
  add column worker_ids uuid[] not null default '{}';
alter table promise_end disable trigger promise_end_append_only;
update promise_end e set department_id = r.department_id, accountable_id = r.accountable_id,
  worker_ids = workers_of(p.estate_id, p.request_id, life_at(p.estate_id, p.request_id, p.made_at))
  from promise p join request r on r.estate_id = p.estate_id and r.id = p.request_id
  where p.estate_id = e.estate_id and p.id = e.promise_id;
alter table promise_end enable trigger promise_end_append_only;
alter table promise_end add foreign key (estate_id, department_id) references department (estate_id, id),
  add foreign key (estate_id, accountable_id) references staff_member (estate_id, id);
create trigger promise_end_answered before insert on promise_end for each row execute function name_who_promised();

alter table contact_breach add column department_id uuid;
alter table contact_breach disable trigger contact_breach_append_only;
update contact_breach b set department_id = m.department_id
  from staff_member m where m.estate_id = b.estate_id and m.id = b.holder_id;
alter table contact_breach enable trigger contact_breach_append_only;
alter table contact_breach add foreign key (estate_id, department_id) references department (estate_id, id);
create trigger contact_breach_answered before insert on contact_breach for each row execute function name_whose_breach();

-- What a fact counts under: all, the department, whoever answered, whoever was sent, and what it was about; an item also
-- within its department, so that a department reads no other one's figures.
create function holder_facets(department uuid, person uuid, workers uuid[]) returns text[] language plpgsql stable as $$
begin
  return array(select distinct facet from unnest(array['all', 'department:' || department, 'person:' || person]
    || array(select 'person:' || worker from unnest(workers) as worker)) as facet where facet is not null);
end $$;
create function ended_facets(estate uuid, item uuid, department uuid, person uuid, workers uuid[])
returns text[] language plpgsql stable as $$
begin
  return (select holder_facets(department, person, workers)
      || array_remove(array['item:' || i.slug, 'item:' || i.slug || '@' || department], null)
    from catalogue_item i where i.estate_id = estate and i.id = item);
end $$;

-- Adds one to each of these measures, on a moment's day.
create function add_to_tally(estate uuid, measures text[], at timestamptz, facets text[]) returns void language plpgsql as $$
begin
  insert into tally_delta (estate_id, measure, day, facets, n)
  select estate, m, d, facets, 1 from unnest(measures) as m, day_at(estate, at) as d;
end $$;

-- A rating counts on its day, and as satisfied with four of five on the average.
create function rating_facets(a rating) returns text[] language plpgsql stable as $$
begin
  return (select ended_facets(a.estate_id, r.item_id, a.department_id, a.accountable_id, a.worker_ids)
    from request r where r.estate_id = a.estate_id and r.id = a.request_id);
end $$;
create function rating_measures(a rating) returns text[] language sql immutable as $$
  select case when a.attitude + a.conduct + a.speed + a.result >= 16 then array['rated', 'satisfied'] else array['rated'] end
$$;
create function tally_rating() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, rating_measures(new), new.rated_at, rating_facets(new));
  return null;
end $$;
create trigger rating_tallied after insert on rating for each row execute function tally_rating();

-- How each life ended, and whether its first was the last word.
create function end_measures(e request_end) returns text[] language sql immutable as $$
  select ('end_' || e.outcome) || case when e.life = 0 and e.outcome = 'confirmed' then array['first_fix'] else '{}' end
$$;
create function tally_end() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, end_measures(new), new.ended_at,
    ended_facets(new.estate_id, new.item_id, new.department_id, new.accountable_id, new.worker_ids));
  return null;
end $$;
create trigger request_end_tallied after insert on request_end for each row execute function tally_end();

create function tally_return() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, array['returned'], new.returned_at,
    ended_facets(new.estate_id, new.item_id, new.department_id, new.accountable_id, new.worker_ids));
  return null;
end $$;
create trigger request_return_tallied after insert on request_return for each row execute function tally_return();

-- A promise was kept or missed; what another one replaced, or what became void, counts neither way.
create function tally_promise_end() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, array['promise_' || new.outcome], new.ended_at,
    holder_facets(new.department_id, new.accountable_id, new.worker_ids));
  return null;
end $$;
create trigger promise_end_tallied after insert on promise_end
  for each row when (new.outcome in ('kept', 'missed')) execute function tally_promise_end();

-- The three minutes passed, on the day on which they did.
create function tally_breach() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, array['breach'], new.due_at, holder_facets(new.department_id, new.holder_id, '{}'));
  return null;
end $$;
create trigger contact_breach_tallied after insert on contact_breach for each row execute function tally_breach();

-- All tallies counted anew from the rows themselves: where they begin, and what a test compares them with.
create view tally_recount as
select estate_id, measure, day, facet, count(*) as n from (
  select s.estate_id, m.measure, m.day, f.facet
  from request_search s, request_measures(s.stage, s.received_on, s.closed_on) m, unnest(counted_facets(s.facets)) f (facet)
  union all
  select a.estate_id, m.measure, day_at(a.estate_id, a.rated_at), f.facet
  from rating a, unnest(rating_measures(a)) m (measure), unnest(rating_facets(a)) f (facet)
  union all
  select e.estate_id, m.measure, day_at(e.estate_id, e.ended_at), f.facet
  from request_end e, unnest(end_measures(e)) m (measure),
    unnest(ended_facets(e.estate_id, e.item_id, e.department_id, e.accountable_id, e.worker_ids)) f (facet)
  union all
  select b.estate_id, 'returned', day_at(b.estate_id, b.returned_at), f.facet
  from request_return b,
    unnest(ended_facets(b.estate_id, b.item_id, b.department_id, b.accountable_id, b.worker_ids)) f (facet)
  union all
  select p.estate_id, 'promise_' || p.outcome, day_at(p.estate_id, p.ended_at), f.facet
  from promise_end p, unnest(holder_facets(p.department_id, p.accountable_id, p.worker_ids)) f (facet)
  where p.outcome in ('kept', 'missed')
  union all
  select x.estate_id, 'breach', day_at(x.estate_id, x.due_at), f.facet
  from contact_breach x, unnest(holder_facets(x.department_id, x.holder_id, '{}')) f (facet)
) as contribution where day is not null group by estate_id, measure, day, facet;
insert into tally (estate_id, measure, day, facet, n) select estate_id, measure, day, facet, n from tally_recount;

-- While a clock is at risk: the last quarter of its time, at least half an hour (`requests::clock_of` says the same of a
-- promise).
create function risk_span(started_at timestamptz, due_at timestamptz) returns tstzrange language sql immutable as $$
  select tstzrange((due_at at time zone 'UTC' - greatest(interval '30 minutes', (due_at - started_at) / 4)) at time zone 'UTC',
    due_at, '(]')
$$;
-- The clocks of an estate that are `late`, at `risk`, `running` or `resting` at a moment. Whatever ends a matter stops its
-- clocks, so these are open matters'. Each is found by an index: the first few are found as fast among a million.
create index request_clock_late_idx on request_clock (estate_id, due_at) where stopped_at is null;
create index request_clock_risk_idx on request_clock using gist (estate_id, risk_span(started_at, due_at))
  where stopped_at is null and due_at is not null;
create function list_clocks(estate uuid, clock text, at timestamptz) returns setof request_clock language sql stable as $$
  select c.* from request_clock c
  where clock = 'late' and c.estate_id = estate and c.stopped_at is null and c.due_at < at
  union all select c.* from request_clock c
  where clock = 'risk' and c.estate_id = estate and c.stopped_at is null and c.due_at is not null
    and risk_span(c.started_at, c.due_at) @> at
  union all select c.* from request_clock c
  where clock = 'running' and c.estate_id = estate and c.stopped_at is null and c.due_at >= at
  union all select c.* from request_clock c
  where clock = 'resting' and c.estate_id = estate and c.stopped_at is null and c.due_at is null
$$;
