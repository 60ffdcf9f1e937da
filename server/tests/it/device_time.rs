//! What was done without a signal arrives later: when it was done is told to staff, and moves nothing.

use crate::desk::{look, told};
use crate::house::{Caller, House, Reply, encode, key, noon};
use crate::requests::{dispatched, matter, report};
use crate::work::order_of;
use app::moment::Moment;
use axum::body::Body;
use axum::http::{Method, header};
use chrono::Duration;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// Calls a server function as a device does that did it then, and sends it now by its own clock.
async fn send(caller: &Caller<'_>, endpoint: &str, fields: &[(&str, &str)], made_at: &str, sent_at: &str) -> Reply {
    let key = key();
    let fields = [&[("key", key.as_str())], fields].concat();
    let request = caller
        .request(Method::POST, &format!("/api/{endpoint}"))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("device-made-at", made_at)
        .header("device-sent-at", sent_at)
        .body(Body::from(encode(&fields)));
    caller.house.send(request.unwrap()).await
}

fn millis(at: Moment) -> String {
    at.timestamp_millis().to_string()
}

/// The last line of a timeline.
fn last(page: &Value) -> Value {
    page["timeline"].as_array().unwrap().last().unwrap().clone()
}

/// What the record says of the last thing that happened to a matter.
async fn recorded(house: &House) -> (Moment, Option<Moment>, Option<i64>) {
    let sql = "select at, made_at, skew_ms from happening where by_staff_id is not null
               order by id desc limit 1";
    sqlx::query_as(sql).fetch_one(&house.pool).await.unwrap()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_was_done_in_the_basement_says_when(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    dispatched(&house, &code).await;
    let (technician, coordinator) = (house.as_person(cast::TECHNICIAN).await, house.as_person(cast::COORDINATOR).await);
    house.advance(60);
    let now = noon() + Duration::minutes(60);
    let (order, seen) = order_of(&technician, &code).await;
    // The tablet is ten minutes slow.
    let (made_at, sent_at) = (now - Duration::minutes(47), now - Duration::minutes(10));
    let fields = [("id", order.as_str()), ("seen", seen.as_str())];
    send(&technician, "work/accept", &fields, &millis(made_at), &millis(sent_at)).await.ok();

    assert_eq!(recorded(&house).await, (now, Some(made_at), Some(600_000)));
    let accepted: Moment = house.value("select accepted_at from work_order").await;
    assert_eq!(accepted, now, "only the server's clock moves anything");
    let line = last(&matter(&coordinator, &code).await);
    assert_eq!((&line["at"], &line["done_at"]), (&json!(now), &json!(now - Duration::minutes(37))));
    let sheet = crate::work::sheet(&technician, &order).await;
    assert_eq!(sheet["late"], json!([{ "done_at": now - Duration::minutes(37), "at": now }]));
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert!(page["timeline"].as_array().unwrap().iter().all(|line| line.get("done_at").is_none()), "staff only");

    // At once, as far as anybody can tell.
    let (order, seen) = order_of(&technician, &code).await;
    let fields = [("id", order.as_str()), ("seen", seen.as_str())];
    send(&technician, "work/set_out", &fields, &millis(now), &millis(now)).await.ok();
    assert_eq!(recorded(&house).await.1, Some(now));
    assert!(last(&matter(&coordinator, &code).await).get("done_at").is_none());

    // What cannot be is dropped, and takes nothing down with it.
    let (order, seen) = order_of(&technician, &code).await;
    let fields = [("id", order.as_str()), ("seen", seen.as_str())];
    send(&technician, "work/arrive", &fields, "99999999999999999999", &millis(now)).await.ok();
    let (_, made_at, skew_ms) = recorded(&house).await;
    assert_eq!((made_at, skew_ms), (None, None));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_waited_on_a_device_is_its_own_persons_or_nobodys(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = report(&resident).await;
    dispatched(&house, &code).await;
    let (technician, other) = (house.as_person(cast::TECHNICIAN).await, house.as_person(cast::OTHER_TECHNICIAN).await);
    let (order, seen) = order_of(&technician, &code).await;
    let keeper = async |who: &str| {
        let sql = "select a.id || '.' || m.estate_id from account a join staff_member m on m.account_id = a.id
                   where a.sign_in = $1";
        sqlx::query_scalar::<_, String>(sql).bind(who).fetch_one(&house.pool).await.unwrap()
    };
    let sent = async |caller: &Caller<'_>, person: &str| {
        let key = key();
        let fields = [("key", key.as_str()), ("id", &order), ("seen", &seen)];
        let request = caller
            .request(Method::POST, "/api/work/accept")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("steward-person", person)
            .body(Body::from(encode(&fields)));
        house.send(request.unwrap()).await
    };
    let (his, hers) = (keeper(cast::TECHNICIAN).await, keeper(cast::OTHER_TECHNICIAN).await);
    let elsewhere = format!("{}.{}", his.split_once('.').unwrap().0, uuid::Uuid::nil());
    for (caller, person) in [(&other, &his), (&technician, &hers), (&technician, &elsewhere)] {
        let reply = sent(caller, person).await;
        assert_eq!((reply.status.as_u16(), reply.json()), (401, json!("SignedOut")));
    }
    sent(&technician, &his).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_promise_that_is_over_by_the_time_it_arrives_is_kept_as_a_broken_one(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let promised = async |reply_by: &str| {
        let fields = [
            ("channel", "phone"),
            ("kind", "enquiry"),
            ("words", "When does the pool open?"),
            ("outcome", "promised"),
            ("reply_by", reply_by),
        ];
        send(&desk, "desk/register", &fields, &millis(noon() - Duration::hours(1)), &millis(noon())).await
    };
    let never = promised("2026-11-23T10:59").await;
    assert_eq!(never.json(), json!({"Invalid": [{"field": "reply_by", "note": "InThePast"}]}));
    promised("2026-11-23T11:30").await.ok();
    look(&house).await;
    assert_eq!(told(&house.as_person(cast::SUPERVISOR).await).await, ["reply_missed"]);
    let ends: Vec<String> =
        sqlx::query_scalar("select outcome from contact_promise_end").fetch_all(&house.pool).await.unwrap();
    assert_eq!(ends, ["missed"]);
}
