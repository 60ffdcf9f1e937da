//! Orders: who is chosen for them, and why.

use crate::house::{Caller, House};
use crate::requests::{dispatched, matter, report, step, work};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

async fn assigning(staff: &Caller<'_>, code: &str) -> Value {
    staff.post_exactly("work/assigning", &[("code", code)]).await.ok()
}

fn hands(sheet: &Value) -> impl Iterator<Item = &Value> {
    sheet["hands"].as_array().unwrap().iter()
}

/// The membership of one of the cast.
async fn staff_id(house: &House, sign_in: &str) -> String {
    let id: uuid::Uuid = sqlx::query_scalar(
        "select m.id from staff_member m join account a on a.id = m.account_id where a.sign_in = $1",
    )
    .bind(sign_in)
    .fetch_one(&house.pool)
    .await
    .unwrap();
    id.to_string()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_knows_the_trade_is_suggested_and_nobody_is_chosen(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    assert_eq!(assigning(&coordinator, &code).await["may_send"], false, "triage comes first");
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    let sheet = assigning(&coordinator, &code).await;
    assert_eq!(sheet["may_send"], true);
    let plumber = staff_id(&house, cast::TECHNICIAN).await;
    let first = hands(&sheet).next().unwrap();
    assert_eq!(first["candidate"]["who"]["id"], plumber.as_str());
    assert!(first["reasons"].as_array().unwrap().contains(&json!("Skill")), "{first}");
    assert!(first["reasons"].as_array().unwrap().contains(&json!({ "Load": 0 })), "{first}");
    let orders: i64 = house.value("select count(*) from work_order").await;
    assert_eq!(orders, 0, "a suggestion sends nobody");

    let to = format!("person:{plumber}");
    step(&coordinator, &code, "requests/dispatch", &[("to", &to)]).await;
    let sheet = assigning(&coordinator, &code).await;
    let busy = hands(&sheet).find(|hand| hand["candidate"]["who"]["id"] == plumber.as_str()).unwrap();
    assert_eq!(busy["candidate"]["load"], 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_a_head_writes_of_a_colleague_changes_the_suggestion(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let (plumber, other) = (staff_id(&house, cast::TECHNICIAN).await, staff_id(&house, cast::OTHER_TECHNICIAN).await);
    let file = head.post_exactly("work/hand", &[("staff", &other)]).await.ok();
    let sheet = assigning(&coordinator, &code).await;
    let water = file["categories"].as_array().unwrap().iter().find(|one| one["names"] == sheet["category"]).unwrap();
    let (water, building) = (water["id"].as_str().unwrap(), file["buildings"][0]["id"].as_str().unwrap());
    let fields = [
        ("staff", other.as_str()),
        ("skills[]", water),
        ("areas[]", building),
        ("days[]", "1"),
        ("from", "08:00"),
        ("until", "17:30"),
    ];
    head.post("work/describe_hand", &fields).await.ok();
    let kept = head.post_exactly("work/hand", &[("staff", &other)]).await.ok();
    assert_eq!((&kept["skills"], &kept["areas"]), (&json!([water]), &json!([building])));
    assert_eq!(kept["shift"], json!({ "days": [1], "from": 480, "until": 1050 }));
    let told: i64 = house.value("select count(*) from happening where kind = 'hand_described'").await;
    assert_eq!(told, 1);

    // The plumber has an order on his list; the other one knows the building too.
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    work(&technician, &code, "work/accept", &[]).await;
    let sheet = assigning(&coordinator, &code).await;
    let order: Vec<_> = hands(&sheet).map(|hand| hand["candidate"]["who"]["id"].as_str().unwrap()).collect();
    assert_eq!(order[..2], [other.as_str(), plumber.as_str()]);

    // What is no choice is noted where it stands, and nothing of it is kept.
    let bad = [("staff", other.as_str()), ("skills[]", building), ("days[]", "1"), ("from", "8"), ("until", "17:00")];
    let reply = head.post("work/describe_hand", &bad).await;
    assert_eq!(reply.json(), json!({"Invalid": [{"field": "from", "note": "Malformed"}]}));
    let bad = [("staff", other.as_str()), ("skills[]", building)];
    let reply = head.post("work/describe_hand", &bad).await;
    assert_eq!(reply.json(), json!({"Invalid": [{"field": "skills", "note": "NotAChoice"}]}));
    let same = head.post_exactly("work/hand", &[("staff", &other)]).await.ok();
    assert_eq!(same, kept);

    let cleaning = staff_id(&house, cast::CLEANER).await;
    let reply = head.post_exactly("work/hand", &[("staff", &cleaning)]).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "another department's people are its own head's");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn several_departments_help_and_one_person_coordinates(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let before = matter(&coordinator, &code).await;
    let to = format!("person:{}", staff_id(&house, cast::CLEANER).await);
    step(&coordinator, &code, "requests/dispatch", &[("to", &to), ("instructions", "Dry the floor afterwards.")]).await;
    let sheet = assigning(&coordinator, &code).await;
    assert_eq!(sheet["orders"].as_array().unwrap().len(), 2);
    assert_eq!(sheet["coordinator"], before["accountable"]);
    let after = matter(&coordinator, &code).await;
    assert_eq!(after["request"]["accountable"], before["request"]["accountable"]);
    assert_eq!(after["request"]["department"], before["request"]["department"]);

    // It is done when all of them are.
    let plumber = house.as_person(cast::TECHNICIAN).await;
    let cleaner = house.as_person(cast::CLEANER).await;
    for who in [&cleaner, &plumber] {
        let seen = matter(who, &code).await;
        let mine = |order: &&Value| order["moves"].as_array().unwrap().contains(&json!("Accept"));
        let order = seen["orders"].as_array().unwrap().iter().find(mine).unwrap()["order"]["id"].as_str().unwrap();
        let done = [("note", "Done."), ("no_proof_reason", "Nobody was in.")];
        for (seen, (endpoint, fields)) in
            [("work/accept", &[][..]), ("work/set_out", &[]), ("work/arrive", &[]), ("work/complete", &done[..])]
                .into_iter()
                .enumerate()
        {
            let seen = (seen + 1).to_string();
            let mut all = vec![("id", order), ("seen", seen.as_str())];
            all.extend_from_slice(fields);
            who.post(endpoint, &all).await.ok();
        }
        let stage = &matter(&coordinator, &code).await["request"]["stage"];
        assert_eq!(*stage == "Done", std::ptr::eq(who, &plumber), "{stage}");
    }
}
