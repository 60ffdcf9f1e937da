-- How often PINs were tried: per code (by a hash, since what is typed need be nobody's code), per household whose PIN would
-- have opened it, and per lobby screen.
create table pin_guess (
  estate_id uuid not null references estate (id),
  subject text not null constraint pin_guess_subject_check check (subject ~ '^(code|screen|household):[0-9a-f-]{36,64}$'),
  tries int not null constraint pin_guess_tries_check check (tries >= 0),
  window_at timestamptz not null,
  shut_until timestamptz,
  times_shut int not null constraint pin_guess_times_shut_check check (times_shut >= 0),
  at timestamptz not null,
  primary key (estate_id, subject)
);
create index pin_guess_at_idx on pin_guess (at);
