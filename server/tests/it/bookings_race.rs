//! A thousand at once want one time, over real connections: one has it, and each of the others is told what is nearest,
//! whether or not the job that lets go of what was kept in vain is at work.

use crate::bookings::{free, held_of, send, step, wants, week};
use crate::house::{Caller, House, encode, key, noon};
use axum::http::StatusCode;
use futures::future::join_all;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const CLIENTS: u32 = 1000;
/// There is one.
const ROOM: &str = "clubhouse";
const MONDAY: &str = "2026-11-30";

/// A house with so many more households, whose server has connections of its own and waits for one as long as it takes: close
/// its pool at the end.
pub async fn crowded(pool: &PgPool, households: u32) -> House {
    let patient = PgPoolOptions::new().max_connections(12).acquire_timeout(Duration::from_secs(600));
    let house = House::open(patient.connect_lazy_with(PgConnectOptions::clone(&pool.connect_options()))).await;
    let crowd = sqlx::query(include_str!("../../benches/bench/crowd.sql"));
    crowd.bind(i32::try_from(households).unwrap()).bind(noon()).execute(&house.pool).await.unwrap();
    house
}

/// One of these households, by its number from 1 on.
pub fn household(house: &House, number: u32) -> Caller<'_> {
    house.stranger().with_cookie("__Host-session", &token(number))
}

/// What all ids of a household are.
pub fn id(number: u32) -> Uuid {
    Uuid::from_u128(number.into())
}

fn token(number: u32) -> String {
    format!("crowd-{number}")
}

/// Asks on a connection of one's own to keep a slot: the status and the answer.
async fn ask(mut line: TcpStream, number: u32, form: String) -> (u16, Value) {
    // In HTTP 1.0 the answer ends with the connection.
    let request = format!(
        "POST /api/bookings/hold HTTP/1.0\r\nhost: steward.test\r\naccept: application/json\r\n\
         cookie: __Host-session={}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        token(number),
        form.len(),
    );
    line.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    line.read_to_string(&mut reply).await.unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or_else(|_| panic!("{reply}")))
}

async fn connect(address: SocketAddr) -> Vec<TcpStream> {
    let mut lines = Vec::new();
    for _ in 0..CLIENTS {
        lines.push(TcpStream::connect(address).await.unwrap());
    }
    lines
}

async fn one_of_a_thousand_has_it(pool: PgPool, is_attended: bool) {
    let house = crowded(&pool, CLIENTS).await;
    let closing = CancellationToken::new();
    let job = is_attended.then(|| tokio::spawn(server::jobs::watch(house.backend.clone(), closing.clone())));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = house.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(axum::serve(listener, service).into_future());

    // It was kept for somebody who never came back.
    let emma = house.as_person(cast::RESIDENT).await;
    let (_, starts) = held_of(&emma, ROOM).await;
    let shown = week(&emma, ROOM, MONDAY).await;
    house.advance(16);
    let form = |number: u32| {
        vec![
            ("facility", shown["facility"]["id"].as_str().unwrap().to_owned()),
            ("home", id(number).to_string()),
            ("starts", starts.to_string()),
            ("steps", shown["steps"].to_string()),
            ("heads", "1".to_owned()),
        ]
    };
    let lines = connect(address).await;
    let asks = (1..).zip(lines).map(|(number, line)| {
        let (fields, key) = (form(number), key());
        let mut all = vec![("key", key.as_str())];
        all.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
        ask(line, number, encode(&all))
    });
    let replies = join_all(asks).await;
    server.abort();

    let served: Vec<_> = (1_u32..).zip(&replies).filter(|(_, (status, _))| *status == 200).collect();
    assert_eq!(served.len(), 1, "{served:?}");
    let (winner, (_, held)) = served[0];
    let mut instead = Vec::new();
    for (_, refused) in replies.iter().filter(|(status, _)| *status != 200) {
        let taken = &refused["Taken"];
        assert_eq!(taken["wanted"], json!(starts), "{refused}");
        instead = taken["instead"].as_array().unwrap().clone();
        assert!(instead.len() == 3 && !instead.contains(&json!(starts)), "{refused}");
    }
    assert!(replies.iter().all(|(status, _)| [200, 409].contains(status)));

    let code = held["code"].as_str().unwrap();
    step(&household(&house, winner), code, "bookings/confirm").await.ok();
    let stages: String = house.value("select string_agg(stage, ' ' order by stage) from booking").await;
    assert_eq!(stages, "expired requested");
    assert_eq!(house.value::<i64>("select count(*) from unit_claim").await, 1);
    let happened = "select string_agg(kind, ' ' order by id) from happening where room = 'bookings'";
    assert_eq!(house.value::<String>(happened).await, "held expired held requested");
    // What they were told is true.
    let loser = if winner == 1 { 2 } else { 1 };
    let mut other = form(loser);
    other[2].1 = instead[0].to_string();
    assert_eq!(send(&household(&house, loser), "bookings/hold", &other).await.status, StatusCode::OK);

    closing.cancel();
    if let Some(job) = job {
        job.await.unwrap();
    }
    house.pool.close().await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn one_of_a_thousand_has_it_with_the_job_at_work(pool: PgPool) {
    one_of_a_thousand_has_it(pool, true).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn one_of_a_thousand_has_it_with_the_job_stopped(pool: PgPool) {
    one_of_a_thousand_has_it(pool, false).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_crowd_does_not_wait_for_the_database(pool: PgPool) {
    const CROWD: u32 = 30;
    let house = crowded(&pool, CROWD + 1).await;
    let holder = household(&house, CROWD);
    let (_, kept) = held_of(&holder, ROOM).await;
    let shown = week(&holder, ROOM, MONDAY).await;
    let wanted = free(&shown)[1];
    let fields = |number: u32| {
        let mut fields = wants(&shown, wanted);
        fields[1].1 = id(number).to_string();
        fields
    };
    send(&household(&house, CROWD + 1), "bookings/hold", &fields(CROWD + 1)).await.ok();

    // Whoever comes first waits for the facility's row, and the others for them alone.
    let mut outside = pool.begin().await.unwrap();
    sqlx::query("select from facility where slug = $1 for update").bind(ROOM).execute(&mut *outside).await.unwrap();
    let tries = "select coalesce(sum(tries), 0)::int from attempt";
    let before: i32 = house.value(tries).await;
    let asks = (1..=CROWD).map(|number| {
        let (house, fields) = (&house, fields(number));
        async move { send(&household(house, number), "bookings/hold", &fields).await.json() }
    });
    let watch = async {
        while house.value::<i32>(tries).await < before + CROWD as i32 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // What would stand before the row by mistake has the time to get there.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let waiting = "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        assert_eq!(house.value::<i32>(waiting).await, 1);
        outside.commit().await.unwrap();
    };
    let (replies, ()) = tokio::join!(join_all(asks), watch);

    // Each is told what is free for them: in the way of whoever holds something there is not what they hold.
    let lasts = shown["steps"].as_i64().unwrap() * shown["facility"]["terms"]["step_minutes"].as_i64().unwrap() * 60;
    for (number, refused) in (1..).zip(&replies) {
        let instead = refused["Taken"]["instead"].as_array().unwrap_or_else(|| panic!("{refused}"));
        let overlaps_kept = instead.iter().any(|at| (at.as_i64().unwrap() - kept).abs() < lasts);
        assert_eq!(overlaps_kept, number == CROWD, "{number}: {refused}");
    }
    house.pool.close().await;
}
