-- An estate's policy, and the clocks that it sets going.

-- Versions, as they were published. None ever changes: what began under one runs under it to its end.
create table policy (
  estate_id uuid not null references estate (id),
  version int not null constraint policy_version_check check (version > 0),
  valid_from timestamptz not null,
  terms jsonb not null,
  note text,
  -- Null: the one with which the estate began.
  published_by uuid,
  published_at timestamptz not null,
  primary key (estate_id, version),
  foreign key (estate_id, published_by) references staff_member (estate_id, id)
);
create index policy_valid_from_idx on policy (estate_id, valid_from desc, version desc);
create trigger policy_append_only before update or delete on policy
  for each row execute function refuse_change();
create trigger policy_no_truncate before truncate on policy
  for each statement execute function refuse_change();

-- Estates that exist already begin with the standard terms.
insert into policy (estate_id, version, valid_from, published_at, terms)
select id, 1, '2000-01-01', '2000-01-01', $${
  "calendar": {"week": [
    [{"from": 540, "until": 1080}], [{"from": 540, "until": 1080}], [{"from": 540, "until": 1080}],
    [{"from": 540, "until": 1080}], [{"from": 540, "until": 1080}], [], []], "days": []},
  "clocks": [
    {"kind": "answer", "category": null, "urgency": "normal", "minutes": 60, "counts": "working"},
    {"kind": "answer", "category": null, "urgency": "urgent", "minutes": 20, "counts": "always"},
    {"kind": "answer", "category": null, "urgency": "emergency", "minutes": 3, "counts": "always"},
    {"kind": "dispatch", "category": null, "urgency": "normal", "minutes": 240, "counts": "working"},
    {"kind": "dispatch", "category": null, "urgency": "urgent", "minutes": 60, "counts": "always"},
    {"kind": "dispatch", "category": null, "urgency": "emergency", "minutes": 10, "counts": "always"},
    {"kind": "on_site", "category": null, "urgency": "normal", "minutes": 1080, "counts": "working"},
    {"kind": "on_site", "category": null, "urgency": "urgent", "minutes": 240, "counts": "always"},
    {"kind": "on_site", "category": null, "urgency": "emergency", "minutes": 30, "counts": "always"},
    {"kind": "resolve", "category": null, "urgency": "normal", "minutes": 2700, "counts": "working"},
    {"kind": "resolve", "category": null, "urgency": "urgent", "minutes": 1440, "counts": "always"},
    {"kind": "resolve", "category": null, "urgency": "emergency", "minutes": 480, "counts": "always"}],
  "desk": {"minutes": 3, "stops_at": "accepted", "answer_until": 1200, "orphan_hours": 48, "chain": [
    {"role": "supervisor", "after_minutes": 0}, {"role": "head", "after_minutes": 5},
    {"role": "site_manager", "after_minutes": 15}]},
  "routes": [],
  "duty": {"workdays": {"from": 1080, "until": 1140}, "other_days": {"from": 540, "until": 1080}},
  "sampling": {"complaints": 10, "on_site": 30, "requests": 10},
  "closing": {"object_days": 30, "attempts": 2},
  "detector": {"reports": 3, "within_minutes": 120}
}$$::jsonb from estate;

-- The first answer is the policy's to say now.
alter table catalogue_item drop column answer_minutes;

-- The clocks of a request as they were last reckoned from what happened to it.
create table request_clock (
  estate_id uuid not null,
  request_id uuid not null,
  life int not null,
  kind text not null constraint request_clock_kind_check check (kind in ('answer', 'dispatch', 'on_site', 'resolve')),
  policy_version int not null,
  minutes int not null,
  counts text not null constraint request_clock_counts_check check (counts in ('always', 'working')),
  started_at timestamptz not null,
  -- Null while it rests.
  due_at timestamptz,
  stopped_at timestamptz,
  primary key (estate_id, request_id, life, kind),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, policy_version) references policy (estate_id, version)
);
-- What a job that looks for missed clocks reads: those that run, by their end.
create index request_clock_running_idx on request_clock (due_at) where stopped_at is null and due_at is not null;
