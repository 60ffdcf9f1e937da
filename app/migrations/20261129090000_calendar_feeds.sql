-- Calendars that other programs read behind a private address. Of its secret only a hash is kept; a new address replaces the
-- old one, and whoever has that finds nothing there any more.

-- A person's own bookings, in whichever estate they are.
create table person_feed (
  account_id uuid primary key references account (id),
  secret_hash bytea not null,
  made_at timestamptz not null,
  constraint person_feed_secret_hash_key unique (secret_hash)
);

-- A facility's. Everybody at the desk has an address of their own, which ends with their time there.
create table facility_feed (
  estate_id uuid not null,
  facility_id uuid not null,
  staff_id uuid not null,
  secret_hash bytea not null,
  made_at timestamptz not null,
  primary key (estate_id, facility_id, staff_id),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id),
  constraint facility_feed_secret_hash_key unique (secret_hash)
);

-- A facility's bookings, those that were given back among them.
create index booking_feed_idx on booking (estate_id, facility_id, starts_at) where stage not in ('held', 'expired');
