-- A version of a service says all that there is to it: which department delivers it, too, and what those who do keep to
-- (A15); who published it, and from when on it holds.

alter table service_terms
  -- Where a department delivers it; none: the one under which it stands in the catalogue.
  add column department_id uuid,
  -- What those who deliver it say and do, step by step.
  add column script_en text,
  add column script_hans text,
  add column script_hant text,
  add column published_by uuid,
  add column published_at timestamptz,
  add foreign key (estate_id, department_id) references department (estate_id, id),
  add foreign key (estate_id, published_by) references staff_member (estate_id, id),
  add constraint service_terms_department_check check (department_id is null or delivered_by = 'department'),
  add constraint service_terms_script_check check (num_nulls(script_en, script_hans, script_hant) in (0, 3));

-- A version never holds before the one that it follows.
create function check_service_since() returns trigger language plpgsql as $$
begin
  if exists (
    select from service_terms t
    where t.estate_id = new.estate_id and t.item_id = new.item_id and t.version < new.version and t.since > new.since
  ) then
    raise exception 'version % holds before the last', new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger service_terms_since before insert on service_terms
  for each row execute function check_service_since();

drop function service_now_json(catalogue_item);

create function service_terms_json(i catalogue_item, t service_terms) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'version', t.version, 'since', t.since,
    'content', names_json(t.content_en, t.content_hans, t.content_hant),
    'standard', names_json(t.standard_en, t.standard_hans, t.standard_hant),
    'conditions', names_json(t.conditions_en, t.conditions_hans, t.conditions_hant),
    'price_rule', t.price_rule, 'price', t.price, 'currency', t.currency,
    'moment_from', t.moment_from, 'hours_from', t.hours_from, 'pieces_from', t.pieces_from,
    'pieces', names_json(t.pieces_en, t.pieces_hans, t.pieces_hant),
    'lead_minutes', t.lead_minutes, 'is_agency', t.is_agency, 'facility', t.facility,
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

create or replace function service_json(i catalogue_item, t service_terms) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', i.id, 'estate', i.estate_id, 'slug', i.slug, 'icon', i.icon, 'line', i.line,
    'names', names_json(i.name_en, i.name_hans, i.name_hant), 'keywords', i.keywords,
    'is_retired', i.retired_at is not null, 'terms', service_terms_json(i, t))
$$;

-- The version that holds at an instant; none before the first.
create function service_version_at(item_estate uuid, item uuid, at timestamptz) returns int language sql stable as $$
  select max(version) from service_terms where estate_id = item_estate and item_id = item and since <= at
$$;

-- Whether an order is to be delivered now: from its signature on, what is free from the beginning, until its person has said
-- how it was.
create function is_to_deliver(o service_order) returns boolean language sql immutable as $$
  select o.stage in ('signed', 'delivering', 'delivered', 'rework') or o.stage = 'requested' and o.price_rule = 'free'
$$;

-- Whether that is somebody's to do, by themselves or in their department.
create function delivers(o service_order, staff uuid, department uuid) returns boolean language sql immutable as $$
  select is_to_deliver(o)
    and (coalesce(o.delivers_staff_id = staff, false) or coalesce(o.delivers_department_id = department, false))
$$;

-- How a service was found, month by month: all that is counted stands in the index.
create index service_order_ended_idx on service_order (estate_id, coalesce(accepted_at, unconfirmed_at))
  include (item_id, accepted_at, unconfirmed_at, first_in_time, rated_at, attitude, conduct, speed, result)
  where accepted_at is not null or unconfirmed_at is not null;
