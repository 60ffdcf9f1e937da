-- What somebody was when they left: who stood above them then still reads what was noted of them, and withdraws it.
alter table staff_member add column left_as text[];
-- Nobody wrote it down before. Those count as heads, so that only the site manager reads about them.
update staff_member set left_as = '{head}' where left_at is not null;
alter table staff_member add constraint staff_member_left_as_check check ((left_at is null) = (left_as is null));
