-- What was done where there was no signal arrives later. When it was done by the device's own clock is kept beside the
-- server's time, with the milliseconds by which the server's clock was ahead of it on arrival: told, and never trusted.
alter table happening add column made_at timestamptz;
alter table happening add column skew_ms bigint;
alter table happening add constraint happening_made_at_check check ((made_at is null) = (skew_ms is null));

-- A large photo comes in parts: broken off, it goes on from its last whole part. Only who began it sees it. Kept until
-- the sweep, so that whoever lost the answer learns which photo it became.
create table upload (
  estate_id uuid not null references estate (id),
  account_id uuid not null references account (id),
  key uuid not null,
  size int not null check (size between 1 and 12000000),
  -- Of the whole file, by SHA-256: under its key no other comes.
  digest bytea not null check (octet_length(digest) = 32),
  -- Bytes that have come.
  arrived int not null default 0,
  begun_at timestamptz not null,
  photo_id uuid,
  primary key (estate_id, account_id, key),
  unique (account_id, key),
  constraint upload_arrived_check check (arrived between 0 and size),
  constraint upload_photo_id_check check (photo_id is null or arrived = size),
  foreign key (estate_id, photo_id) references photo (estate_id, id) on delete cascade
);
create index upload_begun_at_idx on upload (begun_at);
create index upload_photo_id_idx on upload (estate_id, photo_id);

create table upload_part (
  estate_id uuid not null,
  account_id uuid not null,
  key uuid not null,
  from_byte int not null check (from_byte >= 0),
  bytes bytea not null check (octet_length(bytes) between 1 and 524288),
  primary key (estate_id, account_id, key, from_byte),
  foreign key (estate_id, account_id, key) references upload (estate_id, account_id, key) on delete cascade
);
