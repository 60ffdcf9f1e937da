-- Places and the people bound to them. Every business row names its estate first in its key:
-- no reference can cross from one estate into another.

create extension if not exists pg_trgm;
create extension if not exists btree_gist;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create table estate (
  id uuid primary key,
  name_en text not null,
  name_hans text not null,
  name_hant text not null,
  zone text not null,
  desk_phone text not null,
  emergency_phone text not null,
  duty_officer_id uuid,
  code_prefix text not null constraint estate_code_prefix_check check (code_prefix ~ '^[A-Z]{2}$'),
  constraint estate_code_prefix_key unique (code_prefix)
);

create table building (
  estate_id uuid not null references estate (id),
  id uuid not null,
  position int not null,
  kind text not null constraint building_kind_check check (kind in ('residential', 'office')),
  name_en text not null,
  name_hans text not null,
  name_hant text not null,
  floors int not null constraint building_floors_check check (floors between 1 and 200),
  primary key (estate_id, id)
);

-- A place that belongs to everybody: a lobby, a lift, the garage.
create table common_area (
  estate_id uuid not null,
  id uuid not null,
  building_id uuid,
  position int not null,
  name_en text not null,
  name_hans text not null,
  name_hant text not null,
  primary key (estate_id, id),
  foreign key (estate_id, building_id) references building (estate_id, id)
);

create table unit (
  estate_id uuid not null,
  id uuid not null,
  building_id uuid not null,
  floor int not null,
  stack text not null,
  number text not null,
  kind text not null constraint unit_kind_check check (kind in ('flat', 'shop', 'office')),
  area_cm2 bigint not null constraint unit_area_cm2_check check (area_cm2 > 0),
  primary key (estate_id, id),
  foreign key (estate_id, building_id) references building (estate_id, id),
  constraint unit_number_key unique (estate_id, building_id, number)
);

create table department (
  estate_id uuid not null references estate (id),
  id uuid not null,
  slug text not null,
  position int not null,
  name_en text not null,
  name_hans text not null,
  name_hant text not null,
  primary key (estate_id, id),
  constraint department_slug_key unique (estate_id, slug)
);

-- One sign-in. What it may see hangs on the parties and staff memberships that point to it.
create table account (
  id uuid primary key,
  sign_in text not null,
  password_hash text not null,
  -- As long as a party's: an invitation names the account after its party.
  name text not null constraint account_name_check check (char_length(name) between 1 and 120),
  lang text not null constraint account_lang_check check (lang in ('en', 'zh-Hans', 'zh-Hant')),
  theme text not null default 'auto' constraint account_theme_check check (theme in ('auto', 'light', 'dark')),
  large_text boolean not null default false,
  -- Made by the demo's seed, never by an invitation: in demo mode anybody may sign in as this person.
  is_demo boolean not null default false,
  created_at timestamptz not null,
  disabled_at timestamptz,
  constraint account_sign_in_key unique (sign_in),
  constraint account_sign_in_check check (sign_in = lower(sign_in) and char_length(sign_in) between 3 and 80)
);

create table party (
  estate_id uuid not null references estate (id),
  id uuid not null,
  kind text not null constraint party_kind_check check (kind in ('person', 'organisation')),
  name text not null constraint party_name_check check (char_length(name) between 1 and 120),
  latin_name text,
  phone text,
  primary key (estate_id, id)
);

-- The accounts that act for a party: the person itself, or the contacts of a company.
create table party_account (
  estate_id uuid not null,
  party_id uuid not null,
  account_id uuid not null references account (id),
  primary key (estate_id, party_id, account_id),
  foreign key (estate_id, party_id) references party (estate_id, id)
);
create index party_account_account_id_idx on party_account (account_id);

create table occupancy (
  estate_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  party_id uuid not null,
  kind text not null constraint occupancy_kind_check check (kind in ('owner', 'tenant', 'relative', 'borrower')),
  from_on date not null,
  to_on date,
  primary key (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, party_id) references party (estate_id, id),
  constraint occupancy_to_on_check check (to_on is null or to_on >= from_on)
);
create index occupancy_unit_id_idx on occupancy (estate_id, unit_id);
create index occupancy_party_id_idx on occupancy (estate_id, party_id);

create table staff_member (
  estate_id uuid not null,
  id uuid not null,
  account_id uuid not null references account (id),
  department_id uuid not null,
  phone text,
  left_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, department_id) references department (estate_id, id),
  constraint staff_member_account_id_key unique (estate_id, account_id)
);
create index staff_member_account_id_idx on staff_member (account_id);
create index staff_member_department_id_idx on staff_member (estate_id, department_id);

create table staff_role (
  estate_id uuid not null,
  staff_id uuid not null,
  role text not null constraint staff_role_role_check check (role in (
    'receptionist', 'assistant', 'coordinator', 'technician', 'cleaner', 'guard', 'gardener',
    'supervisor', 'head', 'fee_collector', 'site_manager', 'hq', 'administrator')),
  granted_by uuid references account (id),
  granted_at timestamptz not null,
  primary key (estate_id, staff_id, role),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id)
);

alter table estate add constraint estate_duty_officer_id_fkey
  foreign key (id, duty_officer_id) references staff_member (estate_id, id) deferrable initially deferred;
