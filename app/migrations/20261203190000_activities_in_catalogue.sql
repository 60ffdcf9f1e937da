-- The catalogue's item of activities leads to their board, where people sign up, and how they found them counts for it (A2).

alter table service_terms
  -- What is signed up for, not ordered: it stands for all activities of its estate, which no other item does.
  add column is_activities boolean not null default false,
  add constraint service_terms_activities_check check (
    not is_activities or facility is null and price_rule = 'free' and not is_agency),
  add constraint service_terms_activities_excl exclude using gist (estate_id with =, item_id with <>) where (is_activities);

create or replace function service_terms_json(i catalogue_item, t service_terms) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'version', t.version, 'since', t.since,
    'content', names_json(t.content_en, t.content_hans, t.content_hant),
    'standard', names_json(t.standard_en, t.standard_hans, t.standard_hant),
    'conditions', names_json(t.conditions_en, t.conditions_hans, t.conditions_hant),
    'price_rule', t.price_rule, 'price', t.price, 'currency', t.currency,
    'moment_from', t.moment_from, 'hours_from', t.hours_from, 'pieces_from', t.pieces_from,
    'pieces', names_json(t.pieces_en, t.pieces_hans, t.pieces_hant),
    'lead_minutes', t.lead_minutes, 'is_agency', t.is_agency, 'facility', t.facility, 'is_activities', t.is_activities,
    'delivered_by', jsonb_build_object(
      'by', t.delivered_by, 'id', coalesce(t.staff_id, t.vendor_id, t.department_id, i.department_id)),
    'deliverer', case t.delivered_by
      when 'person' then (
        select names_json(a.name, a.name, a.name) from staff_member m join account a on a.id = m.account_id
        where m.estate_id = t.estate_id and m.id = t.staff_id)
      when 'vendor' then (
        select names_json(v.name, v.name, v.name) from vendor v where v.estate_id = t.estate_id and v.id = t.vendor_id)
      else (
        select names_json(d.name_en, d.name_hans, d.name_hant) from department d
        where d.estate_id = i.estate_id and d.id = coalesce(t.department_id, i.department_id)) end,
    'hours', coalesce(
      (select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens', h.opens, 'closes', h.closes)
         order by h.weekday, h.opens)
       from service_hours h where h.estate_id = t.estate_id and h.item_id = t.item_id and h.version = t.version), '[]'),
    'questions', coalesce(
      (select jsonb_agg(jsonb_build_object(
         'slug', q.slug, 'kind', q.kind, 'label', names_json(q.label_en, q.label_hans, q.label_hant),
         'hint', names_json(q.hint_en, q.hint_hans, q.hint_hant), 'is_required', q.is_required,
         'least', q.least, 'most', q.most, 'choices', q.choices) order by q.position)
       from service_question q where q.estate_id = t.estate_id and q.item_id = t.item_id and q.version = t.version), '[]'))
$$;

create or replace function terms_to_come(i catalogue_item) returns service_terms language sql stable as $$
  select jsonb_populate_record(null::service_terms, jsonb_build_object(
    'estate_id', i.estate_id, 'item_id', i.id, 'version', 0, 'since', to_timestamp(0),
    'content_en', '', 'content_hans', '', 'content_hant', '',
    'standard_en', '', 'standard_hans', '', 'standard_hant', '',
    'conditions_en', '', 'conditions_hans', '', 'conditions_hant', '',
    'price_rule', 'quote', 'price', 0,
    'currency', coalesce((select t.currency from service_terms t where t.estate_id = i.estate_id limit 1), 'CNY'),
    'lead_minutes', 0, 'delivered_by', 'department', 'is_agency', false, 'is_activities', false))
$$;

-- What is signed up for is no part of a bundle, as what is booked by an item of its own is none.
create or replace function check_service_part() returns trigger language plpgsql as $$
declare
  its service_terms;
  part service_terms;
begin
  select * into its from service_terms t
  where t.estate_id = new.estate_id and t.item_id = new.item_id and t.version = new.version;
  if its.price_rule <> 'fixed' or its.pieces_from is not null or its.facility is not null then
    raise exception 'a bundle has one price of its own' using errcode = 'check_violation';
  end if;
  if new.part_id is null then
    if its.moment_from is null or exists (
      select from unnest(array[new.hours_from, new.heads_from]) as asked (slug)
      where asked.slug is not null and not exists (
        select from service_question q
        where q.estate_id = new.estate_id and q.item_id = new.item_id and q.version = new.version and q.slug = asked.slug
          and q.kind = 'number' and q.is_required and q.least > 0)
    ) then
      raise exception 'a bundle asks too little to book %', new.facility using errcode = 'check_violation';
    end if;
    return null;
  end if;
  select * into part from service_terms t
  where t.estate_id = new.estate_id and t.item_id = new.part_id order by t.version desc limit 1;
  if part.item_id is null or part.facility is not null or part.is_activities or part.currency <> its.currency
    or not (part.price_rule in ('free', 'fixed') or part.price_rule = 'hourly' and part.hours_from is not null)
  then
    raise exception 'part % does not say what it costs', new.slug using errcode = 'check_violation';
  end if;
  if exists (select from service_part p where p.estate_id = new.estate_id and p.item_id = new.part_id)
    or exists (select from service_part p where p.estate_id = new.estate_id and p.part_id = new.item_id)
  then
    raise exception 'a bundle is no part of another' using errcode = 'check_violation';
  end if;
  return null;
end $$;

create view activities_item as
select distinct estate_id, item_id from service_terms where is_activities;

-- One row for each order, each booking and each household's part in an activity that came to its end. Of an activity whoever
-- was there says how it was by their stars, perhaps while it goes on; who has not when the office closes it ended without a
-- word.
create or replace view service_end as
select o.estate_id, o.item_id, coalesce(o.accepted_at, o.unconfirmed_at) as ended_at,
  o.accepted_at is not null as is_confirmed, o.rated_at is not null as is_rated,
  o.attitude + o.conduct + o.speed + o.result >= 16 as is_satisfied, o.first_in_time
from service_order o where o.accepted_at is not null or o.unconfirmed_at is not null
union all
select b.estate_id, i.item_id, b.ends_at, b.stars is not null, b.stars is not null, b.stars >= 4, null::boolean
from booking b join booked_item i on i.estate_id = b.estate_id and i.facility_id = b.facility_id
where b.stage = 'done' and not b.by_office
  and not exists (select from service_order_part p where p.estate_id = b.estate_id and p.booking_id = b.id)
union all
select p.estate_id, i.item_id, a.ends_at, p.stars is not null, p.stars is not null, p.stars >= 4, null::boolean
from activity a
join activities_item i on i.estate_id = a.estate_id
join participation p on p.estate_id = a.estate_id and p.activity_id = a.id
where p.stage = 'came' and (p.stars is not null or a.stage = 'closed');

create index activity_ends_at_idx on activity (estate_id, ends_at);
create index participation_came_idx on participation (estate_id, activity_id) include (stars) where stage = 'came';
