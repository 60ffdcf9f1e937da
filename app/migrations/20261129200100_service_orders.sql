-- What is ordered of the catalogue, paid or free: asked for, quoted, signed, delivered, accepted, billed (J5). Nothing that
-- costs something is begun before its charge notice is signed, and what was signed never changes.

insert into legal_move (matter, from_stage, to_stage) values
  ('service_order', '', 'requested'),
  ('service_order', 'requested', 'quoted'),
  ('service_order', 'requested', 'delivering'),
  ('service_order', 'requested', 'declined'),
  ('service_order', 'requested', 'withdrawn'),
  ('service_order', 'quoted', 'signed'),
  ('service_order', 'quoted', 'declined'),
  ('service_order', 'quoted', 'withdrawn'),
  ('service_order', 'quoted', 'lapsed'),
  ('service_order', 'signed', 'delivering'),
  ('service_order', 'signed', 'declined'),
  ('service_order', 'signed', 'withdrawn'),
  ('service_order', 'delivering', 'delivered'),
  ('service_order', 'delivering', 'declined'),
  ('service_order', 'delivering', 'withdrawn'),
  ('service_order', 'delivered', 'accepted'),
  ('service_order', 'delivered', 'unconfirmed'),
  ('service_order', 'delivered', 'rework'),
  ('service_order', 'delivered', 'referred'),
  ('service_order', 'rework', 'delivering'),
  ('service_order', 'rework', 'declined'),
  ('service_order', 'rework', 'referred'),
  ('service_order', 'accepted', 'billed'),
  ('service_order', 'accepted', 'archived'),
  ('service_order', 'unconfirmed', 'billed'),
  ('service_order', 'unconfirmed', 'archived'),
  ('service_order', 'billed', 'referred'),
  ('service_order', 'billed', 'archived'),
  ('service_order', 'referred', 'archived');

create table service_order (
  estate_id uuid not null,
  id uuid not null,
  code text not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  item_id uuid not null,
  terms_version int not null,
  -- For which household, and for whom; where the office ordered it for them, who did.
  unit_id uuid not null,
  account_id uuid not null references account (id),
  ordered_by uuid,
  -- Whether the office has it in its own name, because nobody there has an account.
  by_office boolean not null constraint service_order_by_office_check check (not by_office or ordered_by is not null),
  -- The one who answers for it.
  accountable_id uuid not null,
  -- Who delivers it by its terms: a colleague, or a department; none: a firm does.
  delivers_staff_id uuid,
  delivers_department_id uuid,
  -- To the questions of its terms, by their slugs.
  answers jsonb not null constraint service_order_answers_check check (jsonb_typeof(answers) = 'object'),
  note text constraint service_order_note_check check (char_length(note) between 1 and 500),
  -- When it is wanted.
  needed_at timestamptz,
  -- The price as it stood when it was ordered, and what is reckoned from it.
  price_rule text not null
    constraint service_order_price_rule_check check (price_rule in ('free', 'fixed', 'hourly', 'quote')),
  rate bigint not null constraint service_order_rate_check check (rate >= 0),
  currency text not null,
  minutes int constraint service_order_minutes_check check (minutes between 1 and 1000000),
  pieces int constraint service_order_pieces_check check (pieces between 1 and 100000),
  amount bigint constraint service_order_amount_check check (amount >= 0),
  quote_note text constraint service_order_quote_note_check check (char_length(quote_note) between 1 and 500),
  -- The time that its person was told last, and when it came.
  promised_at timestamptz,
  arrived_at timestamptz,
  -- Since when the work is owed: made, signed, or sent back last.
  owed_since timestamptz not null,
  -- Whether it came when it was promised, the first time; what is done again does not change that.
  first_in_time boolean,
  -- Who brings it, where the office gets it from somebody.
  agency text constraint service_order_agency_check check (char_length(agency) between 1 and 120),
  -- When something is owed next, and when it was told that it was not done by then.
  due_at timestamptz,
  told_late_at timestamptz,
  -- Why it was declined, withdrawn, sent back or refused.
  reason text constraint service_order_reason_check check (char_length(reason) between 1 and 500),
  accepted_at timestamptz,
  unconfirmed_at timestamptz,
  -- How it was, on the four axes (A16), from whoever had it.
  attitude int constraint service_order_attitude_check check (attitude between 1 and 5),
  conduct int constraint service_order_conduct_check check (conduct between 1 and 5),
  speed int constraint service_order_speed_check check (speed between 1 and 5),
  result int constraint service_order_result_check check (result between 1 and 5),
  rated_words text constraint service_order_rated_words_check check (char_length(rated_words) between 1 and 500),
  rated_at timestamptz,
  made_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, item_id, terms_version) references service_terms (estate_id, item_id, version),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, ordered_by) references staff_member (estate_id, id),
  foreign key (estate_id, accountable_id) references staff_member (estate_id, id),
  foreign key (estate_id, delivers_staff_id) references staff_member (estate_id, id),
  foreign key (estate_id, delivers_department_id) references department (estate_id, id),
  constraint service_order_delivers_check check (num_nonnulls(delivers_staff_id, delivers_department_id) <= 1),
  constraint service_order_code_key unique (estate_id, code),
  constraint service_order_quoted_check check (amount is not null or stage in ('requested', 'declined', 'withdrawn')),
  constraint service_order_free_check check (price_rule <> 'free' or amount = 0),
  constraint service_order_due_check check (
    (due_at is not null) = (stage in ('requested', 'quoted', 'signed', 'delivering', 'delivered', 'rework'))),
  constraint service_order_arrived_check check (
    arrived_at is not null or stage not in ('delivered', 'accepted', 'unconfirmed', 'billed')),
  constraint service_order_ended_check check (accepted_at is null or unconfirmed_at is null),
  constraint service_order_rated_check check (
    num_nulls(attitude, conduct, speed, result, rated_at) = 5 or num_nulls(attitude, conduct, speed, result, rated_at) = 0
      and num_nonnulls(accepted_at, unconfirmed_at) = 1)
);
create trigger service_order_moves before insert or update on service_order
  for each row execute function refuse_illegal_move('service_order');
create trigger service_order_kept before delete on service_order for each row execute function refuse_change();
create trigger service_order_no_truncate before truncate on service_order
  for each statement execute function refuse_change();
-- What the office looks at, by when something is owed, and those who deliver it; a person's own, what is under way first; what
-- is due by itself; who answers for what.
create index service_order_queue_idx on service_order (estate_id, due_at, id) where due_at is not null;
create index service_order_delivers_staff_id_idx on service_order (estate_id, delivers_staff_id, due_at, id)
  where due_at is not null and delivers_staff_id is not null;
create index service_order_delivers_department_id_idx on service_order (estate_id, delivers_department_id, due_at, id)
  where due_at is not null and delivers_department_id is not null;
create index service_order_over_idx on service_order (estate_id, stage_at desc, id desc) where due_at is null;
create index service_order_account_id_idx on service_order (account_id, (due_at is null), made_at desc, id desc)
  where not by_office;
create index service_order_due_at_idx on service_order (due_at) where due_at is not null and told_late_at is null;
create index service_order_accountable_id_idx on service_order (estate_id, accountable_id) where due_at is not null;

-- The charge notice: the service, the time, the rate and the sum, as they were signed before any work (J5). One an order.
create table charge_notice (
  estate_id uuid not null,
  order_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  terms_version int not null,
  needed_at timestamptz,
  price_rule text not null,
  rate bigint not null,
  currency text not null,
  minutes int,
  pieces int,
  amount bigint not null,
  -- Confirmed by whoever ordered it, or signed at the desk: on glass, or by a typed name and a tick.
  means text not null constraint charge_notice_means_check check (means in ('confirm', 'glass', 'tick')),
  signer_name text not null constraint charge_notice_signer_name_check check (char_length(signer_name) between 1 and 80),
  signed_by uuid references account (id),
  taken_by uuid,
  strokes jsonb,
  image text,
  signed_at timestamptz not null,
  primary key (estate_id, order_id),
  foreign key (estate_id, order_id) references service_order (estate_id, id),
  foreign key (estate_id, item_id, terms_version) references service_terms (estate_id, item_id, version),
  foreign key (estate_id, taken_by) references staff_member (estate_id, id),
  constraint charge_notice_id_key unique (estate_id, id),
  constraint charge_notice_drawn_check check (
    (means = 'glass') = (strokes is not null) and (means = 'glass') = (image is not null)),
  constraint charge_notice_signer_check check (
    (means = 'confirm') = (signed_by is not null) and (means <> 'confirm') = (taken_by is not null))
);
create trigger charge_notice_append_only before update or delete on charge_notice
  for each row execute function refuse_change();
create trigger charge_notice_no_truncate before truncate on charge_notice
  for each statement execute function refuse_change();

-- Every time that was told of an order; the last one holds.
create table service_promise (
  estate_id uuid not null,
  order_id uuid not null,
  number int not null constraint service_promise_number_check check (number > 0),
  due_at timestamptz not null,
  reason text constraint service_promise_reason_check check (char_length(reason) between 1 and 500),
  -- None: what its terms promise by themselves.
  made_by uuid,
  made_at timestamptz not null,
  primary key (estate_id, order_id, number),
  foreign key (estate_id, order_id) references service_order (estate_id, id),
  foreign key (estate_id, made_by) references staff_member (estate_id, id)
);
create trigger service_promise_append_only before update or delete on service_promise
  for each row execute function refuse_change();
create trigger service_promise_no_truncate before truncate on service_promise
  for each statement execute function refuse_change();

-- What the office asked, heard and did about an order, with whom.
create table service_note (
  estate_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  words text not null constraint service_note_words_check check (char_length(words) between 1 and 500),
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, order_id) references service_order (estate_id, id),
  foreign key (estate_id, written_by) references staff_member (estate_id, id)
);
create index service_note_order_id_idx on service_note (estate_id, order_id, written_at);
create trigger service_note_append_only before update or delete on service_note
  for each row execute function refuse_change();
create trigger service_note_no_truncate before truncate on service_note
  for each statement execute function refuse_change();

-- What was ordered stays, what was signed stays as it was signed, and only what is free is begun without a signature.
create function refuse_service_change() returns trigger language plpgsql as $$
begin
  if (new.item_id, new.terms_version, new.unit_id, new.account_id, new.price_rule, new.rate, new.currency, new.made_at,
      new.delivers_staff_id, new.delivers_department_id)
    is distinct from
    (old.item_id, old.terms_version, old.unit_id, old.account_id, old.price_rule, old.rate, old.currency, old.made_at,
      old.delivers_staff_id, old.delivers_department_id)
  then
    raise exception 'what was ordered stands' using errcode = 'restrict_violation';
  end if;
  if old.stage not in ('requested', 'quoted') and (new.amount, new.minutes, new.pieces, new.needed_at)
    is distinct from (old.amount, old.minutes, old.pieces, old.needed_at)
  then
    raise exception 'what was signed stands' using errcode = 'restrict_violation';
  end if;
  if old.stage = 'requested' and new.stage = 'delivering' and new.price_rule <> 'free' then
    raise exception 'nothing that is paid begins without a signature' using errcode = 'check_violation';
  end if;
  if old.stage = 'delivering' and new.stage = 'withdrawn' and new.price_rule <> 'free' then
    raise exception 'what is paid and begun is not withdrawn' using errcode = 'check_violation';
  end if;
  if old.first_in_time is not null and new.first_in_time is distinct from old.first_in_time then
    raise exception 'when it came first stands' using errcode = 'restrict_violation';
  end if;
  if old.stage in ('accepted', 'unconfirmed') and new.stage = 'archived' and new.amount > 0 then
    raise exception 'what is paid is billed first' using errcode = 'check_violation';
  end if;
  if old.rated_at is not null and (new.attitude, new.conduct, new.speed, new.result, new.rated_words, new.rated_at)
    is distinct from (old.attitude, old.conduct, old.speed, old.result, old.rated_words, old.rated_at)
  then
    raise exception 'it is rated once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger service_order_stands before update on service_order
  for each row execute function refuse_service_change();

-- Whatever is paid and under way, or was, has its notice, over that very sum; whatever is not signed has none.
create function check_charge_notice() returns trigger language plpgsql as $$
declare
  changed jsonb := to_jsonb(new);
  its service_order;
  notice charge_notice;
begin
  select * into its from service_order o
  where o.estate_id = (changed ->> 'estate_id')::uuid and o.id = (changed ->> tg_argv[0])::uuid;
  select * into notice from charge_notice n where n.estate_id = its.estate_id and n.order_id = its.id;
  if notice.id is null then
    if its.price_rule <> 'free' and its.stage not in ('requested', 'quoted', 'declined', 'withdrawn', 'lapsed') then
      raise exception 'order % was not signed', its.code using errcode = 'check_violation';
    end if;
  elsif its.stage in ('requested', 'quoted', 'lapsed') or its.price_rule = 'free'
    or (notice.item_id, notice.terms_version, notice.rate, notice.currency, notice.minutes, notice.pieces, notice.amount)
      is distinct from (its.item_id, its.terms_version, its.rate, its.currency, its.minutes, its.pieces, its.amount)
  then
    raise exception 'order % is not what was signed', its.code using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger service_order_notice_check after insert or update on service_order
  deferrable initially deferred for each row execute function check_charge_notice('id');
create constraint trigger charge_notice_order_check after insert on charge_notice
  deferrable initially deferred for each row execute function check_charge_notice('order_id');

-- How orders are read.
create function service_order_json(o service_order) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', o.id, 'estate', o.estate_id, 'code', o.code, 'version', o.version, 'stage', o.stage, 'stage_at', o.stage_at,
    'item', o.item_id, 'terms', o.terms_version, 'unit', o.unit_id, 'account', o.account_id,
    'ordered_by', o.ordered_by, 'by_office', o.by_office, 'accountable', o.accountable_id, 'answers', o.answers,
    'note', o.note,
    'needed_at', o.needed_at, 'price_rule', o.price_rule, 'rate', o.rate, 'currency', o.currency,
    'minutes', o.minutes, 'pieces', o.pieces, 'amount', o.amount, 'quote_note', o.quote_note,
    'promised_at', o.promised_at, 'arrived_at', o.arrived_at, 'owed_since', o.owed_since,
    'first_in_time', o.first_in_time, 'agency', o.agency, 'due_at', o.due_at,
    'told_late_at', o.told_late_at, 'reason', o.reason, 'accepted_at', o.accepted_at,
    'unconfirmed_at', o.unconfirmed_at, 'rated_words', o.rated_words, 'made_at', o.made_at,
    'rating', case when o.rated_at is not null then jsonb_build_object(
      'attitude', o.attitude, 'conduct', o.conduct, 'speed', o.speed, 'result', o.result) end)
$$;

create function service_card_json(o service_order) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'order', service_order_json(o), 'icon', i.icon, 'slug', i.slug,
    'service', names_json(i.name_en, i.name_hans, i.name_hant))
  from catalogue_item i where i.estate_id = o.estate_id and i.id = o.item_id
$$;

-- As the office sees it: for which household it is, for whom, and who answers for it.
create function service_entry_json(o service_order) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'card', service_card_json(o), 'person', a.name, 'holder', s.name,
    'home', jsonb_build_object(
      'id', u.id, 'number', u.number, 'kind', u.kind,
      'building', names_json(h.name_en, h.name_hans, h.name_hant)))
  from unit u
  join building h on h.estate_id = u.estate_id and h.id = u.building_id
  join account a on a.id = o.account_id
  join staff_member m on m.estate_id = o.estate_id and m.id = o.accountable_id
  join account s on s.id = m.account_id
  where u.estate_id = o.estate_id and u.id = o.unit_id
$$;
