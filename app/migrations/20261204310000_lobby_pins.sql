-- PINs that open a line of status, and nothing else: of one matter, or of a household. Only their hashes are kept.

-- Of a matter that a lobby screen reported without an account: shown once, with its code.
create table request_pin (
  estate_id uuid not null,
  request_id uuid not null,
  pin_hash text not null,
  made_at timestamptz not null,
  primary key (estate_id, request_id),
  foreign key (estate_id, request_id) references request (estate_id, id)
);
create trigger request_pin_kept before update or delete on request_pin
  for each row execute function refuse_change();
create trigger request_pin_no_truncate before truncate on request_pin
  for each statement execute function refuse_change();

-- Of a household: one a unit, good for as long as the party for which it was made lives there.
create table household_pin (
  estate_id uuid not null,
  unit_id uuid not null,
  party_id uuid not null,
  pin_hash text not null,
  made_by uuid not null references account (id),
  made_at timestamptz not null,
  primary key (estate_id, unit_id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, party_id) references party (estate_id, id)
);
