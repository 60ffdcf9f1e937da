//! Notices: approved before anybody reads them, read by those whom they address and by nobody else, and over when they are.

use crate::calls::At;
use crate::house::{Caller, House, Reply};
use crate::people::moves_in;
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// Fields of a form, and what stands in them.
type Asked<'a> = &'a [(&'a str, &'a str)];

const WATER: [(&str, &str); 5] = [
    ("notice[title_en]", "Water"),
    ("notice[body_en]", "Off **from nine**"),
    ("notice[title_hans]", "停水"),
    ("notice[body_hans]", "九点起停水"),
    ("notice[priority]", "ordinary"),
];

async fn desk(caller: &Caller<'_>, id: &str) -> Value {
    caller.post_exactly("notices/desk", &[("notice", id)]).await.ok()["one"].clone()
}

async fn board(caller: &Caller<'_>) -> Vec<Value> {
    caller.post_exactly("notices/board", &[]).await.ok()["notices"].as_array().unwrap().clone()
}

/// The status with which somebody is answered who opens one.
async fn opens(caller: &Caller<'_>, id: &str) -> StatusCode {
    caller.post_exactly("notices/board", &[("notice", id)]).await.status
}

/// Somebody drafts one, otherwise than to everybody where that is said.
async fn drafted_by(caller: &Caller<'_>, more: &[(&str, &str)]) -> String {
    let is_said = |name: &str| more.iter().any(|(other, _)| *other == name);
    let fields: Vec<_> = WATER.iter().copied().filter(|(name, _)| !is_said(name)).chain(more.iter().copied()).collect();
    caller.post("notices/draft", &fields).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn drafted(house: &House, more: &[(&str, &str)]) -> String {
    drafted_by(&house.as_person(cast::COORDINATOR).await, more).await
}

/// A move at the version that the caller sees now.
async fn decide(caller: &Caller<'_>, id: &str, endpoint: &str, more: &[(&str, &str)]) -> Reply {
    let seen = desk(caller, id).await["file"]["notice"]["version"].to_string();
    caller.post(endpoint, &[&[("id", id), ("seen", seen.as_str())][..], more].concat()).await
}

async fn approved(house: &House, more: &[(&str, &str)]) -> String {
    let id = drafted(house, more).await;
    decide(&house.as_person(cast::SITE_MANAGER).await, &id, "notices/approve", &[]).await.ok();
    id
}

async fn published(house: &House, more: &[(&str, &str)]) -> String {
    let id = approved(house, more).await;
    decide(&house.as_person(cast::COORDINATOR).await, &id, "notices/schedule", &[]).await.ok();
    id
}

/// A notice as far as a call needs it, and its version.
pub async fn come_as_far_as(house: &House, at: At) -> Vec<(&'static str, String)> {
    let id = match at {
        At::Written => drafted(house, &[]).await,
        At::Passed => approved(house, &[]).await,
        _ => published(house, &[]).await,
    };
    let one = desk(&house.as_person(cast::COORDINATOR).await, &id).await;
    vec![("notice_seen", one["file"]["notice"]["version"].to_string()), ("notice", id)]
}

async fn stage(house: &House, id: &str) -> String {
    let one = desk(&house.as_person(cast::COORDINATOR).await, id).await;
    one["sheet"]["line"]["stage"].as_str().unwrap().to_owned()
}

async fn told(caller: &Caller<'_>, side: &str) -> Vec<Value> {
    let inbox = caller.post_exactly("messages/inbox", &[("side", side)]).await.ok();
    let all = inbox["messages"].as_array().unwrap().iter().map(|message| message["telling"].clone());
    all.filter(|telling| telling["told"] == "notice").collect()
}

/// The id of Building 3, where Emma and Sandy live: other buildings have a 1203, too.
async fn building_3(house: &House) -> String {
    house.value::<uuid::Uuid>("select id from building where name_en like 'Building 3 %'").await.to_string()
}

async fn settled(house: &House) -> bool {
    app::notices::settle_due(&house.backend).await.unwrap()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_reads_what_the_manager_has_not_approved(pool: PgPool) {
    let house = House::open(pool).await;
    let (coordinator, manager) = (house.as_person(cast::COORDINATOR).await, house.as_person(cast::SITE_MANAGER).await);
    let emma = house.as_person(cast::RESIDENT).await;
    let id = drafted(&house, &[]).await;
    assert_eq!(told(&manager, "office").await[0]["news"], "drafted");
    assert_eq!(opens(&emma, &id).await, StatusCode::NOT_FOUND);
    let early = decide(&coordinator, &id, "notices/schedule", &[]).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    let own = decide(&coordinator, &id, "notices/approve", &[]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "who drafts it does not approve it");
    decide(&manager, &id, "notices/approve", &[]).await.ok();
    assert_eq!(told(&coordinator, "office").await[0]["news"], "approved");
    let other = decide(&coordinator, &id, "notices/change", &WATER).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "what was approved stands");
    assert_eq!(opens(&emma, &id).await, StatusCode::NOT_FOUND);
    decide(&coordinator, &id, "notices/schedule", &[]).await.ok();
    assert_eq!(opens(&emma, &id).await, StatusCode::OK);
    assert_eq!(told(&emma, "home").await[0]["title"]["en"], "Water");
    house.advance(1);
    decide(&coordinator, &id, "notices/withdraw", &[("reason", "The wrong day")]).await.ok();
    let one = emma.post_exactly("notices/board", &[("notice", &id)]).await.ok()["one"].clone();
    assert_eq!((&one["line"]["stage"], &one["reason"]), (&json!("withdrawn"), &json!("The wrong day")));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_database_lets_no_word_of_an_approved_one_change(pool: PgPool) {
    let house = House::open(pool).await;
    approved(&house, &[]).await;
    for sql in [
        "update notice set title_en = 'Fire'",
        "update notice set buildings = array[gen_random_uuid()]",
        "update notice set approved_by = drafted_by",
        "update notice set stage = 'published', publish_at = now(), published_at = now()",
        "delete from notice",
    ] {
        assert!(sqlx::raw_sql(sql).execute(&house.pool).await.is_err(), "{sql}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn it_is_read_by_those_whom_it_addresses_and_by_nobody_else(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, sandy) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::NEIGHBOUR).await);
    let (former, grace) = (house.as_person(cast::FORMER_RESIDENT).await, house.as_person(cast::BOYAN_CONTACT).await);
    let building = building_3(&house).await;
    let there = ("notice[buildings][]", building.as_str());
    // Emma owns 1203, Sandy rents 1202 on the same floor.
    let audiences: [(Asked, bool, bool); 7] = [
        (&[], true, true),
        (&[there, ("notice[units]", "1203")], true, false),
        (&[("notice[floors]", "10-13")], true, true),
        (&[("notice[floors]", "3")], false, false),
        (&[("notice[kinds][]", "tenant")], false, true),
        (&[("notice[uses][]", "shop"), ("notice[uses][]", "office")], false, false),
        (&[there, ("notice[units]", "1203"), ("notice[kinds][]", "tenant")], false, false),
    ];
    for (audience, is_emmas, is_sandys) in audiences {
        let id = published(&house, audience).await;
        let status = |may: bool| if may { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(opens(&emma, &id).await, status(is_emmas), "{audience:?}");
        assert_eq!(opens(&sandy, &id).await, status(is_sandys), "{audience:?}");
        assert_eq!(opens(&former, &id).await, StatusCode::NOT_FOUND, "{audience:?}");
        assert_eq!(opens(&grace, &id).await, StatusCode::NOT_FOUND, "{audience:?}");
        let read = sandy.post("notices/read", &[("id", &id)]).await;
        assert_eq!(read.status, status(is_sandys), "{audience:?}");
    }
    assert_eq!((board(&emma).await.len(), told(&emma, "home").await.len()), (3, 3));
    assert!(board(&grace).await.is_empty(), "another estate");
    let other = house.as_person(cast::BOYAN_COORDINATOR).await;
    let notices = other.post_exactly("notices/desk", &[]).await.ok()["notices"].clone();
    assert_eq!(notices, json!([]));
    let wrong = [&WATER[..], &[("notice[units]", "9999")]].concat();
    let wrong = house.as_person(cast::COORDINATOR).await.post("notices/draft", &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn who_moves_in_reads_what_still_applies_and_not_what_is_over(pool: PgPool) {
    let house = House::open(pool).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let (over, applies) = (published(&house, &[]).await, published(&house, &[]).await);
    decide(&coordinator, &over, "notices/withdraw", &[("reason", "It rained")]).await.ok();
    house.advance(2 * 24 * 60);
    moves_in(&house, cast::NEIGHBOUR, cast::FORMER_RESIDENT).await;
    let (former, sandy) = (house.as_person(cast::FORMER_RESIDENT).await, house.as_person(cast::NEIGHBOUR).await);
    assert_eq!(opens(&former, &applies).await, StatusCode::OK);
    assert_eq!(opens(&former, &over).await, StatusCode::NOT_FOUND);
    assert_eq!(opens(&sandy, &applies).await, StatusCode::NOT_FOUND, "they have left");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_office_sees_in_which_homes_somebody_has_read_it(pool: PgPool) {
    let house = House::open(pool).await;
    let (coordinator, emma) = (house.as_person(cast::COORDINATOR).await, house.as_person(cast::RESIDENT).await);
    let id = published(&house, &[("notice[floors]", "12")]).await;
    let before = desk(&coordinator, &id).await["file"].clone();
    assert_eq!(before["read"], 0);
    let numbers = |file: &Value| -> Vec<String> {
        let unread = file["unread"].as_array().unwrap();
        unread.iter().map(|home| home["number"].as_str().unwrap().to_owned()).collect()
    };
    assert!(numbers(&before).contains(&"1203".to_owned()) && numbers(&before).is_sorted(), "{before}");
    emma.post("notices/read", &[("id", &id)]).await.ok();
    // Twice is once.
    emma.post("notices/read", &[("id", &id)]).await.ok();
    let after = desk(&coordinator, &id).await["file"].clone();
    assert_eq!((&after["read"], &after["homes"]), (&json!(1), &before["homes"]));
    assert!(!numbers(&after).contains(&"1203".to_owned()), "{after}");
    assert_eq!(board(&emma).await[0]["is_read"], true);
    let receipts: i64 = house.value("select count(*) from notice_receipt").await;
    let happened: i64 = house.value("select count(*) from happening where room = 'notices' and kind = 'read'").await;
    assert_eq!((receipts, happened), (1, 1));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn it_comes_out_and_is_over_by_itself_once(pool: PgPool) {
    let house = House::open(pool).await;
    let (coordinator, emma) = (house.as_person(cast::COORDINATOR).await, house.as_person(cast::RESIDENT).await);
    let id = approved(&house, &[("notice[expires]", "2026-11-25T18:00")]).await;
    let late = decide(&coordinator, &id, "notices/schedule", &[("publish", "2026-11-25T19:00")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "it would be over");
    decide(&coordinator, &id, "notices/schedule", &[("publish", "2026-11-24T08:00")]).await.ok();
    assert!(!settled(&house).await);
    assert_eq!((stage(&house, &id).await.as_str(), opens(&emma, &id).await), ("scheduled", StatusCode::NOT_FOUND));
    house.advance(24 * 60);
    assert!(settled(&house).await);
    assert!(!settled(&house).await);
    assert_eq!((stage(&house, &id).await.as_str(), told(&emma, "home").await.len()), ("published", 1));
    house.advance(2 * 24 * 60);
    assert!(settled(&house).await);
    assert!(!settled(&house).await);
    assert_eq!((stage(&house, &id).await.as_str(), told(&emma, "home").await.len()), ("expired", 1));
    let read = emma.post("notices/read", &[("id", &id)]).await;
    assert_eq!(read.status, StatusCode::CONFLICT);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_emergency_stands_on_every_page_until_its_reader_says_so(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let (sandy, technician) = (house.as_person(cast::NEIGHBOUR).await, house.as_person(cast::TECHNICIAN).await);
    let alarm = async |caller: &Caller<'_>, endpoint: &str| {
        let siren = caller.post_exactly(endpoint, &[]).await.ok()["siren"].clone();
        siren["href"].as_str().map(|href| href.rsplit('/').next().unwrap().to_owned())
    };
    let building = building_3(&house).await;
    let fields =
        [("notice[priority]", "emergency"), ("notice[buildings][]", building.as_str()), ("notice[units]", "1203")];
    let id = published(&house, &fields).await;
    assert_eq!(alarm(&emma, "people/frame").await, Some(id.clone()));
    assert_eq!(alarm(&sandy, "people/frame").await, None);
    assert_eq!(alarm(&technician, "people/office").await, Some(id.clone()), "the office is asked about it");
    assert!(emma.get("/me").await.text().contains(&format!("/notices/{id}")), "without scripts, too");
    technician.post("notices/read", &[("id", &id)]).await.ok();
    assert_eq!(alarm(&technician, "people/office").await, None);
    assert_eq!(alarm(&emma, "people/frame").await, Some(id.clone()), "each says so for themselves");
    assert!(told(&emma, "home").await.iter().all(|telling| telling["is_emergency"] == true));
    emma.post("notices/read", &[("id", &id)]).await.ok();
    assert_eq!(alarm(&emma, "people/frame").await, None);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_lobby_screen_shows_what_addresses_everybody_there(pool: PgPool) {
    let house = House::open(pool).await;
    let screen = house.as_screen().await;
    let building = building_3(&house).await;
    let private =
        [("notice[units]", "1203"), ("notice[buildings][]", building.as_str()), ("notice[title_en]", "Private")];
    let private = published(&house, &private).await;
    let all = published(&house, &[]).await;
    let posted = async || screen.post_exactly("screens/board", &[]).await.ok()["Enrolled"]["notices"].clone();
    let shown = posted().await;
    assert_eq!((shown.as_array().unwrap().len(), &shown[0]["title"]["en"]), (1, &json!("Water")));
    assert_eq!(shown[0]["html"]["en"], "", "its text is on a page of its own");
    let read = async |id: &str| screen.get(&format!("/kiosk/notice/{id}")).await;
    let page = read(&all).await.text();
    assert!(page.contains("<strong>from nine</strong>") || page.contains("九点起停水"), "{page}");
    assert_eq!(read(&private).await.status, StatusCode::NOT_FOUND);
    let stranger = house.stranger().post_exactly("notices/posted", &[("notice", &all)]).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    let fire = published(&house, &[("notice[priority]", "emergency")]).await;
    let shown = posted().await;
    assert_eq!((&shown[0]["is_emergency"], shown.as_array().unwrap().len()), (&json!(true), 2), "it stands first");
    let page = screen.get("/kiosk").await.text();
    let takeover = page.split("class=\"takeover\"").nth(1).and_then(|rest| rest.split("</article>").next()).unwrap();
    assert!(takeover.contains("<strong>from nine</strong>") || takeover.contains("九点起停水"), "{takeover}");
    let coordinator = house.as_person(cast::COORDINATOR).await;
    for id in [all, fire] {
        decide(&coordinator, &id, "notices/withdraw", &[("reason", "It is over")]).await.ok();
    }
    assert_eq!(posted().await, json!([]));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_typed_is_shown_as_text_and_never_runs(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let hostile = "**Off**\n\n<script>alert(1)</script><img src=x onerror=alert(2)>\n\n[x](javascript:alert(3))";
    let id = published(&house, &[("notice[body_en]", hostile), ("notice[title_en]", "<b>Water</b>")]).await;
    let page = emma.get(&format!("/notices/{id}")).await.text();
    assert!(page.contains("<strong>Off</strong>"));
    assert!(!page.contains("<b>Water</b>") && page.contains("&lt;b&gt;Water"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "what looks like HTML is shown as typed");
    assert!(!page.contains("<script>alert(1)") && !page.contains("<img src=x") && !page.contains("href=\"javascript:"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_number_of_several_buildings_needs_one_to_be_chosen(pool: PgPool) {
    let house = House::open(pool).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let built = "
        with another as (
          insert into building select (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(), 'name_en', 'Annex'))).*
          from building b where name_en like 'Building 3 %' returning id)
        insert into unit
        select (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), 'building_id', another.id))).*
        from another, unit u join building b on b.id = u.building_id and b.name_en like 'Building 3 %' where u.number = '1203'";
    sqlx::raw_sql(built).execute(&house.pool).await.unwrap();
    let anywhere = [&WATER[..], &[("notice[units]", "1203")]].concat();
    let refused = coordinator.post("notices/draft", &anywhere).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("InManyBuildings"), "{}", refused.text());
    let building = building_3(&house).await;
    let id = drafted(&house, &[("notice[units]", "1203"), ("notice[buildings][]", &building)]).await;
    let units = desk(&coordinator, &id).await["file"]["units"].clone();
    assert_eq!((units.as_array().unwrap().len(), &units[0]["number"]), (1, &json!("1203")));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn until_it_is_out_it_may_come_out_at_another_time(pool: PgPool) {
    let house = House::open(pool).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let id = approved(&house, &[]).await;
    for publish in ["2026-11-25T08:00", "2026-11-24T08:00"] {
        decide(&coordinator, &id, "notices/schedule", &[("publish", publish)]).await.ok();
    }
    house.advance(24 * 60);
    assert!(settled(&house).await);
    assert_eq!(stage(&house, &id).await, "published");
    let other = approved(&house, &[]).await;
    decide(&coordinator, &other, "notices/schedule", &[("publish", "2026-11-30T08:00")]).await.ok();
    decide(&coordinator, &other, "notices/schedule", &[]).await.ok();
    assert_eq!(stage(&house, &other).await, "published");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_approves_what_is_over(pool: PgPool) {
    let house = House::open(pool).await;
    let id = drafted(&house, &[("notice[expires]", "2026-11-24T18:00")]).await;
    house.advance(2 * 24 * 60);
    let late = decide(&house.as_person(cast::SITE_MANAGER).await, &id, "notices/approve", &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_posted_sheet_says_how_long_it_applies_and_a_copy_begins_a_draft(pool: PgPool) {
    let house = House::open(pool).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let id = drafted(&house, &[("notice[priority]", "important"), ("notice[expires]", "2026-11-25T18:00")]).await;
    let sheet = async || {
        let page = coordinator.get(&format!("/staff/notices/{id}")).await.text();
        page.split("bulletin paper").nth(1).and_then(|rest| rest.split("</article>").next()).unwrap().to_owned()
    };
    let draft = sheet().await;
    assert!(
        draft.contains("not approved") && draft.contains("Important") && draft.contains("2026-11-25 18:00"),
        "{draft}"
    );
    decide(&house.as_person(cast::SITE_MANAGER).await, &id, "notices/approve", &[]).await.ok();
    decide(&coordinator, &id, "notices/schedule", &[("publish", "2026-11-24T08:00")]).await.ok();
    let posted = sheet().await;
    assert!(posted.contains("2026-11-24 08:00") && !posted.contains("not approved"), "{posted}");
    let copy = coordinator.get(&format!("/staff/notices/new?from={id}")).await.text();
    assert!(copy.contains("value=\"Water\"") && copy.contains("九点起停水"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn pages_of_the_list_lead_from_what_applies_to_what_is_over(pool: PgPool) {
    let house = House::open(pool).await;
    let (coordinator, emma) = (house.as_person(cast::COORDINATOR).await, house.as_person(cast::RESIDENT).await);
    let (over, first) = (published(&house, &[]).await, published(&house, &[("notice[priority]", "important")]).await);
    house.advance(1);
    let second = published(&house, &[]).await;
    decide(&coordinator, &over, "notices/withdraw", &[("reason", "It rained")]).await.ok();
    let behind = async |more: &[(&str, &str)]| -> Vec<String> {
        let page = emma.post_exactly("notices/board", more).await.ok()["notices"].clone();
        page.as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(behind(&[]).await, [first.clone(), second.clone(), over.clone()]);
    assert_eq!(behind(&[("more", &first)]).await, [second.clone(), over.clone()]);
    assert_eq!(behind(&[("more", &second)]).await, std::slice::from_ref(&over));
    assert!(behind(&[("more", &over)]).await.is_empty());
}
