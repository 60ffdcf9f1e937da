-- Rectification (C12): an order whose result somebody else checks, and who took, completed and accepted an order.

alter table work_order drop constraint work_order_asks_check;
alter table work_order add constraint work_order_asks_check
  check (asks <@ array['finding', 'photos', 'signature', 'check']);

-- A check is a proof of its own, with what was seen.
alter table work_order drop constraint work_order_proof_check;
alter table work_order add constraint work_order_proof_check check (proof in ('signature', 'photo', 'reason', 'check'));
alter table work_order drop constraint work_order_proof_reason_check;
alter table work_order add constraint work_order_proof_reason_check
  check ((proof in ('reason', 'check')) is not true or proof_reason is not null);

-- Who signed for it (C5), who said that it is done, and who accepted that. Null: not yet, or before this was kept.
alter table work_order
  add column accepted_by uuid,
  add column completed_by uuid,
  add column verified_by uuid,
  add foreign key (estate_id, accepted_by) references staff_member (estate_id, id),
  add foreign key (estate_id, completed_by) references staff_member (estate_id, id),
  add foreign key (estate_id, verified_by) references staff_member (estate_id, id);

-- What asks for a check is never verified by whoever said that it is done.
alter table work_order add constraint work_order_checked_check check (
  stage <> 'verified' or not asks @> array['check']
  or (proof = 'check' and completed_by is not null and verified_by is not null and verified_by <> completed_by));

-- Those that are open, few among many orders, and those that were checked, the latest first.
create index work_order_check_idx on work_order (estate_id, department_id)
  where asks @> array['check']
    and stage in ('issued', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'rework');
create index work_order_checked_idx on work_order (estate_id, stage_at desc)
  where asks @> array['check'] and stage = 'verified';

-- What residents say of whoever served them, on four axes (A16): a rating adds its stars to a tally of each, under the
-- facets under which it is counted.
create function rating_stars(a rating) returns table (measure text, stars int) language sql immutable as $$
  values ('stars_attitude', a.attitude), ('stars_conduct', a.conduct), ('stars_speed', a.speed),
    ('stars_result', a.result)
$$;
create or replace function tally_rating() returns trigger language plpgsql as $$
begin
  perform add_to_tally(new.estate_id, rating_measures(new), new.rated_at, rating_facets(new));
  insert into tally_delta (estate_id, measure, day, facets, n)
  select new.estate_id, s.measure, day_at(new.estate_id, new.rated_at), rating_facets(new), s.stars
  from rating_stars(new) s;
  return null;
end $$;

-- What a row adds once, and what it adds up.
alter view tally_recount rename to tally_recount_once;
create view tally_recount as
select estate_id, measure, day, facet, n from tally_recount_once
union all
select a.estate_id, s.measure, day_at(a.estate_id, a.rated_at), f.facet, sum(s.stars)
from rating a, rating_stars(a) s, unnest(rating_facets(a)) f (facet) group by 1, 2, 3, 4;
insert into tally (estate_id, measure, day, facet, n)
select estate_id, measure, day, facet, n from tally_recount where starts_with(measure, 'stars');
