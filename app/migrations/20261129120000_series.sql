-- Bookings that were made together: the same time of each day, each week or every other week; and those that are nobody's own.
alter table booking
  add column series_id uuid,
  -- Made by the office in its own name, for a household in which nobody has an account: nobody's own, and nobody is told.
  add column by_office boolean not null default false;
alter table booking alter column by_office drop default;
create index booking_series_id_idx on booking (estate_id, series_id, starts_at) where series_id is not null;

create or replace function booking_json(b booking) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'id', b.id, 'estate', b.estate_id, 'code', b.code, 'version', b.version, 'stage', b.stage, 'stage_at', b.stage_at,
    'facility', b.facility_id, 'unit', b.unit_id, 'account', b.account_id, 'starts_at', b.starts_at,
    'ends_at', b.ends_at, 'heads', b.heads, 'note', b.note, 'held_until', b.held_until, 'price', b.price,
    'made_at', b.made_at, 'reason', b.reason,
    'reminded_at', b.reminded_at, 'stars', b.stars, 'stars_words', b.stars_words, 'series', b.series_id, 'by_office', b.by_office)
$$;
