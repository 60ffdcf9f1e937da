-- Views of the queue that somebody keeps for themselves.
create table saved_view (
  estate_id uuid not null references estate (id),
  id uuid not null,
  account_id uuid not null references account (id),
  name text not null constraint saved_view_name_check check (char_length(name) between 1 and 40),
  -- The address behind `/staff?`
  query text not null constraint saved_view_query_check check (char_length(query) <= 2000),
  saved_at timestamptz not null,
  primary key (estate_id, id),
  constraint saved_view_name_key unique (estate_id, account_id, name)
);
