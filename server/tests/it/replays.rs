//! Sending a form twice has one effect; another body under the same key has none.

use crate::house::{House, key};
use axum::http::StatusCode;
use serde_json::json;
use server::demo::cast;
use sqlx::PgPool;

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
    let bodies: Vec<_> = replies.into_iter().map(|reply| reply.ok()).collect();
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
