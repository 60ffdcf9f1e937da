-- The daily water log of a facility with water to swim in (K4): since when it is kept, and what was read. A reading stands; a
-- wrong one is corrected by another, which names it.

create table facility_water (
  estate_id uuid not null,
  facility_id uuid not null,
  from_on date not null,
  -- The last day; none: it is still kept.
  until_on date,
  primary key (estate_id, facility_id, from_on),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  constraint facility_water_until_on_check check (until_on >= from_on)
);
create unique index facility_water_kept_idx on facility_water (estate_id, facility_id) where until_on is null;
create trigger facility_water_kept before delete on facility_water for each row execute function refuse_change();
create trigger facility_water_no_truncate before truncate on facility_water
  for each statement execute function refuse_change();

create table water_reading (
  estate_id uuid not null,
  id uuid not null,
  facility_id uuid not null,
  -- When it was read, and on which day of the estate's; when it was written down.
  read_at timestamptz not null,
  on_date date not null,
  -- Free residual chlorine in hundredths of mg/L, pH in hundredths, turbidity in hundredths of NTU, temperature in tenths
  -- of °C, and how many people swam.
  chlorine int not null constraint water_reading_chlorine_check check (chlorine between 0 and 2000),
  ph int not null constraint water_reading_ph_check check (ph between 0 and 1400),
  turbidity int not null constraint water_reading_turbidity_check check (turbidity between 0 and 100000),
  temperature int not null constraint water_reading_temperature_check check (temperature between 0 and 600),
  heads int not null constraint water_reading_heads_check check (heads between 0 and 5000),
  note text constraint water_reading_note_check check (char_length(note) between 1 and 500),
  corrects uuid,
  taken_by uuid not null,
  made_at timestamptz not null,
  primary key (estate_id, id),
  foreign key (estate_id, facility_id) references facility (estate_id, id),
  foreign key (estate_id, corrects) references water_reading (estate_id, id),
  foreign key (estate_id, taken_by) references staff_member (estate_id, id),
  constraint water_reading_corrects_key unique (estate_id, corrects),
  constraint water_reading_read_at_check check (read_at <= made_at),
  constraint water_reading_why_check check (corrects is null or note is not null)
);
create index water_reading_read_at_idx on water_reading (estate_id, facility_id, read_at desc, id desc);
create index water_reading_on_date_idx on water_reading (estate_id, facility_id, on_date);
create trigger water_reading_append_only before update or delete on water_reading
  for each row execute function refuse_change();
create trigger water_reading_no_truncate before truncate on water_reading
  for each statement execute function refuse_change();

create function water_reading_json(r water_reading) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', r.id, 'read_at', r.read_at, 'chlorine', r.chlorine, 'ph', r.ph, 'turbidity', r.turbidity,
    'temperature', r.temperature, 'heads', r.heads, 'note', r.note, 'by', a.name, 'made_at', r.made_at,
    'is_corrected', exists (select from water_reading c where c.estate_id = r.estate_id and c.corrects = r.id))
  from staff_member m join account a on a.id = m.account_id
  where m.estate_id = r.estate_id and m.id = r.taken_by
$$;
