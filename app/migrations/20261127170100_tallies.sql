-- Counts that nobody counts. A tally is the sum over rows of what each row contributes; a change of a row appends what
-- it adds and takes away, and a job folds those deltas. So no write waits for another one's counter.
create table tally (
  estate_id uuid not null references estate (id),
  -- What is counted: `open`, `closed`, `rated`…
  measure text not null,
  -- On which day on the estate's wall; the epoch where a measure counts what is now.
  day date not null,
  -- Of what: `all`, `department:…`, `stage:…`
  facet text not null,
  n bigint not null,
  primary key (estate_id, measure, facet, day)
);
create table tally_delta (
  estate_id uuid not null references estate (id),
  id bigint generated always as identity,
  measure text not null,
  day date not null,
  facets text[] not null,
  n bigint not null,
  primary key (estate_id, id)
);
create index tally_delta_measure_idx on tally_delta (estate_id, measure, day);

-- Adds to what was counted on a day under each of these facets; without a day nothing.
create function add_to_tally(estate uuid, measure text, day date, facets text[], n bigint) returns void language plpgsql as $$
begin
  if day is not null and cardinality(facets) > 0 and n <> 0 then
    insert into tally_delta (estate_id, measure, day, facets, n) values (estate, measure, day, facets, n);
  end if;
end $$;

-- What a request counts under, besides itself.
create function counted_facets(facets text[]) returns text[] language sql immutable as $$
  select array(select f from unnest(facets) as f
    where split_part(f, ':', 1) in ('all', 'department', 'seen', 'order', 'accountable', 'person', 'group', 'item', 'building', 'source'))
$$;

-- Measures of requests, and the day on which one of this stage counts under each; none: it does not.
create function request_measures(stage text, received_on date, closed_on date)
returns table (measure text, day date) language sql immutable as $$
  values ('received', received_on),
    ('closed', case when not is_open_stage(stage) then closed_on end),
    ('open', case when is_open_stage(stage) then date 'epoch' end),
    ('new', case when stage in ('received', 'reopened') then date 'epoch' end),
    ('done', case when stage = 'done' then date 'epoch' end),
    ('stage_' || stage, date 'epoch')
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

-- Who answered when something ended, or was judged: what was counted once must not move with whoever answers later.
create function name_who_answers() returns trigger language plpgsql as $$
begin
  select r.department_id, r.accountable_id into new.department_id, new.accountable_id
    from request r where r.estate_id = new.estate_id and r.id = new.request_id;
  return new;
end $$;
create function name_who_promised() returns trigger language plpgsql as $$
begin
  select r.department_id, r.accountable_id into new.department_id, new.accountable_id
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

alter table rating add column department_id uuid, add column accountable_id uuid;
update rating a set department_id = r.department_id, accountable_id = r.accountable_id
  from request r where r.estate_id = a.estate_id and r.id = a.request_id;
alter table rating add foreign key (estate_id, department_id) references department (estate_id, id),
  add foreign key (estate_id, accountable_id) references staff_member (estate_id, id);
create trigger rating_answered before insert on rating for each row execute function name_who_answers();

alter table request_end add column accountable_id uuid;
alter table request_end disable trigger request_end_append_only;
update request_end e set accountable_id = r.accountable_id
  from request r where r.estate_id = e.estate_id and r.id = e.request_id;
alter table request_end enable trigger request_end_append_only;
alter table request_end add foreign key (estate_id, accountable_id) references staff_member (estate_id, id);
create trigger request_end_answered before insert on request_end for each row execute function name_who_answers();

alter table promise_end add column department_id uuid, add column accountable_id uuid;
alter table promise_end disable trigger promise_end_append_only;
update promise_end e set department_id = r.department_id, accountable_id = r.accountable_id
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

-- Each life of a request but its first began with somebody's saying that it was not fixed.
create table request_return (
  estate_id uuid not null,
  request_id uuid not null,
  life int not null constraint request_return_life_check check (life > 0),
  item_id uuid not null,
  department_id uuid not null,
  accountable_id uuid,
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
create trigger request_return_append_only before update or delete on request_return
  for each row execute function refuse_change();
create trigger request_return_no_truncate before truncate on request_return
  for each statement execute function refuse_change();
create function record_return() returns trigger language plpgsql as $$
begin
  insert into request_return (estate_id, request_id, life, item_id, department_id, accountable_id, returned_at)
    values (new.estate_id, new.id, new.reopened_times, new.item_id, new.department_id, new.accountable_id, new.stage_at);
  return null;
end $$;
create trigger request_returned after update on request
  for each row when (new.reopened_times > old.reopened_times) execute function record_return();

-- What an end counts under: all, who answered, and what it was about; an item also within its department, so that a
-- department reads no other one's figures.
create function holder_facets(department uuid, person uuid) returns text[] language sql stable as $$
  select array_remove(array['all', 'department:' || department, 'person:' || person], null)
$$;
create function ended_facets(estate uuid, item uuid, department uuid, person uuid) returns text[] language plpgsql stable as $$
begin
  return (select holder_facets(department, person) || array_remove(array[
    'item:' || i.slug, 'item:' || i.slug || '@' || department, 'group:' || coalesce(g.slug, i.slug)], null)
  from catalogue_item i left join catalogue_item g on g.estate_id = i.estate_id and g.id = i.parent_id
  where i.estate_id = estate and i.id = item);
end $$;

-- A rating counts on its day: itself, the stars of each axis, and whether it is satisfied (four of five on the average).
create function rating_facets(a rating) returns text[] language plpgsql stable as $$
begin
  return (select ended_facets(a.estate_id, r.item_id, a.department_id, a.accountable_id)
    from request r where r.estate_id = a.estate_id and r.id = a.request_id);
end $$;
create function rating_measures(a rating) returns table (measure text, n bigint) language sql immutable as $$
  select m.measure, m.n from (values ('rated', 1::bigint), ('stars_attitude', a.attitude::bigint),
    ('stars_conduct', a.conduct::bigint), ('stars_speed', a.speed::bigint), ('stars_result', a.result::bigint),
    ('satisfied', (a.attitude + a.conduct + a.speed + a.result >= 16)::int::bigint)) as m (measure, n) where m.n <> 0
$$;
create function tally_rating() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, m.measure, day_at(new.estate_id, new.rated_at), rating_facets(new), m.n)
    from rating_measures(new) m;
  return null;
end $$;
create trigger rating_tallied after insert on rating for each row execute function tally_rating();

-- How each life ended, and whether its first was the last word.
create function end_measures(e request_end) returns table (measure text) language sql immutable as $$
  select m.measure from (values ('end_' || e.outcome), (case when e.life = 0 and e.outcome = 'confirmed' then 'first_fix' end))
    as m (measure) where m.measure is not null
$$;
create function tally_end() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, m.measure, day_at(new.estate_id, new.ended_at),
      ended_facets(new.estate_id, new.item_id, new.department_id, new.accountable_id), 1)
    from end_measures(new) m;
  return null;
end $$;
create trigger request_end_tallied after insert on request_end for each row execute function tally_end();

create function tally_return() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, 'returned', day_at(new.estate_id, new.returned_at),
    ended_facets(new.estate_id, new.item_id, new.department_id, new.accountable_id), 1);
  return null;
end $$;
create trigger request_return_tallied after insert on request_return for each row execute function tally_return();

-- A promise was kept or missed; what another one replaced, or what became void, counts neither way.
create function tally_promise_end() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, 'promise_' || new.outcome, day_at(new.estate_id, new.ended_at),
    holder_facets(new.department_id, new.accountable_id), 1);
  return null;
end $$;
create trigger promise_end_tallied after insert on promise_end
  for each row when (new.outcome in ('kept', 'missed')) execute function tally_promise_end();

-- The three minutes passed, on the day on which they did.
create function tally_breach() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, 'breach', day_at(new.estate_id, new.due_at),
    holder_facets(new.department_id, new.holder_id), 1);
  return null;
end $$;
create trigger contact_breach_tallied after insert on contact_breach for each row execute function tally_breach();

-- A clock that stopped was kept or missed, on the day on which it stopped.
create function clock_facets(c request_clock) returns text[] language sql immutable as $$
  select array['all', 'clock:' || c.kind]
$$;
create function clock_measure(c request_clock) returns text language sql immutable as $$
  select case when c.stopped_at <= coalesce(c.due_at, c.stopped_at) then 'clock_kept' else 'clock_missed' end
$$;
create function tally_clock() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.stopped_at is not null then
    perform add_to_tally(old.estate_id, clock_measure(old), day_at(old.estate_id, old.stopped_at), clock_facets(old), -1);
  end if;
  if new.stopped_at is not null then
    perform add_to_tally(new.estate_id, clock_measure(new), day_at(new.estate_id, new.stopped_at), clock_facets(new), 1);
  end if;
  return null;
end $$;
create trigger request_clock_begun after insert on request_clock
  for each row when (new.stopped_at is not null) execute function tally_clock();
create trigger request_clock_tallied after update on request_clock
  for each row when ((old.stopped_at, old.due_at) is distinct from (new.stopped_at, new.due_at)) execute function tally_clock();

-- All tallies counted anew from the rows themselves: where they begin, and what a test compares them with.
create view tally_recount as
select estate_id, measure, day, facet, sum(n)::bigint as n from (
  select s.estate_id, m.measure, m.day, f.facet, 1::bigint as n
  from request_search s, request_measures(s.stage, s.received_on, s.closed_on) m, unnest(counted_facets(s.facets)) f (facet)
  union all
  select a.estate_id, m.measure, day_at(a.estate_id, a.rated_at), f.facet, m.n
  from rating a, rating_measures(a) m, unnest(rating_facets(a)) f (facet)
  union all
  select c.estate_id, clock_measure(c), day_at(c.estate_id, c.stopped_at), f.facet, 1
  from request_clock c, unnest(clock_facets(c)) f (facet) where c.stopped_at is not null
  union all
  select e.estate_id, m.measure, day_at(e.estate_id, e.ended_at), f.facet, 1
  from request_end e, end_measures(e) m,
    unnest(ended_facets(e.estate_id, e.item_id, e.department_id, e.accountable_id)) f (facet)
  union all
  select b.estate_id, 'returned', day_at(b.estate_id, b.returned_at), f.facet, 1
  from request_return b, unnest(ended_facets(b.estate_id, b.item_id, b.department_id, b.accountable_id)) f (facet)
  union all
  select p.estate_id, 'promise_' || p.outcome, day_at(p.estate_id, p.ended_at), f.facet, 1
  from promise_end p, unnest(holder_facets(p.department_id, p.accountable_id)) f (facet)
  where p.outcome in ('kept', 'missed')
  union all
  select x.estate_id, 'breach', day_at(x.estate_id, x.due_at), f.facet, 1
  from contact_breach x, unnest(holder_facets(x.department_id, x.holder_id)) f (facet)
) as contribution where day is not null group by estate_id, measure, day, facet;
insert into tally (estate_id, measure, day, facet, n) select estate_id, measure, day, facet, n from tally_recount;

-- Late matters of an estate, the latest first; and those that rest.
create index request_clock_late_idx on request_clock (estate_id, due_at) where stopped_at is null;
