-- An order that a schedule issued leads to that schedule.
create index schedule_run_request_id_idx on schedule_run (estate_id, request_id);
