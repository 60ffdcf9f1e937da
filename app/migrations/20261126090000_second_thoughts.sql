-- Ratings, one a life of the request: what was fixed again is rated again.
alter table rating add column life int not null default 0;
alter table rating drop constraint rating_pkey;
alter table rating add primary key (estate_id, request_id, life);

-- Whether the screens of those whom it concerns look again, though their timeline may not say why.
alter table happening add column is_heard_at_home boolean not null default false;

-- Colleagues are invited like residents: into a department and a role rather than into a unit.
alter table invitation alter column unit_id drop not null;
alter table invitation alter column party_id drop not null;
alter table invitation add column name text constraint invitation_name_check check (char_length(name) between 1 and 120);
alter table invitation add column phone text;
alter table invitation add column department_id uuid;
alter table invitation add column role text;
alter table invitation add foreign key (estate_id, department_id) references department (estate_id, id);
alter table invitation add constraint invitation_to_check check (
  (unit_id is not null and party_id is not null and department_id is null and role is null and name is null)
  or (unit_id is null and party_id is null and department_id is not null and role is not null and name is not null));
create unique index invitation_open_idx on invitation (estate_id, unit_id, party_id)
  where redeemed_at is null and withdrawn_at is null and unit_id is not null;
