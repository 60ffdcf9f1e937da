-- What is left at the desk for somebody else: words that are passed on (A3), registered items and parcels, and what is only
-- counted (A5).

insert into legal_move (matter, from_stage, to_stage) values
  ('relay', '', 'open'),
  ('relay', 'open', 'passed'),
  ('mail_item', '', 'waiting'),
  ('mail_item', 'waiting', 'handed_out'),
  ('mail_item', 'waiting', 'sent_back');

-- To whom a contact of the kind `message` is passed on, and when and by which way it reached them. Who left it, their number
-- and their words stand in the register of contacts (A10).
create table relay (
  estate_id uuid not null,
  contact_id uuid not null,
  version int not null default 1,
  stage text not null,
  -- A household, perhaps one of it; or somebody of the office.
  unit_id uuid,
  party_id uuid,
  staff_id uuid,
  addressee text not null constraint relay_addressee_check check (char_length(addressee) between 1 and 120),
  is_urgent boolean not null,
  -- By when its sender wants to be called.
  call_by timestamptz,
  taken_at timestamptz not null,
  passed_at timestamptz,
  passed_how text constraint relay_passed_how_check check (passed_how in ('inbox', 'phone', 'in_person')),
  -- Who of the office told them; none: they read it themselves.
  passed_by uuid,
  primary key (estate_id, contact_id),
  foreign key (estate_id, contact_id) references contact (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, party_id) references party (estate_id, id),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id),
  foreign key (estate_id, passed_by) references staff_member (estate_id, id),
  constraint relay_to_check check ((unit_id is null) <> (staff_id is null) and (party_id is null or unit_id is not null)),
  constraint relay_passed_check check (
    (stage = 'passed') = (passed_at is not null) and (stage = 'passed') = (passed_how is not null)
    and (passed_by is not null) = coalesce(passed_how in ('phone', 'in_person'), false))
);
create index relay_open_idx on relay (estate_id, taken_at, contact_id) where stage = 'open';
create index relay_passed_idx on relay (estate_id, passed_at desc, contact_id desc) where stage = 'passed';
create index relay_unit_id_idx on relay (unit_id, taken_at desc) where unit_id is not null;
create trigger relay_moves before insert or update on relay for each row execute function refuse_illegal_move('relay');
create trigger relay_kept before delete on relay for each row execute function refuse_change();
create trigger relay_no_truncate before truncate on relay for each statement execute function refuse_change();

-- What is signed for: registered letters and parcels.
create table mail_item (
  estate_id uuid not null,
  id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  kind text not null constraint mail_item_kind_check check (kind in ('registered', 'parcel')),
  unit_id uuid not null,
  party_id uuid,
  addressee text not null constraint mail_item_addressee_check check (char_length(addressee) between 1 and 120),
  carrier text not null constraint mail_item_carrier_check check (char_length(carrier) between 1 and 80),
  number text constraint mail_item_number_check check (char_length(number) between 1 and 60),
  -- Where it lies.
  place text not null constraint mail_item_place_check check (char_length(place) between 1 and 80),
  arrived_at timestamptz not null,
  taken_by uuid not null,
  -- It is kept until then, under the policy of when it arrived; and when the desk was told that this is over.
  policy_version int not null,
  due_at timestamptz not null,
  told_due_at timestamptz,
  -- Why it went back.
  reason text constraint mail_item_reason_check check (char_length(reason) between 1 and 500),
  ended_by uuid,
  primary key (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, party_id) references party (estate_id, id),
  foreign key (estate_id, taken_by) references staff_member (estate_id, id),
  foreign key (estate_id, ended_by) references staff_member (estate_id, id),
  foreign key (estate_id, policy_version) references policy (estate_id, version),
  constraint mail_item_due_check check (due_at > arrived_at),
  constraint mail_item_registered_check check (kind <> 'registered' or number is not null),
  constraint mail_item_ended_check check ((stage = 'waiting') = (ended_by is null)),
  constraint mail_item_sent_back_check check ((stage = 'sent_back') = (reason is not null))
);
create index mail_item_waiting_idx on mail_item (estate_id, arrived_at, id) where stage = 'waiting';
create index mail_item_due_at_idx on mail_item (due_at) where stage = 'waiting' and told_due_at is null;
create index mail_item_unit_id_idx on mail_item (unit_id, arrived_at desc);
create index mail_item_arrived_at_idx on mail_item (estate_id, arrived_at);
create index mail_item_stage_at_idx on mail_item (estate_id, stage_at) where stage <> 'waiting';
create trigger mail_item_moves before insert or update on mail_item
  for each row execute function refuse_illegal_move('mail_item');
create trigger mail_item_kept before delete on mail_item for each row execute function refuse_change();
create trigger mail_item_no_truncate before truncate on mail_item for each statement execute function refuse_change();

-- Who signed for an item, and how.
create table mail_receipt (
  estate_id uuid not null,
  item_id uuid not null,
  id uuid not null,
  means text not null constraint mail_receipt_means_check check (means in ('glass', 'tick')),
  signer_name text not null constraint mail_receipt_signer_name_check check (char_length(signer_name) between 1 and 80),
  strokes jsonb,
  image text,
  handed_by uuid not null,
  signed_at timestamptz not null,
  primary key (estate_id, item_id),
  foreign key (estate_id, item_id) references mail_item (estate_id, id),
  foreign key (estate_id, handed_by) references staff_member (estate_id, id),
  constraint mail_receipt_id_key unique (estate_id, id),
  constraint mail_receipt_drawn_check check (
    (means = 'glass') = (strokes is not null) and (means = 'glass') = (image is not null))
);
create trigger mail_receipt_append_only before update or delete on mail_receipt
  for each row execute function refuse_change();
create trigger mail_receipt_no_truncate before truncate on mail_receipt
  for each statement execute function refuse_change();

-- Nothing is handed out unsigned, and what was signed for was handed out.
create function check_mail_receipt() returns trigger language plpgsql as $$
declare
  changed jsonb := to_jsonb(new);
  its mail_item;
begin
  select * into its from mail_item i
  where i.estate_id = (changed ->> 'estate_id')::uuid and i.id = (changed ->> tg_argv[0])::uuid;
  if (its.stage = 'handed_out') <> exists (
    select from mail_receipt r where r.estate_id = its.estate_id and r.item_id = its.id)
  then
    raise exception 'what is handed out is signed for' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger mail_item_receipt_check after insert or update on mail_item
  deferrable initially deferred for each row execute function check_mail_receipt('id');
create constraint trigger mail_receipt_item_check after insert on mail_receipt
  deferrable initially deferred for each row execute function check_mail_receipt('item_id');

-- What is only counted: letters and newspapers, in and out, by day. A miscount is corrected by another row.
create table mail_count (
  estate_id uuid not null references estate (id),
  id uuid not null,
  on_date date not null,
  kind text not null constraint mail_count_kind_check check (kind in ('letter', 'newspaper')),
  way text not null constraint mail_count_way_check check (way in ('in', 'out')),
  pieces int not null constraint mail_count_pieces_check check (pieces <> 0 and pieces between -100000 and 100000),
  note text constraint mail_count_note_check check (char_length(note) between 1 and 500),
  counted_by uuid not null,
  counted_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, counted_by) references staff_member (estate_id, id),
  constraint mail_count_corrects_check check (pieces > 0 or note is not null)
);
create index mail_count_on_date_idx on mail_count (estate_id, on_date, counted_at);
create trigger mail_count_append_only before update or delete on mail_count for each row execute function refuse_change();
create trigger mail_count_no_truncate before truncate on mail_count for each statement execute function refuse_change();

-- Letters of the office to owners: one a unit, in the order in which somebody walks them; how many went out.
create table letter_batch (
  estate_id uuid not null references estate (id),
  id uuid not null,
  title text not null constraint letter_batch_title_check check (char_length(title) between 1 and 120),
  -- None: all of them.
  building_id uuid,
  prepared_by uuid not null,
  prepared_at timestamptz not null,
  sent_pieces int constraint letter_batch_sent_pieces_check check (sent_pieces >= 0),
  sent_note text constraint letter_batch_sent_note_check check (char_length(sent_note) between 1 and 500),
  sent_by uuid,
  sent_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, building_id) references building (estate_id, id),
  foreign key (estate_id, prepared_by) references staff_member (estate_id, id),
  foreign key (estate_id, sent_by) references staff_member (estate_id, id),
  constraint letter_batch_sent_check check (num_nulls(sent_pieces, sent_by, sent_at) in (0, 3))
);
create index letter_batch_prepared_at_idx on letter_batch (estate_id, prepared_at desc, id desc);
create trigger letter_batch_kept before delete on letter_batch for each row execute function refuse_change();
create trigger letter_batch_no_truncate before truncate on letter_batch
  for each statement execute function refuse_change();

create table owner_letter (
  estate_id uuid not null,
  batch_id uuid not null,
  unit_id uuid not null,
  primary key (estate_id, batch_id, unit_id),
  foreign key (estate_id, batch_id) references letter_batch (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id)
);
create trigger owner_letter_append_only before update or delete on owner_letter
  for each row execute function refuse_change();
create trigger owner_letter_no_truncate before truncate on owner_letter
  for each statement execute function refuse_change();

-- No more go out than there are, those that did not go out have a reason, and what went out stands.
create function check_letters_sent() returns trigger language plpgsql as $$
declare
  pieces bigint;
begin
  if old.sent_at is not null then
    raise exception 'what went out stands' using errcode = 'restrict_violation';
  end if;
  select count(*) into pieces from owner_letter where estate_id = new.estate_id and batch_id = new.id;
  if new.sent_pieces > pieces or new.sent_pieces < pieces and new.sent_note is null then
    raise exception 'of % letters % went out', pieces, new.sent_pieces using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger letter_batch_sent before update on letter_batch for each row execute function check_letters_sent();

-- Whether what was left for a unit, or one of its people, is for somebody who has these homes, as these people, since then:
-- what came for whoever lived there before is not.
create function is_left_for(units uuid[], parties uuid[], first_days date[], of_estate uuid, of_unit uuid, of_party uuid,
  left_at timestamptz) returns boolean language sql stable as $$
  select exists (
    select from unnest(units, parties, first_days) as home (unit_id, party_id, from_on)
    join estate e on e.id = of_estate
    where home.unit_id = of_unit and (of_party is null or home.party_id = of_party)
      and left_at >= home.from_on::timestamp at time zone e.zone)
$$;

-- How they are read.
create function unit_json(u unit, b building) returns jsonb language sql stable as $$
  select jsonb_build_object('id', u.id, 'number', u.number, 'kind', u.kind,
    'building', names_json(b.name_en, b.name_hans, b.name_hant))
$$;

create function relay_json(r relay) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', r.contact_id, 'estate', r.estate_id, 'version', r.version, 'unit', r.unit_id, 'party', r.party_id,
    'staff', r.staff_id, 'addressee', r.addressee, 'is_urgent', r.is_urgent, 'call_by', r.call_by,
    'taken_at', r.taken_at, 'passed_at', r.passed_at, 'passed_how', r.passed_how,
    'caller', coalesce(c.caller, ''), 'phone', c.phone, 'words', c.words,
    'home', (select unit_json(u, b) from unit u
      join building b on b.estate_id = u.estate_id and b.id = u.building_id
      where u.estate_id = r.estate_id and u.id = r.unit_id))
  from contact c where c.estate_id = r.estate_id and c.id = r.contact_id
$$;

create function mail_item_json(i mail_item) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', i.id, 'estate', i.estate_id, 'version', i.version, 'stage', i.stage, 'stage_at', i.stage_at, 'kind', i.kind,
    'unit', i.unit_id, 'party', i.party_id, 'addressee', i.addressee, 'carrier', i.carrier, 'number', i.number,
    'place', i.place, 'arrived_at', i.arrived_at, 'due_at', i.due_at, 'told_due_at', i.told_due_at, 'reason', i.reason,
    'home', unit_json(u, b),
    'receipt', (select jsonb_build_object('id', r.id, 'means', r.means, 'signer', r.signer_name, 'signed_at', r.signed_at)
      from mail_receipt r where r.estate_id = i.estate_id and r.item_id = i.id))
  from unit u join building b on b.estate_id = u.estate_id and b.id = u.building_id
  where u.estate_id = i.estate_id and u.id = i.unit_id
$$;
