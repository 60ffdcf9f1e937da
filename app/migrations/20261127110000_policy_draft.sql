-- The next version of an estate's policy, while it is written. Of the policy itself only whole versions are kept.
create table policy_draft (
  estate_id uuid primary key references estate (id),
  -- Counts every edit, and goes on counting when a draft is published or given up: no two drafts look alike.
  version int not null constraint policy_draft_version_check check (version > 0),
  -- Null: there is none.
  terms jsonb,
  edited_by uuid not null,
  edited_at timestamptz not null,
  foreign key (estate_id, edited_by) references staff_member (estate_id, id)
);

-- Versions begin in the order of their numbers, and none before it was published: what ran then, ran under another.
alter table policy add constraint policy_valid_from_check check (valid_from >= published_at);
create function refuse_earlier_policy() returns trigger language plpgsql as $$
begin
  if exists (select from policy p
             where p.estate_id = new.estate_id and p.version < new.version and p.valid_from > new.valid_from) then
    raise exception 'version % begins before an earlier one', new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger policy_in_order before insert on policy
  for each row execute function refuse_earlier_policy();
