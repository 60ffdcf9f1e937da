-- Firms that repair for the estate, and orders that go to them: staff record their moves (C10).
create table vendor (
  estate_id uuid not null references estate (id),
  id uuid not null,
  name text not null constraint vendor_name_check check (char_length(name) between 1 and 120),
  -- Its trade; null: any.
  category_id uuid,
  contact text,
  phone text,
  email text,
  added_by uuid not null,
  added_at timestamptz not null,
  ended_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, category_id) references catalogue_item (estate_id, id),
  foreign key (estate_id, added_by) references staff_member (estate_id, id)
);
create index vendor_name_idx on vendor (estate_id, name, id) where ended_at is null;
create trigger vendor_kept before delete on vendor
  for each row execute function refuse_change();

alter table work_order add column vendor_id uuid;
alter table work_order add foreign key (estate_id, vendor_id) references vendor (estate_id, id);
-- Its own people are no staff.
alter table work_order add constraint work_order_vendor_id_check check (vendor_id is null or assignee_id is null);
