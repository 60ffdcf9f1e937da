-- Lobby screens are devices of an estate: each stands at a place in common, and comes in by a credential of its own.

-- Only a hash of the credential is kept; none until the screen has collected it.
create table screen (
  estate_id uuid not null references estate (id),
  id uuid not null,
  name text not null constraint screen_name_check check (char_length(name) between 1 and 80),
  area_id uuid not null,
  token_hash bytea,
  enrolled_by uuid not null,
  enrolled_at timestamptz not null,
  -- When it last asked for its board, to the minute, and which build it runs.
  seen_at timestamptz,
  build text constraint screen_build_check check (char_length(build) between 1 and 40),
  revoked_by uuid,
  revoked_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, area_id) references common_area (estate_id, id),
  foreign key (estate_id, enrolled_by) references staff_member (estate_id, id),
  foreign key (estate_id, revoked_by) references staff_member (estate_id, id),
  constraint screen_token_hash_key unique (token_hash),
  constraint screen_revoked_at_check check ((revoked_at is null) = (revoked_by is null)),
  constraint screen_seen_at_check check (seen_at is null or token_hash is not null)
);
create trigger screen_kept before delete on screen
  for each row execute function refuse_change();
create trigger screen_no_truncate before truncate on screen
  for each statement execute function refuse_change();
-- What was revoked stays revoked.
create trigger screen_revoked before update on screen
  for each row when (old.revoked_at is not null) execute function refuse_change();
-- A credential is given once, and to no other estate.
create trigger screen_token_hash_kept before update of token_hash, estate_id on screen
  for each row when (old.token_hash is not null and new.token_hash is distinct from old.token_hash
    or new.estate_id <> old.estate_id) execute function refuse_change();

-- A browser that asks to become a screen. Its secret lies in its own cookie, and the code that staff type comes of the
-- secret: both are kept as hashes, for a quarter of an hour. Until staff let it in it belongs to no estate.
create table screen_ask (
  secret_hash bytea primary key,
  code_hash bytea not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  estate_id uuid,
  screen_id uuid,
  constraint screen_ask_code_hash_key unique (code_hash),
  constraint screen_ask_screen_id_key unique (estate_id, screen_id),
  constraint screen_ask_screen_id_check check ((estate_id is null) = (screen_id is null)),
  foreign key (estate_id, screen_id) references screen (estate_id, id)
);
create index screen_ask_expires_at_idx on screen_ask (expires_at);
