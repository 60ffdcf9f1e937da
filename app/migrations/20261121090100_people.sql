-- Signing in: sessions, invitations, limits, and what a plain form left behind.

create table session (
  id uuid primary key,
  token_hash bytea not null,
  account_id uuid not null references account (id),
  -- The estate in which a member of staff works right now.
  estate_id uuid references estate (id),
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint session_token_hash_key unique (token_hash)
);
create index session_account_id_idx on session (account_id);

-- The code itself is shown once and never stored.
create table invitation (
  estate_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  party_id uuid not null,
  code_hash bytea not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  redeemed_by uuid references account (id),
  withdrawn_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, party_id) references party (estate_id, id),
  foreign key (estate_id, issued_by) references staff_member (estate_id, id),
  constraint invitation_code_hash_key unique (code_hash)
);
create index invitation_party_id_idx on invitation (estate_id, party_id);

-- Tries per subject and window: sign-ins by account and by address, codes, uploads.
create table attempt (
  subject text not null,
  window_at timestamptz not null,
  tries int not null,
  primary key (subject, window_at)
);
create index attempt_window_at_idx on attempt (window_at);

-- What a person typed into a plain form that was refused; bound to the browser that sent it, its last twenty.
create table draft (
  id uuid primary key,
  holder bytea not null,
  account_id uuid references account (id),
  form text not null,
  fields jsonb not null,
  fault jsonb,
  kept_until timestamptz not null
);
create index draft_holder_idx on draft (holder, kept_until);
create index draft_kept_until_idx on draft (kept_until);

-- One row for each write that took effect, with the reply that every replay gets again.
create table replay (
  account_id uuid not null,
  endpoint text not null,
  key uuid not null,
  body_hash bytea not null,
  reply text,
  at timestamptz not null,
  primary key (account_id, endpoint, key)
);
create index replay_at_idx on replay (at);

create table happening (
  id bigint generated always as identity,
  estate_id uuid not null references estate (id),
  -- The writing transaction: a tailer reads only below the oldest one still running.
  xid xid8 not null default pg_current_xact_id(),
  room text not null,
  subject_id uuid not null,
  kind text not null,
  -- Public happenings reach the resident's timeline; the others stay with staff.
  is_public boolean not null,
  by_account_id uuid references account (id),
  by_staff_id uuid,
  unit_id uuid,
  reader_id uuid references account (id),
  at timestamptz not null,
  details jsonb not null,
  primary key (estate_id, id)
);
create index happening_subject_id_idx on happening (estate_id, subject_id, id);
create index happening_tail_idx on happening (xid, id);
create trigger happening_append_only before update or delete on happening
  for each row execute function refuse_change();
create trigger happening_no_truncate before truncate on happening
  for each statement execute function refuse_change();
