//! Follow-ups: who is drawn and at which rate, who asks, and who hears the answer.

use crate::closing::{done, fixed, tried};
use crate::house::{Caller, House, Reply};
use crate::policy::{QUALITY, send};
use crate::requests::{matter, step};
use app::followups::is_drawn;
use app::ids::RequestId;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// As if a request that ended had been drawn, and somebody who had no hand in it had tried three times in vain.
pub async fn drawn(house: &House, code: &str) -> String {
    for sql in [
        "insert into follow_up (estate_id, id, request_id, life, department_id, drawn_at, policy_version, rate, stage,
           stage_at)
         select estate_id, gen_random_uuid(), id, reopened_times, department_id, stage_at, 1, 100, 'drawn', stage_at
         from request where code = $1 on conflict (estate_id, request_id, life) do nothing",
        "insert into follow_up_try (estate_id, id, follow_up_id, means, made_by, made_at)
         select f.estate_id, gen_random_uuid(), f.id, 'phone', m.id, f.drawn_at
         from request r
         join follow_up f on f.estate_id = r.estate_id and f.request_id = r.id
         join staff_member m on m.estate_id = r.estate_id
         join account a on a.id = m.account_id and a.sign_in = 'shenwei'
         cross join generate_series(1, 3)
         where r.code = $1",
    ] {
        sqlx::query(sql).bind(code).execute(&house.pool).await.unwrap();
    }
    let id: uuid::Uuid =
        sqlx::query_scalar("select f.id from follow_up f join request r on r.id = f.request_id where r.code = $1")
            .bind(code)
            .fetch_one(&house.pool)
            .await
            .unwrap();
    id.to_string()
}

/// From now on so many of a hundred that end are drawn.
async fn draws(house: &House, rate: &str) {
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let fields = QUALITY.map(|(name, value)| (name, if name == "requests" { rate } else { value }));
    send(&manager, "policy/set_quality", &fields).await.ok();
    send(&manager, "policy/publish", &[("start", "now"), ("note", "Others are asked again.")]).await.ok();
    house.advance(1);
}

/// A matter of the cast's resident, who agrees that it is fixed.
async fn ended(house: &House) -> String {
    let code = done(house).await;
    confirmed(house, &code).await;
    code
}

async fn confirmed(house: &House, code: &str) {
    by_resident(house, code, "requests/confirm", &[]).await;
}

async fn by_resident(house: &House, code: &str, endpoint: &str, fields: &[(&str, &str)]) {
    let resident = house.as_person(cast::RESIDENT).await;
    let page = resident.post_exactly("requests/track", &[("code", code)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    resident.post(endpoint, &[&[("id", id), ("seen", version.as_str())], fields].concat()).await.ok();
}

async fn listed(staff: &Caller<'_>) -> Value {
    staff.post_exactly("followups/list", &[]).await.ok()
}

/// One call about the only open follow-up, at the version that the site manager sees now.
async fn about(house: &House, by: &Caller<'_>, endpoint: &str, fields: &[(&str, &str)]) -> Reply {
    let page = listed(&house.as_person(cast::SITE_MANAGER).await).await;
    let (id, version) = (page["open"][0]["id"].as_str().unwrap(), page["open"][0]["version"].to_string());
    let seen = [("id", id), ("seen", version.as_str())];
    let seen = if endpoint == "followups/try" { &seen[..1] } else { &seen[..] };
    by.post(endpoint, &[seen, fields].concat()).await
}

/// As if somebody had become a supervisor.
async fn supervises(house: &House, sign_in: &str) {
    sqlx::query(
        "insert into staff_role (estate_id, staff_id, role, granted_at)
         select m.estate_id, m.id, 'supervisor', now() from staff_member m join account a on a.id = m.account_id
         where a.sign_in = $1",
    )
    .bind(sign_in)
    .execute(&house.pool)
    .await
    .unwrap();
}

/// The answers of which somebody was told.
async fn told(staff: &Caller<'_>) -> Vec<Value> {
    let inbox = staff.post_exactly("messages/inbox", &[("side", "office")]).await.ok();
    let said = inbox["messages"].as_array().unwrap().iter().map(|message| message["telling"]["happening"].clone());
    said.filter(|happening| happening["kind"] == "followed_up").collect()
}

const UNHAPPY: [(&str, &str); 3] = [("means", "phone"), ("satisfied", "no"), ("words", "It drips again.")];
const HAPPY: [(&str, &str); 2] = [("means", "visit"), ("satisfied", "yes")];
const IN_VAIN: [(&str, &str); 2] = [("means", "phone"), ("note", "Rang twice: engaged.")];

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_had_no_hand_in_it_asks_and_the_department_hears(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "100").await;
    let code = ended(&house).await;
    let (handler, other) =
        (house.as_person(cast::COORDINATOR).await, house.as_person(cast::CUSTOMER_SERVICE_HEAD).await);

    let seen = listed(&handler).await["open"][0].clone();
    assert_eq!((&seen["had_a_hand"], &seen["reporter"]), (&json!(true), &json!(null)), "she sent the order");
    for (endpoint, fields) in
        [("followups/record", &HAPPY[..]), ("followups/try", &IN_VAIN[..]), ("followups/give_up", &HAPPY[..0])]
    {
        let reply = about(&house, &handler, endpoint, fields).await;
        assert_eq!((reply.status, reply.json()), (StatusCode::CONFLICT, json!({"Refused": "HadAHand"})), "{endpoint}");
    }
    let own = house.as_person(cast::SUPERVISOR).await;
    assert_eq!(listed(&own).await["open"], json!([]), "a trade's supervisor is shown what others did");
    assert_eq!(about(&house, &own, "followups/record", &HAPPY).await.status, StatusCode::NOT_FOUND);
    let desk = house.as_person(cast::RECEPTIONIST).await;
    assert_eq!(about(&house, &desk, "followups/record", &HAPPY).await.status, StatusCode::FORBIDDEN);

    let seen = listed(&other).await["open"][0].clone();
    assert_eq!((&seen["card"]["code"], &seen["end"]), (&json!(code), &json!("confirmed")));
    assert_eq!((&seen["had_a_hand"], &seen["reporter"]["name"]), (&json!(false), &json!("Emma Thornbury")));
    let wordless = about(&house, &other, "followups/record", &UNHAPPY[..2]).await;
    assert_eq!(wordless.json(), json!({"Invalid": [{"field": "words", "note": "Missing"}]}));
    let id = seen["id"].as_str().unwrap();
    about(&house, &other, "followups/record", &UNHAPPY).await.ok();

    let said = json!({"kind": "followed_up", "means": "phone", "satisfied": false, "words": "It drips again."});
    for leader in [cast::SUPERVISOR, cast::ENGINEERING_HEAD] {
        assert_eq!(told(&house.as_person(leader).await).await, std::slice::from_ref(&said), "{leader}");
    }
    assert_eq!(told(&handler).await, Vec::<Value>::new());
    let timeline = matter(&own, &code).await["timeline"].clone();
    assert_eq!(timeline.as_array().unwrap().last().unwrap()["happening"], said);
    let page = house.as_person(cast::RESIDENT).await.post_exactly("requests/track", &[("code", &code)]).await.ok();
    assert!(!page.to_string().contains("followed_up"), "the office writes it down for itself");

    let page = listed(&other).await;
    assert_eq!((&page["open"], &page["over"][0]["answer"]["satisfied"]), (&json!([]), &json!(false)));
    assert_eq!(page["tally"], json!({"drawn": 1, "asked": 1, "satisfied": 0}));
    let again = other.post("followups/record", &[&[("id", id), ("seen", "1")], &HAPPY[..]].concat()).await;
    assert_eq!(again.json(), json!("Stale"), "it is answered once");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn another_departments_supervisor_checks_on_the_spot(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "100").await;
    ended(&house).await;
    for sign_in in [cast::GUARD, cast::CLEANER] {
        supervises(&house, sign_in).await;
    }
    let guard = house.as_person(cast::GUARD).await;
    let page = listed(&guard).await;
    assert_eq!((&page["open"][0]["is_seen"], &page["open"][0]["had_a_hand"]), (&json!(false), &json!(false)));
    about(&house, &guard, "followups/record", &UNHAPPY).await.ok();
    let page = listed(&guard).await;
    assert_eq!(page["tally"], json!({"drawn": 1, "asked": 1, "satisfied": 0}));
    assert_eq!(page["over"][0]["answer"]["words"], json!("It drips again."));
    let page = listed(&house.as_person(cast::CLEANER).await).await;
    assert_eq!(page["over"][0]["answer"]["satisfied"], json!(false));
    assert!(!page.to_string().contains("It drips again."), "what was said is for those who see the matter");
    assert_eq!(told(&house.as_person(cast::ENGINEERING_HEAD).await).await.len(), 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn trades_are_shown_what_other_departments_did_in_the_order_of_draws(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "0").await;
    let mut codes = Vec::new();
    for slug in ["engineering", "security", "engineering", "cleaning-greening"] {
        let code = ended(&house).await;
        sqlx::query(
            "insert into follow_up (estate_id, id, request_id, life, department_id, drawn_at, policy_version, rate, stage,
               stage_at)
             select r.estate_id, gen_random_uuid(), r.id, r.reopened_times, d.id, r.stage_at, 1, 100, 'drawn', r.stage_at
             from request r join department d on d.estate_id = r.estate_id and d.slug = $2 where r.code = $1",
        )
        .bind(&code)
        .bind(slug)
        .execute(&house.pool)
        .await
        .unwrap();
        codes.push(code);
        house.advance(1);
    }
    let of = |page: &Value| {
        let open = page["open"].as_array().unwrap().iter();
        open.map(|one| one["card"]["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let head = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    let page = listed(&head).await;
    assert_eq!(of(&page), codes);
    let (at, id) = (page["open"][1]["ended_at"].as_str().unwrap(), page["open"][1]["id"].as_str().unwrap());
    let rest = head.post_exactly("followups/list", &[("after[at]", at), ("after[id]", id)]).await.ok();
    assert_eq!(of(&rest), codes[2..], "across departments a page begins where the last one ended");
    supervises(&house, cast::GUARD).await;
    let page = listed(&house.as_person(cast::GUARD).await).await;
    assert_eq!(of(&page), [&codes[0], &codes[2], &codes[3]].map(Clone::clone), "not what the guards did");
    // Whosever matter it was, engineering was sent.
    assert_eq!(of(&listed(&house.as_person(cast::SUPERVISOR).await).await), Vec::<String>::new());
}

#[sqlx::test(migrations = "../app/migrations")]
async fn headquarters_read_how_asking_goes_and_ask_nobody(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "100").await;
    ended(&house).await;
    let estate: uuid::Uuid = house.value("select id from estate where code_prefix = 'LY'").await;
    let hq = house.as_person(cast::HQ).await;
    hq.post("people/switch_estate", &[("estate", &estate.to_string())]).await;
    let page = listed(&hq).await;
    assert_eq!((&page["may_ask"], &page["open"][0]["reporter"]), (&json!(false), &json!(null)));
    assert_eq!(page["tally"], json!({"drawn": 1, "asked": 0, "satisfied": 0}));
    let shown = hq.get("/staff/followups").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(!shown.text().contains("action=\"/api/followups/"), "nothing to send");
    assert!(hq.get("/staff/desk").await.text().contains("href=\"/staff/followups\""));
    for (endpoint, fields) in
        [("followups/record", &HAPPY[..]), ("followups/try", &IN_VAIN[..]), ("followups/give_up", &HAPPY[..0])]
    {
        assert_eq!(about(&house, &hq, endpoint, fields).await.status, StatusCode::FORBIDDEN, "{endpoint}");
    }
    let page = listed(&house.as_person(cast::CUSTOMER_SERVICE_HEAD).await).await;
    assert_eq!(page["may_ask"], json!(true));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_is_unreachable_before_the_third_try(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "100").await;
    ended(&house).await;
    let other = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    for tries in 0..3 {
        let early = about(&house, &other, "followups/give_up", &[]).await;
        assert_eq!(early.json(), json!({"Refused": "TooFewTries"}), "after {tries}");
        house.advance(60);
        about(&house, &other, "followups/try", &IN_VAIN).await.ok();
    }
    let seen = listed(&other).await["open"][0]["tries"].clone();
    assert_eq!((seen.as_array().unwrap().len(), &seen[0]["note"]), (3, &json!(IN_VAIN[1].1)));
    about(&house, &other, "followups/give_up", &[]).await.ok();
    let page = listed(&other).await;
    assert_eq!((&page["open"], &page["over"][0]["answer"]), (&json!([]), &json!(null)));
    assert_eq!(page["tally"], json!({"drawn": 1, "asked": 0, "satisfied": 0}));
    assert_eq!(told(&house.as_person(cast::ENGINEERING_HEAD).await).await.len(), 0);
}

/// §3.12: a rate that changes in the middle of a month; each half of it uses its own.
#[sqlx::test(migrations = "../app/migrations")]
async fn each_end_is_drawn_under_the_policy_in_force(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "100").await;
    let first = ended(&house).await;
    draws(&house, "0").await;
    ended(&house).await;
    draws(&house, "60").await;
    let last = done(&house).await;
    tried(&house, &last, 2).await;
    step(&house.as_person(cast::RECEPTIONIST).await, &last, "requests/close_unconfirmed", &[]).await;
    let rows: Vec<(String, i32, i32)> = sqlx::query_as(
        "select r.code, f.policy_version, f.rate from follow_up f join request r on r.id = f.request_id
         order by f.drawn_at",
    )
    .fetch_all(&house.pool)
    .await
    .unwrap();
    // Without its resident's word it is drawn twice as often, and never more often than always.
    assert_eq!(rows, [(first, 2, 100), (last, 4, 100)]);
    let page = listed(&house.as_person(cast::CUSTOMER_SERVICE_HEAD).await).await;
    assert_eq!((&page["rate"], &page["open"][1]["end"]), (&json!(60), &json!("unconfirmed")));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_seed_is_shown_once_its_month_is_over(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "40").await;
    for _ in 0..6 {
        ended(&house).await;
    }
    let other = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    assert_eq!(listed(&other).await["seeds"], json!([]), "nobody foresees a draw");
    assert_eq!(house.value::<i64>("select count(*) from follow_up_seed").await, 1);
    house.advance(8 * 24 * 60);
    let seeds = listed(&other).await["seeds"].clone();
    assert_eq!((seeds.as_array().unwrap().len(), &seeds[0]["month"]), (1, &json!("2026-11-01")));
    let seed = seeds[0]["seed"].as_str().unwrap();
    let draws: Vec<(uuid::Uuid, bool)> =
        sqlx::query_as("select r.id, exists (select from follow_up f where f.request_id = r.id) from request r")
            .fetch_all(&house.pool)
            .await
            .unwrap();
    assert_eq!(draws.len(), 6);
    for (id, was_drawn) in draws {
        assert_eq!(is_drawn(seed, (RequestId(id), 0), 40), was_drawn, "anybody repeats the draw of {id}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_comes_back_is_asked_about_once_it_has_ended_again(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "100").await;
    let code = ended(&house).await;
    by_resident(&house, &code, "requests/dispute", &[("words", "It drips again.")]).await;
    let other = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    assert_eq!(listed(&other).await["open"], json!([]));
    house.advance(5);
    fixed(&house, &code).await;
    confirmed(&house, &code).await;
    let rows: Vec<(i32, String)> =
        sqlx::query_as("select life, stage from follow_up order by life").fetch_all(&house.pool).await.unwrap();
    assert_eq!(rows, [(0, "dropped".to_owned()), (1, "drawn".to_owned())]);
    assert_eq!(listed(&other).await["tally"], json!({"drawn": 1, "asked": 0, "satisfied": 0}));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn plain_sql_asks_nobody_for_whoever_had_a_hand_in_it(pool: PgPool) {
    let house = House::open(pool).await;
    draws(&house, "100").await;
    ended(&house).await;
    let answered = "update follow_up f set stage = 'done', version = version + 1, means = 'phone', satisfied = true,
                      asked_by = (select m.id from staff_member m join account a on a.id = m.account_id
                        where a.sign_in = WHO and m.estate_id = f.estate_id)";
    let handler = answered.replace("WHO", "'joyce'");
    let unreachable = answered.replace("WHO", "'luyao'").replace("'done'", "'unreachable'");
    let unreachable = unreachable.replace("means = 'phone', satisfied = true,", "");
    for (sql, why) in [
        (handler.as_str(), "had a hand in it"),
        (unreachable.as_str(), "three tries come first"),
        ("update follow_up set rate = 1, version = version + 1", "append-only"),
        (
            "update follow_up f set version = version + 1, department_id = (select d.id from department d
               where d.estate_id = f.estate_id and d.id <> f.department_id limit 1)",
            "append-only",
        ),
        ("update follow_up set stage = 'done', version = version + 1", "follow_up_answer_check"),
        ("delete from follow_up", "append-only"),
        ("truncate follow_up cascade", "append-only"),
        ("update follow_up_seed set seed = repeat('0', 64)", "append-only"),
        ("delete from follow_up_seed", "append-only"),
        (
            "insert into follow_up_try (estate_id, id, follow_up_id, means, made_by, made_at)
             select f.estate_id, gen_random_uuid(), f.id, 'phone', r.accountable_id, now()
             from follow_up f join request r on r.id = f.request_id",
            "had a hand in it",
        ),
    ] {
        let refused = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&house.pool).await;
        let error = refused.unwrap_err().to_string();
        assert!(error.contains(why), "{sql}: {error}");
    }
    let other = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    about(&house, &other, "followups/record", &HAPPY).await.ok();
    let late = sqlx::query("update follow_up set satisfied = false, words = 'no', version = version + 1");
    let error = late.execute(&house.pool).await.unwrap_err().to_string();
    assert!(error.contains("append-only"), "{error}");
}
