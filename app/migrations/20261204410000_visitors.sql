-- Who comes to the lobby: the desk is rung there, and visitors ask for somebody (B14, M2).

insert into legal_move (matter, from_stage, to_stage) values
  ('ring', '', 'ringing'),
  ('ring', 'ringing', 'coming'),
  ('ring', 'ringing', 'talking'),
  ('ring', 'ringing', 'over'),
  ('ring', 'coming', 'talking'),
  ('ring', 'coming', 'over'),
  ('ring', 'talking', 'over'),
  ('visit', '', 'waiting'),
  ('visit', '', 'arrived'),
  ('visit', 'waiting', 'consented'),
  ('visit', 'waiting', 'denied'),
  ('visit', 'waiting', 'unanswered'),
  ('visit', 'waiting', 'arrived'),
  ('visit', 'waiting', 'turned_away'),
  ('visit', 'consented', 'arrived'),
  ('visit', 'consented', 'turned_away'),
  ('visit', 'denied', 'turned_away'),
  ('visit', 'unanswered', 'arrived'),
  ('visit', 'unanswered', 'turned_away'),
  ('visit', 'arrived', 'departed');

-- Somebody at a lobby screen rings the desk.
create table ring (
  estate_id uuid not null,
  id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  screen_id uuid not null,
  -- Where the screen stood then.
  area_id uuid not null,
  rung_at timestamptz not null,
  -- When it ends by itself.
  ends_at timestamptz not null,
  answered_by uuid,
  answered_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, screen_id) references screen (estate_id, id),
  foreign key (estate_id, area_id) references common_area (estate_id, id),
  foreign key (estate_id, answered_by) references staff_member (estate_id, id),
  constraint ring_ends_at_check check (ends_at > rung_at),
  constraint ring_answered_check check (
    (answered_by is null) = (answered_at is null)
    and (stage <> 'ringing' or answered_at is null) and (stage not in ('coming', 'talking') or answered_at is not null))
);
-- One open ring a screen.
create unique index ring_open_key on ring (estate_id, screen_id) where stage <> 'over';
create index ring_ends_at_idx on ring (ends_at) where stage <> 'over';
create index ring_rung_at_idx on ring (estate_id, screen_id, rung_at);
create trigger ring_moves before insert or update on ring for each row execute function refuse_illegal_move('ring');
create trigger ring_kept before delete on ring for each row execute function refuse_change();
create trigger ring_no_truncate before truncate on ring for each statement execute function refuse_change();

-- The visitor book. What a visitor typed of themselves is forgotten after a while; that somebody came is not.
create table visit (
  estate_id uuid not null references estate (id),
  id uuid not null,
  version int not null default 1,
  stage text not null,
  stage_at timestamptz not null,
  -- At which screen they asked, and where it stood; none: the desk wrote them in.
  screen_id uuid,
  area_id uuid,
  name text constraint visit_name_check check (char_length(name) between 1 and 80),
  company text constraint visit_company_check check (char_length(company) between 1 and 80),
  purpose text not null constraint visit_purpose_check check (purpose in ('visit', 'delivery', 'work', 'complaint', 'other')),
  -- Whom they asked for, as they typed it, and the home that it is; none where there is no such home.
  building_id uuid,
  sought text constraint visit_sought_check check (char_length(sought) between 1 and 20),
  unit_id uuid,
  asked_at timestamptz not null,
  -- How many accounts were told of it; none until somebody looked.
  told_to int constraint visit_told_to_check check (told_to >= 0),
  -- Whether its screen still shows what became of it.
  is_shown boolean not null,
  answer text constraint visit_answer_check check (answer in ('up', 'down', 'not_now')),
  answered_by uuid references account (id),
  entered_at timestamptz,
  left_at timestamptz,
  -- Why they were turned away.
  reason text constraint visit_reason_check check (char_length(reason) between 1 and 200),
  -- Who of the desk wrote them in, let them in, saw them out or turned them away last.
  marked_by uuid,
  forgotten_at timestamptz,
  primary key (estate_id, id),
  foreign key (estate_id, screen_id) references screen (estate_id, id),
  foreign key (estate_id, area_id) references common_area (estate_id, id),
  foreign key (estate_id, building_id) references building (estate_id, id),
  foreign key (estate_id, unit_id) references unit (estate_id, id),
  foreign key (estate_id, marked_by) references staff_member (estate_id, id),
  constraint visit_screen_id_check check ((screen_id is null) = (area_id is null) and (screen_id is not null or marked_by is not null)),
  constraint visit_forgotten_check check (
    (forgotten_at is null) = (name is not null) and (forgotten_at is null or num_nonnulls(company, sought, reason) = 0)),
  constraint visit_answered_check check (
    (answer is null) = (answered_by is null) and (stage <> 'consented' or answer in ('up', 'down') is true)
    and (stage <> 'denied' or (answer = 'not_now') is true)),
  constraint visit_entered_check check (
    (stage not in ('arrived', 'departed') or entered_at is not null) and (stage = 'departed') = (left_at is not null))
);
create index visit_asked_at_idx on visit (estate_id, asked_at desc, id desc);
create index visit_screen_id_idx on visit (estate_id, screen_id, asked_at desc) where screen_id is not null;
create index visit_unit_id_idx on visit (unit_id, asked_at desc) where unit_id is not null;
create index visit_waiting_idx on visit (asked_at) where stage = 'waiting';
create index visit_entered_at_idx on visit (estate_id, entered_at) where stage = 'arrived';
create index visit_kept_idx on visit (asked_at) where forgotten_at is null;
create trigger visit_moves before insert or update on visit for each row execute function refuse_illegal_move('visit');
create trigger visit_kept before delete on visit for each row execute function refuse_change();
create trigger visit_no_truncate before truncate on visit for each statement execute function refuse_change();

-- How they are read.
create function place_json(estate uuid, area uuid) returns jsonb language plpgsql stable as $$
begin
  return (
    select jsonb_build_object('area', a.id, 'names', names_json(a.name_en, a.name_hans, a.name_hant),
      'building', b.id, 'building_names', names_json(b.name_en, b.name_hans, b.name_hant))
    from common_area a left join building b on b.estate_id = a.estate_id and b.id = a.building_id
    where a.estate_id = estate and a.id = area);
end $$;

create function ring_json(r ring) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'id', r.id, 'estate', r.estate_id, 'version', r.version, 'stage', r.stage, 'stage_at', r.stage_at,
    'screen', r.screen_id, 'place', place_json(r.estate_id, r.area_id), 'rung_at', r.rung_at, 'ends_at', r.ends_at,
    'by', (select a.name from staff_member m join account a on a.id = m.account_id
      where m.estate_id = r.estate_id and m.id = r.answered_by));
end $$;

create function visit_json(v visit) returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'id', v.id, 'estate', v.estate_id, 'version', v.version, 'stage', v.stage, 'stage_at', v.stage_at,
    'name', v.name, 'company', v.company, 'purpose', v.purpose, 'sought', v.sought, 'asked_at', v.asked_at,
    'told_to', v.told_to, 'answer', v.answer, 'entered_at', v.entered_at, 'left_at', v.left_at, 'reason', v.reason,
    'place', place_json(v.estate_id, v.area_id),
    'building', (select names_json(b.name_en, b.name_hans, b.name_hant) from building b
      where b.estate_id = v.estate_id and b.id = v.building_id),
    'home', (select unit_json(u, b) from unit u
      join building b on b.estate_id = u.estate_id and b.id = u.building_id
      where u.estate_id = v.estate_id and u.id = v.unit_id));
end $$;
