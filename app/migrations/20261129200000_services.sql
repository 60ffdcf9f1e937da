-- What can be ordered, in the catalogue that problems are in already: under its five service lines (A1), each item with
-- what it is, what it is held to, what it costs, who delivers it and what it asks; in versions, of which none changes.

-- A problem stands under its category's line; what can be ordered, directly under one.
alter table catalogue_item add column line text
  constraint catalogue_item_line_check check (line in ('customer', 'security', 'maintenance', 'cleaning', 'conference'));
update catalogue_item i set line = case d.slug
    when 'engineering' then 'maintenance'
    when 'security' then 'security'
    when 'cleaning-greening' then 'cleaning'
    else 'customer' end
  from department d where d.estate_id = i.estate_id and d.id = i.department_id and i.kind <> 'problem';
alter table catalogue_item
  add constraint catalogue_item_line_whole_check check ((kind = 'problem') = (line is null)),
  add constraint catalogue_item_service_check check (kind <> 'service' or parent_id is null);

create table service_terms (
  estate_id uuid not null,
  item_id uuid not null,
  version int not null constraint service_terms_version_check check (version > 0),
  since timestamptz not null,
  -- What is done, the standard that it is held to, and what else holds for whoever orders it.
  content_en text not null,
  content_hans text not null,
  content_hant text not null,
  standard_en text not null,
  standard_hans text not null,
  standard_hant text not null,
  conditions_en text not null,
  conditions_hans text not null,
  conditions_hant text not null,
  price_rule text not null
    constraint service_terms_price_rule_check check (price_rule in ('free', 'fixed', 'hourly', 'quote')),
  -- In minor units of the currency: for all of it, or an hour; of each piece where one of its questions counts them.
  price bigint not null constraint service_terms_price_check check (price >= 0),
  currency text not null constraint service_terms_currency_check check (currency ~ '^[A-Z]{3}$'),
  -- Which questions tell when it is needed, for how many hours, and how many pieces: rooms, pages, zones.
  moment_from text,
  hours_from text,
  pieces_from text,
  pieces_en text,
  pieces_hans text,
  pieces_hant text,
  -- How long before it is needed it must be ordered; without such a question, how long it takes.
  lead_minutes int not null constraint service_terms_lead_check check (lead_minutes between 0 and 129600),
  delivered_by text not null
    constraint service_terms_delivered_by_check check (delivered_by in ('department', 'person', 'vendor')),
  staff_id uuid,
  vendor_id uuid,
  -- Whether the office gets it from an agency: what it asks there, and when it came, is taken down.
  is_agency boolean not null,
  -- What is booked, not ordered: the facility's name in addresses.
  facility text,
  primary key (estate_id, item_id, version),
  foreign key (estate_id, item_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id),
  foreign key (estate_id, vendor_id) references vendor (estate_id, id),
  foreign key (estate_id, facility) references facility (estate_id, slug),
  constraint service_terms_free_check check ((price_rule in ('free', 'quote')) = (price = 0)),
  constraint service_terms_hours_from_check check (hours_from is null or price_rule = 'hourly'),
  constraint service_terms_pieces_check check (
    pieces_from is null and pieces_en is null and pieces_hans is null and pieces_hant is null
    or price_rule in ('fixed', 'hourly') and pieces_from is not null and pieces_en is not null
      and pieces_hans is not null and pieces_hant is not null),
  constraint service_terms_deliverer_check check (
    (delivered_by = 'person') = (staff_id is not null) and (delivered_by = 'vendor') = (vendor_id is not null)),
  constraint service_terms_facility_check check (facility is null or price_rule = 'free' and not is_agency)
);
create trigger service_terms_append_only before update or delete on service_terms
  for each row execute function refuse_change();
create trigger service_terms_no_truncate before truncate on service_terms
  for each statement execute function refuse_change();

-- When it is done, in minutes after the estate's midnight: 1 to 7 from Monday on, 8 on a holiday. Without any: day and night.
create table service_hours (
  estate_id uuid not null,
  item_id uuid not null,
  version int not null,
  weekday int not null constraint service_hours_weekday_check check (weekday between 1 and 8),
  opens int not null constraint service_hours_opens_check check (opens between 0 and 1439),
  closes int not null constraint service_hours_closes_check check (closes > opens and closes <= 1440),
  primary key (estate_id, item_id, version, weekday, opens),
  foreign key (estate_id, item_id, version) references service_terms (estate_id, item_id, version)
);
create trigger service_hours_append_only before update or delete on service_hours
  for each row execute function refuse_change();
create trigger service_hours_no_truncate before truncate on service_hours
  for each statement execute function refuse_change();

-- What whoever orders it is asked.
create table service_question (
  estate_id uuid not null,
  item_id uuid not null,
  version int not null,
  -- In forms: `flight_number`.
  slug text not null constraint service_question_slug_check check (slug ~ '^[a-z][a-z0-9_]{0,31}$'),
  position int not null,
  kind text not null constraint service_question_kind_check check (
    kind in ('text', 'long_text', 'number', 'date', 'time', 'moment', 'choice', 'yes_no', 'phone')),
  label_en text not null,
  label_hans text not null,
  label_hant text not null,
  hint_en text,
  hint_hans text,
  hint_hant text,
  is_required boolean not null,
  -- Of a number.
  least int,
  most int,
  -- Of a choice: `[{"value": "van", "names": {"en": …, "hans": …, "hant": …}}]`
  choices jsonb not null default '[]',
  primary key (estate_id, item_id, version, slug),
  foreign key (estate_id, item_id, version) references service_terms (estate_id, item_id, version),
  constraint service_question_position_key unique (estate_id, item_id, version, position),
  constraint service_question_hint_check check (num_nulls(hint_en, hint_hans, hint_hant) in (0, 3)),
  constraint service_question_bounds_check check ((kind = 'number') = (least is not null and most is not null and least <= most)),
  constraint service_question_choices_check check (
    jsonb_typeof(choices) = 'array' and (kind = 'choice') = (jsonb_array_length(choices) > 0))
);
create trigger service_question_append_only before update or delete on service_question
  for each row execute function refuse_change();
create trigger service_question_no_truncate before truncate on service_question
  for each statement execute function refuse_change();

-- What its terms read out of the answers is asked, and always answered.
create function check_service_questions() returns trigger language plpgsql as $$
begin
  if exists (
    select from (values (new.moment_from, 'moment'), (new.hours_from, 'number'), (new.pieces_from, 'number')) as asked (slug, kind)
    where asked.slug is not null and not exists (
      select from service_question q
      where q.estate_id = new.estate_id and q.item_id = new.item_id and q.version = new.version and q.slug = asked.slug
        and q.kind = asked.kind and q.is_required and (q.kind <> 'number' or q.least > 0))
  ) then
    raise exception 'version % asks too little', new.version using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger service_terms_questions_check after insert on service_terms
  deferrable initially deferred for each row execute function check_service_questions();

-- How what can be ordered is read.
create function names_json(en text, hans text, hant text) returns jsonb language sql immutable as $$
  select case when en is not null then jsonb_build_object('en', en, 'hans', hans, 'hant', hant) end
$$;

create function service_json(i catalogue_item, t service_terms) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', i.id, 'estate', i.estate_id, 'slug', i.slug, 'icon', i.icon, 'line', i.line,
    'names', names_json(i.name_en, i.name_hans, i.name_hant), 'keywords', i.keywords,
    'is_retired', i.retired_at is not null,
    'terms', jsonb_build_object(
      'version', t.version, 'content', names_json(t.content_en, t.content_hans, t.content_hant),
      'standard', names_json(t.standard_en, t.standard_hans, t.standard_hant),
      'conditions', names_json(t.conditions_en, t.conditions_hans, t.conditions_hant),
      'price_rule', t.price_rule, 'price', t.price, 'currency', t.currency,
      'moment_from', t.moment_from, 'hours_from', t.hours_from, 'pieces_from', t.pieces_from,
      'pieces', names_json(t.pieces_en, t.pieces_hans, t.pieces_hant),
      'lead_minutes', t.lead_minutes, 'is_agency', t.is_agency, 'facility', t.facility,
      'deliverer', case t.delivered_by
        when 'person' then (
          select names_json(a.name, a.name, a.name) from staff_member m join account a on a.id = m.account_id
          where m.estate_id = t.estate_id and m.id = t.staff_id)
        when 'vendor' then (
          select names_json(v.name, v.name, v.name) from vendor v where v.estate_id = t.estate_id and v.id = t.vendor_id)
        else (
          select names_json(d.name_en, d.name_hans, d.name_hant) from department d
          where d.estate_id = i.estate_id and d.id = i.department_id) end,
      'hours', coalesce(
        (select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens', h.opens, 'closes', h.closes)
           order by h.weekday, h.opens)
         from service_hours h where h.estate_id = t.estate_id and h.item_id = t.item_id and h.version = t.version), '[]'),
      'questions', coalesce(
        (select jsonb_agg(jsonb_build_object(
           'slug', q.slug, 'kind', q.kind, 'label', names_json(q.label_en, q.label_hans, q.label_hant),
           'hint', names_json(q.hint_en, q.hint_hans, q.hint_hant), 'is_required', q.is_required,
           'least', q.least, 'most', q.most, 'choices', q.choices) order by q.position)
         from service_question q where q.estate_id = t.estate_id and q.item_id = t.item_id and q.version = t.version), '[]')))
$$;

-- Under the terms that hold now.
create function service_now_json(i catalogue_item) returns jsonb language sql stable as $$
  select service_json(i, t) from service_terms t
  where t.estate_id = i.estate_id and t.item_id = i.id
  order by t.version desc limit 1
$$;
