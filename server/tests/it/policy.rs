//! The policy: written section by section, looked at, published; and what runs keeps what it began under.

use crate::house::{Caller, House, Reply, noon};
use crate::requests::{matter, report, step};
use app::ids::EstateId;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

pub const QUALITY: [(&str, &str); 7] = [
    ("complaints", "15"),
    ("on_site", "30"),
    ("requests", "10"),
    ("object_days", "30"),
    ("attempts", "2"),
    ("reports", "3"),
    ("within_minutes", "120"),
];
const AT_ONCE: [(&str, &str); 2] = [("start", "now"), ("note", "More complaints are asked again.")];

pub async fn book(staff: &Caller<'_>) -> Value {
    staff.post_exactly("policy/book", &[]).await.ok()
}

/// One form, on the draft that its sender sees now.
pub async fn send(manager: &Caller<'_>, endpoint: &str, fields: &[(&str, &str)]) -> Reply {
    let seen = book(manager).await["draft"]["version"].to_string();
    let mut all = vec![("seen", seen.as_str())];
    all.extend_from_slice(fields);
    manager.post(endpoint, &all).await
}

/// The general clocks, of which everything takes so many hours, day and night.
async fn all_within(manager: &Caller<'_>, hours: &str) {
    let rows = (0..12).flat_map(|at| {
        [(format!("amount[{at}]"), hours), (format!("unit[{at}]"), "hours"), (format!("counts[{at}]"), "always")]
    });
    let rows: Vec<(String, &str)> = rows.collect();
    let mut fields = vec![("category", "general")];
    fields.extend(rows.iter().map(|(name, value)| (name.as_str(), *value)));
    send(manager, "policy/set_clocks", &fields).await.ok();
}

async fn clocks(staff: &Caller<'_>, code: &str) -> Value {
    staff.post_exactly("requests/clocks", &[("code", code)]).await.ok()
}

fn version_of(clocks: &Value) -> &Value {
    &clocks["clocks"][0]["deadline"]["version"]
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_manager_writes_looks_and_publishes(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let first = book(&manager).await;
    assert_eq!(
        (&first["in_force"], &first["draft"]["version"], &first["draft"]["edited"]),
        (&json!(1), &json!(0), &json!(null))
    );

    send(&manager, "policy/set_quality", &QUALITY).await.ok();
    let holiday = [("from_on", "2027-01-01"), ("until_on", "2027-01-03"), ("name", "元旦")];
    send(&manager, "policy/add_day", &holiday).await.ok();
    all_within(&manager, "1").await;
    let drafted = book(&manager).await;
    assert_eq!(drafted["draft"]["changed"], json!(["calendar", "clocks", "quality"]));
    assert_eq!(drafted["terms"], first["terms"], "what holds has not changed");
    let page = manager.get("/staff/policy").await.text();
    assert!(
        page.contains("改动：工作时间、服务时限、质量要求。沈维桢 最近修改于"),
        "the page says what is under way, and whose it is"
    );
    let coordinator = house.as_person(cast::COORDINATOR).await;
    assert_eq!(book(&coordinator).await["draft"], json!(null), "a draft is its writers' own");

    let preview = manager.post_exactly("policy/preview", &[]).await.ok();
    assert_eq!((&preview["matters"], &preview["is_cut"]), (&json!(1), &json!(false)));
    let resolve = preview["tallies"].as_array().unwrap().iter().find(|tally| tally["kind"] == "resolve").unwrap();
    assert_eq!((&resolve["running"], &resolve["earlier"], &resolve["later"]), (&json!(1), &json!(1), &json!(0)));
    assert_eq!(preview["changes"][0]["code"], code.as_str());
    assert_eq!(preview["changes"][0]["drafted_at"], "2026-11-23T05:00:00Z", "an hour after it came in");
    assert_eq!(book(&manager).await["draft"], drafted["draft"], "looking changes nothing");

    let later = [("start", "later"), ("on", "2026-12-01"), ("time", "08:00"), ("note", "New year, and quicker.")];
    send(&manager, "policy/publish", &later).await.ok();
    let after = book(&coordinator).await;
    assert_eq!(after["in_force"], 1);
    let latest = &after["published"][0];
    assert_eq!((&latest["version"], &latest["valid_from"]), (&json!(2), &json!("2026-12-01T00:00:00Z")));
    assert_eq!((&latest["note"], latest["by"].is_string()), (&json!("New year, and quicker."), true));
    let second = coordinator.post_exactly("policy/book", &[("version", "2")]).await.ok();
    assert_eq!(second["terms"]["sampling"]["complaints"], 15);
    let none = coordinator.post_exactly("policy/book", &[("version", "3")]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let told: Value = house.value("select details from happening where room = 'policy' and kind = 'published'").await;
    assert_eq!((&told["version"], &told["changed"]), (&json!(2), &json!(["calendar", "clocks", "quality"])));
    let done = book(&manager).await;
    assert_eq!((&done["draft"]["edited"], &done["draft"]["changed"]), (&json!(null), &json!([])));
    assert_eq!(done["draft"]["version"], 4, "edits are counted on, so that no two drafts look alike");
    assert_eq!(version_of(&clocks(&coordinator, &code).await), &json!(1));
}

/// §3.12: 10 % become 15 % in the middle of a month, and each half of it uses its own.
#[sqlx::test(migrations = "../app/migrations")]
async fn what_ran_keeps_its_version_and_what_comes_has_the_new_one(pool: PgPool) {
    let house = House::open(pool).await;
    let (resident, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let before = report(&resident).await;
    let due = clocks(&coordinator, &before).await;
    send(&manager, "policy/set_quality", &QUALITY).await.ok();
    all_within(&manager, "1").await;
    send(&manager, "policy/publish", &AT_ONCE).await.ok();
    let between = report(&resident).await;
    house.advance(1);
    let after = report(&resident).await;
    step(&coordinator, &before, "requests/triage", &[("urgency", "normal")]).await;

    let now = clocks(&coordinator, &before).await;
    assert_eq!((version_of(&now), &now["clocks"]), (&json!(1), &due["clocks"]), "what ran runs on as it did");
    assert_eq!(
        version_of(&clocks(&coordinator, &between).await),
        &json!(1),
        "at once is when nothing is being written"
    );
    assert_eq!(version_of(&clocks(&coordinator, &after).await), &json!(2));
    let promised = matter(&coordinator, &after).await["request"]["promise"]["due_at"].clone();
    assert_eq!(promised, "2026-11-23T05:01:00Z", "the resident is told the new time");
    let stored: i64 = house
        .value("select count(distinct (r.id, c.policy_version)) from request r join request_clock c on c.request_id = r.id")
        .await;
    assert_eq!(stored, 3, "no matter runs under two versions");

    let estate: uuid::Uuid = house.value("select id from estate where code_prefix = 'LY'").await;
    let mut db = house.pool.acquire().await.unwrap();
    let mut rates = Vec::new();
    for minutes in [0, 1] {
        let at = noon() + chrono::Duration::minutes(minutes);
        let (policy, _) = app::policy::store::in_force(&mut db, EstateId(estate), at).await.unwrap();
        rates.push((policy.version, policy.terms.sampling.complaints));
    }
    assert_eq!(rates, [(1, 10), (2, 15)]);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_route_leads_new_matters_to_its_department(pool: PgPool) {
    let house = House::open(pool).await;
    let (resident, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let first = matter(&coordinator, &report(&resident).await).await;
    let book = book(&manager).await;
    let other =
        book["departments"].as_array().unwrap().iter().find(|other| other["id"] != first["request"]["department"]);
    let other = other.unwrap()["id"].as_str().unwrap();
    let categories = book["categories"].as_array().unwrap();
    let pairs: Vec<(String, String)> = categories
        .iter()
        .enumerate()
        .flat_map(|(at, category)| {
            let category = category["id"].as_str().unwrap().to_owned();
            [(format!("category[{at}]"), category), (format!("department[{at}]"), other.to_owned())]
        })
        .collect();
    let fields: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    send(&manager, "policy/set_routes", &fields).await.ok();
    send(&manager, "policy/publish", &AT_ONCE).await.ok();
    house.advance(1);
    let routed = matter(&coordinator, &report(&resident).await).await;
    assert_eq!(routed["request"]["department"], other);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_second_of_two_editors_looks_again_and_loses_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let mut fields = vec![("seen", "0")];
    fields.extend(QUALITY);
    let (one, two) =
        tokio::join!(manager.post("policy/set_quality", &fields), manager.post("policy/set_quality", &fields));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);

    // The second one's browser runs no scripts: what it sent comes back with the page, over what the draft says now.
    fields[1] = ("complaints", "17");
    let from = "/staff/policy/edit/quality";
    let refused = manager.submit(from, "policy/set_quality", &fields).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    let holder = refused.cookie("__Host-draft").unwrap();
    let page =
        manager.clone().with_cookie("__Host-draft", &holder).get(refused.location().split('#').next().unwrap()).await;
    assert!(page.text().contains("value=\"17\""), "{}", page.text());
    assert!(page.text().contains("name=\"seen\" value=\"1\""), "and names the draft that is there");
    assert_eq!(book(&manager).await["draft"]["terms"]["sampling"]["complaints"], 15);

    // What the same page sent meanwhile is no news to its other forms.
    let duty = [
        ("seen", "0"),
        ("own", "1"),
        ("workdays_from", "18:00"),
        ("workdays_until", "20:00"),
        ("other_from", "09:00"),
        ("other_until", "18:00"),
    ];
    manager.post("policy/set_duty", &duty).await.ok();

    // Of two who publish at once, one does.
    let publish = [&[("seen", "2")][..], &AT_ONCE].concat();
    let (one, two) = tokio::join!(manager.post("policy/publish", &publish), manager.post("policy/publish", &publish));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let versions: i64 = house
        .value("select count(*) from policy p join estate e on e.id = p.estate_id where e.code_prefix = 'LY'")
        .await;
    assert_eq!(versions, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_cannot_be_published_says_why(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let nothing = send(&manager, "policy/publish", &AT_ONCE).await;
    assert_eq!((nothing.status, nothing.json()), (StatusCode::CONFLICT, json!({ "Refused": "NothingDrafted" })));

    send(&manager, "policy/set_quality", &QUALITY).await.ok();
    let past = [("start", "later"), ("on", "2026-11-22"), ("time", "08:00"), ("note", "")];
    let past = send(&manager, "policy/publish", &past).await;
    let wrong = json!({ "Invalid": [{ "field": "note", "note": "Missing" }, { "field": "on", "note": "InThePast" }] });
    assert_eq!((past.status, past.json()), (StatusCode::UNPROCESSABLE_ENTITY, wrong));
    let later = [("start", "later"), ("on", "2026-12-01"), ("time", "00:00"), ("note", "December")];
    send(&manager, "policy/publish", &later).await.ok();

    let changed = [&[("complaints", "20")][..], &QUALITY[1..]].concat();
    send(&manager, "policy/set_quality", &changed).await.ok();
    let before = send(&manager, "policy/publish", &AT_ONCE).await;
    assert_eq!(before.json(), json!({ "Invalid": [{ "field": "start", "note": "BeforeTheLast" }] }));
    send(&manager, "policy/discard", &[]).await.ok();
    let draft = &book(&manager).await["draft"];
    assert_eq!(
        (&draft["edited"], &draft["terms"]["sampling"]["complaints"]),
        (&json!(null), &json!(15)),
        "it stands on the last version"
    );

    // What is wrong stands at its field, and nothing is half-written.
    let wrong = [("from[0]", "09:00"), ("until[0]", "08:00"), ("from[1]", "25:00"), ("until[1]", "")];
    let week = send(&manager, "policy/set_week", &wrong).await;
    assert_eq!(
        week.json(),
        json!({ "Invalid": [
            { "field": "until[0]", "note": "NotInOrder" },
            { "field": "from[1]", "note": "Malformed" },
            { "field": "until[1]", "note": "Missing" },
        ] })
    );
    assert_eq!(&book(&manager).await["draft"], draft);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn other_estates_have_policies_of_their_own(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    send(&manager, "policy/set_quality", &QUALITY).await.ok();
    sqlx::query(
        "insert into staff_role (estate_id, staff_id, role, granted_at)
         select m.estate_id, m.id, 'site_manager', now() from staff_member m join account a on a.id = m.account_id where a.sign_in = $1",
    )
    .bind(cast::BOYAN_COORDINATOR)
    .execute(&house.pool)
    .await
    .unwrap();
    let other = house.as_person(cast::BOYAN_COORDINATOR).await;
    assert_eq!(book(&other).await["draft"]["version"], 0, "another estate's draft is none of theirs");
    let elsewhere = book(&manager).await["categories"][0]["id"].as_str().unwrap().to_owned();
    let foreign = send(&other, "policy/set_clocks", &[("category", &elsewhere)]).await;
    assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
    send(&other, "policy/set_quality", &QUALITY).await.ok();
    send(&other, "policy/publish", &AT_ONCE).await.ok();
    assert_eq!(book(&manager).await["published"].as_array().unwrap().len(), 1);
    for (who, status) in
        [(cast::FEE_COLLECTOR, 403), (cast::ADMINISTRATOR, 403), (cast::HQ, 200), (cast::TECHNICIAN, 200)]
    {
        let reply = house.as_person(who).await.post_exactly("policy/book", &[]).await;
        assert_eq!(reply.status.as_u16(), status, "{who}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_was_published_is_never_changed_by_anybody(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    send(&manager, "policy/set_quality", &QUALITY).await.ok();
    send(&manager, "policy/publish", &AT_ONCE).await.ok();
    for sql in [
        "update policy set note = 'another'",
        "update policy set valid_from = valid_from + interval '1 day'",
        "delete from policy",
        "truncate policy cascade",
        // Before it was published; and before the one that it follows.
        "insert into policy select estate_id, 3, published_at - interval '1 day', terms, note, published_by, published_at from policy where version = 2",
        "insert into policy select estate_id, 3, valid_from - interval '1 hour', terms, note, published_by, published_at - interval '1 day' from policy where version = 2",
    ] {
        assert!(sqlx::query(sql).execute(&house.pool).await.is_err(), "{sql}");
    }
}
