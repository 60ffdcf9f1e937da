//! The work log (N6), the statistics sheet (C11) and months (A2): what somebody did on a day and by whom it may be read,
//! and where days and months end.

use crate::closing::done;
use crate::desk::{look, register, staff_id};
use crate::house::{Caller, House};
use crate::requests::report;
use app::insights::{Dashboard, Deed, Log, SheetLine, Sort, Whose};
use app::{desk::ContactKind, requests::Channel};
use axum::http::StatusCode;
use chrono::NaiveDate;
use serde_json::Value;
use server::demo::cast;
use sqlx::PgPool;

async fn log(staff: &Caller<'_>, fields: &[(&str, &str)]) -> Log {
    serde_json::from_value(staff.post_exactly("insights/log", fields).await.ok()).unwrap()
}

async fn dashboard(staff: &Caller<'_>, fields: &[(&str, &str)]) -> Dashboard {
    serde_json::from_value(staff.post_exactly("insights/dashboard", fields).await.ok()).unwrap()
}

/// What was done, the latest first, as the record calls it.
fn kinds(log: &Log) -> Vec<&'static str> {
    let kind = |deed: &Deed| match deed {
        Deed::Matter { happening, .. } => happening.tag(),
        Deed::Desk { happening, .. } => happening.tag(),
        Deed::Discarded { .. } => "discarded",
        Deed::Other { .. } => "other",
        Deed::Hidden => "hidden",
    };
    log.entries.iter().map(|entry| kind(&entry.deed)).collect()
}

/// The answer to a question, registered at once.
const ANSWERED: [(&str, &str); 2] = [("outcome", "answered"), ("answer", "At nine.")];

#[sqlx::test(migrations = "../app/migrations")]
async fn a_log_tells_what_its_person_did_and_nothing_of_others(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let own = log(&technician, &[]).await;
    let did = kinds(&own);
    let went: Vec<_> =
        did.iter().filter(|kind| ["order_accepted", "set_out", "arrived", "completed"].contains(kind)).collect();
    assert_eq!(went, [&"completed", &"arrived", &"set_out", &"order_accepted"], "the latest first");
    let others = ["received", "triaged", "dispatched", "registered"];
    assert!(!did.iter().any(|kind| others.contains(kind)), "others did that: {did:?}");
    assert!(!did.contains(&"followed") && !did.contains(&"wall_stopped"), "that followed by itself: {did:?}");
    assert_eq!((own.things, own.matters, own.next), (i64::try_from(did.len()).unwrap(), 1, None));
    let is_it = |deed: &Deed| matches!(deed, Deed::Matter { matter, .. } if matter.code == code);
    assert!(own.entries.iter().all(|entry| is_it(&entry.deed)));
    assert!(own.is_mine && own.departments.is_empty() && own.people.is_empty(), "there is no other log to choose");

    // What they gave up before it had left their device is theirs too.
    let given_up = [("words", "A contact registered · 14:03 · A parcel"), ("reason", "It was mine.")];
    technician.post("people/discard_unsent", &given_up).await.ok();
    let [words, reason] = given_up.map(|(_, text)| text.to_owned());
    assert_eq!(
        log(&technician, &[]).await.entries[0].deed,
        Deed::Discarded { words: Some(words), reason: reason.clone() }
    );
    let id = staff_id(&house, cast::TECHNICIAN).await;
    let estate: uuid::Uuid = house.value("select id from estate where code_prefix = 'LY'").await;
    let hq = house.as_person(cast::HQ).await;
    hq.post("people/switch_estate", &[("estate", &estate.to_string())]).await;
    let told = Deed::Discarded { words: None, reason };
    assert_eq!(
        log(&hq, &[("staff", &id)]).await.entries[0].deed,
        told,
        "a caller's words are read by those who read the register"
    );

    let coordinator = log(&house.as_person(cast::COORDINATOR).await, &[]).await;
    let did = kinds(&coordinator);
    assert!(did.contains(&"triaged") && did.contains(&"dispatched") && !did.contains(&"arrived"), "{did:?}");
    let page = technician.get("/staff/log").await.text();
    assert!(page.contains(&format!("href=\"/staff/requests/{code}\"")), "without scripts too");
    assert!(page.contains("action=\"/staff/log\"") && page.contains("name=\"day\""));
    assert!(!page.contains("name=\"staff\""));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_day_ends_at_midnight_on_the_estates_wall(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    house.advance(11 * 60 + 59);
    register(&desk, &ANSWERED).await;
    house.advance(2);
    register(&desk, &[&ANSWERED[..], &[("words", "And the tennis court?")]].concat()).await;
    let words = |log: &Log| -> Vec<String> {
        let contact = |deed: &Deed| match deed {
            Deed::Desk { contact, .. } => contact.as_ref().map(|one| one.words.clone()),
            _ => None,
        };
        log.entries.iter().filter_map(|entry| contact(&entry.deed)).collect()
    };
    let before = log(&desk, &[("day", "2026-11-23")]).await;
    assert_eq!((kinds(&before), before.things, before.matters), (vec!["answered", "registered"], 2, 0));
    assert_eq!(words(&before), ["When does the pool open?"; 2]);
    let today = log(&desk, &[]).await;
    assert_eq!(
        (today.on.to_string(), words(&today)),
        ("2026-11-24".to_owned(), vec!["And the tennis court?".to_owned(); 2])
    );
    assert_eq!(log(&desk, &[("day", "2026-11-22")]).await.things, 0);
    let wrong = desk.post_exactly("insights/log", &[("day", "yesterday")]).await.status;
    assert_eq!(wrong, StatusCode::UNPROCESSABLE_ENTITY);
    let page = desk.get("/staff/log?day=2026-11-23&staff=").await.text();
    assert!(page.contains("When does the pool open?") && !page.contains("tennis"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_oversees_others_reads_the_logs_of_their_scope(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    let (plumber, desk) = (staff_id(&house, cast::TECHNICIAN).await, staff_id(&house, cast::RECEPTIONIST).await);
    let nobody = uuid::Uuid::nil().to_string();
    let elsewhere: uuid::Uuid = house
        .value("select m.id from staff_member m join estate e on e.id = m.estate_id where e.code_prefix = 'BY' limit 1")
        .await;
    let elsewhere = elsewhere.to_string();
    let status = async |who: &str, fields: &[(&str, &str)]| {
        house.as_person(who).await.post_exactly("insights/log", fields).await.status
    };
    let (ok, forbidden, not_found) = (StatusCode::OK, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND);
    for who in [cast::SUPERVISOR, cast::ENGINEERING_HEAD] {
        for (of, expected) in [(&plumber, ok), (&desk, forbidden), (&nobody, not_found), (&elsewhere, not_found)] {
            assert_eq!(status(who, &[("staff", of.as_str())]).await, expected, "{who}, {of}");
        }
        for (of, expected) in [("engineering", ok), ("customer-service", forbidden), ("nowhere", not_found)] {
            assert_eq!(status(who, &[("department", of)]).await, expected, "{who}, {of}");
        }
    }
    for who in [cast::SITE_MANAGER, cast::CUSTOMER_SERVICE_HEAD] {
        for of in [&plumber, &desk] {
            assert_eq!(status(who, &[("staff", of.as_str())]).await, ok, "{who}, {of}");
        }
        for of in ["engineering", "customer-service"] {
            assert_eq!(status(who, &[("department", of)]).await, ok, "{who}, {of}");
        }
    }
    for who in [cast::RECEPTIONIST, cast::COORDINATOR, cast::OTHER_TECHNICIAN, cast::FEE_COLLECTOR] {
        let own = staff_id(&house, who).await;
        assert_eq!(
            (status(who, &[]).await, status(who, &[("staff", own.as_str())]).await),
            (ok, ok),
            "{who}: their own"
        );
        assert_eq!(status(who, &[("staff", plumber.as_str())]).await, forbidden, "{who}");
        assert_eq!(status(who, &[("department", "engineering")]).await, forbidden, "{who}");
    }
    assert_eq!(status(cast::RESIDENT, &[]).await, forbidden);
    let page = format!("/staff/log?staff={desk}");
    assert_eq!(house.as_person(cast::SUPERVISOR).await.get(&page).await.status, forbidden);

    // A department's log is that of its people, by name.
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let theirs = log(&supervisor, &[("staff", &plumber)]).await;
    let all = log(&supervisor, &[("department", "engineering")]).await;
    assert!(matches!(&all.whose, Whose::Department(one) if one.slug == "engineering") && !all.is_mine);
    assert_eq!(all.departments.iter().map(|one| one.slug.as_str()).collect::<Vec<_>>(), ["engineering"]);
    assert!(all.people.iter().any(|one| one.id.to_string() == plumber));
    assert!(all.people.iter().all(|one| one.id.to_string() != desk));
    assert_eq!(all.entries, theirs.entries, "nobody else of them did anything");
    assert!(!theirs.entries.is_empty() && !kinds(&all).contains(&"dispatched"));
    let shown = house.as_person(cast::SITE_MANAGER).await.get("/staff/log?department=engineering").await.text();
    assert!(shown.contains(&code) && shown.contains("name=\"staff\""));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_a_matter_that_its_reader_does_not_see_a_log_says_no_word(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let plumber = staff_id(&house, cast::TECHNICIAN).await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "update request r set version = version + 1, department_id = (
           select id from department d where d.estate_id = r.estate_id and slug = 'customer-service');
         insert into happening (estate_id, room, subject_id, kind, is_public, by_staff_id, at, details)
         select estate_id, 'requests', id, 'noted', false, '{plumber}'::uuid, received_at + n * interval '1 second',
           '{{\"kind\": \"noted\", \"words\": \"The key is under the mat.\"}}'::jsonb
         from request, generate_series(1, 150) n"
    )))
    .execute(&house.pool)
    .await
    .unwrap();
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let reply = supervisor.post_exactly("insights/log", &[("staff", &plumber)]).await;
    assert!(!reply.text().contains("under the mat") && !reply.text().contains(&code));
    let page: Log = serde_json::from_value(reply.ok()).unwrap();
    assert!(page.entries.iter().all(|entry| entry.deed == Deed::Hidden));

    // It counts all the same, page by page.
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let first = manager.post_exactly("insights/log", &[("staff", &plumber)]).await.ok();
    let (at, id) = (first["next"]["at"].as_str().unwrap().to_owned(), first["next"]["id"].to_string());
    let first: Log = serde_json::from_value(first).unwrap();
    let rest = log(&manager, &[("staff", &plumber), ("after[at]", &at), ("after[id]", &id)]).await;
    assert_eq!((first.entries.len(), rest.entries.len(), rest.next), (100, 50, None));
    assert_eq!((first.things, first.matters, page.things), (150, 1, 150));
    let times: Vec<_> = first.entries.iter().chain(&rest.entries).map(|entry| entry.at).collect();
    assert!(times.windows(2).all(|pair| pair[0] > pair[1]), "none twice, and in order");
    assert!(kinds(&rest).iter().all(|kind| *kind == "noted"));
}

fn line(seen: &Dashboard, of: Sort) -> SheetLine {
    *seen.sheet.iter().find(|line| line.of == of).unwrap()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_sheet_counts_what_the_desk_registered(pool: PgPool) {
    let house = House::open(pool).await;
    let (desk, manager) = (house.as_person(cast::RECEPTIONIST).await, house.as_person(cast::SITE_MANAGER).await);
    register(&desk, &ANSWERED).await;
    let promised = [("outcome", "promised"), ("reply_by", "2026-11-23T18:00")];
    let complaint = [&promised[..], &[("kind", "complaint"), ("channel", "walk_in")]].concat();
    let id = register(&desk, &complaint).await["id"].as_str().unwrap().to_owned();
    let kept = register(&desk, &promised).await["id"].as_str().unwrap().to_owned();
    report(&house.as_person(cast::RESIDENT).await).await;

    let zero = |of: Sort| SheetLine::new(of, |_| 0);
    let seen = dashboard(&manager, &[("month", "2026-11")]).await;
    let all = line(&seen, Sort::All);
    assert_eq!(all, SheetLine { received: 4, answered: 1, requested: 1, open: 2, ..zero(Sort::All) });
    let of = Sort::Kind(ContactKind::Complaint);
    assert_eq!(line(&seen, of), SheetLine { received: 1, open: 1, ..zero(of) });
    let of = Sort::Kind(ContactKind::Repair);
    assert_eq!(line(&seen, of), SheetLine { received: 1, requested: 1, ..zero(of) });
    let of = Sort::Channel(Channel::Web);
    assert_eq!(line(&seen, of), SheetLine { received: 1, requested: 1, ..zero(of) });
    let of = Sort::Channel(Channel::Phone);
    assert_eq!(line(&seen, of), SheetLine { received: 2, answered: 1, open: 1, ..zero(of) });

    // One reply comes in time, the other late; what came in stays what it was.
    let answer = async |id: &str| {
        desk.post("desk/answer", &[("id", id), ("seen", "1"), ("words", "At nine.")]).await.ok();
    };
    answer(&kept).await;
    house.advance(7 * 60);
    look(&house).await;
    answer(&id).await;
    let seen = dashboard(&manager, &[]).await;
    let all = line(&seen, Sort::All);
    assert_eq!(all, SheetLine { received: 4, answered: 3, requested: 1, kept: 1, missed: 1, ..zero(Sort::All) });
    let of = Sort::Kind(ContactKind::Complaint);
    assert_eq!(line(&seen, of), SheetLine { received: 1, answered: 1, missed: 1, ..zero(of) });
    let mut db = house.pool.acquire().await.unwrap();
    while app::insights::store::fold(&mut db).await.unwrap() > 0 {}
    assert_eq!(dashboard(&manager, &[]).await.sheet, seen.sheet, "folded, it is the same");
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    assert_eq!(dashboard(&supervisor, &[]).await.sheet, [], "the desk is no department's alone");
    let page = manager.get("/staff/insights?month=2026-11").await.text();
    assert!(page.contains("id=\"desk-sheet\""));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_month_has_the_edges_of_the_estates_clock(pool: PgPool) {
    let house = House::open(pool).await;
    // Summer time ends within October there: its first midnight is an hour nearer to the sun than its last.
    sqlx::raw_sql("update estate set zone = 'Europe/Berlin'").execute(&house.pool).await.unwrap();
    register(&house.as_person(cast::RECEPTIONIST).await, &ANSWERED).await;
    report(&house.as_person(cast::RESIDENT).await).await;
    sqlx::raw_sql(
        "insert into contact
         select (jsonb_populate_record(c, jsonb_build_object('id', md5(at)::uuid, 'received_at', at))).*
         from contact c, unnest(array['2026-09-30T21:59:59Z', '2026-09-30T22:00:00Z', '2026-10-31T22:59:59Z',
           '2026-10-31T23:00:00Z']) as at where c.kind = 'enquiry'",
    )
    .execute(&house.pool)
    .await
    .unwrap();
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let day = |day: &str| day.parse::<NaiveDate>().unwrap();
    for (month, enquiries, matters, until) in
        [("2026-09", 1, 0, "2026-09-30"), ("2026-10", 2, 0, "2026-10-31"), ("2026-11", 2, 1, "2026-11-23")]
    {
        let seen = dashboard(&manager, &[("month", month)]).await;
        assert_eq!((seen.from_on, seen.until_on), (day(&format!("{month}-01")), day(until)));
        assert_eq!(line(&seen, Sort::Kind(ContactKind::Enquiry)).received, enquiries, "{month}");
        assert_eq!((seen.now.received, seen.before.received), (matters, 0), "{month}");
        let months: Vec<String> = seen.months.iter().map(|month| month.tag()).collect();
        assert_eq!((months.len(), months[0].as_str(), months[11].as_str()), (12, "2026-11", "2025-12"));
        let from = seen.from_on.to_string();
        let days = [("figure", "received"), ("from", from.as_str()), ("until", until)];
        let rows: Value = manager.post_exactly("insights/rows", &days).await.ok();
        assert_eq!(
            (rows["total"].as_u64(), rows["rows"].as_array().map(Vec::len)),
            (Some(matters), usize::try_from(matters).ok())
        );
    }
    for wrong in ["2026-12", "2026-13", "November"] {
        let status = manager.post_exactly("insights/dashboard", &[("month", wrong)]).await.status;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let page = manager.get("/staff/insights?month=2026-10").await.text();
    assert!(page.contains("2026年10月1日 至 2026年10月31日"));
    let rows = "/staff/insights/rows?figure=received&from=2026-10-01&until=2026-10-31";
    let rows = manager.get(rows).await.text();
    assert!(rows.contains("href=\"/staff/insights?month=2026%2D10\""), "back to where one came from");
}
