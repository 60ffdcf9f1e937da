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
pub async fn staff_id(house: &House, sign_in: &str) -> String {
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
    let late = [("staff", other.as_str()), ("skills[]", water), ("seen", "0")];
    let reply = head.post("work/describe_hand", &late).await;
    assert_eq!((reply.status, reply.json()), (StatusCode::CONFLICT, json!("Stale")), "somebody else described them");

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

/// The plumber on site, with an order that asks for these.
pub async fn on_site(house: &House, asks: &[&str]) -> String {
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    let to = format!("person:{}", staff_id(house, cast::TECHNICIAN).await);
    let mut fields = vec![("to", to.as_str())];
    fields.extend(asks.iter().map(|ask| ("asks[]", *ask)));
    step(&coordinator, &code, "requests/dispatch", &fields).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, &code, endpoint, &[]).await;
    }
    code
}

pub async fn order_of(staff: &Caller<'_>, code: &str) -> (String, String) {
    let order = &matter(staff, code).await["orders"][0]["order"];
    (order["id"].as_str().unwrap().to_owned(), order["version"].to_string())
}

pub async fn sheet(staff: &Caller<'_>, order: &str) -> Value {
    staff.post_exactly("work/order", &[("order", order)]).await.ok()
}

/// A write on the newest order; the refusal, where it is one.
pub async fn tries(staff: &Caller<'_>, code: &str, endpoint: &str, fields: &[(&str, &str)]) -> Result<(), Value> {
    let (id, seen) = order_of(staff, code).await;
    let mut all = vec![("id", id.as_str()), ("seen", seen.as_str())];
    all.extend_from_slice(fields);
    let reply = staff.post(endpoint, &all).await;
    if reply.status.is_success() { Ok(()) } else { Err(reply.json()) }
}

/// Completes an order with a signature on glass; its id.
pub async fn signature(technician: &Caller<'_>, order: &str) -> String {
    let seen = sheet(technician, order).await["job"]["order"]["order"]["version"].to_string();
    let signed = [("note", "Done."), ("signer", "Emma"), ("strokes", "[[1,2,30,40]]")];
    let mut fields = vec![("id", order), ("seen", seen.as_str())];
    fields.extend(signed);
    technician.post("work/complete", &fields).await.ok();
    sheet(technician, order).await["signatures"][0]["id"].as_str().unwrap().to_owned()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_an_order_asks_for_comes_before_its_end(pool: PgPool) {
    let house = House::open(pool).await;
    let code = on_site(&house, &["finding", "photos", "signature"]).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let estate: uuid::Uuid = house.value("select id from estate where code_prefix = 'LY'").await;
    let photo = crate::photos::sent(&technician, &estate.to_string()).await;

    let done = [("note", "New cartridge."), ("no_proof_reason", "She had to leave.")];
    let refused = tries(&technician, &code, "work/complete", &done).await;
    assert_eq!(refused, Err(json!({ "Refused": "NotConfirmedOnSite" })), "C7");
    let found = [("words", "Cartridge worn, not the washer."), ("photos[]", photo.as_str())];
    tries(&technician, &code, "work/confirm_on_site", &found).await.unwrap();

    // No signature, and no word why: nothing is half-written.
    let after = crate::photos::sent(&technician, &estate.to_string()).await;
    let unsigned = [("note", "New cartridge."), ("photos[]", after.as_str())];
    let refused = tries(&technician, &code, "work/complete", &unsigned).await;
    assert_eq!(refused, Err(json!({"Invalid": [{"field": "signer", "note": "Missing"}]})));
    let (order, _) = order_of(&technician, &code).await;
    let now = sheet(&technician, &order).await;
    assert_eq!((&now["job"]["order"]["order"]["stage"], &now["after"]), (&json!("OnSite"), &json!([])));
    assert_eq!(
        (&now["before"], &now["findings"][0]["words"]),
        (&json!([photo]), &json!("Cartridge worn, not the washer."))
    );

    // With the reason it waits for the supervisor, who reads it.
    let mut reasoned = unsigned.to_vec();
    reasoned.push(("no_proof_reason", "She had to leave."));
    tries(&technician, &code, "work/complete", &reasoned).await.unwrap();
    let now = sheet(&technician, &order).await;
    assert_eq!(now["job"]["order"]["order"]["stage"], "Completed");
    assert_eq!(now["job"]["order"]["order"]["note"], "New cartridge.\nShe had to leave.");
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    tries(&supervisor, &code, "work/send_back", &[("reason", "Ask her to try it.")]).await.unwrap();
    tries(&technician, &code, "work/arrive", &[]).await.unwrap();
    let signed = [("note", "She tried it."), ("signer", "Emma"), ("strokes", "[[10,20,30,40],[5,6,7,8]]")];
    let refused = tries(&technician, &code, "work/complete", &signed).await;
    assert_eq!(refused, Err(json!({"Invalid": [{"field": "photos", "note": "Missing"}]})));
    let last = crate::photos::sent(&technician, &estate.to_string()).await;
    let mut whole = signed.to_vec();
    whole.push(("photos[]", last.as_str()));
    tries(&technician, &code, "work/complete", &whole).await.unwrap();
    let now = sheet(&technician, &order).await;
    assert_eq!(now["job"]["order"]["order"]["stage"], "Verified");
    let mut shown: Vec<_> = now["after"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let mut sent = [after.as_str(), last.as_str()];
    shown.sort_unstable();
    sent.sort_unstable();
    assert_eq!(shown, sent);
    assert_eq!((&now["signatures"][0]["name"], &now["signatures"][0]["is_drawn"]), (&json!("Emma"), &json!(true)));

    // The drawing is an image of its own, for staff in whose scope the order lies.
    let path = format!("/signatures/{estate}/{}", now["signatures"][0]["id"].as_str().unwrap());
    let drawn = supervisor.get(&path).await;
    assert_eq!((drawn.status, drawn.headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/svg+xml"));
    assert!(drawn.text().contains(r#"points="10,20 30,40""#));
    assert_eq!(house.as_person(cast::CLEANER).await.get(&path).await.status, StatusCode::NOT_FOUND);
    let told: i64 = house.value("select count(*) from happening where kind = 'confirmed_on_site' and is_public").await;
    assert_eq!(told, 1);
    let changed = sqlx::query("update order_finding set words = 'Other'").execute(&house.pool).await;
    assert!(changed.is_err(), "what was found is append-only");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn materials_and_hours_are_written_and_struck_never_erased(pool: PgPool) {
    let house = House::open(pool).await;
    let code = on_site(&house, &[]).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let cartridge = [("name", "Cartridge"), ("quantity", "1,5"), ("unit", "pcs")];
    tries(&technician, &code, "work/use_material", &cartridge).await.unwrap();
    house.advance(1);
    let own = [("name", "Own tap"), ("quantity", "1"), ("unit", "pcs"), ("result", "fail")];
    let refused = tries(&technician, &code, "work/check_material", &own).await;
    assert_eq!(refused, Err(json!({"Invalid": [{"field": "remark", "note": "Missing"}]})), "C8");
    let mut reasoned = own.to_vec();
    reasoned.push(("remark", "Its thread is worn."));
    tries(&technician, &code, "work/check_material", &reasoned).await.unwrap();
    tries(&technician, &code, "work/spend_time", &[("hours", "1"), ("minutes", "15")]).await.unwrap();
    let none = tries(&technician, &code, "work/spend_time", &[("hours", ""), ("minutes", "0")]).await;
    assert_eq!(none, Err(json!({"Invalid": [{"field": "hours", "note": "Missing"}]})));
    let bad = tries(&technician, &code, "work/use_material", &[("name", ""), ("quantity", "x"), ("unit", "m")]).await;
    assert_eq!(
        bad,
        Err(json!({"Invalid": [{"field": "name", "note": "Missing"}, {"field": "quantity", "note": "Malformed"}]}))
    );

    let (order, _) = order_of(&technician, &code).await;
    let now = sheet(&technician, &order).await;
    let lines: Vec<_> =
        now["materials"].as_array().unwrap().iter().map(|line| (&line["quantity"], &line["passed"])).collect();
    assert_eq!(lines, [(&json!(1500), &Value::Null), (&json!(1000), &json!(false))]);
    assert_eq!(now["hours"][0]["minutes"], 75);
    let line = now["materials"][0]["id"].as_str().unwrap();
    tries(&technician, &code, "work/strike_line", &[("line", line)]).await.unwrap();
    let again = tries(&technician, &code, "work/strike_line", &[("line", line)]).await;
    assert_eq!(again, Err(json!("NotFound")), "it is struck already");
    assert_eq!(sheet(&technician, &order).await["materials"][0]["is_struck"], true);

    // The resident reads of their own tap, not of the office's arithmetic.
    let page = house.as_person(cast::RESIDENT).await.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let page = page.to_string();
    assert!(page.contains("Its thread is worn.") && !page.contains("Cartridge") && !page.contains("time_spent"));
    let other = house.as_person(cast::OTHER_TECHNICIAN).await;
    assert_eq!(tries(&other, &code, "work/use_material", &cartridge).await, Err(json!("NotAllowed")));
    let erased = sqlx::query("delete from order_material").execute(&house.pool).await;
    assert!(erased.is_err(), "nothing is erased");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_verifies_what_they_did_themselves(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&supervisor, &code, endpoint, &[]).await;
    }
    work(&supervisor, &code, "work/complete", &[("note", "New washer.")]).await;
    let order = matter(&supervisor, &code).await["orders"][0].clone();
    assert_eq!(order["order"]["stage"], "Completed");
    assert!(!order["moves"].as_array().unwrap().contains(&json!("Verify")), "{order}");
    let own = tries(&supervisor, &code, "work/verify", &[("reason", "I saw it myself.")]).await;
    assert_eq!(own, Err(json!("NotAllowed")));
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    tries(&head, &code, "work/verify", &[("reason", "It is dry.")]).await.unwrap();
    assert_eq!(matter(&head, &code).await["request"]["stage"], "Done");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn outside_the_list_a_supervisor_assesses_before_anybody_is_sent(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    sqlx::query("update catalogue_item set is_outside = true").execute(&house.pool).await.unwrap();
    let coordinator = house.as_person(cast::COORDINATOR).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    let seen = matter(&coordinator, &code).await;
    let (id, version) = (seen["request"]["id"].as_str().unwrap().to_owned(), seen["request"]["version"].to_string());
    let team = format!("team:{}", seen["request"]["department"].as_str().unwrap());
    let sending = [("id", id.as_str()), ("seen", version.as_str()), ("to", team.as_str())];
    let reply = coordinator.post("requests/dispatch", &sending).await;
    assert_eq!((reply.status, reply.json()), (StatusCode::CONFLICT, json!({"Refused": "NotAssessed"})), "C6");

    let ask = [("id", id.as_str()), ("question", "May we touch the riser?")];
    coordinator.post("work/ask_assessment", &ask).await.ok();
    assert_eq!(coordinator.post("work/ask_assessment", &ask).await.status, StatusCode::CONFLICT, "one is open");
    let answer = [("id", id.as_str()), ("verdict", "chargeable"), ("reply", "We do it for the price of the part.")];
    let technician = house.as_person(cast::TECHNICIAN).await;
    assert_eq!(technician.post("work/assess", &answer).await.status, StatusCode::NOT_FOUND, "no order, no matter");
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let page = assigning(&supervisor, &code).await;
    assert_eq!(
        (&page["may_assess"], &page["assessment"]["question"]),
        (&json!(true), &json!("May we touch the riser?"))
    );
    supervisor.post("work/assess", &answer).await.ok();
    assert_eq!(supervisor.post("work/assess", &answer).await.status, StatusCode::CONFLICT);
    let told = resident.post_exactly("requests/track", &[("code", &code)]).await.ok().to_string();
    assert!(told.contains("We do it for the price of the part.") && !told.contains("May we touch"));
    coordinator.post("requests/dispatch", &sending).await.ok();
}
