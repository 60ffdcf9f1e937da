-- Matters whose holder left: who holds them since, and by when somebody is in touch with the resident (C10).
create table orphan (
  estate_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  left_by uuid not null,
  held_by uuid not null,
  since timestamptz not null,
  contact_by timestamptz not null,
  contacted_at timestamptz,
  contacted_by uuid,
  words text constraint orphan_words_check check (char_length(words) between 1 and 500),
  -- When the supervisor was told that nobody was in touch in time.
  missed_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, left_by) references staff_member (estate_id, id),
  foreign key (estate_id, held_by) references staff_member (estate_id, id),
  foreign key (estate_id, contacted_by) references staff_member (estate_id, id),
  constraint orphan_contacted_check
    check ((contacted_at is null) = (contacted_by is null) and (contacted_at is null) = (words is null))
);
create unique index orphan_open_idx on orphan (estate_id, request_id) where contacted_at is null;
create index orphan_list_idx on orphan (estate_id, contact_by, id) where contacted_at is null;
create index orphan_due_idx on orphan (contact_by) where contacted_at is null and missed_at is null;
create trigger orphan_kept before delete on orphan
  for each row execute function refuse_change();
