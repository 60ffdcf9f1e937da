-- How each item of the catalogue was found, whether it is ordered or booked (A2).

-- Which item of the catalogue stands for a facility; no version of its terms stands for another.
create view booked_item as
select distinct t.estate_id, t.item_id, f.id as facility_id
from service_terms t join facility f on f.estate_id = t.estate_id and f.slug = t.facility;

-- One row for each order and each booking that came to its end. Of a booking its person's stars are all that they say: what
-- has none ended without a word. What the office has in its own name nobody rates, and what goes with an order counts by that.
-- Each branch reads one index, in which all that is counted stands.
create view service_end as
select o.estate_id, o.item_id, coalesce(o.accepted_at, o.unconfirmed_at) as ended_at,
  o.accepted_at is not null as is_confirmed, o.rated_at is not null as is_rated,
  o.attitude + o.conduct + o.speed + o.result >= 16 as is_satisfied, o.first_in_time
from service_order o where o.accepted_at is not null or o.unconfirmed_at is not null
union all
select b.estate_id, i.item_id, b.ends_at, b.stars is not null, b.stars is not null, b.stars >= 4, null::boolean
from booking b join booked_item i on i.estate_id = b.estate_id and i.facility_id = b.facility_id
where b.stage = 'done' and not b.by_office
  and not exists (select from service_order_part p where p.estate_id = b.estate_id and p.booking_id = b.id);

create index booking_ended_idx on booking (estate_id, ends_at) include (id, facility_id, stars)
  where stage = 'done' and not by_office;
