//! The desk is rung from a lobby: one ring a screen, answered by those who receive people, over by itself.

use crate::house::{Caller, House};
use app::visitors::settle_due;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

async fn bell(screen: &Caller<'_>) -> Value {
    screen.post_exactly("visitors/bell", &[]).await.ok()
}

async fn rings(desk: &Caller<'_>) -> Value {
    desk.post_exactly("visitors/book", &[]).await.ok()["rings"].clone()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_desk_is_paged_once_and_says_who_comes(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, desk) = (house.as_screen().await, house.as_person(cast::RECEPTIONIST).await);
    assert_eq!(bell(&screen).await["stage"], Value::Null);
    screen.post("visitors/ring", &[]).await.ok();
    screen.post("visitors/ring", &[]).await.ok();
    assert_eq!(house.value::<i64>("select count(*) from ring").await, 1, "one open ring a screen");
    let inbox = desk.post_exactly("messages/inbox", &[("side", "office")]).await.ok();
    let paged = inbox["messages"].as_array().unwrap().iter().filter(|one| one["telling"]["told"] == "lobby").count();
    assert_eq!(paged, 1);
    let ring = rings(&desk).await[0].clone();
    let id = ring["id"].as_str().unwrap();
    let coming = [("id", id), ("seen", "1"), ("how", "coming")];
    for (who, status) in [
        (cast::TECHNICIAN, StatusCode::FORBIDDEN),
        (cast::RESIDENT, StatusCode::FORBIDDEN),
        (cast::BOYAN_COORDINATOR, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(house.as_person(who).await.post("visitors/answer_ring", &coming).await.status, status, "{who}");
    }
    desk.post("visitors/answer_ring", &coming).await.ok();
    assert_eq!(desk.post("visitors/answer_ring", &coming).await.json(), json!("Stale"));
    let seen = bell(&screen).await;
    assert_eq!(seen["stage"], json!("coming"));
    let name: String = house.value("select name from account where sign_in = 'tangxin'").await;
    assert_eq!(seen["by"].as_str(), name.split_whitespace().next(), "by their first name alone");
    desk.post("visitors/answer_ring", &[("id", id), ("seen", "2"), ("how", "talking")]).await.ok();
    screen.post("visitors/end_ring", &[]).await.ok();
    assert_eq!((bell(&screen).await["stage"].clone(), rings(&desk).await), (Value::Null, json!([])));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_ring_stands_on_every_page_of_those_who_receive_people_until_somebody_answers(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, desk) = (house.as_screen().await, house.as_person(cast::RECEPTIONIST).await);
    let caller =
        async |who: &Caller<'_>| who.post_exactly("people/office", &[]).await.ok()["siren"]["is_caller"].clone();
    assert_eq!(caller(&desk).await, Value::Null);
    screen.post("visitors/ring", &[]).await.ok();
    assert_eq!(caller(&desk).await, json!(true));
    for other in [cast::TECHNICIAN, cast::BOYAN_COORDINATOR] {
        assert_eq!(caller(&house.as_person(other).await).await, Value::Null, "{other}");
    }
    assert!(desk.get("/staff/me").await.text().contains("data-kind=\"caller\""), "without scripts, too");
    let ring = rings(&desk).await[0].clone();
    let coming = [("id", ring["id"].as_str().unwrap()), ("seen", "1"), ("how", "coming")];
    desk.post("visitors/answer_ring", &coming).await.ok();
    assert_eq!(caller(&desk).await, Value::Null);
    screen.post("visitors/end_ring", &[]).await.ok();
    screen.post("visitors/ring", &[]).await.ok();
    assert_eq!(caller(&desk).await, json!(true));
    house.advance(3);
    assert_eq!(caller(&desk).await, Value::Null, "it is over by itself");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_answers_and_it_ends_by_itself(pool: PgPool) {
    let house = House::open(pool).await;
    let (screen, desk) = (house.as_screen().await, house.as_person(cast::RECEPTIONIST).await);
    screen.post("visitors/ring", &[]).await.ok();
    assert_eq!(bell(&screen).await["is_late"], json!(false));
    house.advance(1);
    let late = bell(&screen).await;
    assert_eq!(
        (&late["stage"], &late["is_late"]),
        (&json!("ringing"), &json!(true)),
        "it says how to call, and rings on"
    );
    house.advance(2);
    assert_eq!(bell(&screen).await["stage"], Value::Null);
    assert_eq!(rings(&desk).await, json!([]));
    assert!(settle_due(&house.backend).await.unwrap());
    assert_eq!(house.value::<i64>("select count(*) from ring where stage = 'over'").await, 1);
    screen.post("visitors/ring", &[]).await.ok();
    assert_eq!(bell(&screen).await["stage"], json!("ringing"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn only_screens_ring_and_not_without_end(pool: PgPool) {
    let house = House::open(pool).await;
    assert_eq!(house.stranger().post("visitors/ring", &[]).await.status, StatusCode::UNAUTHORIZED);
    let manager = house.as_person(cast::SITE_MANAGER).await;
    assert_eq!(manager.post("visitors/ring", &[]).await.status, StatusCode::FORBIDDEN);
    let screen = house.as_screen().await;
    for _ in 0..20 {
        screen.post("visitors/ring", &[]).await.ok();
        screen.post("visitors/end_ring", &[]).await.ok();
    }
    assert_eq!(screen.post("visitors/ring", &[]).await.status, StatusCode::TOO_MANY_REQUESTS);
    house.advance(61);
    screen.post("visitors/ring", &[]).await.ok();
}
