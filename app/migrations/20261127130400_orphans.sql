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
  -- When the matter ended before that: nobody waits for a word any more.
  settled_at timestamptz,
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
create unique index orphan_open_idx on orphan (estate_id, request_id) where contacted_at is null and settled_at is null;
create index orphan_list_idx on orphan (estate_id, contact_by, id) where contacted_at is null and settled_at is null;
create index orphan_due_idx on orphan (contact_by)
  where contacted_at is null and settled_at is null and missed_at is null;
create trigger orphan_kept before delete on orphan
  for each row execute function refuse_change();

-- Kept by the database, so that no way to an end can forget it.
create function settle_orphan() returns trigger language plpgsql as $$
begin
  update orphan set settled_at = new.stage_at
    where estate_id = new.estate_id and request_id = new.id and contacted_at is null and settled_at is null;
  return null;
end $$;
create trigger request_settles_orphan after update on request
  for each row when (new.stage <> old.stage
    and new.stage in ('confirmed', 'unconfirmed', 'archived', 'declined', 'cancelled', 'duplicate'))
  execute function settle_orphan();

-- Whoever is given something works here. Locked against a leaving that is under way: that one either sees what was
-- given, or is over before it is.
create function refuse_leaver(estate uuid, who uuid, named text) returns void language plpgsql as $$
begin
  perform from staff_member where estate_id = estate and id = who and left_at is null for key share;
  if not found then
    raise exception 'whoever has left is given nothing' using errcode = 'check_violation', constraint = named;
  end if;
end $$;

-- What comes back is given anew to whoever answered for it.
create function refuse_request_of_leaver() returns trigger language plpgsql as $$
begin
  if new.accountable_id is not null and (tg_op = 'INSERT' or new.accountable_id is distinct from old.accountable_id
    or (new.stage = 'reopened' and old.stage <> 'reopened')) then
    perform refuse_leaver(new.estate_id, new.accountable_id, 'request_accountable_id_present');
  end if;
  return new;
end $$;
create trigger request_held before insert or update on request
  for each row execute function refuse_request_of_leaver();

-- An order that has ended goes back to whoever sent it, and nobody has to do anything about it any more.
create function refuse_order_of_leaver() returns trigger language plpgsql as $$
begin
  if new.stage in ('refused', 'verified', 'cancelled') then
    return new;
  end if;
  if tg_op = 'INSERT' or new.accountable_id <> old.accountable_id then
    perform refuse_leaver(new.estate_id, new.accountable_id, 'work_order_accountable_id_present');
  end if;
  if new.assignee_id is not null and (tg_op = 'INSERT' or new.assignee_id is distinct from old.assignee_id) then
    perform refuse_leaver(new.estate_id, new.assignee_id, 'work_order_assignee_id_present');
  end if;
  return new;
end $$;
create trigger work_order_held before insert or update on work_order
  for each row execute function refuse_order_of_leaver();
