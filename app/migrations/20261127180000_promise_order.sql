-- What happens to one matter happens in the order in which it is written. Of two calls that wait for it, the one that
-- has it later may have begun earlier: what that one writes happened right after what stands there already.
create function happens_at(estate uuid, subject uuid, began_at timestamptz) returns timestamptz language sql stable as $$
  select coalesce(
    (select newest.at + interval '1 microsecond'
     from (select h.at from happening h where h.estate_id = estate and h.subject_id = subject
           order by h.id desc limit 1) as newest
     where newest.at > began_at),
    began_at)
$$;

-- Promises likewise: each supersedes the one that was written before it, and is made after it.
alter table promise disable trigger promise_append_only;
with recursive told as (
  select estate_id, id, made_at from promise where supersedes is null
  union all
  select p.estate_id, p.id, greatest(p.made_at, before.made_at + interval '1 microsecond')
  from told before join promise p on p.estate_id = before.estate_id and p.supersedes = before.id)
update promise p set made_at = told.made_at from told
where told.estate_id = p.estate_id and told.id = p.id and told.made_at <> p.made_at;
alter table promise enable trigger promise_append_only;

-- The one that was written last runs, where one ran that had ended.
update promise_running r set promise_id = p.id, kind = p.kind, due_at = p.due_at from promise p
where p.estate_id = r.estate_id and p.request_id = r.request_id
  and exists (select from promise_end e where e.estate_id = r.estate_id and e.promise_id = r.promise_id)
  and not exists (select from promise next where next.estate_id = p.estate_id and next.supersedes = p.id)
  and not exists (select from promise_end e where e.estate_id = p.estate_id and e.promise_id = p.id);
delete from promise_running r using promise_end e where e.estate_id = r.estate_id and e.promise_id = r.promise_id;
