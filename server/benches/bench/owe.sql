-- What is promised of the matters of multiply.sql, all of them open, and their clocks: an hour from now something falls
-- due within one minute of the first thousand, the promise of 600 and a clock of 600; of all others nothing for three hours.
alter table request disable trigger user;
create temporary table owed as
  select estate_id, id, received_at, accountable_id, gen_random_uuid() as promise_id,
    case when n <= 600 then soon else later end as promised_at,
    case when n between 401 and 1000 then soon else later end as dispatch_at
  from (
    select estate_id, id, received_at, accountable_id, substr(code, 4)::int as n,
      now() + interval '1 hour' + random() * interval '1 minute' as soon,
      now() + interval '3 hours' + random() * interval '3 days' as later
    from request where code like 'QB-%') as matter;
update request r set promised_at = o.promised_at
from owed o where r.estate_id = o.estate_id and r.id = o.id;
insert into promise (estate_id, id, request_id, kind, due_at, made_by, made_at)
select estate_id, promise_id, id, 'visit', promised_at, accountable_id, received_at from owed;
insert into promise_running (estate_id, request_id, promise_id, kind, due_at)
select estate_id, id, promise_id, 'visit', promised_at from owed;
insert into request_clock (estate_id, request_id, life, kind, policy_version, minutes, counts, started_at, due_at, stopped_at)
select o.estate_id, o.id, 0, c.kind, p.version, c.minutes, 'working', o.received_at, c.due_at, c.stopped_at
from owed o
join (select estate_id, min(version) as version from policy group by estate_id) p on p.estate_id = o.estate_id
cross join lateral (values
  ('answer', 60, o.received_at + interval '1 hour', o.received_at + interval '5 minutes'),
  ('dispatch', 240, o.dispatch_at, null),
  ('on_site', 1080, o.dispatch_at + interval '1 day', null),
  ('resolve', 2700, o.dispatch_at + interval '3 days', null)) as c (kind, minutes, due_at, stopped_at);
drop table owed;
alter table request enable trigger user;
vacuum analyze request, promise, promise_running, request_clock;
