//! Sending a form twice has one effect; another body under the same key has none.

use crate::house::{House, Reply, key};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::json;
use server::demo::cast;
use sqlx::{PgPool, Postgres, Transaction};

/// Whether a write was told to come again, because the same one is still at work.
pub fn is_still_running(reply: &Reply) -> bool {
    let wait = reply.headers.get(header::RETRY_AFTER).map(|seconds| seconds.to_str().unwrap());
    reply.status == StatusCode::CONFLICT && wait == Some("1")
}

/// As if another server were at work on the same.
async fn at_work(house: &House, sign_in: &str, endpoint: &str, key: &str) -> Transaction<'static, Postgres> {
    let mut transaction = house.pool.begin().await.unwrap();
    let sql = "select pg_advisory_xact_lock(hashtextextended(concat_ws(' ', id, $2::text, $3::text), 1))
               from account where sign_in = $1";
    sqlx::query(sql).bind(sign_in).bind(endpoint).bind(key).execute(&mut *transaction).await.unwrap();
    transaction
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_write_that_is_still_at_work_is_asked_for_again(pool: PgPool) {
    let house = House::open(pool).await;
    let code = crate::requests::report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let seen = crate::requests::matter(&coordinator, &code).await;
    let (id, key) = (seen["request"]["id"].as_str().unwrap(), key());
    let fields = [("key", key.as_str()), ("id", id), ("seen", "1"), ("urgency", "urgent")];
    let other = at_work(&house, cast::COORDINATOR, "/api/requests/triage", &key).await;
    let reply = coordinator.post_exactly("requests/triage", &fields).await;
    assert!(is_still_running(&reply), "{reply:?}");
    assert_eq!(reply.json(), json!("StillRunning"));
    // Another key, and whoever else has the same, waits for nothing.
    let neighbour = house.as_person(cast::NEIGHBOUR).await;
    assert!(!is_still_running(&neighbour.post_exactly("requests/triage", &fields).await));
    other.rollback().await.unwrap();
    coordinator.post_exactly("requests/triage", &fields).await.ok();
    coordinator.post_exactly("requests/triage", &fields).await.ok();
    assert_eq!(house.value::<i64>("select count(*) from happening where kind = 'triaged'").await, 1);

    // A photo as well.
    let photo = || {
        let estate = seen["request"]["estate"].as_str().unwrap();
        let request = coordinator.request(Method::POST, &format!("/photos?estate={estate}&key={key}"));
        house.send(request.body(Body::from(&include_bytes!("phone.jpg")[..])).unwrap())
    };
    let other = at_work(&house, cast::COORDINATOR, "/photos", &key).await;
    let reply = photo().await;
    assert!(is_still_running(&reply), "{reply:?}");
    other.rollback().await.unwrap();
    assert_eq!(photo().await.status, StatusCode::CREATED);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_reply_is_kept_for_three_days(pool: PgPool) {
    let house = House::open(pool).await;
    let code = crate::requests::report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let seen = crate::requests::matter(&coordinator, &code).await;
    let (id, key) = (seen["request"]["id"].as_str().unwrap(), key());
    let fields = [("key", key.as_str()), ("id", id), ("seen", "1"), ("urgency", "urgent")];
    let first = coordinator.post_exactly("requests/triage", &fields).await.ok();
    let sweep = async || {
        let mut db = house.pool.acquire().await.unwrap();
        app::people::sweep(&mut db, house.backend.clock.now()).await.unwrap();
    };
    house.advance(71 * 60);
    sweep().await;
    assert_eq!(coordinator.post_exactly("requests/triage", &fields).await.ok(), first);
    house.advance(2 * 60);
    sweep().await;
    let kept = sqlx::query_scalar::<_, i64>("select count(*) from replay where key = $1::text::uuid");
    assert_eq!(kept.bind(&key).fetch_one(&house.pool).await.unwrap(), 0);
    let late = coordinator.post_exactly("requests/triage", &fields).await;
    assert_eq!((late.status, late.json()), (StatusCode::CONFLICT, json!("Stale")), "and what it did is not done twice");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn ten_replays_at_once_have_one_effect_and_one_reply(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let catalogue = resident.post_exactly("services/catalogue", &[]).await.ok();
    let estate = catalogue["estate"]["id"].as_str().unwrap().to_owned();
    let items = catalogue["items"].as_array().unwrap();
    let problem = items.iter().find(|item| item["parent"].is_string() && item["place"] != "common").unwrap();
    let place = format!("unit:{}", catalogue["homes"][0]["unit"]["id"].as_str().unwrap());
    let key = key();
    let item = problem["id"].as_str().unwrap();
    let fields =
        [("key", key.as_str()), ("estate", &estate), ("item", item), ("place", &place), ("words", "The tap drips.")];
    let replies = futures::future::join_all((0..10).map(|_| resident.post_exactly("requests/report", &fields))).await;
    // Those that came while the first was at work are told to come again, and have the same then.
    let mut bodies = Vec::new();
    for reply in replies {
        let is_early = is_still_running(&reply);
        let reply = if is_early { resident.post_exactly("requests/report", &fields).await } else { reply };
        bodies.push(reply.ok());
    }
    assert!(bodies.iter().all(|body| body == &bodies[0]), "{bodies:?}");
    let count: i64 = house.value("select count(*) from request").await;
    assert_eq!(count, 1);

    let mut other = fields;
    other[4] = ("words", "Something else.");
    let reply = resident.post_exactly("requests/report", &other).await;
    assert_eq!((reply.status, reply.json()), (StatusCode::UNPROCESSABLE_ENTITY, json!("KeyReused")));

    let neighbour = house.as_person(cast::NEIGHBOUR).await;
    let reply = neighbour.post_exactly("requests/report", &fields).await;
    assert_ne!(reply.status, StatusCode::OK, "a key is its account's own");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_replayed_move_gets_its_first_reply(pool: PgPool) {
    let house = House::open(pool).await;
    let code = crate::requests::report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let seen = crate::requests::matter(&coordinator, &code).await;
    let id = seen["request"]["id"].as_str().unwrap();
    let key = key();
    let fields = [("key", key.as_str()), ("id", id), ("seen", "1"), ("urgency", "urgent")];
    coordinator.post_exactly("requests/triage", &fields).await.ok();
    // Without the key it would now be stale.
    coordinator.post_exactly("requests/triage", &fields).await.ok();
    let without = coordinator.post("requests/triage", &fields[1..]).await;
    assert_eq!(without.status, StatusCode::CONFLICT);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_write_without_a_key_writes_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let reply = coordinator.post_exactly("people/switch_estate", &[]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", reply.text());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_password_is_no_replay_of_another(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (key, first, second) = (key(), "correct horse battery staple 9", "another horse in another stable 7");
    let fields = |present, new| [("key", key.as_str()), ("present_password", present), ("new_password", new)];
    resident.post_exactly("people/change_password", &fields(cast::PASSWORD, first)).await.ok();
    for again in [fields(first, second), fields(cast::PASSWORD, second), fields(cast::PASSWORD, first)] {
        let reply = resident.post_exactly("people/change_password", &again).await;
        assert_eq!((reply.status, reply.json()), (StatusCode::UNPROCESSABLE_ENTITY, json!("KeyReused")), "{again:?}");
    }
    let sign_in = |password| [("sign_in", cast::RESIDENT), ("password", password)];
    assert_eq!(house.stranger().post("people/sign_in", &sign_in(first)).await.status, StatusCode::OK);
    assert_ne!(house.stranger().post("people/sign_in", &sign_in(second)).await.status, StatusCode::OK);
}
