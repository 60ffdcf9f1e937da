-- Whoever of the office reported a matter as a resident had a hand in it as well: nobody asks themselves how it went.
create or replace function had_a_hand(of_estate uuid, of_request uuid, who uuid) returns boolean language sql stable as $$
  select exists (
      select from happening h
      where h.estate_id = of_estate and h.subject_id = of_request and h.by_staff_id = who and h.kind <> 'followed_up')
    or exists (
      select from request r where r.estate_id = of_estate and r.id = of_request and (r.accountable_id = who
        or r.reporter_id = (select m.account_id from staff_member m where m.estate_id = of_estate and m.id = who)))
    or exists (
      select from work_order o
      where o.estate_id = of_estate and o.request_id = of_request
        and (o.issued_by = who or o.assignee_id = who or o.accountable_id = who))
    or exists (
      select from contact c
      where c.estate_id = of_estate and c.request_id = of_request
        and (c.received_by = who or c.holder_id = who or exists (
          select from happening h
          where h.estate_id = of_estate and h.subject_id = c.id and h.by_staff_id = who)))
$$;
