-- Bundles of the catalogue (A14): a service of which other items are parts, and perhaps the booking of a facility. One order,
-- one charge notice, with a line for each part.

-- The parts of a service's terms: another item under the terms that hold when it is ordered; or what is booked, from when the
-- bundle is needed on, for so many of the facility's steps or as many hours as one of the bundle's questions says, for as
-- many people as another says.
create table service_part (
  estate_id uuid not null,
  item_id uuid not null,
  version int not null,
  -- In forms, before the names of its questions: `car`.
  slug text not null constraint service_part_slug_check check (slug ~ '^[a-z][a-z0-9_]{0,31}$'),
  position int not null,
  part_id uuid,
  facility text,
  steps int constraint service_part_steps_check check (steps between 1 and 1000),
  hours_from text,
  heads_from text,
  primary key (estate_id, item_id, version, slug),
  foreign key (estate_id, item_id, version) references service_terms (estate_id, item_id, version),
  foreign key (estate_id, part_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, facility) references facility (estate_id, slug),
  constraint service_part_position_key unique (estate_id, item_id, version, position),
  constraint service_part_kind_check check (
    part_id is not null and num_nonnulls(facility, steps, hours_from, heads_from) = 0
    or part_id is null and facility is not null and heads_from is not null and num_nonnulls(steps, hours_from) = 1)
);
create index service_part_part_id_idx on service_part (estate_id, part_id) where part_id is not null;
create trigger service_part_append_only before update or delete on service_part
  for each row execute function refuse_change();
create trigger service_part_no_truncate before truncate on service_part
  for each statement execute function refuse_change();

-- What a bundle costs follows from its answers: it has a price of its own, and each part says what it costs. It has no bundle
-- for a part.
create function check_service_part() returns trigger language plpgsql as $$
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
  if part.item_id is null or part.facility is not null or part.currency <> its.currency
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
create constraint trigger service_part_whole_check after insert on service_part
  deferrable initially deferred for each row execute function check_service_part();

-- The parts of an order, each under the terms of then, and what it costs: lines of its charge notice.
create table service_order_part (
  estate_id uuid not null,
  order_id uuid not null,
  slug text not null,
  position int not null,
  item_id uuid,
  terms_version int,
  answers jsonb not null constraint service_order_part_answers_check check (jsonb_typeof(answers) = 'object'),
  needed_at timestamptz,
  price_rule text not null
    constraint service_order_part_price_rule_check check (price_rule in ('free', 'fixed', 'hourly')),
  rate bigint not null constraint service_order_part_rate_check check (rate >= 0),
  minutes int constraint service_order_part_minutes_check check (minutes between 1 and 1000000),
  pieces int constraint service_order_part_pieces_check check (pieces between 1 and 100000),
  amount bigint not null constraint service_order_part_amount_check check (amount >= 0),
  -- What is booked for it.
  booking_id uuid,
  -- Who delivers it by its terms: a colleague, or a department; none: a firm does, or nobody has to.
  delivers_staff_id uuid,
  delivers_department_id uuid,
  primary key (estate_id, order_id, slug),
  foreign key (estate_id, order_id) references service_order (estate_id, id),
  foreign key (estate_id, item_id, terms_version) references service_terms (estate_id, item_id, version),
  foreign key (estate_id, booking_id) references booking (estate_id, id),
  foreign key (estate_id, delivers_staff_id) references staff_member (estate_id, id),
  foreign key (estate_id, delivers_department_id) references department (estate_id, id),
  constraint service_order_part_kind_check check (
    item_id is not null and terms_version is not null and booking_id is null
    or item_id is null and terms_version is null and booking_id is not null),
  constraint service_order_part_delivers_check check (
    num_nonnulls(delivers_staff_id, delivers_department_id) <= (item_id is not null)::int),
  constraint service_order_part_free_check check (price_rule <> 'free' or amount = 0)
);
create unique index service_order_part_booking_id_idx on service_order_part (estate_id, booking_id)
  where booking_id is not null;
create index service_order_part_delivers_staff_id_idx on service_order_part (estate_id, delivers_staff_id, order_id)
  where delivers_staff_id is not null;
create index service_order_part_delivers_department_id_idx
  on service_order_part (estate_id, delivers_department_id, order_id) where delivers_department_id is not null;
create trigger service_order_part_append_only before update or delete on service_order_part
  for each row execute function refuse_change();
create trigger service_order_part_no_truncate before truncate on service_order_part
  for each statement execute function refuse_change();

-- An order of a bundle has all of its parts, and costs what these cost with what the bundle costs itself.
create function check_service_lines() returns trigger language plpgsql as $$
declare
  changed jsonb := to_jsonb(new);
  its service_order;
  its_parts int;
begin
  select * into its from service_order o
  where o.estate_id = (changed ->> 'estate_id')::uuid and o.id = (changed ->> tg_argv[0])::uuid;
  select count(*) into its_parts from service_part p
  where p.estate_id = its.estate_id and p.item_id = its.item_id and p.version = its.terms_version;
  if its_parts <> (select count(*) from service_order_part l
    join service_part p on p.estate_id = l.estate_id and p.item_id = its.item_id and p.version = its.terms_version
      and p.slug = l.slug
    where l.estate_id = its.estate_id and l.order_id = its.id)
  then
    raise exception 'order % lacks a part', its.code using errcode = 'check_violation';
  end if;
  if its_parts > 0 and its.amount is distinct from its.rate + (
    select coalesce(sum(l.amount), 0) from service_order_part l where l.estate_id = its.estate_id and l.order_id = its.id)
  then
    raise exception 'order % does not add up', its.code using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger service_order_lines_check after insert or update on service_order
  deferrable initially deferred for each row execute function check_service_lines('id');
create constraint trigger service_order_part_lines_check after insert on service_order_part
  deferrable initially deferred for each row execute function check_service_lines('order_id');

-- How parts are read: those of terms, under what holds at an instant, and those of an order, under what held then.
create function service_parts_json(t service_terms, at timestamptz) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(all_parts.part order by all_parts.position) filter (where all_parts.part is not null), '[]')
  from (
    select p.position, case when p.part_id is not null then (
        select jsonb_build_object(
          'slug', p.slug, 'icon', i.icon, 'names', names_json(i.name_en, i.name_hans, i.name_hant), 'booked', null,
          'item', jsonb_build_object('id', i.id, 'terms', service_terms_json(i, n)))
        from catalogue_item i
        join service_terms n on n.estate_id = i.estate_id and n.item_id = i.id
          and n.version = service_version_at(i.estate_id, i.id, at)
        where i.estate_id = p.estate_id and i.id = p.part_id)
      else (
        select jsonb_build_object(
          'slug', p.slug, 'icon', f.icon, 'names', names_json(f.name_en, f.name_hans, f.name_hant), 'item', null,
          'booked', jsonb_build_object(
            'facility', f.slug, 'steps', p.steps, 'hours_from', p.hours_from, 'heads_from', p.heads_from))
        from facility f where f.estate_id = p.estate_id and f.slug = p.facility) end as part
    from service_part p
    where p.estate_id = t.estate_id and p.item_id = t.item_id and p.version = t.version) all_parts
$$;

-- Whether all that belongs to a service can be had: of a bundle each part is offered. What is no bundle always is whole.
create function has_all_parts(t service_terms, at timestamptz) returns boolean language sql stable as $$
  select not exists (
    select from service_part p
    left join catalogue_item i on i.estate_id = p.estate_id and i.id = p.part_id
    left join facility f on f.estate_id = p.estate_id and f.slug = p.facility
    where p.estate_id = t.estate_id and p.item_id = t.item_id and p.version = t.version
      and (i.retired_at is not null or f.retired_at is not null
        or p.part_id is not null and service_version_at(p.estate_id, p.part_id, at) is null))
$$;

-- Whether some of an order is somebody's to deliver now: all of it, or a part of a bundle.
create function delivers_any(o service_order, staff uuid, department uuid) returns boolean language sql stable as $$
  select delivers(o, staff, department) or is_to_deliver(o) and exists (
    select from service_order_part l
    where l.estate_id = o.estate_id and l.order_id = o.id
      and (l.delivers_staff_id = staff or l.delivers_department_id = department))
$$;

-- A service with its parts.
create function service_whole_json(i catalogue_item, t service_terms, at timestamptz) returns jsonb language sql stable as $$
  select jsonb_set(service_json(i, t), '{terms,parts}', service_parts_json(t, at))
$$;

create function service_order_part_json(l service_order_part) returns jsonb language sql stable as $$
  select case when l.item_id is not null then (
    select jsonb_build_object(
      'slug', l.slug, 'icon', i.icon, 'names', names_json(i.name_en, i.name_hans, i.name_hant),
      'terms', service_terms_json(i, t), 'answers', l.answers, 'needed_at', l.needed_at,
      'price_rule', l.price_rule, 'rate', l.rate, 'minutes', l.minutes, 'pieces', l.pieces, 'amount', l.amount,
      'booking', null)
    from catalogue_item i
    join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id and t.version = l.terms_version
    where i.estate_id = l.estate_id and i.id = l.item_id)
  else (
    select jsonb_build_object(
      'slug', l.slug, 'icon', f.icon, 'names', names_json(f.name_en, f.name_hans, f.name_hant),
      'terms', null, 'answers', l.answers, 'needed_at', l.needed_at,
      'price_rule', l.price_rule, 'rate', l.rate, 'minutes', l.minutes, 'pieces', l.pieces, 'amount', l.amount,
      'booking', booking_card_json(b))
    from booking b join facility f on f.estate_id = b.estate_id and f.id = b.facility_id
    where b.estate_id = l.estate_id and b.id = l.booking_id) end
$$;
