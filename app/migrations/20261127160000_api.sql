-- How other programs come in: keys that the office gives them, and what they brought.

-- Only a hash of the secret is kept, and its first characters, by which people tell keys apart.
create table api_key (
  estate_id uuid not null references estate (id),
  id uuid not null,
  name text not null constraint api_key_name_check check (char_length(name) between 1 and 80),
  prefix text not null,
  secret_hash bytea not null,
  made_by uuid not null,
  made_at timestamptz not null,
  -- To the hour: enough to see which keys nobody needs any more.
  used_at timestamptz,
  revoked_by uuid,
  revoked_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, made_by) references staff_member (estate_id, id),
  foreign key (estate_id, revoked_by) references staff_member (estate_id, id),
  constraint api_key_secret_hash_key unique (secret_hash),
  constraint api_key_revoked_at_check check ((revoked_at is null) = (revoked_by is null))
);
create trigger api_key_kept before delete on api_key
  for each row execute function refuse_change();
-- What was revoked stays revoked.
create trigger api_key_revoked before update on api_key
  for each row when (old.revoked_at is not null) execute function refuse_change();

-- What came with a request that a program filed, as it was sent.
create table api_report (
  estate_id uuid not null,
  request_id uuid not null,
  key_id uuid not null,
  -- The idempotency key under which it was filed, by which the program finds it again.
  token uuid,
  first_name text,
  last_name text,
  email text,
  phone text,
  account_id text,
  device_id text,
  address text,
  lat double precision,
  long double precision,
  media_url text,
  at timestamptz not null,
  primary key (estate_id, request_id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, key_id) references api_key (estate_id, id),
  constraint api_report_token_key unique (estate_id, key_id, token)
);
create index api_report_key_id_idx on api_report (estate_id, key_id, at desc);
create trigger api_report_append_only before update or delete on api_report
  for each row execute function refuse_change();
create trigger api_report_no_truncate before truncate on api_report
  for each statement execute function refuse_change();
