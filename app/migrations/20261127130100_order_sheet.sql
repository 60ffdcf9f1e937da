-- An order in full: what it asks for, what was found on site, what went into it, and how it was proved.

-- What must be there before its worker's word counts as a proof.
alter table work_order add column asks text[] not null default '{}'
  constraint work_order_asks_check check (asks <@ array['finding', 'photos', 'signature']);

alter table photo add column phase text constraint photo_phase_check check (phase in ('before', 'after'));
alter table photo add constraint photo_order_id_check check (phase is null or order_id is not null);
create index photo_order_id_idx on photo (estate_id, order_id) where order_id is not null;

-- The strokes as a drawing (SVG); null where the name was typed and ticked.
alter table signature add column image text constraint signature_image_check check (image is null or strokes is not null);
create index signature_order_id_idx on signature (estate_id, order_id);

-- On-site confirmation: what is really to be done, written before the work begins (C7). A correction is a new row.
create table order_finding (
  estate_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  words text not null constraint order_finding_words_check check (char_length(words) between 1 and 2000),
  written_by uuid not null,
  written_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, order_id) references work_order (estate_id, id),
  foreign key (estate_id, written_by) references staff_member (estate_id, id)
);
create index order_finding_order_id_idx on order_finding (estate_id, order_id, written_at);
create trigger order_finding_append_only before update or delete on order_finding
  for each row execute function refuse_change();
create trigger order_finding_no_truncate before truncate on order_finding
  for each statement execute function refuse_change();

-- What went into the work: the estate's own, or the client's, which was checked first (C8).
create table order_material (
  estate_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  name text not null constraint order_material_name_check check (char_length(name) between 1 and 120),
  -- In thousandths of the unit.
  quantity bigint not null constraint order_material_quantity_check check (quantity between 1 and 1000000000),
  unit text not null constraint order_material_unit_check check (char_length(unit) between 1 and 20),
  -- Of the client's own material: whether it passed. Null: it is the estate's.
  passed boolean,
  remark text constraint order_material_remark_check check (char_length(remark) between 1 and 500),
  written_by uuid not null,
  written_at timestamptz not null,
  -- A line that was wrong stays, struck out.
  struck_by uuid,
  struck_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, order_id) references work_order (estate_id, id),
  foreign key (estate_id, written_by) references staff_member (estate_id, id),
  foreign key (estate_id, struck_by) references staff_member (estate_id, id),
  constraint order_material_failed_check check (passed is not false or remark is not null),
  constraint order_material_struck_check check ((struck_by is null) = (struck_at is null))
);
create index order_material_order_id_idx on order_material (estate_id, order_id, written_at);
create trigger order_material_kept before delete on order_material
  for each row execute function refuse_change();

-- Hours: who, how long, on which day.
create table order_time (
  estate_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  staff_id uuid not null,
  minutes int not null constraint order_time_minutes_check check (minutes between 1 and 1440),
  written_at timestamptz not null,
  struck_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, order_id) references work_order (estate_id, id),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id)
);
create index order_time_order_id_idx on order_time (estate_id, order_id, written_at);
create trigger order_time_kept before delete on order_time
  for each row execute function refuse_change();

-- Outside the list of services a supervisor assesses before anybody is sent, and replies (C6).
alter table catalogue_item add column is_outside boolean not null default false;

create table assessment (
  estate_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  department_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  question text constraint assessment_question_check check (char_length(question) between 1 and 500),
  verdict text constraint assessment_verdict_check check (verdict in ('ours', 'chargeable', 'not_ours')),
  reply text constraint assessment_reply_check check (char_length(reply) between 1 and 500),
  answered_by uuid,
  answered_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id),
  foreign key (estate_id, department_id) references department (estate_id, id),
  foreign key (estate_id, asked_by) references staff_member (estate_id, id),
  foreign key (estate_id, answered_by) references staff_member (estate_id, id),
  constraint assessment_answered_check
    check ((verdict is null) = (answered_at is null) and (verdict is null) = (reply is null) and (verdict is null) = (answered_by is null))
);
create index assessment_request_id_idx on assessment (estate_id, request_id, asked_at);
create unique index assessment_open_idx on assessment (estate_id, request_id) where answered_at is null;
create trigger assessment_kept before delete on assessment
  for each row execute function refuse_change();
