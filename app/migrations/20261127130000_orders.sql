-- By what somebody is chosen for an order: what they know, what they look after, when they work.

-- A skill is a category of the catalogue: a list that is closed, and says what there is to know.
create table staff_skill (
  estate_id uuid not null,
  staff_id uuid not null,
  category_id uuid not null,
  primary key (estate_id, staff_id, category_id),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id),
  foreign key (estate_id, category_id) references catalogue_item (estate_id, id)
);

create table staff_area (
  estate_id uuid not null,
  staff_id uuid not null,
  building_id uuid not null,
  primary key (estate_id, staff_id, building_id),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id),
  foreign key (estate_id, building_id) references building (estate_id, id)
);

-- An ordinary week, days from Monday, 1. Whoever has none works when the policy's calendar says.
create table staff_shift (
  estate_id uuid not null,
  staff_id uuid not null,
  days int[] not null constraint staff_shift_days_check
    check (cardinality(days) > 0 and days <@ array[1, 2, 3, 4, 5, 6, 7]),
  from_minute int not null constraint staff_shift_from_minute_check check (from_minute between 0 and 1439),
  -- Not later than the first minute: it ends on the next day.
  until_minute int not null constraint staff_shift_until_minute_check check (until_minute between 0 and 1440),
  primary key (estate_id, staff_id),
  foreign key (estate_id, staff_id) references staff_member (estate_id, id),
  constraint staff_shift_length_check check (from_minute <> until_minute)
);
