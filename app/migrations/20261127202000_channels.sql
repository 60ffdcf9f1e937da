-- By which ways people and our other offices reach an estate (B15, B11), who takes what came in by itself (B3), and where
-- somebody of the office fell short (B10).

-- Every estate has a hotline for complaints and an e-mail address. What was founded before it was asked for an address
-- has none until somebody writes it: none is made up.
alter table estate
  add column email text constraint estate_email_check check (
    char_length(email) <= 120 and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  add column complaint_phone text constraint estate_complaint_phone_check check (char_length(complaint_phone) between 1 and 40);
update estate set complaint_phone = desk_phone,
  email = case when code_prefix = 'LY' and name_en = 'Liyuan Garden' then 'desk@liyuan.example'
    when code_prefix = 'BY' and name_en = 'Boyan Tower' then 'desk@boyan.example' end;
alter table estate alter column complaint_phone set not null;
create function refuse_unreachable() returns trigger language plpgsql as $$
begin
  raise exception 'an estate has an e-mail address' using errcode = 'not_null_violation';
end $$;
create trigger estate_email_given before insert on estate
  for each row when (new.email is null) execute function refuse_unreachable();
create trigger estate_email_kept before update of email on estate
  for each row when (new.email is null and old.email is not null) execute function refuse_unreachable();

-- 分部来件: another office of ours asks for something, and its paper stays here (B11).
alter table request drop constraint request_channel_check,
  add constraint request_channel_check check (channel in ('phone', 'walk_in', 'letter', 'web', 'kiosk', 'email', 'branch'));
alter table contact drop constraint contact_channel_check,
  add constraint contact_channel_check check (channel in ('phone', 'walk_in', 'letter', 'web', 'kiosk', 'email', 'branch')),
  add constraint contact_branch_check check (channel <> 'branch' or stage = 'requested');

-- Its argument is the column that names the request.
create function refuse_without_evidence() returns trigger language plpgsql as $$
begin
  if not exists (
    select from photo p where p.estate_id = new.estate_id and p.request_id = (to_jsonb(new) ->> tg_argv[0])::uuid) then
    raise exception 'what another office asks for comes with its paper' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger request_evidence_check after insert or update of channel on request
  deferrable initially deferred for each row when (new.channel = 'branch') execute function refuse_without_evidence('id');
create constraint trigger contact_evidence_check after insert or update of channel, request_id on contact
  deferrable initially deferred for each row when (new.channel = 'branch') execute function refuse_without_evidence('request_id');

-- One of the desk takes what came in by itself, once (B3).
create table contact_claim (
  estate_id uuid not null,
  contact_id uuid not null,
  claimed_by uuid not null,
  claimed_at timestamptz not null,
  primary key (estate_id, contact_id),
  foreign key (estate_id, contact_id) references contact (estate_id, id),
  foreign key (estate_id, claimed_by) references staff_member (estate_id, id)
);
create trigger contact_claim_append_only before update or delete on contact_claim
  for each row execute function refuse_change();
create trigger contact_claim_no_truncate before truncate on contact_claim
  for each statement execute function refuse_change();

-- Whether nobody has taken it: no person received it, nobody claimed or accepted it, and its request lies as it came.
create function is_unclaimed(of_estate uuid, of_contact uuid) returns boolean language sql stable as $$
  select exists (
    select from contact c
    join request r on r.estate_id = c.estate_id and r.id = c.request_id
    where c.estate_id = of_estate and c.id = of_contact and c.received_by is null and r.stage = 'received'
      and not exists (select from contact_claim x where x.estate_id = c.estate_id and x.contact_id = c.id)
      and not exists (
        select from contact_transfer t
        where t.estate_id = c.estate_id and t.contact_id = c.id and t.outcome = 'accepted'))
$$;

-- Where somebody of the office fell short, as those above them noted it (B10): what was said, and the fine in fen (CNY).
-- No money moves by it.
create table conduct_lapse (
  estate_id uuid not null references estate (id),
  id uuid not null,
  staff_id uuid not null,
  kind text not null constraint conduct_lapse_kind_check check (
    kind in ('forbidden_answer', 'discourtesy', 'late_answer', 'post_empty')),
  said text not null constraint conduct_lapse_said_check check (char_length(said) between 1 and 500),
  happened_on date not null,
  request_id uuid,
  fine_minor bigint not null constraint conduct_lapse_fine_minor_check check (
    fine_minor = case kind when 'forbidden_answer' then 2000 else 0 end),
  noted_by uuid not null,
  noted_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id),
  foreign key (estate_id, noted_by) references staff_member (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  constraint conduct_lapse_noted_by_check check (noted_by <> staff_id),
  constraint conduct_lapse_happened_on_check check (happened_on <= (noted_at at time zone 'UTC')::date + 1)
);
create index conduct_lapse_staff_id_idx on conduct_lapse (estate_id, staff_id, noted_at desc);
create trigger conduct_lapse_append_only before update or delete on conduct_lapse
  for each row execute function refuse_change();
create trigger conduct_lapse_no_truncate before truncate on conduct_lapse
  for each statement execute function refuse_change();

-- One that was wrongly noted: it stays, and so does why it does not count.
create table conduct_lapse_withdrawal (
  estate_id uuid not null,
  lapse_id uuid not null,
  reason text not null constraint conduct_lapse_withdrawal_reason_check check (char_length(reason) between 1 and 500),
  withdrawn_by uuid not null,
  withdrawn_at timestamptz not null,
  primary key (estate_id, lapse_id),
  foreign key (estate_id, lapse_id) references conduct_lapse (estate_id, id),
  foreign key (estate_id, withdrawn_by) references staff_member (estate_id, id)
);
create trigger conduct_lapse_withdrawal_append_only before update or delete on conduct_lapse_withdrawal
  for each row execute function refuse_change();
create trigger conduct_lapse_withdrawal_no_truncate before truncate on conduct_lapse_withdrawal
  for each statement execute function refuse_change();
