-- A follow-up keeps the department whose matter it was when it was drawn: trades are shown what other departments did, and
-- that is read department by department. How asking goes is counted from an index alone.
alter table follow_up add column department_id uuid;
alter table follow_up disable trigger follow_up_moves, disable trigger follow_up_answered;
update follow_up f set department_id = e.department_id
  from request_end e where e.estate_id = f.estate_id and e.request_id = f.request_id and e.life = f.life;
alter table follow_up enable trigger follow_up_moves, enable trigger follow_up_answered;
alter table follow_up alter column department_id set not null;
alter table follow_up add foreign key (estate_id, department_id) references department (estate_id, id);

drop index follow_up_open_idx;
create index follow_up_open_idx on follow_up (estate_id, department_id, drawn_at, id) where stage = 'drawn';
drop index follow_up_drawn_at_idx;
create index follow_up_tally_idx on follow_up (estate_id, drawn_at) include (stage, satisfied) where stage <> 'dropped';

-- The answer stands; it comes from whoever had no hand in the request, and nobody counts as unreachable before the
-- third try.
create or replace function refuse_own_answer() returns trigger language plpgsql as $$
begin
  if old.stage <> 'drawn'
    or (new.id, new.request_id, new.life, new.department_id, new.drawn_at, new.policy_version, new.rate)
      is distinct from (old.id, old.request_id, old.life, old.department_id, old.drawn_at, old.policy_version, old.rate) then
    raise exception 'what was drawn and answered is append-only' using errcode = 'restrict_violation';
  end if;
  if new.asked_by is not null and had_a_hand(new.estate_id, new.request_id, new.asked_by) then
    raise exception 'whoever had a hand in it does not ask about it' using errcode = 'check_violation';
  end if;
  if new.stage = 'unreachable' and 3 > (
    select count(*) from follow_up_try t where t.estate_id = new.estate_id and t.follow_up_id = new.id
  ) then
    raise exception 'three tries come first' using errcode = 'check_violation';
  end if;
  return new;
end $$;
