-- What a search reads of who has what stands in one index: it never goes to the bookings themselves.
drop index booking_starts_at_idx;
create index booking_starts_at_idx on booking (estate_id, facility_id, starts_at)
  include (ends_at, place_id, heads, account_id, id, terms_version, stage, held_until)
  where stage in ('held', 'requested', 'confirmed', 'present');

-- Postgres plans a function in SQL that asks a query of its own anew in each statement that calls it, which takes longer than
-- the query. In PL/pgSQL it is planned once a connection.
do $$
declare
  its record;
begin
  for its in
    select p.proname as name, p.prosrc as body, pg_get_function_arguments(p.oid) as takes, pg_get_function_result(p.oid) as gives
    from pg_proc p join pg_language l on l.oid = p.prolang
    where p.pronamespace = current_schema()::regnamespace and p.proname ~ '_json$' and l.lanname = 'sql'
      and p.prosrc ~ '\mfrom\M'
  loop
    execute format('create or replace function %I(%s) returns %s language plpgsql stable as %L',
      its.name, its.takes, its.gives, 'begin return (' || its.body || '); end');
  end loop;
end $$;
