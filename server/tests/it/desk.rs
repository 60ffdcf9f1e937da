//! The front desk: who owns a contact, the three-minute wall, and what outsiders may learn.

use crate::house::{Caller, House};
use crate::requests::{matter, report, step, work};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// Everything that is due by now is told.
pub async fn look(house: &House) {
    while app::desk::tell_due(&house.backend).await.unwrap() {}
}

pub async fn board(staff: &Caller<'_>) -> Value {
    staff.post_exactly("desk/wall", &[]).await.ok()
}

/// What somebody was told of the desk, the newest first.
pub async fn told(staff: &Caller<'_>) -> Vec<String> {
    let page = staff.post_exactly("messages/inbox", &[("side", "office")]).await.ok();
    let messages = page["messages"].as_array().unwrap();
    let desk = messages.iter().filter(|message| message["telling"]["told"] == "desk");
    desk.map(|message| message["telling"]["news"]["what"].as_str().unwrap().to_owned()).collect()
}

pub async fn staff_id(house: &House, sign_in: &str) -> String {
    let sql = "select m.id from staff_member m join account a on a.id = m.account_id
               join estate e on e.id = m.estate_id where e.code_prefix = 'LY' and a.sign_in = $1";
    sqlx::query_scalar::<_, uuid::Uuid>(sql).bind(sign_in).fetch_one(&house.pool).await.unwrap().to_string()
}

/// Registers a question, with more fields; the contact's id.
pub async fn register(staff: &Caller<'_>, more: &[(&str, &str)]) -> Value {
    let mut fields = vec![("channel", "phone"), ("kind", "enquiry"), ("words", "When does the pool open?")];
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend_from_slice(more);
    staff.post("desk/register", &fields).await.ok()
}

/// A caller's value in the form, and a problem of homes.
pub async fn caller_and_problem(desk: &Caller<'_>, who: &str) -> (String, String) {
    let found = desk.post_exactly("desk/find_callers", &[("words", who)]).await.ok();
    let caller = &found[0];
    let who = format!("{}~{}", caller["unit"]["id"].as_str().unwrap(), caller["party"].as_str().unwrap());
    let counter = desk.post_exactly("desk/counter", &[]).await.ok();
    let items = counter["items"].as_array().unwrap();
    let normal = |item: &&Value| item["parent"].is_string() && item["place"] != "common" && item["urgency"] == "normal";
    (who, items.iter().find(normal).unwrap()["id"].as_str().unwrap().to_owned())
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_unaccepted_transfer_at_three_minutes_breaches_on_the_first_receiver(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let head = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    let to = format!("person:{}", staff_id(&house, cast::COORDINATOR).await);
    register(&desk, &[("outcome", "offered"), ("to", &to)]).await;
    assert_eq!(told(&coordinator).await, ["offered"]);
    house.backend.clock.advance(chrono::Duration::seconds(179));
    look(&house).await;
    let breaches: i64 = house.value("select count(*) from contact_breach").await;
    assert_eq!(breaches, 0);
    house.backend.clock.advance(chrono::Duration::seconds(1));
    look(&house).await;
    look(&house).await;
    let on: String = house
        .value("select a.sign_in from contact_breach b join staff_member m on m.id = b.holder_id join account a on a.id = m.account_id")
        .await;
    assert_eq!(on, cast::RECEPTIONIST, "the first receiver held it");
    assert_eq!(told(&desk).await, ["breached"], "once");
    // The chain: supervisors at once, heads after five minutes, the manager after fifteen; each once.
    let rungs = async || house.value::<i64>("select count(*) from contact_rung").await;
    assert_eq!((rungs().await, told(&manager).await), (1, vec![]));
    house.advance(5);
    look(&house).await;
    assert_eq!((rungs().await, told(&head).await), (2, vec!["breached".to_owned()]));
    house.advance(10);
    look(&house).await;
    look(&house).await;
    assert_eq!((rungs().await, told(&manager).await), (3, vec!["breached".to_owned()]));
    let wall = board(&manager).await;
    assert_eq!(wall["breaches"].as_array().unwrap().len(), 1);
    let kinds: Vec<String> = sqlx::query_scalar("select kind from happening where room = 'desk' order by id")
        .fetch_all(&house.pool)
        .await
        .unwrap();
    assert_eq!(kinds, ["registered", "offered", "wall_breached"]);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_accepted_late_was_missed_by_whoever_held_it(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let to = format!("person:{}", staff_id(&house, cast::COORDINATOR).await);
    let id = register(&desk, &[("outcome", "offered"), ("to", &to)]).await["id"].as_str().unwrap().to_owned();
    house.advance(4);
    // No job has looked; the acceptance itself records what came before it.
    coordinator.post("desk/accept", &[("id", &id), ("seen", "1")]).await.ok();
    let (breached_on, holder): (uuid::Uuid, uuid::Uuid) =
        sqlx::query_as("select b.holder_id, c.holder_id from contact_breach b join contact c on c.id = b.contact_id")
            .fetch_one(&house.pool)
            .await
            .unwrap();
    assert_eq!(breached_on.to_string(), staff_id(&house, cast::RECEPTIONIST).await);
    assert_eq!(holder.to_string(), staff_id(&house, cast::COORDINATOR).await);
    assert!(told(&desk).await.contains(&"accepted".to_owned()));
    house.advance(60);
    look(&house).await;
    let rungs: i64 = house.value("select count(*) from contact_rung").await;
    assert_eq!(rungs, 1, "the chain is climbed no further once somebody has it");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_two_who_accept_at_once_one_holds_it(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let sql =
        "select department_id from staff_member m join account a on a.id = m.account_id where a.sign_in = 'laochen'";
    let team: uuid::Uuid = house.value(sql).await;
    let registered = register(&desk, &[("outcome", "offered"), ("to", &format!("team:{team}"))]).await;
    let id = registered["id"].as_str().unwrap();
    let (one, other) = (house.as_person(cast::TECHNICIAN).await, house.as_person(cast::OTHER_TECHNICIAN).await);
    let fields = [("id", id), ("seen", "1")];
    let (first, second) = tokio::join!(one.post("desk/accept", &fields), other.post("desk/accept", &fields));
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    let accepted: i64 = house.value("select count(*) from happening where room = 'desk' and kind = 'accepted'").await;
    assert_eq!(accepted, 1);
    // Who was not asked cannot take it, nor learn that it is there.
    let guard = house.as_person(cast::GUARD).await;
    assert_eq!(guard.post("desk/accept", &fields).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_given_back_stays_with_its_holder_and_may_be_offered_again(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let to = format!("person:{}", staff_id(&house, cast::COORDINATOR).await);
    let id = register(&desk, &[("outcome", "offered"), ("to", &to)]).await["id"].as_str().unwrap().to_owned();
    let bare = coordinator.post("desk/refuse", &[("id", &id), ("seen", "1"), ("reason", " ")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    coordinator.post("desk/refuse", &[("id", &id), ("seen", "1"), ("reason", "I am on the phone.")]).await.ok();
    assert_eq!(told(&desk).await, ["refused"]);
    let wall = board(&desk).await;
    assert!(wall["contacts"][0]["offered"].is_null());
    let seen = wall["contacts"][0]["version"].to_string();
    desk.post("desk/offer", &[("id", &id), ("seen", &seen), ("to", &to)]).await.ok();
    let late = desk.post("desk/offer", &[("id", &id), ("seen", &seen), ("to", &to)]).await;
    assert_eq!((late.status, late.json()), (StatusCode::CONFLICT, json!("Stale")));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_repair_becomes_a_request_whose_wall_stops_where_the_policy_says(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (who, item) = caller_and_problem(&desk, "1203").await;
    let fields = [
        ("kind", "repair"),
        ("outcome", "request"),
        ("who", who.as_str()),
        ("item", item.as_str()),
        ("read_back", "true"),
    ];
    let registered = register(&desk, &fields).await;
    let code = registered["code"].as_str().unwrap();
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let seen = matter(&coordinator, code).await;
    assert_eq!(seen["request"]["channel"], "phone");
    assert_eq!(seen["request"]["accountable"].as_str().unwrap(), staff_id(&house, cast::RECEPTIONIST).await);
    // The resident follows it like any other.
    let resident = house.as_person(cast::RESIDENT).await;
    resident.post_exactly("requests/track", &[("code", code)]).await.ok();
    house.advance(1);
    step(&coordinator, code, "requests/triage", &[("urgency", "normal")]).await;
    let holder: uuid::Uuid = house.value("select holder_id from contact").await;
    assert_eq!(holder.to_string(), staff_id(&house, cast::COORDINATOR).await, "whoever answers for it holds it");
    let team = format!("team:{}", seen["request"]["department"].as_str().unwrap());
    step(&coordinator, code, "requests/dispatch", &[("to", &team)]).await;
    let running: bool = house.value("select wall_stopped_at is null from contact").await;
    assert!(running, "sent is not accepted");
    house.advance(1);
    work(&house.as_person(cast::TECHNICIAN).await, code, "work/accept", &[]).await;
    let in_time: bool = house.value("select wall_stopped_at < wall_due_at from contact").await;
    assert!(in_time);
    house.advance(60);
    look(&house).await;
    let breaches: i64 = house.value("select count(*) from contact_breach").await;
    assert_eq!(breaches, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_transfer_of_a_repair_takes_its_request_along(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (who, item) = caller_and_problem(&desk, "1203").await;
    let fields = [("kind", "repair"), ("outcome", "request"), ("who", who.as_str()), ("item", item.as_str())];
    let registered = register(&desk, &fields).await;
    let (id, code) = (registered["id"].as_str().unwrap(), registered["code"].as_str().unwrap());
    let to = format!("person:{}", staff_id(&house, cast::COORDINATOR).await);
    desk.post("desk/offer", &[("id", id), ("seen", "1"), ("to", &to)]).await.ok();
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let accountable = async || matter(&coordinator, code).await["request"]["accountable"].as_str().unwrap().to_owned();
    assert_eq!(accountable().await, staff_id(&house, cast::RECEPTIONIST).await, "offered is not accepted");
    coordinator.post("desk/accept", &[("id", id), ("seen", "2")]).await.ok();
    assert_eq!(accountable().await, staff_id(&house, cast::COORDINATOR).await);
    let kinds: Vec<String> = sqlx::query_scalar("select kind from happening where room = 'requests' order by id")
        .fetch_all(&house.pool)
        .await
        .unwrap();
    assert_eq!(kinds, ["received", "taken_over"]);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_pressing_pages_the_manager_at_once_and_web_reports_are_contacts(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    register(&desk, &[("outcome", "answered"), ("answer", "At nine.")]).await;
    assert_eq!(told(&manager).await, Vec::<String>::new());
    let to = format!("person:{}", staff_id(&house, cast::COORDINATOR).await);
    register(&desk, &[("outcome", "offered"), ("to", &to), ("urgency", "urgent")]).await;
    assert_eq!(told(&manager).await, ["pressing"]);
    report(&house.as_person(cast::RESIDENT).await).await;
    let web: (String, bool, String) = sqlx::query_as(
        "select c.channel, c.received_by is null, a.sign_in from contact c
         join staff_member m on m.estate_id = c.estate_id and m.id = c.holder_id join account a on a.id = m.account_id
         where c.request_id is not null",
    )
    .fetch_one(&house.pool)
    .await
    .unwrap();
    assert_eq!(web, ("web".to_owned(), true, cast::COORDINATOR.to_owned()), "the duty officer holds it");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_promised_reply_is_due_and_told_once_when_it_is_missed(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let past = [("channel", "phone"), ("kind", "enquiry"), ("words", "x"), ("outcome", "promised")];
    let reply = desk.post("desk/register", &[&past[..], &[("reply_by", "2026-11-23T11:00")]].concat()).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let id = register(&desk, &[("outcome", "promised"), ("reply_by", "2026-11-23T13:00")]).await;
    house.advance(59);
    look(&house).await;
    assert_eq!(told(&desk).await, Vec::<String>::new());
    house.advance(1);
    look(&house).await;
    look(&house).await;
    assert_eq!(told(&desk).await, ["reply_missed"]);
    let fields = [("id", id["id"].as_str().unwrap()), ("seen", "1"), ("words", "At nine.")];
    desk.post("desk/answer", &fields).await.ok();
    let breaches: i64 = house.value("select count(*) from contact_breach").await;
    assert_eq!(breaches, 0, "a promised time is an answer to the wall");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn outsiders_get_the_room_number_only_and_the_question_stays(pool: PgPool) {
    let house = House::open(pool).await;
    let name: String = house.value("select p.name from party p join party_account a on a.party_id = p.id join account c on c.id = a.account_id where c.sign_in = 'emma'").await;
    let fields = [("name", name.as_str()), ("asked_by", "A courier"), ("purpose", "A parcel")];
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let reply = desk.post("desk/look_up", &fields).await;
    let text = reply.text();
    assert_eq!(reply.json()["rooms"][0]["number"], "1203");
    assert!(!text.contains(&name) && !text.contains("phone"), "{text}");
    let part = desk.post("desk/look_up", &[("name", "a"), ("asked_by", "A courier"), ("purpose", "x")]).await.ok();
    assert_eq!(part, json!({ "rooms": [] }), "whole names only");
    let (asked, found): (String, i32) =
        sqlx::query_as("select asked_by, found from outsider_lookup order by found desc limit 1")
            .fetch_one(&house.pool)
            .await
            .unwrap();
    assert_eq!((asked.as_str(), found), ("A courier", 1));
    for somebody in [cast::TECHNICIAN, cast::GUARD, cast::RESIDENT] {
        let reply = house.as_person(somebody).await.post("desk/look_up", &fields).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{somebody}");
    }
    for _ in 0..28 {
        desk.post("desk/look_up", &fields).await.ok();
    }
    assert_eq!(desk.post("desk/look_up", &fields).await.status, StatusCode::TOO_MANY_REQUESTS);
    for sql in ["update outsider_lookup set purpose = 'x'", "delete from outsider_lookup"] {
        assert!(sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string().contains("append-only"));
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn plain_sql_cannot_take_a_contact_or_hide_a_breach(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let to = format!("person:{}", staff_id(&house, cast::COORDINATOR).await);
    register(&desk, &[("outcome", "offered"), ("to", &to)]).await;
    house.advance(3);
    look(&house).await;
    for (sql, why) in [
        (
            "update contact set version = version + 1, holder_id = (select to_id from contact_transfer)",
            "until another accepts",
        ),
        ("update contact set version = version + 1, received_at = now()", "stands"),
        ("update contact set version = version + 1, stage = 'requested'", "may not move"),
        ("update contact set words = 'x'", "does not follow"),
        ("update contact set version = version + 1, holder_id = null", "null value"),
        ("delete from contact", "append-only"),
        ("truncate contact cascade", "append-only"),
        (
            "insert into contact_transfer (estate_id, id, contact_id, from_id, to_id, offered_at)
          select estate_id, gen_random_uuid(), contact_id, from_id, to_id, now() from contact_transfer",
            "contact_transfer_open_idx",
        ),
        ("delete from contact_transfer", "append-only"),
        ("update contact_breach set holder_id = (select to_id from contact_transfer)", "append-only"),
        ("delete from contact_breach", "foreign key"),
        ("insert into contact_breach select * from contact_breach", "contact_breach_pkey"),
        ("update contact_rung set told_at = now()", "append-only"),
        ("insert into contact_rung select * from contact_rung", "contact_rung_pkey"),
    ] {
        let error = match sqlx::query(sql).execute(&house.pool).await {
            Ok(done) => panic!("{sql} changed {} rows", done.rows_affected()),
            Err(error) => error.to_string(),
        };
        assert!(error.contains(why) || (why == "foreign key" && error.contains("append-only")), "{sql}: {error}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn callers_are_found_by_unit_name_initials_and_phone(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let (name, latin): (String, String) = sqlx::query_as(
        "select p.name, p.latin_name from party p join party_account a on a.party_id = p.id join account c on c.id = a.account_id
         where c.sign_in = 'jiashu'",
    )
    .fetch_one(&house.pool)
    .await
    .unwrap();
    let initials: String = latin.split_whitespace().filter_map(|word| word.chars().next()).collect();
    let one = name.chars().next().unwrap().to_string();
    for words in ["1203", one.as_str(), initials.to_lowercase().as_str(), latin.as_str()] {
        let found = desk.post_exactly("desk/find_callers", &[("words", words)]).await.ok();
        let names: Vec<&str> = found.as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
        assert!(names.contains(&name.as_str()), "{words}: {names:?}");
    }
    // Another estate's people are nobody's callers here, and cannot be registered.
    let boyan = house.as_person(cast::BOYAN_COORDINATOR).await;
    let (who, _) = caller_and_problem(&desk, "1203").await;
    let fields = [
        ("channel", "phone"),
        ("kind", "enquiry"),
        ("words", "x"),
        ("outcome", "answered"),
        ("answer", "y"),
        ("who", who.as_str()),
    ];
    assert_eq!(boyan.post("desk/register", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn slips_wait_until_somebody_has_called_back(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let slip = desk.post("desk/take_callback", &[("name", "Ms Wu"), ("phone", "13800000000")]).await.ok();
    let wall = board(&desk).await;
    assert_eq!(wall["callbacks"][0]["due_at"], "2026-11-23T12:00:00Z", "the same day, as the policy says (B7)");
    let id = slip.as_str().unwrap();
    desk.post("desk/end_callback", &[("id", id)]).await.ok();
    assert_eq!(desk.post("desk/end_callback", &[("id", id)]).await.status, StatusCode::CONFLICT);
    assert_eq!(board(&desk).await["callbacks"], json!([]));
}
