//! How matters end: by the resident's word, or after honest attempts to get it.

use crate::house::{Caller, House};
use crate::requests::{dispatched, matter, report, step, work};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// A report of the cast's resident that is said to be fixed; its code.
pub async fn done(house: &House) -> String {
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    fixed(house, &code).await;
    code
}

pub async fn fixed(house: &House, code: &str) {
    dispatched(house, code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for endpoint in ["work/accept", "work/set_out", "work/arrive"] {
        work(&technician, code, endpoint, &[]).await;
    }
    let proof = [("note", "New washer."), ("no_proof_reason", "Nobody was at home.")];
    work(&technician, code, "work/complete", &proof).await;
}

/// As if somebody had tried to reach the resident on so many days from now on.
pub async fn tried(house: &House, code: &str, days: i32) {
    sqlx::query(
        "insert into contact_attempt (estate_id, id, request_id, life, means, outcome, made_by, made_at)
         select r.estate_id, gen_random_uuid(), r.id, r.reopened_times, 'phone', 'no_answer', r.accountable_id,
           r.stage_at + day * interval '1 day'
         from request r, generate_series(0, $2 - 1) as day where r.code = $1",
    )
    .bind(code)
    .bind(days)
    .execute(&house.pool)
    .await
    .unwrap();
}

async fn closing(staff: &Caller<'_>, code: &str) -> Value {
    staff.post_exactly("requests/closing", &[("code", code)]).await.ok()
}

/// A call about the end of a matter, at the version that the caller sees now.
async fn about_end(staff: &Caller<'_>, code: &str, endpoint: &str, fields: &[(&str, &str)]) -> crate::house::Reply {
    let seen = matter(staff, code).await;
    let (id, version) = (seen["request"]["id"].as_str().unwrap().to_owned(), seen["request"]["version"].to_string());
    staff.post(endpoint, &[&[("id", id.as_str()), ("seen", version.as_str())], fields].concat()).await
}

const IN_VAIN: [(&str, &str); 3] = [("means", "phone"), ("outcome", "no_answer"), ("note", "Rang twice: engaged.")];

#[sqlx::test(migrations = "../app/migrations")]
async fn without_a_word_it_ends_after_attempts_on_two_days_of_the_wall(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let too_few = json!({"Refused": "TooFewAttempts"});
    assert_eq!(about_end(&desk, &code, "requests/close_unconfirmed", &[]).await.json(), too_few);
    // Noon and half past eleven of one evening are one day; ten past midnight is another, though not in London.
    for minutes in [0, 690] {
        house.advance(minutes);
        about_end(&desk, &code, "requests/log_attempt", &IN_VAIN).await.ok();
        assert_eq!(about_end(&desk, &code, "requests/close_unconfirmed", &[]).await.json(), too_few, "{minutes}");
    }
    assert_eq!(closing(&desk, &code).await["moves"], json!(["LogAttempt"]));
    house.advance(40);
    about_end(&desk, &code, "requests/log_attempt", &IN_VAIN).await.ok();
    let seen = closing(&desk, &code).await;
    assert_eq!((&seen["days"], &seen["needed"]), (&json!(2), &json!(2)));
    assert_eq!(seen["moves"], json!(["CloseUnconfirmed", "LogAttempt"]));
    assert_eq!(seen["tried"].as_array().unwrap().len(), 3);
    about_end(&desk, &code, "requests/close_unconfirmed", &[]).await.ok();

    let resident = house.as_person(cast::RESIDENT).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert_eq!(page["card"]["line"]["stage"], "Unconfirmed");
    let kinds: Vec<_> = page["timeline"].as_array().unwrap().iter().map(|entry| &entry["happening"]["kind"]).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["contact_attempted", "unconfirmed"]);
    assert!(!page.to_string().contains("engaged"), "what was noted stays with the office");
    assert_eq!(page["moves"], json!(["Dispute", "Rate", "Comment"]), "it may still be objected to");
    assert_eq!(house.value::<i64>("select count(*) from rating").await, 0);

    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    let words = [("id", id), ("seen", version.as_str()), ("words", "I was away. It still drips.")];
    resident.post("requests/dispute", &words).await.ok();
    house.advance(5);
    fixed(&house, &code).await;
    assert_eq!(closing(&desk, &code).await["days"], 0, "another life, other attempts");
    assert_eq!(closing(&desk, &code).await["ends"][0]["outcome"], "unconfirmed");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_says_on_the_phone_that_it_is_not_fixed_is_heard(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let fields = [("means", "phone"), ("outcome", "not_fixed"), ("note", "")];
    let reply = about_end(&desk, &code, "requests/log_attempt", &fields).await;
    assert_eq!(reply.json(), json!({"Invalid": [{"field": "note", "note": "Missing"}]}));
    assert_eq!(matter(&desk, &code).await["request"]["stage"], "Done", "nothing half-written");
    let fields = [("means", "phone"), ("outcome", "not_fixed"), ("note", "It drips again since the morning.")];
    about_end(&desk, &code, "requests/log_attempt", &fields).await.ok();
    let seen = matter(&desk, &code).await;
    assert_eq!((&seen["request"]["stage"], &seen["request"]["reopened_times"]), (&json!("Reopened"), &json!(1)));
    assert!(seen["request"]["promise"]["due_at"].is_string());
    let resident = house.as_person(cast::RESIDENT).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert!(page.to_string().contains("It drips again since the morning."));
    let ends: Vec<(i32, String)> =
        sqlx::query_as("select life, outcome from request_end order by life").fetch_all(&house.pool).await.unwrap();
    assert_eq!(ends, [(0, "disputed".to_owned())]);
    let told: Vec<String> = sqlx::query_scalar(
        "select a.sign_in from message m join account a on a.id = m.account_id
         where m.telling -> 'happening' ->> 'kind' = 'disputed' order by 1",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap();
    assert!(told.contains(&cast::SUPERVISOR.to_owned()), "the department's supervisor is told: {told:?}");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_yes_on_the_phone_confirms_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let fields = [("means", "phone"), ("outcome", "reached"), ("note", "Says it is fine.")];
    about_end(&desk, &code, "requests/log_attempt", &fields).await.ok();
    assert_eq!(matter(&desk, &code).await["request"]["stage"], "Done");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_the_residents_word_and_the_offices_one_ends_it(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    tried(&house, &code, 2).await;
    let (resident, desk) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::RECEPTIONIST).await);
    let seen = closing(&desk, &code).await;
    let (id, version) = (seen["id"].as_str().unwrap(), seen["version"].to_string());
    let fields = [("id", id), ("seen", version.as_str())];
    let (one, other) =
        futures::join!(resident.post("requests/confirm", &fields), desk.post("requests/close_unconfirmed", &fields));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    assert_eq!(house.value::<i64>("select count(*) from request_end").await, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn only_a_head_files_what_ended_without_a_word(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    tried(&house, &code, 2).await;
    about_end(&house.as_person(cast::RECEPTIONIST).await, &code, "requests/close_unconfirmed", &[]).await.ok();
    let foreign = cast::CUSTOMER_SERVICE_HEAD;
    for somebody in [cast::RECEPTIONIST, cast::COORDINATOR, cast::TECHNICIAN, cast::SUPERVISOR, foreign] {
        let caller = house.as_person(somebody).await;
        let reply = about_end(&caller, &code, "requests/archive", &[]).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{somebody}");
    }
    let other = house.as_person(foreign).await;
    assert_eq!(closing(&other, &code).await["moves"], json!([]), "another department's is its own head's to file");
    assert!(!matter(&other, &code).await["moves"].as_array().unwrap().contains(&json!("Archive")));
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    assert_eq!(closing(&head, &code).await["moves"], json!(["Archive"]));
    step(&head, &code, "requests/archive", &[]).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn how_often_is_what_the_policy_said_when_it_came_in(pool: PgPool) {
    let house = House::open(pool).await;
    let before = done(&house).await;
    house.advance(1);
    sqlx::query(
        "insert into policy (estate_id, version, valid_from, published_at, terms)
         select estate_id, 1 + version, '2026-11-23T04:01:00Z', '2026-11-23T04:01:00Z',
           jsonb_set(terms, '{closing,attempts}', '3') from policy where estate_id = (select estate_id from request)
         order by version desc limit 1",
    )
    .execute(&house.pool)
    .await
    .unwrap();
    house.advance(1);
    let after = done(&house).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    for code in [&before, &after] {
        tried(&house, code, 2).await;
    }
    about_end(&desk, &before, "requests/close_unconfirmed", &[]).await.ok();
    let reply = about_end(&desk, &after, "requests/close_unconfirmed", &[]).await;
    assert_eq!(reply.json(), json!({"Refused": "TooFewAttempts"}));
    let error = sqlx::query("update request set stage = 'unconfirmed', version = version + 1 where stage = 'done'")
        .execute(&house.pool)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("attempts on 2 days"), "{error}");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn plain_sql_ends_nothing_early_and_changes_no_attempt(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    tried(&house, &code, 1).await;
    let again =
        "insert into contact_attempt select estate_id, gen_random_uuid(), request_id, LIFE, means, outcome, note,
                   made_by, WHEN from contact_attempt limit 1";
    let of_another_life = again.replace("LIFE", "1").replace("WHEN", "made_at");
    let before_it_was_done = again.replace("LIFE", "life").replace("WHEN", "made_at - interval '1 hour'");
    let same_day = again.replace("LIFE", "life").replace("WHEN", "made_at + interval '1 hour'");
    sqlx::query(sqlx::AssertSqlSafe(same_day)).execute(&house.pool).await.unwrap();
    for (sql, why) in [
        ("update request set stage = 'unconfirmed', version = version + 1".to_owned(), "attempts on 1 days"),
        ("update contact_attempt set made_at = made_at + interval '1 day'".to_owned(), "append-only"),
        ("delete from contact_attempt".to_owned(), "append-only"),
        ("truncate contact_attempt".to_owned(), "append-only"),
        (of_another_life, "waits for no word"),
        (before_it_was_done, "waits for no word"),
    ] {
        let error = sqlx::query(sqlx::AssertSqlSafe(sql.clone())).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains(why), "{sql}: {error}");
    }
    let resident = house.as_person(cast::RESIDENT).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    resident.post("requests/confirm", &[("id", id), ("seen", &version)]).await.ok();
    for sql in
        ["update request_end set outcome = 'unconfirmed'", "delete from request_end", "truncate request_end cascade"]
    {
        let error = sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{sql}: {error}");
    }
}
