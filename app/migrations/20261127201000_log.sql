-- The work log (N6): what a person did on a day, the latest first; a department's is that of its people. One index, which
-- names the person before the time: a day of somebody is read as it lies, among however many millions.
create index happening_by_staff_id_idx on happening (estate_id, by_staff_id, at desc, id desc) where by_staff_id is not null;

-- The statistics sheet of complaints and repairs (C11): contacts by kind and by way, tallied like all else (see the
-- migration `tallies`). Each counts on the day on which it came in, and moves from where it stood to where it stands; its
-- kind and its way stay. So the lines of a month always say of one and the same contacts what has become of them.
create function contact_facets(kind text, channel text) returns text[] language sql immutable as $$
  select array['all', 'kind:' || kind, 'channel:' || channel]
$$;
create function contact_state(stage text) returns text language sql immutable as $$
  select case when stage in ('open', 'promised') then 'contact_open' else 'contact_' || stage end
$$;

create function tally_contact() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform add_to_tally(new.estate_id, array['contact', contact_state(new.stage)], new.received_at,
      contact_facets(new.kind, new.channel));
  else
    insert into tally_delta (estate_id, measure, day, facets, n)
    select new.estate_id, moved.measure, day_at(new.estate_id, new.received_at), contact_facets(new.kind, new.channel), moved.n
    from (values (contact_state(old.stage), -1), (contact_state(new.stage), 1)) as moved (measure, n);
  end if;
  return null;
end $$;
create trigger contact_tallied after insert on contact for each row execute function tally_contact();
create trigger contact_tallied_again after update on contact
  for each row when (contact_state(old.stage) <> contact_state(new.stage)) execute function tally_contact();

-- A reply that was promised came in time or did not; what another one replaced counts neither way.
create function tally_contact_promise_end() returns trigger language plpgsql as $$
begin
  perform add_to_tally(c.estate_id, array['contact_' || new.outcome], c.received_at, contact_facets(c.kind, c.channel))
    from contact c where c.estate_id = new.estate_id and c.id = new.contact_id;
  return null;
end $$;
create trigger contact_promise_end_tallied after insert on contact_promise_end
  for each row when (new.outcome in ('kept', 'missed')) execute function tally_contact_promise_end();

-- All tallies counted anew, these among them.
create or replace view tally_recount as
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
  union all
  select c.estate_id, m.measure, day_at(c.estate_id, c.received_at), f.facet
  from contact c, unnest(array['contact', contact_state(c.stage)]) m (measure), unnest(contact_facets(c.kind, c.channel)) f (facet)
  union all
  select e.estate_id, 'contact_' || e.outcome, day_at(c.estate_id, c.received_at), f.facet
  from contact_promise_end e join contact c on c.estate_id = e.estate_id and c.id = e.contact_id,
    unnest(contact_facets(c.kind, c.channel)) f (facet)
  where e.outcome in ('kept', 'missed')
) as contribution where day is not null group by estate_id, measure, day, facet;
insert into tally (estate_id, measure, day, facet, n)
select estate_id, measure, day, facet, n from tally_recount where starts_with(measure, 'contact');
