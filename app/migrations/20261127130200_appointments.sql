-- Appointments: windows that the office offers, of which the resident picks one, and moves it among them.
create table visit_window (
  estate_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  offered_by uuid not null,
  offered_at timestamptz not null,
  withdrawn_at timestamptz,
  picked_at timestamptz,
  picked_by uuid references account (id),
  primary key (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, offered_by) references staff_member (estate_id, id),
  constraint visit_window_until_at_check check (until_at > from_at),
  constraint visit_window_picked_check check ((picked_at is null) = (picked_by is null) and (picked_at is null or withdrawn_at is null))
);
create unique index visit_window_offered_idx on visit_window (estate_id, request_id, from_at, until_at) where withdrawn_at is null;
-- A matter has one appointment at a time.
create unique index visit_window_picked_idx on visit_window (estate_id, request_id) where picked_at is not null;
create trigger visit_window_kept before delete on visit_window
  for each row execute function refuse_change();
