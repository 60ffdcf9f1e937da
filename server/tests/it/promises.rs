//! Promises of calls that wait for each other: the one that was written last runs, whichever call began first, and each
//! ended as what happened says. The clock that is set back between two calls stands for the one that waited.

use crate::desk::staff_id;
use crate::house::{Caller, House};
use crate::incidents::{listed, moves, riser, told_by_three};
use crate::requests::{matter, report, step};
use app::moment::Moment;
use app::requests::{Happening, Promise, PromiseKind, Step};
use server::demo::cast;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

/// Everything that is due by now is told.
async fn look(house: &House) {
    while app::requests::tell_due(&house.backend).await.unwrap() {}
}

/// The promise that runs is what the matter says, has not ended, and is superseded by none; each was made after the one
/// before it; and what happened never went back in time.
async fn is_in_order(house: &House) {
    let wrong: i64 = house
        .value(
            "select count(*) from promise_running p
             join request r on r.estate_id = p.estate_id and r.id = p.request_id
             where r.promised_at is distinct from p.due_at or r.promise_kind is distinct from p.kind
               or exists (select from promise_end e where e.estate_id = p.estate_id and e.promise_id = p.promise_id)
               or exists (select from promise next where next.estate_id = p.estate_id and next.supersedes = p.promise_id)",
        )
        .await;
    assert_eq!(wrong, 0, "the promise that runs was written last");
    let wrong: i64 = house
        .value(
            "select count(*) from promise p join promise before on before.estate_id = p.estate_id and before.id = p.supersedes
             where p.made_at <= before.made_at or p.request_id <> before.request_id",
        )
        .await;
    assert_eq!(wrong, 0, "made one after another");
    let wrong: i64 = house
        .value(
            "select count(*) from (
               select at, lag(at) over (partition by estate_id, subject_id order by id) as before
               from happening where room = 'requests') h where h.at < h.before",
        )
        .await;
    assert_eq!(wrong, 0, "nothing happens before what happened before it");
}

/// How a promise was made, and how it ended.
type Made = (Uuid, Uuid, String, Moment, Moment, Option<String>, Option<Moment>);

/// Reckoned anew from what happened, every promise ended as it is stored.
async fn ends_as_it_happened(house: &House) {
    let made: Vec<Made> = sqlx::query_as(
        "select p.request_id, p.id, p.kind, p.due_at, p.made_at, e.outcome, e.ended_at from promise p
         left join promise_end e on e.estate_id = p.estate_id and e.promise_id = p.id",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap();
    assert!(!made.is_empty());
    for (request, id, kind, due_at, made_at, outcome, ended_at) in made {
        let happened: Vec<(Moment, Json<Happening>, bool)> = sqlx::query_as(
            "select at, details, by_staff_id is not null from happening
             where room = 'requests' and subject_id = $1 order by id",
        )
        .bind(request)
        .fetch_all(&house.pool)
        .await
        .unwrap();
        let steps: Vec<Step> =
            happened.into_iter().map(|(at, Json(happening), by_office)| Step { at, happening, by_office }).collect();
        let promise = Promise { kind: PromiseKind::from_tag(&kind).unwrap(), due_at };
        let anew = promise.end(made_at, &steps, house.backend.clock.now());
        let anew = anew.map(|(outcome, at)| (outcome.tag().to_owned(), at));
        assert_eq!(anew, outcome.zip(ended_at), "{kind} by {due_at}: {id}");
    }
}

async fn promises(desk: &Caller<'_>, code: &str, kind: &str, due_at: &str, why: Option<&str>) {
    let mut fields = vec![("kind", kind), ("due_at", due_at)];
    fields.extend(why.map(|why| ("reason", why)));
    step(desk, code, "requests/promise", &fields).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_time_that_was_written_last_runs_though_its_call_began_first(pool: PgPool) {
    let house = House::open(pool).await;
    let homes = riser(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let codes = told_by_three(&house, &homes).await;
    let id = listed(&desk).await[0]["incident"]["id"].as_str().unwrap().to_owned();
    moves(&desk, &id, "incidents/accept", &[]).await.ok();

    // A member is promised a time of its own; the call for the lead, which had waited, writes over it.
    house.advance(10);
    promises(&desk, &codes[1], "visit", "2026-11-23T15:00", None).await;
    house.advance(-5);
    promises(&desk, &codes[0], "finish", "2026-11-23T18:00", None).await;
    let told = matter(&desk, &codes[1]).await["request"]["promise"].clone();
    assert_eq!((&told["kind"], &told["due_at"]), (&"finish".into(), &"2026-11-23T10:00:00Z".into()));
    is_in_order(&house).await;

    // The next one follows as ever, and each is told in its time.
    house.advance(10);
    promises(&desk, &codes[1], "visit", "2026-11-23T16:00", Some("They are there sooner.")).await;
    is_in_order(&house).await;
    house.advance(10 * 60);
    look(&house).await;
    let running: i64 = house.value("select count(*) from promise_running").await;
    assert_eq!(running, 0);
    let lapsed: i64 = house.value("select count(*) from happening where kind = 'promise_lapsed'").await;
    assert_eq!(lapsed, 3, "the lead's, its follower's, and the member's own");
    is_in_order(&house).await;
    ends_as_it_happened(&house).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_appointment_that_was_written_last_runs_though_its_call_began_first(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let code = report(&resident).await;
    let id = matter(&coordinator, &code).await["request"]["id"].as_str().unwrap().to_owned();
    for (from, until) in [("09:00", "11:00"), ("14:00", "16:00")] {
        let fields = [("id", id.as_str()), ("on", "2026-11-24"), ("from", from), ("until", until)];
        coordinator.post("work/offer_window", &fields).await.ok();
    }
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let all = &page["windows"]["all"];
    let (first, second) = (all[0]["id"].as_str().unwrap(), all[1]["id"].as_str().unwrap());
    for (minutes, window) in [(10, first), (-5, second)] {
        house.advance(minutes);
        resident.post("work/pick_window", &[("id", &id), ("window", window)]).await.ok();
        is_in_order(&house).await;
    }
    let promised = async || matter(&coordinator, &code).await["request"]["promise"]["due_at"].clone();
    assert_eq!(promised().await, "2026-11-24T08:00:00Z");

    // Staff move it back by a call that began earlier still; then a word of theirs as well.
    house.advance(-2);
    let back = [("id", id.as_str()), ("window", first), ("reason", "She is out in the afternoon.")];
    coordinator.post("work/appoint", &back).await.ok();
    assert_eq!(promised().await, "2026-11-24T03:00:00Z");
    is_in_order(&house).await;
    house.advance(-1);
    let words = [("id", id.as_str()), ("words", "We ring first."), ("internal", "false")];
    coordinator.post("requests/remark", &words).await.ok();
    is_in_order(&house).await;

    house.advance(29 * 60);
    look(&house).await;
    let lapsed: i64 = house.value("select count(*) from happening where kind = 'promise_lapsed'").await;
    assert_eq!(lapsed, 1, "once, and the one that ran");
    ends_as_it_happened(&house).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_was_left_running_though_it_had_ended_is_mended(pool: PgPool) {
    let house = House::open(pool).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    house.advance(10);
    promises(&coordinator, &code, "visit", "2026-11-23T15:00", None).await;
    // As versions before this one left it: the answer runs that was kept, and the visit was made before it.
    for sql in [
        "alter table promise disable trigger promise_append_only",
        "update promise set made_at = made_at - interval '1 hour' where kind = 'visit'",
        "alter table promise enable trigger promise_append_only",
        "update promise_running r set promise_id = p.id, kind = p.kind, due_at = p.due_at from promise p where p.kind = 'answer'",
        "drop function happens_at",
    ] {
        sqlx::query(sql).execute(&house.pool).await.unwrap();
    }
    let mending = include_str!("../../../app/migrations/20261127180000_promise_order.sql");
    sqlx::raw_sql(mending).execute(&house.pool).await.unwrap();
    is_in_order(&house).await;
    promises(&coordinator, &code, "visit", "2026-11-23T16:00", Some("The part comes later.")).await;
    house.advance(10 * 60);
    look(&house).await;
    let lapsed: i64 = house.value("select count(*) from happening where kind = 'promise_lapsed'").await;
    assert_eq!(lapsed, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_answer_was_kept_by_whoever_answered_until_then(pool: PgPool) {
    let house = House::open(pool).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    let department = async || matter(&coordinator, &code).await["request"]["department"].clone();
    let before = department().await;
    house.advance(5);
    let guard = format!("person:{}", staff_id(&house, cast::GUARD).await);
    step(&coordinator, &code, "requests/dispatch", &[("to", &guard)]).await;
    assert_ne!(department().await, before, "another department has it now");
    let kept: Vec<(String, Uuid)> =
        sqlx::query_as("select outcome, department_id from promise_end").fetch_all(&house.pool).await.unwrap();
    assert_eq!(kept, [("kept".to_owned(), before.as_str().unwrap().parse::<Uuid>().unwrap())]);
}
