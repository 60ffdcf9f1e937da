//! The journey, and what several people do to one request at once.

use crate::house::{Caller, House};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// A report of the cast's resident; its code.
pub async fn report(resident: &Caller<'_>) -> String {
    let catalogue = resident.post_exactly("services/catalogue", &[]).await.ok();
    let estate = catalogue["estate"]["id"].as_str().unwrap().to_owned();
    let problem = catalogue["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["parent"].is_string() && item["place"] != "common" && item["urgency"] == "normal")
        .unwrap();
    let place = format!("unit:{}", catalogue["homes"][0]["unit"]["id"].as_str().unwrap());
    let reply = resident
        .post(
            "requests/report",
            &[
                ("estate", &estate),
                ("item", problem["id"].as_str().unwrap()),
                ("place", &place),
                ("words", "The kitchen tap drips all night."),
            ],
        )
        .await
        .ok();
    reply["code"].as_str().unwrap().to_owned()
}

pub async fn matter(staff: &Caller<'_>, code: &str) -> Value {
    staff.post_exactly("requests/matter", &[("code", code)]).await.ok()
}

/// One move on a request at the version that the caller sees now.
pub async fn step(staff: &Caller<'_>, code: &str, endpoint: &str, fields: &[(&str, &str)]) {
    let seen = matter(staff, code).await;
    let (id, version) = (seen["request"]["id"].as_str().unwrap().to_owned(), seen["request"]["version"].to_string());
    let mut all = vec![("id", id.as_str()), ("seen", version.as_str())];
    all.extend_from_slice(fields);
    staff.post(endpoint, &all).await.ok();
}

/// One move on a request's newest order.
pub async fn work(staff: &Caller<'_>, code: &str, endpoint: &str, fields: &[(&str, &str)]) {
    let seen = matter(staff, code).await;
    let order = &seen["orders"][0]["order"];
    let (id, version) = (order["id"].as_str().unwrap().to_owned(), order["version"].to_string());
    let mut all = vec![("id", id.as_str()), ("seen", version.as_str())];
    all.extend_from_slice(fields);
    staff.post(endpoint, &all).await.ok();
}

pub async fn dispatched(house: &House, code: &str) {
    let coordinator = house.as_person(cast::COORDINATOR).await;
    step(&coordinator, code, "requests/triage", &[("urgency", "normal")]).await;
    let seen = matter(&coordinator, code).await;
    let team = format!("team:{}", seen["request"]["department"].as_str().unwrap());
    step(&coordinator, code, "requests/dispatch", &[("to", &team)]).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_report_travels_from_the_phone_to_the_file(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert_eq!(page["card"]["line"]["stage"], "Received");
    assert!(page["card"]["line"]["promise"]["due_at"].is_string(), "the promise line is never empty");

    let coordinator = house.as_person(cast::COORDINATOR).await;
    house.advance(2);
    step(&coordinator, &code, "requests/triage", &[("urgency", "urgent")]).await;
    step(&coordinator, &code, "requests/promise", &[("kind", "visit"), ("due_at", "2026-11-23T14:30")]).await;
    dispatched_again(&coordinator, &code).await;
    step_remark(&coordinator, &code, "Bring the older cartridge", true).await;
    house.advance(1);
    let technician = house.as_person(cast::TECHNICIAN).await;
    work(&technician, &code, "work/accept", &[]).await;
    work(&technician, &code, "work/set_out", &[]).await;
    house.advance(20);
    work(&technician, &code, "work/arrive", &[]).await;
    work(
        &technician,
        &code,
        "work/complete",
        &[("note", "New cartridge fitted."), ("signer", "Emma"), ("signed", "true")],
    )
    .await;

    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert_eq!(page["card"]["line"]["stage"], "Done");
    assert!(!page.to_string().contains("older cartridge"), "an internal note never reaches the resident");
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    let rating = [("attitude", "5"), ("conduct", "4"), ("speed", "3"), ("result", "5")];
    let mut fields = vec![("id", id), ("seen", version.as_str())];
    fields.extend(rating);
    resident.post("requests/confirm", &fields).await.ok();
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert_eq!((&page["card"]["line"]["stage"], &page["rating"]["speed"]), (&json!("Confirmed"), &json!(3)));

    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    step(&head, &code, "requests/archive", &[]).await;

    let kinds: Vec<String> = sqlx::query_scalar("select kind from happening where room = 'requests' order by id")
        .fetch_all(&house.pool)
        .await
        .unwrap();
    assert_eq!(
        kinds,
        [
            "received",
            "triaged",
            "promised",
            "dispatched",
            "noted",
            "order_accepted",
            "set_out",
            "arrived",
            "followed",
            "completed",
            "verified",
            "done",
            "confirmed",
            "rated",
            "archived",
        ]
    );
    let accepted: bool =
        house.value("select accepted_at is not null and accountable_id = assignee_id from work_order").await;
    assert!(accepted, "the time of acceptance is stamped (C5)");
}

pub async fn dispatched_again(coordinator: &Caller<'_>, code: &str) {
    let seen = matter(coordinator, code).await;
    let team = format!("team:{}", seen["request"]["department"].as_str().unwrap());
    step(coordinator, code, "requests/dispatch", &[("to", &team)]).await;
}

pub async fn step_remark(staff: &Caller<'_>, code: &str, words: &str, internal: bool) {
    let seen = matter(staff, code).await;
    let id = seen["request"]["id"].as_str().unwrap().to_owned();
    let internal = internal.to_string();
    staff.post("requests/remark", &[("id", &id), ("words", words), ("internal", &internal)]).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn not_fixed_comes_back_with_a_new_promise(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &code, endpoint, &[]).await;
    }
    work(&technician, &code, "work/complete", &[("note", "Tightened."), ("no_proof_reason", "Nobody was at home.")])
        .await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    house.advance(5);
    resident.post("requests/dispute", &[("id", id), ("seen", &version), ("words", "It still drips.")]).await.ok();
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert_eq!(page["card"]["line"]["stage"], "Reopened");
    assert!(page["card"]["line"]["promise"]["due_at"].is_string());
    dispatched(&house, &code).await;
    let orders: i64 = house.value("select count(*) from work_order").await;
    assert_eq!(orders, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_a_hundred_moves_at_once_one_wins(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let seen = matter(&coordinator, &code).await;
    let (id, version) = (seen["request"]["id"].as_str().unwrap().to_owned(), seen["request"]["version"].to_string());
    let fields = [("id", id.as_str()), ("seen", version.as_str()), ("urgency", "urgent")];
    let moves = (0..100).map(|_| coordinator.post("requests/triage", &fields));
    let replies = futures::future::join_all(moves).await;
    let (won, lost): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == StatusCode::OK);
    assert_eq!((won.len(), lost.len()), (1, 99));
    assert!(lost.iter().all(|reply| reply.status == StatusCode::CONFLICT && reply.json() == json!("Stale")));
    let triaged: i64 = house.value("select count(*) from happening where kind = 'triaged'").await;
    assert_eq!(triaged, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn another_homes_matter_does_not_exist(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    for somebody in [cast::NEIGHBOUR, cast::FORMER_RESIDENT, cast::BOYAN_CONTACT] {
        let caller = house.as_person(somebody).await;
        let reply = caller.post_exactly("requests/track", &[("code", &code)]).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{somebody}");
    }
    let spouse = house.as_person(cast::SPOUSE).await;
    assert_eq!(spouse.post_exactly("requests/track", &[("code", &code)]).await.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_second_departments_order_does_not_blind_the_first(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let seen = matter(&coordinator, &code).await;
    let first = &seen["request"]["department"];
    let sheet = coordinator.post_exactly("work/assigning", &[("code", &code)]).await.ok();
    let hands = sheet["hands"].as_array().unwrap();
    let other = hands.iter().find(|hand| hand["candidate"]["who"]["department"]["id"] != *first).unwrap();
    let to = format!("person:{}", other["candidate"]["who"]["id"].as_str().unwrap());
    step(&coordinator, &code, "requests/dispatch", &[("to", &to)]).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    assert_eq!(matter(&technician, &code).await["request"]["department"], *first, "who is at it keeps it (C2)");
    for view in ["open", "all"] {
        let queue = technician.post_exactly("requests/queue", &[("view", view)]).await.ok();
        assert_eq!(queue["cards"][0]["code"], json!(code), "{view}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_two_matters_that_are_called_each_others_duplicate_one_goes_on(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (one, other) = (report(&resident).await, report(&resident).await);
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let seen = [matter(&coordinator, &one).await, matter(&coordinator, &other).await];
    let ids = seen.each_ref().map(|seen| seen["request"]["id"].as_str().unwrap());
    let first = [("id", ids[0]), ("seen", "1"), ("of", other.as_str())];
    let second = [("id", ids[1]), ("seen", "1"), ("of", one.as_str())];
    let (first, second) = futures::join!(
        coordinator.post("requests/mark_duplicate", &first),
        coordinator.post("requests/mark_duplicate", &second),
    );
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    assert_eq!(house.value::<i64>("select count(*) from request where stage = 'duplicate'").await, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_order_given_back_reaches_the_resident(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    work(&technician, &code, "work/refuse", &[("reason", "Off sick")]).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let last = page["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(last["happening"]["kind"], "back_at_desk");
    assert!(!page.to_string().contains("Off sick"), "why stays with the office");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn staff_who_live_there_report_as_residents(pool: PgPool) {
    let house = House::open(pool).await;
    let moved_in = sqlx::query(
        "insert into party_account (estate_id, party_id, account_id)
         select p.estate_id, p.party_id, staff.id
         from party_account p join account a on a.id = p.account_id, account staff
         where a.sign_in = $1 and staff.sign_in = $2",
    );
    moved_in.bind(cast::RESIDENT).bind(cast::COORDINATOR).execute(&house.pool).await.unwrap();
    let code = report(&house.as_person(cast::COORDINATOR).await).await;
    let as_resident: bool = house
        .value("select by_account_id is not null and by_staff_id is null from happening where kind = 'received'")
        .await;
    assert!(as_resident, "{code}");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_home_begins_at_midnight_on_the_estates_wall(pool: PgPool) {
    let house = House::open(pool).await;
    for (at, is_theirs) in [("2026-11-22T15:59:00Z", false), ("2026-11-22T16:00:00Z", true)] {
        let found: bool = sqlx::query_scalar(
            "select is_of_homes(array[u.id], array['2026-11-23'::date], u.estate_id, u.id, $1::text::timestamptz)
             from unit u join estate e on e.id = u.estate_id where e.zone = 'Asia/Shanghai' limit 1",
        )
        .bind(at)
        .fetch_one(&house.pool)
        .await
        .unwrap();
        assert_eq!(found, is_theirs, "{at}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn homes_in_two_estates_report_to_two_desks(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let boyan = house.as_person(cast::BOYAN_COORDINATOR).await;
    let hits = boyan.post_exactly("people/find_units", &[("words", "801")]).await.ok();
    let unit = hits[0]["id"].as_str().unwrap().to_owned();
    let file = boyan.post_exactly("people/unit", &[("id", &unit)]).await.ok();
    let party = file["occupants"][0]["party"].as_str().unwrap();
    let issued = boyan.post("people/invite", &[("unit", &unit), ("party", party)]).await.ok();
    let before = emma.post_exactly("services/catalogue", &[]).await.ok();
    assert_eq!(before["estates"], json!([]), "nothing to choose from");
    emma.post("people/redeem_here", &[("code", issued["code"].as_str().unwrap())]).await.ok();

    let first = emma.post_exactly("services/catalogue", &[]).await.ok();
    let estates: Vec<_> = first["estates"].as_array().unwrap().iter().map(|estate| &estate["id"]).collect();
    assert_eq!(estates.len(), 2);
    let other = *estates.iter().find(|id| ***id != first["estate"]["id"]).unwrap();
    let there = emma.post_exactly("services/catalogue", &[("estate", other.as_str().unwrap())]).await.ok();
    assert_eq!(there["homes"].as_array().unwrap().len(), 1);
    let problem = there["items"].as_array().unwrap().iter().find(|item| item["place"] == "home").unwrap();
    let place = format!("unit:{}", there["homes"][0]["unit"]["id"].as_str().unwrap());
    let fields = [
        ("estate", other.as_str().unwrap()),
        ("item", problem["id"].as_str().unwrap()),
        ("place", &place),
        ("words", "The blind in the meeting room is stuck."),
    ];
    let code = emma.post("requests/report", &fields).await.ok()["code"].as_str().unwrap().to_owned();
    assert!(code.starts_with("BY-"), "{code}");
    assert_eq!(matter(&boyan, &code).await["request"]["code"], code.as_str());
    let neighbour = house.as_person(cast::NEIGHBOUR).await;
    let reply = neighbour.post_exactly("services/catalogue", &[("estate", other.as_str().unwrap())]).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND, "who has no home there");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn somebody_answers_for_it_from_the_first_moment(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let duty: bool = house
        .value("select r.accountable_id = e.duty_officer_id from request r join estate e on e.id = r.estate_id")
        .await;
    assert!(duty, "{code} is the duty officer's until somebody takes it");
    dispatched(&house, &code).await;
    let supervisor: String = house
        .value(
            "select a.sign_in from work_order o join staff_member m on m.estate_id = o.estate_id and m.id = o.accountable_id
             join account a on a.id = m.account_id",
        )
        .await;
    assert_eq!(supervisor, cast::SUPERVISOR, "a team's order is its supervisor's until somebody accepts");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn trades_see_what_their_team_was_sent_to_and_the_phone_while_it_is_open(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let reply = technician.post_exactly("requests/matter", &[("code", &code)]).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND, "nobody was sent yet");
    assert_eq!(technician.post_exactly("requests/queue", &[]).await.ok()["cards"], json!([]));
    dispatched(&house, &code).await;
    assert!(matter(&technician, &code).await["reporter"]["phone"].is_string());
    fixed_and_confirmed(&technician, &resident, &code).await;
    assert!(matter(&technician, &code).await["reporter"]["phone"].is_null());
    let desk = house.as_person(cast::RECEPTIONIST).await;
    assert!(matter(&desk, &code).await["reporter"]["phone"].is_string());
}

const RATING: [(&str, &str); 4] = [("attitude", "5"), ("conduct", "4"), ("speed", "3"), ("result", "5")];

/// From the team's order to the resident's word, rated.
async fn fixed_and_confirmed(technician: &Caller<'_>, resident: &Caller<'_>, code: &str) {
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(technician, code, endpoint, &[]).await;
    }
    let done = [("note", "New washer."), ("no_proof_reason", "Nobody was at home.")];
    work(technician, code, "work/complete", &done).await;
    let page = resident.post_exactly("requests/track", &[("code", code)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    let mut fields = vec![("id", id), ("seen", version.as_str())];
    fields.extend(RATING);
    resident.post("requests/confirm", &fields).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_was_fixed_again_is_rated_again(pool: PgPool) {
    let house = House::open(pool).await;
    let (resident, technician) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::TECHNICIAN).await);
    let code = report(&resident).await;
    dispatched(&house, &code).await;
    fixed_and_confirmed(&technician, &resident, &code).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    let again = resident.post("requests/rate", &[&[("id", id)], &RATING[..]].concat()).await;
    assert_eq!(again.json(), json!({"Refused": "AlreadyRated"}));
    house.advance(60);
    let words = [("id", id), ("seen", version.as_str()), ("words", "It drips again.")];
    resident.post("requests/dispute", &words).await.ok();
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert!(page["rating"].is_null(), "the earlier life's rating is not this one's");
    house.advance(5);
    dispatched(&house, &code).await;
    fixed_and_confirmed(&technician, &resident, &code).await;
    assert_eq!(house.value::<i64>("select count(*) from rating").await, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_axis_that_was_left_out_is_noted_beside_it(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let id = page["card"]["id"].as_str().unwrap();
    let reply = resident.post("requests/rate", &[&[("id", id)], &RATING[..3]].concat()).await;
    assert_eq!(reply.json(), json!({"Invalid": [{"field": "result", "note": "Missing"}]}));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn staff_see_the_place_in_common_and_when_somebody_may_come(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let catalogue = resident.post_exactly("services/catalogue", &[]).await.ok();
    let estate = catalogue["estate"]["id"].as_str().unwrap();
    let items = catalogue["items"].as_array().unwrap();
    let item = |place: &str, urgency: &str| {
        let fits = |item: &&Value| item["parent"].is_string() && item["place"] == place && item["urgency"] == urgency;
        items.iter().find(fits).unwrap_or_else(|| panic!("no {urgency} problem {place}"))["id"].as_str().unwrap()
    };
    let area = catalogue["areas"].as_array().unwrap().iter().find(|area| area["building"].is_string()).unwrap();
    let place = format!("area:{}", area["id"].as_str().unwrap());
    let fields = [
        ("estate", estate),
        ("item", item("both", "normal")),
        ("place", &place),
        ("floor", "12"),
        ("words", "Water runs down the wall."),
        ("times[]", "2026-11-24.morning"),
    ];
    let code = resident.post("requests/report", &fields).await.ok()["code"].as_str().unwrap().to_owned();
    let seen = matter(&house.as_person(cast::COORDINATOR).await, &code).await;
    assert_eq!(seen["card"]["place"]["Common"]["floor"], 12);
    assert_eq!(seen["times"], json!([{"on": "2026-11-24", "part": "morning"}]));
    let sites =
        [("floor", "twelve", "floor"), ("place", "area:nowhere", "place"), ("times[]", "2026-11-22.morning", "times")];
    for (name, typed, field) in sites {
        let fields: Vec<_> =
            fields.iter().map(|(key, value)| (*key, if *key == name { typed } else { value })).collect();
        let reply = resident.post("requests/report", &fields).await;
        assert_eq!(reply.json()["Invalid"][0]["field"], field, "{name}={typed}");
    }
}
