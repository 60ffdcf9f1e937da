//! Like reports become one incident: found, decided on, followed, joined; and nobody learns who else reported.

use crate::house::{Caller, House};
use crate::requests::{matter, step, work};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// As if the detector had found a request and the desk had opened it with another one; the incident, its version,
/// and the other's id.
pub async fn linked(house: &House, code: &str, other: &str, is_open: bool) -> (String, String, String) {
    let (id, lead, other): (uuid::Uuid, uuid::Uuid, uuid::Uuid) = sqlx::query_as(
        "with found as (
           insert into incident (estate_id, id, stage, stage_at, category_id, extent, place_id, stack, proposed_at)
           select estate_id, gen_random_uuid(), 'proposed', received_at, category_id, 'stack', place_id,
             gen_random_uuid()::text, received_at
           from request_trace where request_id = (select id from request where code = $1) returning estate_id, id)
         select found.id, r.id, o.id from found, request r, request o where r.code = $1 and o.code = $2",
    )
    .bind(code)
    .bind(other)
    .fetch_one(&house.pool)
    .await
    .unwrap();
    let members = if is_open { vec![lead, other] } else { vec![lead] };
    sqlx::query(
        "insert into incident_member (estate_id, incident_id, request_id, life, how, joined_at)
         select estate_id, $1, id, reopened_times, 'detected', received_at from request where id = any($2)",
    )
    .bind(id)
    .bind(members)
    .execute(&house.pool)
    .await
    .unwrap();
    if is_open {
        sqlx::query(
            "update incident i set version = 2, stage = 'open', lead_id = $2, decided_by = r.accountable_id
             from request r where i.id = $1 and r.id = $2",
        )
        .bind(id)
        .bind(lead)
        .execute(&house.pool)
        .await
        .unwrap();
    }
    (id.to_string(), if is_open { "2" } else { "1" }.to_owned(), other.to_string())
}

/// Emma of 1203, Sandy of 1202, and two newcomers in 1201 and 1204; one above the other, in stack 03.
pub async fn riser(house: &House) -> Vec<Caller<'_>> {
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let mut homes = vec![house.as_person(cast::RESIDENT).await, house.as_person(cast::NEIGHBOUR).await];
    for (number, name) in [("1201", "Noor Haddad"), ("1204", "Lin Yue")] {
        let hits = desk.post_exactly("people/find_units", &[("words", number)]).await.ok();
        let unit = hits[0]["id"].as_str().unwrap();
        let fields = [("unit", unit), ("name", name), ("kind", "tenant"), ("from_on", "2026-11-01")];
        let party = desk.post("people/add_occupant", &fields).await.ok();
        let invite = [("unit", unit), ("party", party.as_str().unwrap())];
        let issued = desk.post("people/invite", &invite).await.ok();
        let sign_in = format!("newcomer-{number}");
        let redeem = [
            ("code", issued["code"].as_str().unwrap()),
            ("sign_in", &sign_in),
            ("password", "correct horse battery staple 9"),
        ];
        let session = house.stranger().post("people/redeem", &redeem).await.cookie("__Host-session").unwrap();
        homes.push(house.stranger().with_cookie("__Host-session", &session));
    }
    sqlx::query("update unit set stack = '03', floor = floor - right(number, 1)::int where number like '120_'")
        .execute(&house.pool)
        .await
        .unwrap();
    homes
}

/// What is reported first in the catalogue: in a home, and no emergency.
pub async fn fields(resident: &Caller<'_>) -> (String, String, String, String) {
    let catalogue = resident.post_exactly("services/catalogue", &[]).await.ok();
    let fits = |item: &&Value| item["parent"].is_string() && item["place"] != "common" && item["urgency"] == "normal";
    let problem = catalogue["items"].as_array().unwrap().iter().find(fits).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (
        text(&catalogue["estate"]["id"]),
        text(&problem["id"]),
        format!("unit:{}", text(&catalogue["homes"][0]["unit"]["id"])),
        text(&problem["slug"]),
    )
}

pub async fn tells(resident: &Caller<'_>, words: &str, join: &str) -> String {
    let (estate, item, place, _) = fields(resident).await;
    let fields = [("estate", &*estate), ("item", &*item), ("place", &*place), ("words", words), ("join", join)];
    resident.post("requests/report", &fields).await.ok()["code"].as_str().unwrap().to_owned()
}

/// Three of them report one after another, so that the first one is the oldest.
pub async fn told_by_three(house: &House, homes: &[Caller<'_>]) -> Vec<String> {
    let mut codes = Vec::new();
    for (home, words) in homes.iter().zip(WORDS).take(3) {
        codes.push(tells(home, words, "").await);
        house.advance(10);
    }
    codes
}

pub async fn nearby(resident: &Caller<'_>) -> Value {
    let (_, _, _, slug) = fields(resident).await;
    resident.post_exactly("incidents/nearby", &[("problem", &slug)]).await.ok()["found"].clone()
}

pub async fn track(resident: &Caller<'_>, code: &str) -> Value {
    resident.post_exactly("requests/track", &[("code", code)]).await.ok()
}

pub async fn listed(desk: &Caller<'_>) -> Vec<Value> {
    desk.post_exactly("incidents/list", &[]).await.ok()["live"].as_array().unwrap().clone()
}

/// One move on an incident at the version that the desk sees now.
pub async fn moves(desk: &Caller<'_>, id: &str, endpoint: &str, fields: &[(&str, &str)]) -> crate::house::Reply {
    let seen = desk.post_exactly("incidents/file", &[("id", id)]).await.ok();
    let version = seen["card"]["incident"]["version"].to_string();
    desk.post(endpoint, &[&[("id", id), ("seen", version.as_str())], fields].concat()).await
}

pub const WORDS: [&str; 4] =
    ["Emma: nothing comes out.", "Sandy: dry tap.", "Noor: no water at all.", "Lin: the tap is dry."];

/// §3.5: three "no water" reports on one riser → one proposal, one order.
#[sqlx::test(migrations = "../app/migrations")]
async fn three_on_one_riser_are_one_proposal_and_one_order(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let mut codes = Vec::new();
    for (home, words) in homes.iter().zip(WORDS).take(3) {
        assert_eq!(listed(&desk).await.len(), 0);
        codes.push(tells(home, words, "").await);
        house.advance(10);
    }
    let found = listed(&desk).await;
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["reports"], &found[0]["reach"]["extent"]), (&json!(3), &json!({"Stack": "03"})));
    let told: i64 =
        house.value("select count(*) from message where telling -> 'happening' ->> 'kind' = 'incident_proposed'").await;
    assert!(told > 0, "the desk is told");

    let id = found[0]["incident"]["id"].as_str().unwrap().to_owned();
    moves(&desk, &id, "incidents/accept", &[]).await.ok();
    for (home, code) in homes.iter().zip(&codes) {
        let page = track(home, code).await;
        assert_eq!(page["card"]["line"]["stage"], "Triaged", "{code}");
        assert!(page.to_string().contains("linked"));
    }
    // A time and an order on the lead are everybody's.
    step(&desk, &codes[0], "requests/promise", &[("kind", "finish"), ("due_at", "2026-11-23T18:00")]).await;
    crate::requests::dispatched_again(&desk, &codes[0]).await;
    assert_eq!(house.value::<i64>("select count(*) from work_order").await, 1, "one order");
    for (home, code) in homes.iter().zip(&codes) {
        let page = track(home, code).await;
        assert_eq!(page["card"]["line"]["stage"], "Dispatched", "{code}");
        assert_eq!(page["card"]["line"]["promise"]["due_at"], "2026-11-23T10:00:00Z", "{code}");
    }
    moves(&desk, &id, "incidents/update", &[("words", "The pump is out; back by six.")]).await.ok();
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &codes[0], endpoint, &[]).await;
    }
    assert_eq!(track(&homes[2], &codes[2]).await["card"]["line"]["stage"], "InProgress");
    let close = moves(&desk, &id, "incidents/close", &[]).await;
    assert_eq!(close.json(), json!({"Refused": "StillAtWork"}));
    let proof = [("note", "Pump reset."), ("no_proof_reason", "Plant room.")];
    work(&technician, &codes[0], "work/complete", &proof).await;
    moves(&desk, &id, "incidents/close", &[]).await.ok();

    // Each has the last word about their own; who objects goes their own way.
    let (mut said, mut pages) = (0, Vec::new());
    for (home, code) in homes.iter().zip(&codes) {
        let page = track(home, code).await;
        assert_eq!(page["card"]["line"]["stage"], "Done", "{code}");
        said += page.to_string().matches("The pump is out").count();
        pages.push(page);
    }
    assert_eq!(said, 3, "one update reaches all, once");
    let of = |page: &Value| (page["card"]["id"].as_str().unwrap().to_owned(), page["version"].to_string());
    let (id, version) = of(&pages[0]);
    homes[0].post("requests/confirm", &[("id", &id), ("seen", &version)]).await.ok();
    let (id, version) = of(&pages[1]);
    homes[1].post("requests/dispute", &[("id", &id), ("seen", &version), ("words", "Still dry.")]).await.ok();
    assert_eq!(track(&homes[2], &codes[2]).await["card"]["line"]["stage"], "Done");
    let missed: i64 = house.value("select count(*) from promise_end where outcome = 'missed'").await;
    assert_eq!(missed, 0, "what was kept on the lead was kept for all");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_learns_who_else_reported(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    assert_eq!(nearby(&homes[3]).await, json!([]));
    let mut codes = Vec::new();
    for (home, words) in homes.iter().zip(WORDS).take(2) {
        codes.push(tells(home, words, "").await);
        assert_eq!(nearby(&homes[3]).await, json!([]), "what is no incident is nobody's to know");
    }
    codes.push(tells(&homes[2], WORDS[2], "").await);
    let found = nearby(&homes[3]).await;
    assert_eq!(found[0]["reports"], 3);
    assert_eq!(nearby(&homes[0]).await, json!([]), "whoever reported is not asked again");
    assert_eq!(nearby(&house.as_person(cast::BOYAN_CONTACT).await).await, json!([]));
    let id = found[0]["id"].as_str().unwrap().to_owned();
    codes.push(tells(&homes[3], WORDS[3], &id).await);
    moves(&desk, &id, "incidents/accept", &[]).await.ok();
    moves(&desk, &id, "incidents/update", &[("words", "We are at it.")]).await.ok();
    assert_eq!(house.value::<i64>("select count(*) from incident_member where how = 'joined'").await, 1);
    let secrets = |at: usize| {
        let others = (0..4).filter(move |other| *other != at);
        others.flat_map(|other| [WORDS[other].to_owned(), codes[other].clone()])
    };
    let names = ["Emma", "Sandy", "Noor", "Lin"];
    let numbers = ["1203", "1202", "1201", "1204"];
    for (at, (home, code)) in homes.iter().zip(&codes).enumerate() {
        let seen = [
            track(home, code).await.to_string(),
            nearby(home).await.to_string(),
            home.post_exactly("messages/inbox", &[("side", "home")]).await.ok().to_string(),
            home.get(&format!("/requests/{code}")).await.text(),
        ];
        for (place, text) in seen.iter().enumerate() {
            for secret in secrets(at) {
                assert!(!text.contains(&secret), "{at} learns {secret} in {place}");
            }
            for other in (0..4).filter(|other| *other != at) {
                for home in [format!("\"number\":\"{}\"", numbers[other]), format!("· {}", numbers[other])] {
                    assert!(!text.contains(&home), "{at} learns {home} in {place}");
                }
                assert!(!text.contains(&format!("{}:", names[other])), "{at} learns {} in {place}", names[other]);
            }
        }
        for other in codes.iter().filter(|other| *other != code) {
            let reply = home.post_exactly("requests/track", &[("code", other)]).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND);
        }
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_joins_what_is_under_way_is_where_it_is(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let codes = told_by_three(&house, &homes).await;
    let id = listed(&desk).await[0]["incident"]["id"].as_str().unwrap().to_owned();
    moves(&desk, &id, "incidents/accept", &[]).await.ok();
    step(&desk, &codes[0], "requests/promise", &[("kind", "finish"), ("due_at", "2026-11-23T18:00")]).await;
    crate::requests::dispatched_again(&desk, &codes[0]).await;
    let code = tells(&homes[3], WORDS[3], &id).await;
    let page = track(&homes[3], &code).await;
    assert_eq!(page["card"]["line"]["stage"], "Dispatched");
    assert_eq!(page["card"]["line"]["promise"]["due_at"], "2026-11-23T10:00:00Z");
    let running: bool = house
        .value("select bool_and(p.due_at = r.promised_at) from promise_running p join request r on r.id = p.request_id")
        .await;
    assert!(running, "the promise that runs is the one that was told last");

    // Not joined, it stands on its own beside the incident, and the desk may take it in.
    let spouse = house.as_person(cast::SPOUSE).await;
    let own = tells(&spouse, "Our other tap.", "").await;
    assert_eq!(matter(&desk, &own).await["request"]["stage"], "Received");
    let file = desk.post_exactly("incidents/file", &[("id", &id)]).await.ok();
    assert_eq!(file["near"][0]["code"], json!(own));
    moves(&desk, &id, "incidents/add", &[("code", &own)]).await.ok();
    assert_eq!(matter(&desk, &own).await["request"]["stage"], "Dispatched");
    let request = matter(&desk, &own).await["request"]["id"].as_str().unwrap().to_owned();
    moves(&desk, &id, "incidents/remove", &[("request", &request)]).await.ok();
    assert!(track(&spouse, &own).await.to_string().contains("unlinked"), "their record stays theirs");
    let lead = matter(&desk, &codes[0]).await["request"]["id"].as_str().unwrap().to_owned();
    let reply = moves(&desk, &id, "incidents/remove", &[("request", &lead)]).await;
    assert_eq!(reply.status, StatusCode::CONFLICT, "the lead stays");
    // What is over, or nowhere, is joined by nobody, and the report is filed all the same.
    let lost = tells(&spouse, "And the shower.", "01900000-0000-7000-8000-000000000000").await;
    assert_eq!(matter(&desk, &lost).await["request"]["stage"], "Received");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn reports_at_once_are_one_proposal(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    tells(&homes[0], WORDS[0], "").await;
    tells(&homes[1], WORDS[1], "").await;
    futures::future::join_all((0..2).flat_map(|_| homes.iter().zip(WORDS)).map(|(home, words)| tells(home, words, "")))
        .await;
    assert_eq!(house.value::<i64>("select count(*) from incident").await, 1);
    assert_eq!(house.value::<i64>("select count(*) from request").await, 10);

    let desk = house.as_person(cast::COORDINATOR).await;
    let id = listed(&desk).await[0]["incident"]["id"].as_str().unwrap().to_owned();
    let fields = [("id", id.as_str()), ("seen", "1"), ("reason", "Three leaks of three kinds.")];
    let (one, other) =
        futures::join!(desk.post("incidents/accept", &fields[..2]), desk.post("incidents/dismiss", &fields));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_was_dismissed_is_not_proposed_again(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    for (home, words) in homes.iter().zip(WORDS).take(3) {
        tells(home, words, "").await;
    }
    let id = listed(&desk).await[0]["incident"]["id"].as_str().unwrap().to_owned();
    let reply = moves(&desk, &id, "incidents/dismiss", &[("reason", " ")]).await;
    assert_eq!(reply.json(), json!({"Invalid": [{"field": "reason", "note": "Missing"}]}));
    moves(&desk, &id, "incidents/dismiss", &[("reason", "Three leaks of three kinds.")]).await.ok();
    let code = tells(&homes[3], WORDS[3], "").await;
    assert_eq!(listed(&desk).await.len(), 0);
    assert!(!track(&homes[3], &code).await.to_string().contains("three kinds"), "why stays with the office");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whose_matter_was_joined_to_another_hears_of_that_one(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let (first, twin) = (tells(&homes[0], WORDS[0], "").await, tells(&homes[1], WORDS[1], "").await);
    let photo_and_words = track(&homes[1], &twin).await;
    step(&desk, &twin, "requests/mark_duplicate", &[("of", &first)]).await;
    step(&desk, &first, "requests/triage", &[("urgency", "normal")]).await;
    house.advance(10);
    step(&desk, &first, "requests/promise", &[("kind", "visit"), ("due_at", "2026-11-23T16:30")]).await;
    let seen = matter(&desk, &first).await;
    let words =
        [("id", seen["request"]["id"].as_str().unwrap()), ("words", "Emma, we ring first."), ("internal", "false")];
    desk.post("requests/remark", &words).await.ok();
    let page = track(&homes[1], &twin).await;
    assert_eq!(page["words"], photo_and_words["words"], "their own record stays");
    let last = page["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["happening"]["happening"]["promise"]["due_at"], "2026-11-23T08:30:00Z");
    assert!(!page.to_string().contains("we ring first"), "a word to one is no word to the other");
    let inbox = homes[1].post_exactly("messages/inbox", &[("side", "home")]).await.ok();
    assert!(inbox.to_string().contains("echoed"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn plain_sql_opens_no_second_incident_and_loses_no_report(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    for (home, words) in homes.iter().zip(WORDS).take(3) {
        tells(home, words, "").await;
    }
    for (sql, why) in [
        (
            "insert into incident (estate_id, id, stage, stage_at, category_id, item_id, extent, place_id, stack, proposed_at)
             select estate_id, gen_random_uuid(), 'proposed', stage_at, category_id, item_id, extent, place_id, stack, proposed_at
             from incident",
            "incident_live_idx",
        ),
        (
            "insert into incident_member select estate_id, incident_id, request_id, 1, how, joined_at from incident_member",
            "incident_member_pkey",
        ),
        ("update incident set stage = 'closed', version = version + 1", "may not move"),
        ("update incident set stage = 'open', version = version + 1", "incident_"),
        ("update incident set reason = 'x'", "does not follow"),
        ("delete from incident", "append-only"),
        ("delete from incident_member", "append-only"),
        ("delete from request_trace", "append-only"),
    ] {
        let error = sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains(why), "{sql}: {error}");
    }
}
