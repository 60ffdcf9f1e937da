//! The live line: who hears of what, and how it travels between two servers.

use crate::house::House;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, StatusCode};
use futures::StreamExt;
use server::demo::cast;
use sqlx::PgPool;
use std::net::SocketAddr;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// Opens somebody's line; its events arrive as text.
async fn line(house: &House, sign_in: &str) -> impl futures::Stream<Item = String> + Unpin {
    let caller = house.as_person(sign_in).await;
    let mut request = caller.request(Method::GET, "/live").body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))));
    let reply = house.router.clone().oneshot(request).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    let mut line =
        reply.into_body().into_data_stream().map(|chunk| String::from_utf8_lossy(&chunk.unwrap()).into_owned());
    let first = line.next().await.unwrap();
    assert!(first.contains("event: build"), "{first}");
    Box::pin(line)
}

async fn hears(line: &mut (impl futures::Stream<Item = String> + Unpin)) -> bool {
    // A beat is there at once or never; the wait only bounds "never".
    tokio::time::timeout(Duration::from_millis(1500), line.next()).await.is_ok()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_beat_reaches_whom_it_concerns(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let mut spouse = line(&house, cast::SPOUSE).await;
    let mut desk = line(&house, cast::COORDINATOR).await;
    let mut neighbour = line(&house, cast::NEIGHBOUR).await;
    let mut elsewhere = line(&house, cast::BOYAN_COORDINATOR).await;
    crate::requests::report(&resident).await;
    assert!(hears(&mut spouse).await && hears(&mut desk).await);
    assert!(!hears(&mut neighbour).await && !hears(&mut elsewhere).await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn that_somebody_read_a_notice_is_their_own_screens_to_know(pool: PgPool) {
    let house = House::open(pool).await;
    let posted = crate::notices::come_as_far_as(&house, crate::calls::At::Posted).await;
    let id = posted.iter().find(|(name, _)| *name == "notice").unwrap().1.as_str();
    let mut other_device = line(&house, cast::RESIDENT).await;
    let mut neighbour = line(&house, cast::NEIGHBOUR).await;
    house.as_person(cast::RESIDENT).await.post("notices/read", &[("id", id)]).await.ok();
    assert!(hears(&mut other_device).await);
    assert!(!hears(&mut neighbour).await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_quiet_line_says_that_it_is_there(pool: PgPool) {
    let house = House::open(pool).await;
    let mut desk = line(&house, cast::COORDINATOR).await;
    let sign = tokio::time::timeout(Duration::from_secs(60), desk.next()).await;
    // With data: browsers pass no event on that has none.
    assert_eq!(sign.unwrap().unwrap(), "event: here\ndata: yes\n\n");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_beat_travels_to_another_server(pool: PgPool) {
    let here = House::open(pool.clone()).await;
    let there = House::over(pool);
    let closing = CancellationToken::new();
    let tail = tokio::spawn(server::live::tail(there.backend.clone(), closing.clone()));
    let hint = tokio::spawn(server::live::hint(here.backend.clone(), closing.clone()));
    let mut desk = line(&there, cast::COORDINATOR).await;
    // The tailer starts at the end of the record: wait until it has looked once.
    tokio::time::sleep(Duration::from_millis(300)).await;
    crate::requests::report(&here.as_person(cast::RESIDENT).await).await;
    let heard = tokio::time::timeout(Duration::from_secs(20), async {
        while let Some(event) = desk.next().await {
            if event.contains("requests") {
                return true;
            }
        }
        false
    });
    assert_eq!(heard.await, Ok(true));
    closing.cancel();
    tail.await.unwrap();
    hint.await.unwrap();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn strangers_have_no_line(pool: PgPool) {
    let house = House::open(pool).await;
    assert_eq!(house.stranger().get("/live").await.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_stage_that_changes_back_reaches_the_resident(pool: PgPool) {
    let house = House::open(pool).await;
    let code = crate::requests::report(&house.as_person(cast::RESIDENT).await).await;
    crate::requests::dispatched(&house, &code).await;
    let mut resident = line(&house, cast::RESIDENT).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    crate::requests::work(&technician, &code, "work/refuse", &[("reason", "Off sick")]).await;
    assert!(hears(&mut resident).await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_tailer_begins_before_what_is_still_being_written(pool: PgPool) {
    let house = House::open(pool).await;
    let mut slow = house.pool.begin().await.unwrap();
    let written: i64 = sqlx::query_scalar(
        "insert into happening (estate_id, room, subject_id, kind, is_public, at, details)
         select id, 'requests', gen_random_uuid(), 'noted', false, now(), '{}' from estate limit 1 returning id",
    )
    .fetch_one(&mut *slow)
    .await
    .unwrap();
    crate::requests::report(&house.as_person(cast::RESIDENT).await).await;
    let mut db = house.pool.acquire().await.unwrap();
    let mark = app::happenings::end(&mut db).await.unwrap();
    slow.commit().await.unwrap();
    // Transactions of other tests hold the tail back, too.
    for _ in 0..200 {
        let (beats, _) = app::happenings::tail(&mut db, &mark).await.unwrap();
        if beats.iter().any(|beat| beat.id == written) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("what was written first was skipped");
}
