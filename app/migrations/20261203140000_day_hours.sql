-- A day with hours of its own may have breaks, as a weekday may: lunch and dinner.

-- When it is open that day, in minutes after the estate's midnight; without any it is closed all day.
create table facility_day_hours (
  estate_id uuid not null,
  facility_id uuid not null,
  on_date date not null,
  opens int not null constraint facility_day_hours_opens_check check (opens between 0 and 1439),
  closes int not null constraint facility_day_hours_closes_check check (closes > opens and closes <= 1440),
  primary key (estate_id, facility_id, on_date, opens),
  foreign key (estate_id, facility_id, on_date) references facility_day (estate_id, facility_id, on_date) on delete cascade,
  constraint facility_day_hours_times_excl exclude using gist (
    estate_id with =, facility_id with =, on_date with =, int4range(opens, closes) with &&)
);
insert into facility_day_hours (estate_id, facility_id, on_date, opens, closes)
  select estate_id, facility_id, on_date, opens, closes from facility_day where opens is not null;
alter table facility_day drop column opens, drop column closes;
