-- Follow-ups (E2): of the requests that end some are drawn, and their residents asked again by somebody who had no hand
-- in it.

insert into legal_move (matter, from_stage, to_stage) values
  ('follow_up', '', 'drawn'),
  ('follow_up', 'drawn', 'done'),
  ('follow_up', 'drawn', 'unreachable'),
  ('follow_up', 'drawn', 'dropped');

-- What the draws of a month hang on, by the estate's calendar. Made by the first request of the month that ends, shown
-- once the month is over: nobody can foresee a draw, and anybody can repeat it.
create table follow_up_seed (
  estate_id uuid not null references estate (id),
  month date not null constraint follow_up_seed_month_check check (extract(day from month) = 1),
  seed text not null constraint follow_up_seed_seed_check check (seed ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  primary key (estate_id, month)
);
create trigger follow_up_seed_append_only before update or delete on follow_up_seed
  for each row execute function refuse_change();
create trigger follow_up_seed_no_truncate before truncate on follow_up_seed
  for each statement execute function refuse_change();

create table follow_up (
  estate_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  -- Which life of the request: what came back and ended again may be drawn again.
  life int not null,
  drawn_at timestamptz not null,
  -- Under which version of the policy, and of how many in a hundred.
  policy_version int not null,
  rate int not null constraint follow_up_rate_check check (rate between 1 and 100),
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  means text constraint follow_up_means_check check (means in ('phone', 'visit')),
  satisfied boolean,
  words text constraint follow_up_words_check check (char_length(words) between 1 and 2000),
  -- Whoever asked, or gave it up.
  asked_by uuid,
  primary key (estate_id, id),
  constraint follow_up_life_key unique (estate_id, request_id, life),
  foreign key (estate_id, request_id, life) references request_end (estate_id, request_id, life),
  foreign key (estate_id, policy_version) references policy (estate_id, version),
  foreign key (estate_id, asked_by) references staff_member (estate_id, id),
  constraint follow_up_answer_check check (
    (stage = 'done') = (means is not null) and (means is null) = (satisfied is null)
    and (stage = 'done' or words is null) and (satisfied is distinct from false or words is not null)),
  constraint follow_up_asked_by_check check ((stage in ('done', 'unreachable')) = (asked_by is not null))
);
create index follow_up_open_idx on follow_up (estate_id, drawn_at, id) where stage = 'drawn';
create index follow_up_over_idx on follow_up (estate_id, stage_at desc, id desc) where stage in ('done', 'unreachable');
create index follow_up_drawn_at_idx on follow_up (estate_id, drawn_at);
create trigger follow_up_moves before insert or update on follow_up
  for each row execute function refuse_illegal_move('follow_up');
create trigger follow_up_kept before delete on follow_up
  for each row execute function refuse_change();
create trigger follow_up_no_truncate before truncate on follow_up
  for each statement execute function refuse_change();

-- Each time that somebody tried in vain.
create table follow_up_try (
  estate_id uuid not null,
  id uuid not null,
  follow_up_id uuid not null,
  means text not null constraint follow_up_try_means_check check (means in ('phone', 'visit')),
  note text constraint follow_up_try_note_check check (char_length(note) between 1 and 500),
  made_by uuid not null,
  made_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, follow_up_id) references follow_up (estate_id, id),
  foreign key (estate_id, made_by) references staff_member (estate_id, id)
);
create index follow_up_try_follow_up_id_idx on follow_up_try (estate_id, follow_up_id, made_at);
create trigger follow_up_try_append_only before update or delete on follow_up_try
  for each row execute function refuse_change();
create trigger follow_up_try_no_truncate before truncate on follow_up_try
  for each statement execute function refuse_change();

-- Whether a member of staff had a hand in a request: did anything about it or about the contact that it came from,
-- answered for it, or was sent. Having asked about an earlier life of it is none.
create function had_a_hand(of_estate uuid, of_request uuid, who uuid) returns boolean language sql stable as $$
  select exists (
      select from happening h
      where h.estate_id = of_estate and h.subject_id = of_request and h.by_staff_id = who and h.kind <> 'followed_up')
    or exists (
      select from request r where r.estate_id = of_estate and r.id = of_request and r.accountable_id = who)
    or exists (
      select from work_order o
      where o.estate_id = of_estate and o.request_id = of_request
        and (o.issued_by = who or o.assignee_id = who or o.accountable_id = who))
    or exists (
      select from contact c
      where c.estate_id = of_estate and c.request_id = of_request
        and (c.received_by = who or c.holder_id = who or exists (
          select from happening h
          where h.estate_id = of_estate and h.subject_id = c.id and h.by_staff_id = who)))
$$;

-- The answer stands; it comes from whoever had no hand in the request, and nobody counts as unreachable before the
-- third try.
create function refuse_own_answer() returns trigger language plpgsql as $$
begin
  if old.stage <> 'drawn'
    or (new.id, new.request_id, new.life, new.drawn_at, new.policy_version, new.rate)
      is distinct from (old.id, old.request_id, old.life, old.drawn_at, old.policy_version, old.rate) then
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
create trigger follow_up_answered before update on follow_up
  for each row execute function refuse_own_answer();

create function refuse_own_try() returns trigger language plpgsql as $$
begin
  if not exists (
    select from follow_up f
    where f.estate_id = new.estate_id and f.id = new.follow_up_id and f.stage = 'drawn'
      and not had_a_hand(f.estate_id, f.request_id, new.made_by)
  ) then
    raise exception 'whoever had a hand in it does not ask about it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger follow_up_try_made before insert on follow_up_try
  for each row execute function refuse_own_try();
