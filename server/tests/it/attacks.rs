//! What the database holds by itself, attacked with plain SQL.

use crate::house::House;
use crate::requests::{dispatched, report};
use server::demo::cast;
use sqlx::PgPool;

/// Runs a statement that must be refused, and says why it was.
async fn refused(pool: &PgPool, sql: &'static str) -> String {
    match sqlx::query(sql).execute(pool).await {
        Ok(done) => panic!("{sql} changed {} rows", done.rows_affected()),
        Err(error) => error.to_string(),
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn legal_moves_are_the_enums_own(pool: PgPool) {
    let stored: Vec<(String, String, String)> =
        sqlx::query_as("select matter, from_stage, to_stage from legal_move").fetch_all(&pool).await.unwrap();
    let mut stored: Vec<_> = stored.into_iter().collect();
    let mut coded: Vec<(String, String, String)> = app::requests::MOVES
        .iter()
        .map(|(from, to)| ("request", from, to))
        .chain(app::bookings::MOVES.iter().map(|(from, to)| ("booking", from, to)))
        .chain(app::bookings::WAIT_MOVES.iter().map(|(from, to)| ("waiting", from, to)))
        .chain(app::bookings::DRAW_MOVES.iter().map(|(from, to)| ("draw", from, to)))
        .chain(app::bookings::LOT_MOVES.iter().map(|(from, to)| ("lot", from, to)))
        .chain(app::concierge::MOVES.iter().map(|(from, to)| ("service_order", from, to)))
        .chain(app::mail::RELAY_MOVES.iter().map(|(from, to)| ("relay", from, to)))
        .chain(app::mail::ITEM_MOVES.iter().map(|(from, to)| ("mail_item", from, to)))
        .chain(app::visitors::RING_MOVES.iter().map(|(from, to)| ("ring", from, to)))
        .chain(app::visitors::VISIT_MOVES.iter().map(|(from, to)| ("visit", from, to)))
        .chain(app::activities::MOVES.iter().map(|(from, to)| ("activity", from, to)))
        .chain(app::activities::PARTICIPATION_MOVES.iter().map(|(from, to)| ("participation", from, to)))
        .chain(app::notices::MOVES.iter().map(|(from, to)| ("notice", from, to)))
        .chain(app::incidents::MOVES.iter().map(|(from, to)| ("incident", from, to)))
        .chain(app::followups::MOVES.iter().map(|(from, to)| ("follow_up", from, to)))
        .chain(app::work::MOVES.iter().map(|(from, to)| ("order", from, to)))
        .chain(app::desk::MOVES.iter().map(|(from, to)| ("contact", from, to)))
        .map(|(matter, from, to)| (matter.to_owned(), (*from).to_owned(), (*to).to_owned()))
        .collect();
    stored.sort();
    coded.sort();
    assert_eq!(stored, coded);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn plain_sql_cannot_break_the_promises(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        crate::requests::work(&technician, &code, endpoint, &[]).await;
    }
    let done = [("note", "Done."), ("signer", "Emma"), ("signed", "true")];
    crate::requests::work(&technician, &code, "work/complete", &done).await;
    for (sql, why) in [
        ("update request set stage = 'archived', version = version + 1", "is asked before it is filed"),
        ("update request set stage = 'triaged', version = version + 1", "may not move"),
        ("update request set words = 'other'", "does not follow"),
        ("update request set accountable_id = null, version = version + 1", "request_accountable_id_check"),
        ("delete from request", "append-only"),
        ("update request set waiting_on = 'parts', version = version + 1", "request_waiting_check"),
        ("update work_order set stage = 'on_site', version = version + 1", "may not move"),
        ("delete from work_order", "append-only"),
        ("update work_order set accountable_id = null, version = version + 1", "null value"),
        ("update work_order set proof = null, version = version + 1", "work_order_verified_check"),
        ("update happening set kind = 'nothing'", "append-only"),
        ("delete from happening", "append-only"),
        ("truncate happening", "append-only"),
        ("update promise set due_at = now()", "append-only"),
        ("delete from promise", "append-only"),
        ("truncate promise cascade", "append-only"),
        ("update signature set signer_name = 'Somebody'", "append-only"),
        ("delete from signature", "append-only"),
        ("truncate signature", "append-only"),
    ] {
        let error = refused(&house.pool, sql).await;
        assert!(error.contains(why), "{sql}: {error}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn no_request_is_born_elsewhere_or_with_nobody(pool: PgPool) {
    let house = House::open(pool).await;
    report(&house.as_person(cast::RESIDENT).await).await;
    let copy = "insert into request (estate_id, id, code, stage, stage_at, item_id, urgency, channel, unit_id, words, lang,
                  department_id, accountable_id, promised_at, promise_kind, received_at)
                select estate_id, gen_random_uuid(), 'LY-99999-X', STAGE, stage_at, item_id, urgency, channel, unit_id, words,
                  lang, department_id, WHO, promised_at, promise_kind, received_at from request limit 1";
    for (stage, who, why) in [
        ("'triaged'", "accountable_id", "may not move"),
        ("'nonsense'", "accountable_id", "may not move"),
        ("'received'", "null", "request_accountable_id_check"),
    ] {
        let sql = copy.replace("STAGE", stage).replace("WHO", who);
        let error = sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains(why), "{stage} {who}: {error}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn no_row_names_another_estates_place(pool: PgPool) {
    let house = House::open(pool).await;
    report(&house.as_person(cast::RESIDENT).await).await;
    let error = refused(
        &house.pool,
        "update request set version = version + 1, stage = 'triaged',
           unit_id = (select u.id from unit u where u.estate_id <> request.estate_id limit 1)",
    )
    .await;
    assert!(error.contains("foreign key"), "{error}");
}
