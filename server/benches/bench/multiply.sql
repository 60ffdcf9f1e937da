-- The demo's requests again and again, over the three years before: numbers $FROM to $UNTIL of an estate that had so
-- many, one in $OPEN of them open. Whatever the triggers derive is filled in one go, from what they derived for the
-- demo's own.
alter table request disable trigger user;
alter table request_search disable trigger user;
drop index request_search_keys_idx, request_search_received_keys_idx, request_search_closed_keys_idx;
set maintenance_work_mem = '512MB';
create temporary table model as
  select row_number() over (order by r.id) - 1 as place, r.*, s.text,
    array(select f from unnest(s.facets) as f where f !~ '^(state|rating):') as facets
  from request r join request_search s on s.estate_id = r.estate_id and s.request_id = r.id
  where r.estate_id = (select estate_id from request group by estate_id order by count(*) desc limit 1)
    and r.accountable_id is not null;
create temporary table copy as
  select m.*, n, uuid_in(md5('copy' || n)::cstring) as copy_id, now() - interval '3 years' * random() as came_at,
    case when n % $OPEN = 0 then 'triaged' when n % 6 = 0 then 'cancelled' when n % 6 < 3 then 'confirmed' else 'archived' end as stands
  from generate_series($FROM, $UNTIL) as n join model m on m.place = n % (select count(*) from model);
insert into request (estate_id, id, code, version, stage, stage_at, item_id, urgency, channel, unit_id, area_id, floor, words, lang,
  reporter_id, party_id, department_id, accountable_id, promised_at, promise_kind, received_at)
select estate_id, copy_id, 'QB-' || n, 1, stands, came_at + interval '1 day', item_id, urgency, channel, unit_id, area_id, floor, words,
  lang, reporter_id, party_id, department_id, accountable_id,
  case when stands = 'triaged' then now() + (n % 5000 - 2500) * interval '1 minute' end, case when stands = 'triaged' then 'visit' end,
  came_at
from copy;
insert into request_search (estate_id, request_id, received_at, stage, received_on, closed_on, facets, text)
select estate_id, copy_id, came_at, stands, came_at::date, case when stands <> 'triaged' then (came_at + interval '1 day')::date end,
  facets || ('state:' || case stands when 'triaged' then 'open' else stands end)
    || case when stands <> 'triaged' then array['rating:none'] else '{}' end,
  ' qb ' || n || text
from copy;
drop table model, copy;
create index request_search_keys_idx on request_search
  using gin (request_keys(estate_id, received_at, text, facets)) with (fastupdate = off);
alter index request_search_keys_idx alter column 1 set statistics 0;
create index request_search_received_keys_idx on request_search
  using gin (figure_keys(estate_id, received_at, matter_parts(facets))) with (fastupdate = off);
create index request_search_closed_keys_idx on request_search
  using gin (figure_keys(estate_id, closed_on::timestamp at time zone 'UTC', matter_parts(facets))) with (fastupdate = off)
  where closed_on is not null;
alter index request_search_received_keys_idx alter column 1 set statistics 0;
alter index request_search_closed_keys_idx alter column 1 set statistics 0;
alter table request enable trigger user;
alter table request_search enable trigger user;
truncate tally_delta, tally;
insert into tally (estate_id, measure, day, facet, n) select estate_id, measure, day, facet, n from tally_recount;
vacuum analyze request, request_search, tally;
