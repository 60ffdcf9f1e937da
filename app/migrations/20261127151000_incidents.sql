-- Like reports in one place are one incident: proposed by the detector, opened or dismissed by the desk.

insert into legal_move (matter, from_stage, to_stage) values
  ('incident', '', 'proposed'),
  ('incident', 'proposed', 'open'),
  ('incident', 'proposed', 'dismissed'),
  ('incident', 'open', 'closed');

-- Where, and about what, each report came in, as the detector looks for its like: one short row, found without
-- reading the requests.
create table request_trace (
  estate_id uuid not null,
  request_id uuid not null,
  category_id uuid not null,
  item_id uuid not null,
  -- The building; in the grounds the area itself.
  place_id uuid not null,
  stack text,
  floor int,
  area_id uuid,
  -- Of one home, or of one person about a place in common, several reports are one.
  teller_id uuid not null,
  received_at timestamptz not null,
  primary key (estate_id, request_id),
  foreign key (estate_id, request_id) references request (estate_id, id)
);
create index request_trace_like_idx on request_trace (estate_id, category_id, place_id, received_at desc);
create trigger request_trace_append_only before update or delete on request_trace
  for each row execute function refuse_change();

create function trace_request() returns trigger language plpgsql as $$
begin
  insert into request_trace (estate_id, request_id, category_id, item_id, place_id, stack, floor, area_id, teller_id, received_at)
  select new.estate_id, new.id, coalesce(i.parent_id, i.id), i.id, coalesce(u.building_id, a.building_id, a.id),
    u.stack, coalesce(u.floor, new.floor), a.id, coalesce(u.id, new.reporter_id, new.party_id, new.id), new.received_at
  from catalogue_item i
  left join unit u on u.estate_id = new.estate_id and u.id = new.unit_id
  left join common_area a on a.estate_id = new.estate_id and a.id = new.area_id
  where i.estate_id = new.estate_id and i.id = new.item_id;
  return null;
end $$;
create trigger request_traced after insert on request for each row execute function trace_request();

create table incident (
  estate_id uuid not null references estate (id),
  id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  category_id uuid not null,
  -- What all of it is about; none where only the category is the same.
  item_id uuid,
  extent text not null constraint incident_extent_check check (extent in ('stack', 'floor', 'building', 'area')),
  place_id uuid not null,
  stack text,
  floor int,
  area_id uuid,
  -- The request on which the work is ordered; the others follow it.
  lead_id uuid,
  reason text constraint incident_reason_check check (char_length(reason) between 1 and 500),
  proposed_at timestamptz not null,
  -- Whoever opened or dismissed it.
  decided_by uuid,
  primary key (estate_id, id),
  foreign key (estate_id, category_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, item_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, area_id) references common_area (estate_id, id),
  foreign key (estate_id, lead_id) references request (estate_id, id),
  foreign key (estate_id, decided_by) references staff_member (estate_id, id),
  constraint incident_place_check check (
    (extent = 'stack') = (stack is not null) and (extent = 'floor') = (floor is not null)
    and (extent = 'area') = (area_id is not null)),
  constraint incident_dismissed_check check (stage <> 'dismissed' or reason is not null),
  constraint incident_decided_check check (stage = 'proposed' or decided_by is not null),
  constraint incident_lead_check check (stage <> 'open' or lead_id is not null)
);
create trigger incident_moves before insert or update on incident
  for each row execute function refuse_illegal_move('incident');
create trigger incident_kept before delete on incident for each row execute function refuse_change();
-- However many reports come at once, they are one incident.
create unique index incident_live_idx on incident (estate_id, category_id, place_id, extent, stack, floor, area_id)
  nulls not distinct where stage in ('proposed', 'open');
create index incident_stage_at_idx on incident (estate_id, stage_at desc, id desc);
create index incident_lead_id_idx on incident (estate_id, lead_id) where stage = 'open';

create table incident_member (
  estate_id uuid not null,
  incident_id uuid not null,
  request_id uuid not null,
  -- In which life of the request: what comes back after an objection goes its own way.
  life int not null,
  how text not null constraint incident_member_how_check check (how in ('detected', 'joined', 'added')),
  joined_at timestamptz not null,
  left_at timestamptz,
  primary key (estate_id, incident_id, request_id),
  foreign key (estate_id, incident_id) references incident (estate_id, id),
  foreign key (estate_id, request_id) references request (estate_id, id)
);
create unique index incident_member_request_id_idx on incident_member (estate_id, request_id) where left_at is null;
create trigger incident_member_kept before delete on incident_member
  for each row execute function refuse_change();

-- Whose matter was joined to another hears of that one.
create index request_duplicate_of_idx on request (estate_id, duplicate_of) where duplicate_of is not null;
