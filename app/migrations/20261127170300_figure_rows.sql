-- The rows behind the figures: each row that a tally counts, and what of it leads to a matter or to a contact. Whoever
-- looks at a number sees, page by page, what was counted.

-- What a rating is about: its request's problem, as ends and returns have it.
alter table rating add column item_id uuid;
update rating a set item_id = r.item_id from request r where r.estate_id = a.estate_id and r.id = a.request_id;
alter table rating add foreign key (estate_id, item_id) references catalogue_item (estate_id, id);
create function name_what_is_rated() returns trigger language plpgsql as $$
begin
  select r.item_id into new.item_id from request r where r.estate_id = new.estate_id and r.id = new.request_id;
  return new;
end $$;
create trigger rating_itemed before insert on rating for each row execute function name_what_is_rated();

-- Under what a matter counts, and under what a fact does: the facets of the tallies, an item by its id.
create function matter_parts(facets text[]) returns text[] language sql immutable as $$
  select array(select f from unnest(facets) as f where split_part(f, ':', 1) in ('all', 'department', 'person'))
$$;
create function fact_parts(department uuid, person uuid, workers uuid[], item uuid) returns text[] language sql immutable as $$
  select array_remove(array['all', 'department:' || department::text, 'person:' || person::text, 'item:' || item::text,
    'item:' || item::text || '@' || department::text], null) || array(select 'person:' || worker::text from unnest(workers) as worker)
$$;

-- Keys are an estate's and a day's own, as those of the search are a month's: days of UTC, whose beginning no clock moves.
create function utc_day(at timestamptz) returns int language sql immutable as $$
  select (at at time zone 'UTC')::date - date '1970-01-01'
$$;
create function figure_keys(estate uuid, at timestamptz, parts text[]) returns bigint[] language plpgsql immutable cost 1000 as $$
declare
  seed constant bigint := uuid_hash_extended(estate, public.utc_day(at));
begin
  return array(select hashtextextended(part, seed) from unnest(parts) as part);
end $$;

-- One row for each that is counted: of which figure, when, and under which keys. What left the office's hands is known by
-- its day alone, which stands here as if it had begun in UTC. Each branch reads one table as it lies, so that whoever asks
-- for one figure reads no other one's table.
create view figure_row as
select s.estate_id, 'received' as figure, true as is_counted, s.request_id as id, s.request_id, null::uuid as contact_id,
  s.received_at as at, s.received_on as day, figure_keys(s.estate_id, s.received_at, matter_parts(s.facets)) as keys
from request_search s
union all
select s.estate_id, 'closed', s.closed_on is not null and not is_open_stage(s.stage), s.request_id, s.request_id, null,
  s.closed_on::timestamp at time zone 'UTC', s.closed_on,
  figure_keys(s.estate_id, s.closed_on::timestamp at time zone 'UTC', matter_parts(s.facets))
from request_search s
union all
select p.estate_id, 'promise_kept', p.outcome = 'kept', p.promise_id,
  (select m.request_id from promise m where m.estate_id = p.estate_id and m.id = p.promise_id), null,
  p.ended_at, day_at(p.estate_id, p.ended_at),
  figure_keys(p.estate_id, p.ended_at, fact_parts(p.department_id, p.accountable_id, p.worker_ids, null))
from promise_end p
union all
select p.estate_id, 'promise_missed', p.outcome = 'missed', p.promise_id,
  (select m.request_id from promise m where m.estate_id = p.estate_id and m.id = p.promise_id), null,
  p.ended_at, day_at(p.estate_id, p.ended_at),
  figure_keys(p.estate_id, p.ended_at, fact_parts(p.department_id, p.accountable_id, p.worker_ids, null))
from promise_end p
union all
select b.estate_id, 'returned', true, b.request_id, b.request_id, null, b.returned_at, day_at(b.estate_id, b.returned_at),
  figure_keys(b.estate_id, b.returned_at, fact_parts(b.department_id, b.accountable_id, b.worker_ids, b.item_id))
from request_return b
union all
select e.estate_id, 'first_fix', e.life = 0 and e.outcome = 'confirmed', e.request_id, e.request_id, null,
  e.ended_at, day_at(e.estate_id, e.ended_at),
  figure_keys(e.estate_id, e.ended_at, fact_parts(e.department_id, e.accountable_id, e.worker_ids, e.item_id))
from request_end e
union all
select a.estate_id, 'rated', true, a.request_id, a.request_id, null, a.rated_at, day_at(a.estate_id, a.rated_at),
  figure_keys(a.estate_id, a.rated_at, fact_parts(a.department_id, a.accountable_id, a.worker_ids, a.item_id))
from rating a
union all
select a.estate_id, 'satisfied', a.attitude + a.conduct + a.speed + a.result >= 16, a.request_id, a.request_id, null,
  a.rated_at, day_at(a.estate_id, a.rated_at),
  figure_keys(a.estate_id, a.rated_at, fact_parts(a.department_id, a.accountable_id, a.worker_ids, a.item_id))
from rating a
union all
select a.estate_id, 'unsatisfied', a.attitude + a.conduct + a.speed + a.result < 16, a.request_id, a.request_id, null,
  a.rated_at, day_at(a.estate_id, a.rated_at),
  figure_keys(a.estate_id, a.rated_at, fact_parts(a.department_id, a.accountable_id, a.worker_ids, a.item_id))
from rating a
union all
select x.estate_id, 'breach', true, x.contact_id, null, x.contact_id, x.due_at, day_at(x.estate_id, x.due_at),
  figure_keys(x.estate_id, x.due_at, fact_parts(x.department_id, x.holder_id, '{}', null))
from contact_breach x;

create index request_search_received_keys_idx on request_search
  using gin (figure_keys(estate_id, received_at, matter_parts(facets))) with (fastupdate = off);
create index request_search_closed_keys_idx on request_search
  using gin (figure_keys(estate_id, closed_on::timestamp at time zone 'UTC', matter_parts(facets))) with (fastupdate = off)
  where closed_on is not null;
create index promise_end_keys_idx on promise_end
  using gin (figure_keys(estate_id, ended_at, fact_parts(department_id, accountable_id, worker_ids, null)))
  with (fastupdate = off) where outcome in ('kept', 'missed');
create index request_return_keys_idx on request_return
  using gin (figure_keys(estate_id, returned_at, fact_parts(department_id, accountable_id, worker_ids, item_id)))
  with (fastupdate = off);
create index request_end_keys_idx on request_end
  using gin (figure_keys(estate_id, ended_at, fact_parts(department_id, accountable_id, worker_ids, item_id)))
  with (fastupdate = off);
create index rating_keys_idx on rating
  using gin (figure_keys(estate_id, rated_at, fact_parts(department_id, accountable_id, worker_ids, item_id)))
  with (fastupdate = off);
create index contact_breach_keys_idx on contact_breach
  using gin (figure_keys(estate_id, due_at, fact_parts(department_id, holder_id, '{}', null))) with (fastupdate = off);
-- As with the search: what is frequent among hashes helps no planner.
alter index request_search_received_keys_idx alter column 1 set statistics 0;
alter index request_search_closed_keys_idx alter column 1 set statistics 0;
alter index promise_end_keys_idx alter column 1 set statistics 0;
alter index request_return_keys_idx alter column 1 set statistics 0;
alter index request_end_keys_idx alter column 1 set statistics 0;
alter index rating_keys_idx alter column 1 set statistics 0;
alter index contact_breach_keys_idx alter column 1 set statistics 0;

-- The rows behind a figure from one day on the estate's wall to another, the latest first, behind a row; those that count
-- under a part of the estate. A day, then the two before it, then four: reads what it returns, and about as many more;
-- where little or nothing is, a few looks into the index find that out.
create function list_figure(estate uuid, what text, part text, from_on date, until_on date, before_at timestamptz,
  before_id uuid, most int)
returns table (id uuid, request_id uuid, contact_id uuid, at timestamptz, day date)
language plpgsql stable set plan_cache_mode to force_generic_plan as $$
declare
  zone constant text := (select case what when 'closed' then 'UTC' else e.zone end from estate e where e.id = estate);
  from_at constant timestamptz := from_on::timestamp at time zone zone;
  until_at constant timestamptz := (until_on + 1)::timestamp at time zone zone;
  here int := utc_day(least(until_at - interval '1 microsecond', before_at));
  days int := 1;
  wanted bigint[];
  found int;
begin
  while here >= utc_day(from_at) and most > 0 loop
    wanted := array(
      select hashtextextended(part, uuid_hash_extended(estate, d)) from generate_series(here - days + 1, here) as d);
    -- The keys are this estate's already: so said, no index over all that it ever had is read beside theirs.
    return query
      select f.id, f.request_id, f.contact_id, f.at, (f.at at time zone zone)::date from figure_row f
      where f.estate_id is not distinct from estate and f.figure = what and f.is_counted and f.keys && wanted
        and f.at >= from_at and f.at < until_at and (before_at is null or (f.at, f.id) < (before_at, before_id))
      order by f.at desc, f.id desc limit most;
    get diagnostics found = row_count;
    most := most - found;
    here := here - days;
    days := days * 2;
  end loop;
end $$;
