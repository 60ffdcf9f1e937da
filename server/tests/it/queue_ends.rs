//! The queue at its edges: what goes wrong in the midst of several, what is over, who has the same name.

use crate::contention::{attempts, contend};
use crate::house::{Caller, House};
use crate::queue::{codes, one, with_history};
use crate::requests::{dispatched_again, matter, report, step, work};
use axum::http::StatusCode;
use serde_json::Value;
use server::demo::cast;
use sqlx::{AssertSqlSafe, PgPool};

/// Two matters that can be sent out, each by its code, and as it is chosen; and the team to which they go.
async fn two_to_send(house: &House) -> ([String; 2], Vec<String>, String) {
    let resident = house.as_person(cast::RESIDENT).await;
    let codes = [report(&resident).await, report(&resident).await];
    let desk = house.as_person(cast::COORDINATOR).await;
    step(&desk, &codes[0], "requests/triage", &[("urgency", "normal")]).await;
    step(&desk, &codes[1], "requests/triage", &[("urgency", "normal")]).await;
    let rows = desk.post_exactly("requests/listing", &[]).await.ok();
    let of = |row: &Value| format!("{}:{}", row[0]["id"].as_str().unwrap(), row[1]);
    let chosen = rows["rows"].as_array().unwrap().iter().map(of).collect();
    (codes, chosen, format!("team:{}", rows["teams"][0]["id"].as_str().unwrap()))
}

/// What came of each of several: its code, and why it did not go.
async fn sent(desk: &Caller<'_>, chosen: &[String], team: &str) -> Vec<(Value, Value)> {
    let mut fields: Vec<(&str, &str)> = chosen.iter().map(|one| ("chosen[]", one.as_str())).collect();
    fields.push(("to", team));
    let sent = desk.post("requests/dispatch_many", &fields).await.ok();
    sent.as_array().unwrap().iter().map(|one| (one["code"].clone(), one["fault"].clone())).collect()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_the_database_refuses_of_several_leaves_nothing_and_the_others_go(pool: PgPool) {
    let house = House::open(pool).await;
    let (codes, chosen, team) = two_to_send(&house).await;
    // As where whoever answers for it has left meanwhile, after the order was written.
    let id: uuid::Uuid = one(&house, format!("select id from request where code = '{}'", codes[0])).await;
    let refusal = format!(
        "create function refuse() returns trigger language plpgsql as
           $$ begin raise exception 'gone' using errcode = '23514', constraint = 'request_accountable_id_present'; end $$;
         create trigger refuse before insert on happening for each row
           when (new.kind = 'dispatched' and new.subject_id = '{id}') execute function refuse()"
    );
    sqlx::raw_sql(AssertSqlSafe(refusal)).execute(&house.pool).await.unwrap();
    let receptionist = house.as_person(cast::RECEPTIONIST).await;
    let fields = [("chosen[]", chosen[0].as_str()), ("to", team.as_str())];
    assert_eq!(receptionist.post("requests/dispatch_many", &fields).await.status, StatusCode::FORBIDDEN);
    let mut sent = sent(&house.as_person(cast::COORDINATOR).await, &chosen, &team).await;
    sent.sort_by_key(|(code, _)| code.as_str() != Some(codes[0].as_str()));
    let faults: Vec<_> = sent.into_iter().map(|(_, fault)| fault).collect();
    assert_eq!(faults, [Value::from("Stale"), Value::Null]);
    let stages = "select string_agg(stage, ' ' order by stage) from request";
    assert_eq!(house.value::<String>(stages).await, "dispatched triaged");
    assert_eq!(house.value::<i64>("select count(*) from work_order").await, 1, "no order without its move");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn several_in_whose_way_others_stood_go_the_second_time(pool: PgPool) {
    let house = House::open(pool).await;
    let (_, chosen, team) = two_to_send(&house).await;
    // A deadlock, after an order was written.
    contend(&house, "happening", "40P01", "nth = 2").await;
    let sent = sent(&house.as_person(cast::COORDINATOR).await, &chosen, &team).await;
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|(_, fault)| fault.is_null()), "{sent:?}");
    assert!(attempts(&house).await > 2);
    assert_eq!(house.value::<i64>("select count(*) from work_order").await, 2);
    assert_eq!(house.value::<i64>("select count(*) from happening where kind = 'dispatched'").await, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_over_is_found_from_the_first_page_and_namesakes_are_two(pool: PgPool) {
    let house = House::open(pool).await;
    with_history(&house).await;
    sqlx::raw_sql(
        "update account set name = 'Same Name' where id in (select m.account_id from request r join staff_member m on m.id = r.accountable_id);
         update request r set version = version + 1, accountable_id = m.id
         from staff_member m join account a on a.id = m.account_id
         where m.estate_id = r.estate_id and a.sign_in = 'joyce' and r.stage = 'archived' and r.code < 'LY-90200'",
    )
    .execute(&house.pool)
    .await
    .unwrap();
    let desk = house.as_person(cast::COORDINATOR).await;
    let filters = desk.post_exactly("requests/filters", &[]).await.ok();
    let people = filters["people"].as_array().unwrap().iter().filter(|one| one["name"] == "Same Name");
    let people: Vec<&str> = people.map(|one| one["id"].as_str().unwrap()).collect();
    assert!(people.len() > 1);
    for id in people {
        let theirs = format!(
            "select count(*) from request r where r.accountable_id = '{id}' or exists (
               select from work_order o where o.request_id = r.id and o.assignee_id = '{id}')"
        );
        let sieve = format!("person:{id}");
        let found = codes(&desk, &[("view", "all"), ("sieve[0]", &sieve)]).await.len();
        assert_eq!(found as i64, one::<i64>(&house, theirs).await);
        let page = desk.post_exactly("requests/queue", &[("sieve[0]", &sieve)]).await.ok();
        assert_eq!(page["names"][0][1]["en"], "Same Name");
    }
    let over = house.value::<i64>("select count(*) from request where stage = 'archived'").await;
    assert_eq!(codes(&desk, &[("sieve[0]", "state:archived")]).await.len() as i64, over);
    let mine = codes(&desk, &[("view", "mine"), ("sieve[0]", "state:archived")]).await.len() as i64;
    assert!(mine > 0 && mine < over, "{mine} of {over}");
    for query in ["view=all", "//elsewhere"] {
        let reply = desk.post("requests/save_view", &[("name", "x"), ("query", query)]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}

/// The line of a matter in the sheet that somebody takes along.
async fn sheet_line(staff: &Caller<'_>, code: &str) -> String {
    let text = staff.get("/staff/export.csv?view=all").await.text();
    text.lines().find(|line| line.starts_with(code)).unwrap_or_else(|| panic!("{code} in {text}")).to_owned()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_register_names_the_client_the_phone_the_words_and_the_appointed_time(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let (desk, technician) = (house.as_person(cast::COORDINATOR).await, house.as_person(cast::TECHNICIAN).await);
    let phone: String = house
        .value("select p.phone from party p join request r on r.estate_id = p.estate_id and r.party_id = p.id")
        .await;
    let heading = desk.get("/staff/export.csv").await.text();
    assert!(heading.lines().next().unwrap().contains("Client,Phone,Words,Appointed time"), "{heading}");
    let line = sheet_line(&desk, &code).await;
    // No sheet takes a phone for a formula.
    let said = format!("Emma Thornbury,'{phone},The kitchen tap drips all night.,2026-11-23 13:00");
    assert!(line.contains(&said), "without an appointment, what was promised: {line}");

    step(&desk, &code, "requests/triage", &[("urgency", "normal")]).await;
    let id = matter(&desk, &code).await["request"]["id"].as_str().unwrap().to_owned();
    let span = [("id", id.as_str()), ("on", "2026-11-24"), ("from", "14:00"), ("until", "16:00")];
    desk.post("work/offer_window", &span).await.ok();
    let window: uuid::Uuid = house.value("select id from visit_window").await;
    let window = window.to_string();
    desk.post("work/appoint", &[("id", id.as_str()), ("window", window.as_str())]).await.ok();
    assert!(sheet_line(&desk, &code).await.contains("2026-11-24 14:00–16:00"), "the open window");
    let page = desk.get("/staff/list").await.text();
    assert!(page.contains("Emma Thornbury") && page.contains(&phone), "on paper too");

    // Trades see the phone while there is something to do.
    dispatched_again(&desk, &code).await;
    assert!(sheet_line(&technician, &code).await.contains(&phone));
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &code, endpoint, &[]).await;
    }
    work(&technician, &code, "work/complete", &[("note", "Done."), ("signer", "Emma"), ("signed", "true")]).await;
    let line = sheet_line(&technician, &code).await;
    assert!(line.contains("Emma Thornbury") && !line.contains(&phone), "{line}");
    let listing = technician.post_exactly("requests/listing", &[("view", "all")]).await.ok();
    assert_eq!(listing["register"][0]["client"]["phone"], Value::Null);
    assert!(sheet_line(&desk, &code).await.contains(&phone), "the desk does");
}
