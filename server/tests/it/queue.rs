//! The queue: what is looked for is found, in any script; filters alone and together against a count by hand; pages that
//! neither skip nor repeat; nobody finds what is not theirs to see.

use crate::house::{Caller, House};
use crate::requests::{report, step};
use axum::http::StatusCode;
use serde_json::Value;
use server::demo::cast;
use sqlx::{AssertSqlSafe, PgPool};
use std::collections::BTreeSet;

/// As many requests as `$1`, of all stages, places and people, over two years: each a roll of dice that fall the same
/// way every time. The table of moves rests meanwhile; everything that is derived from requests is derived as ever.
const HISTORY: [&str; 5] = [
    "alter table request disable trigger request_moves",
    "alter table work_order disable trigger work_order_moves",
    "create function dice(n int, of text, most bigint) returns int language sql immutable as
     $$ select (abs(hashtextextended(of || n, 7)) % most)::int $$",
    "insert into request (estate_id, id, code, stage, stage_at, item_id, urgency, channel, unit_id, area_id, floor, words, lang,
       department_id, accountable_id, promised_at, promise_kind, received_at, waiting_on, waiting_from)
     select e.id, md5('request' || n)::uuid, 'LY-' || (90000 + n) || '-Q', s.stage, at + interval '1 hour', i.id, 'normal',
       (array['phone', 'walk_in', 'web', 'kiosk'])[1 + dice(n, 'channel', 4)],
       case when dice(n, 'place', 3) > 0 then u.id end, case when dice(n, 'place', 3) = 0 then a.id end,
       case when dice(n, 'place', 3) = 0 then dice(n, 'floor', 4) end,
       (array['电梯里有异味', '電梯停在十二樓', 'The lift groans', 'Tap drips', '水喉漏水', '水龙头滴水', '门禁坏了', 'Lamp out', '部𨋢壞咗'])[1 + dice(n, 'words', 9)],
       'en', d.id, m.id, at + dice(n, 'promise', 3000) * interval '1 minute', 'visit', at,
       case when s.stage = 'waiting' then 'parts' end, case when s.stage = 'waiting' then 'triaged' end
     from generate_series(1, 400) n
     join estate e on e.code_prefix = 'LY',
     lateral (select (array['received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'reopened', 'done', 'confirmed', 'archived',
       'cancelled', 'archived'])[1 + dice(n, 'stage', 11)] as stage) s,
     lateral (select timestamptz '2026-11-22' - dice(n, 'at', 1000000) * interval '1 minute' as at) t,
     lateral (select id from catalogue_item where estate_id = e.id and kind = 'problem' order by slug offset dice(n, 'item', 5) limit 1) i,
     lateral (select id from unit where estate_id = e.id order by building_id, number offset dice(n, 'unit', 4) limit 1) u,
     lateral (select id from common_area where estate_id = e.id order by id offset dice(n, 'area', 6) limit 1) a,
     lateral (select id from department where estate_id = e.id order by slug offset dice(n, 'department', 3) limit 1) d,
     lateral (select id from staff_member where estate_id = e.id order by id offset dice(n, 'staff', 4) limit 1) m",
    "with given as (
       insert into rating (estate_id, request_id, attitude, conduct, speed, result, rated_by, rated_at)
       select r.estate_id, r.id, 5, 1 + dice(right(code, 5)::int, 'a', 5), 1 + dice(right(code, 5)::int, 'b', 5), 5,
         (select id from account order by id limit 1), r.stage_at
       from (select estate_id, id, stage, stage_at, left(code, 8) as code from request) r
       where stage in ('confirmed', 'archived') and dice(right(code, 5)::int, 'rated', 3) > 0)
     insert into work_order (estate_id, id, request_id, stage, stage_at, department_id, assignee_id, accountable_id, issued_by, issued_at)
     select r.estate_id, md5('order' || r.id)::uuid, r.id, 'issued', r.stage_at, m.department_id, m.id, m.id, m.id, r.stage_at
     from request r, lateral (select id, department_id from staff_member where estate_id = r.estate_id
       order by id offset dice(right(left(r.code, 8), 5)::int, 'hand', 9) limit 1) m
     where r.stage in ('dispatched', 'in_progress', 'done', 'archived')",
];

pub async fn with_history(house: &House) {
    for sql in HISTORY {
        sqlx::raw_sql(sql).execute(&house.pool).await.unwrap();
    }
}

/// One value that a query of this test's own making finds.
pub async fn one<T>(house: &House, sql: String) -> T
where
    T: Send + Unpin + sqlx::Type<sqlx::Postgres> + for<'r> sqlx::Decode<'r, sqlx::Postgres>,
{
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&house.pool).await.unwrap()
}

/// The codes of all pages of a part of the queue, in order.
pub async fn codes(caller: &Caller<'_>, fields: &[(&str, &str)]) -> Vec<String> {
    let (mut all, mut after) = (Vec::new(), None::<(String, String)>);
    loop {
        let mut fields = fields.to_vec();
        if let Some((at, id)) = &after {
            fields.extend([("after[at]", at.as_str()), ("after[id]", id.as_str())]);
        }
        let page = caller.post_exactly("requests/queue", &fields).await.ok();
        let cards = page["cards"].as_array().unwrap();
        assert!(cards.len() <= 30);
        all.extend(cards.iter().map(|card| card["code"].as_str().unwrap().to_owned()));
        if page["next"].is_null() {
            return all;
        }
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        after = Some((text(&page["next"]["at"]), text(&page["next"]["id"])));
    }
}

async fn found(caller: &Caller<'_>, words: &str) -> usize {
    codes(caller, &[("view", "all"), ("words", words)]).await.len()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn words_are_found_in_either_script(pool: PgPool) {
    let house = House::open(pool).await;
    with_history(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let of = |words: &'static str| {
        let house = &house;
        async move {
            let count: i64 = one(house, format!("select count(*) from request where words = any('{words}')")).await;
            usize::try_from(count).unwrap()
        }
    };
    let lifts = of("{电梯里有异味,電梯停在十二樓}").await;
    assert!(lifts > 30);
    // One character and two, as both scripts write them; fullwidth letters and capitals too.
    for words in ["电梯", "電梯", "梯里", "異味 电梯"] {
        assert!(found(&desk, words).await > 0, "{words}");
    }
    assert_eq!(found(&desk, "電梯停").await, of("{電梯停在十二樓}").await);
    assert_eq!(found(&desk, "异味").await, found(&desk, "異味").await);
    assert_eq!(found(&desk, "十二楼").await, found(&desk, "十二樓").await);
    assert_eq!(found(&desk, "𨋢").await, of("{部𨋢壞咗}").await, "a lift, beyond the basic plane");
    assert_eq!(found(&desk, "𨋢坏").await, of("{部𨋢壞咗}").await);
    let named: i64 = house
        .value("select count(*) from request r join catalogue_item i on i.id = r.item_id where r.words || i.name_hans like '%禁%'")
        .await;
    assert_eq!(found(&desk, "禁").await as i64, named, "in its words or the name of its problem");
    assert_eq!(found(&desk, "GROANS").await, of("{The lift groans}").await);
    assert_eq!(found(&desk, "ｇｒｏａ").await, of("{The lift groans}").await);
    assert_eq!(found(&desk, "gr").await, of("{The lift groans}").await, "two letters begin a word");
    assert_eq!(found(&desk, "roans lift").await, of("{The lift groans}").await, "three stand anywhere");
    assert_eq!(found(&desk, "鑫").await, 0);
    let code: String = house.value("select code from request order by id limit 1").await;
    assert_eq!(codes(&desk, &[("view", "all"), ("words", &code.to_lowercase())]).await, [code]);
    let (unit, building): (String, String) = sqlx::query_as(
        "select u.number, b.name_hant from request r join unit u on u.id = r.unit_id join building b on b.id = u.building_id limit 1",
    )
    .fetch_one(&house.pool)
    .await
    .unwrap();
    assert!(found(&desk, &format!("{building} {unit}")).await > 0, "a home by its number and its building");
    // Signs alone are no words: nothing is left out, and nothing breaks.
    for words in ["%", "_", "\\", "'", "!!! ？", "\u{0}"] {
        assert_eq!(desk.post_exactly("requests/queue", &[("words", words)]).await.status, StatusCode::OK, "{words:?}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_reporters_name_finds_their_report(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let name: String = house.value("select a.name from request r join account a on a.id = r.reporter_id").await;
    for view in ["open", "all"] {
        assert_eq!(codes(&desk, &[("view", view), ("words", &name)]).await, [code.as_str()], "{view}");
    }
    let boyan = house.as_person(cast::BOYAN_COORDINATOR).await;
    assert_eq!(found(&boyan, &name).await, 0, "another estate's");
}

/// A way to narrow, a value that occurs, and the same said of the tables themselves.
const FACETS: [(&str, &str, &str); 14] = [
    ("state", "waiting", "r.stage = 'waiting'"),
    ("state", "archived", "r.stage = 'archived'"),
    ("problem", "@item", "i.slug = $1"),
    ("problem", "@group", "g.slug = $1"),
    (
        "building",
        "@building",
        "coalesce(u.building_id, c.building_id) = (select id from building where name_hans = $1 and estate_id = r.estate_id)",
    ),
    ("floor", "2", "coalesce(u.floor, r.floor) = 2"),
    ("unit", "@unit", "u.number = $1"),
    ("area", "@area", "c.name_hant = $1"),
    ("department", "@department", "d.slug = $1"),
    (
        "person",
        "@person",
        "(r.accountable_id::text = $1
       or exists (select from work_order o where o.request_id = r.id and o.assignee_id::text = $1))",
    ),
    ("source", "kiosk", "r.channel = 'kiosk'"),
    (
        "rating",
        "none",
        "r.stage not in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'reopened') and q.request_id is null",
    ),
    ("rating", "2", "least(q.attitude, q.conduct, q.speed, q.result) <= 2"),
    ("unit", "nowhere", "false"),
];

const ROWS: &str = "from request r join catalogue_item i on i.id = r.item_id left join catalogue_item g on g.id = i.parent_id
    left join unit u on u.id = r.unit_id left join common_area c on c.id = r.area_id join department d on d.id = r.department_id
    left join rating q on q.request_id = r.id";
pub const OPEN: &str =
    "r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened')";

#[sqlx::test(migrations = "../app/migrations")]
async fn filters_alone_and_together_find_what_a_count_by_hand_finds(pool: PgPool) {
    let house = House::open(pool).await;
    with_history(&house).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let mut known = Vec::new();
    for (facet, value, by_hand) in FACETS {
        let value = match value {
            "@item" => one(&house, format!("select i.slug {ROWS} order by r.id limit 1")).await,
            "@group" => one(&house, format!("select g.slug {ROWS} order by r.id limit 1")).await,
            "@building" => {
                one(
                    &house,
                    format!("select b.name_hans {ROWS} join building b on b.id = u.building_id order by r.id limit 1"),
                )
                .await
            }
            "@unit" => {
                one(&house, format!("select u.number {ROWS} where u.id is not null order by r.id limit 1")).await
            }
            "@area" => {
                one(&house, format!("select c.name_hant {ROWS} where c.id is not null order by r.id limit 1")).await
            }
            "@department" => one(&house, format!("select d.slug {ROWS} order by r.id limit 1")).await,
            "@person" => one(&house, format!("select r.accountable_id::text {ROWS} order by r.id limit 1")).await,
            value => value.to_owned(),
        };
        known.push((format!("{facet}:{value}"), by_hand.replace("$1", &format!("'{}'", value.replace('\'', "''")))));
    }
    let mut some = 0;
    for (index, (one, by_hand)) in known.iter().enumerate() {
        for (other, and_by_hand) in known[index..].iter().chain([&(String::new(), "true".to_owned())]) {
            if !other.is_empty() && other != one && one.split(':').next() == other.split(':').next() {
                continue;
            }
            for (view, part) in [("all", "true"), ("open", OPEN), ("done", "r.stage = 'done'")] {
                let is_over =
                    [one, other].into_iter().any(|facet| facet == "state:archived" || facet.starts_with("rating:"));
                let (is_open, part) = if view == "open" && is_over { (false, "true") } else { (view == "open", part) };
                let is_owed = is_open || [one, other].into_iter().any(|facet| facet == "state:waiting");
                let order = if is_owed { "r.promised_at, r.id" } else { "r.received_at desc, r.id desc" };
                let open = if is_owed { OPEN } else { "true" };
                let sql = format!(
                    "select r.code {ROWS} where {part} and {open} and {by_hand} and {and_by_hand} order by {order}"
                );
                let expected: Vec<String> =
                    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&house.pool).await.unwrap();
                let got = codes(&desk, &[("view", view), ("sieve[0]", one), ("sieve[1]", other)]).await;
                assert_eq!(got, expected, "{view}, {one}, {other}");
                some += usize::from(!expected.is_empty());
            }
        }
    }
    assert!(some > 100, "{some} combinations found something");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn clocks_narrow_to_what_is_late_or_rests(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let (late, rests) = (report(&resident).await, report(&resident).await);
    let desk = house.as_person(cast::COORDINATOR).await;
    step(&desk, &rests, "requests/triage", &[("urgency", "normal")]).await;
    step(&desk, &rests, "requests/wait", &[("on", "parts")]).await;
    let of = |clock: &'static str| {
        let desk = &desk;
        async move { codes(desk, &[("view", "all"), ("sieve[0]", clock)]).await }
    };
    assert_eq!(of("clock:late").await, Vec::<String>::new());
    assert!(of("clock:running").await.contains(&late));
    assert_eq!(of("clock:resting").await, [rests.as_str()]);
    assert_eq!(of("clock:risk").await, Vec::<String>::new());
    house.advance(40);
    assert_eq!(of("clock:risk").await, [late.as_str()], "half an hour before its end");
    house.advance(21);
    assert_eq!(of("clock:late").await, [late.as_str()]);
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let counted = manager.post_exactly("insights/dashboard", &[]).await.ok()["clocks"].clone();
    for (name, clock) in
        [("late", "clock:late"), ("risk", "clock:risk"), ("running", "clock:running"), ("resting", "clock:resting")]
    {
        assert_eq!(counted[name], of(clock).await.len(), "{name}");
    }
    let page = desk.post_exactly("requests/queue", &[]).await.ok();
    assert_eq!(page["counts"]["late"], 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_trade_finds_only_what_it_was_sent_to(pool: PgPool) {
    let house = House::open(pool).await;
    with_history(&house).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let theirs: BTreeSet<String> = sqlx::query_scalar(
        "select distinct r.code from request r join work_order o on o.request_id = r.id
         join staff_member m on m.department_id = o.department_id join account a on a.id = m.account_id where a.sign_in = $1",
    )
    .bind(cast::TECHNICIAN)
    .fetch_all(&house.pool)
    .await
    .unwrap()
    .into_iter()
    .collect();
    assert!(!theirs.is_empty());
    let all = codes(&technician, &[("view", "all")]).await;
    assert_eq!(all.len(), theirs.len());
    assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), theirs);
    for words in ["电梯", "the"] {
        let some = codes(&technician, &[("view", "all"), ("words", words)]).await;
        assert!(some.iter().all(|code| theirs.contains(code)), "{words}");
    }
    let open = codes(&technician, &[]).await;
    let page = technician.post_exactly("requests/queue", &[]).await.ok();
    assert_eq!(page["counts"]["open"].as_u64().unwrap(), open.len() as u64, "counts keep to the scope too");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn views_are_kept_by_whoever_saved_them(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::COORDINATOR).await;
    let saved = || async { desk.post_exactly("requests/queue", &[]).await.ok()["saved"].clone() };
    desk.post("requests/save_view", &[("name", "漏水"), ("query", "?q=%E6%BC%8F%E6%B0%B4")]).await.ok();
    desk.post("requests/save_view", &[("name", "漏水"), ("query", "?view=all")]).await.ok();
    let views = saved().await;
    assert_eq!((views.as_array().unwrap().len(), &views[0]["query"]), (1, &Value::from("?view=all")), "one of a name");
    let id = views[0]["id"].as_str().unwrap();
    let other = house.as_person(cast::RECEPTIONIST).await;
    assert_eq!(other.post_exactly("requests/queue", &[]).await.ok()["saved"], serde_json::json!([]), "private");
    for endpoint in ["requests/drop_view", "requests/rename_view"] {
        assert_eq!(other.post(endpoint, &[("id", id), ("name", "x")]).await.status, StatusCode::NOT_FOUND);
    }
    for name in ["", &"长".repeat(41)] {
        assert_eq!(
            desk.post("requests/save_view", &[("name", name), ("query", "")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    let elsewhere = desk.post("requests/save_view", &[("name", "x"), ("query", "? javascript")]).await;
    assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    for number in 1..20 {
        desk.post("requests/save_view", &[("name", &format!("View {number}")), ("query", "")]).await.ok();
    }
    let full = desk.post("requests/save_view", &[("name", "One more"), ("query", "")]).await;
    assert_eq!(full.status, StatusCode::UNPROCESSABLE_ENTITY);
    let taken = desk.post("requests/rename_view", &[("id", id), ("name", "View 1")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    desk.post("requests/rename_view", &[("id", id), ("name", "Leaks")]).await.ok();
    let names = saved().await;
    assert!(names.as_array().unwrap().iter().any(|view| view["name"] == "Leaks" && view["id"] == id));
    desk.post("requests/drop_view", &[("id", id)]).await.ok();
    assert_eq!(saved().await.as_array().unwrap().len(), 19);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_several_matters_each_goes_by_its_own_rule(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let codes = [report(&resident).await, report(&resident).await, report(&resident).await];
    let desk = house.as_person(cast::COORDINATOR).await;
    step(&desk, &codes[0], "requests/triage", &[("urgency", "normal")]).await;
    step(&desk, &codes[1], "requests/triage", &[("urgency", "normal")]).await;
    let rows = desk.post_exactly("requests/listing", &[("view", "all")]).await.ok();
    let of = |code: &str| {
        let row = rows["rows"].as_array().unwrap().iter().find(|row| row[0]["code"] == code).unwrap();
        format!("{}:{}", row[0]["id"].as_str().unwrap(), row[1])
    };
    let chosen = [of(&codes[0]), of(&codes[1]), of(&codes[2]), format!("{}:1", uuid::Uuid::nil())];
    let team = format!("team:{}", rows["teams"][0]["id"].as_str().unwrap());
    // Somebody else is faster with the second one; the third was never triaged.
    step(&desk, &codes[1], "requests/wait", &[("on", "parts")]).await;
    let mut fields: Vec<(&str, &str)> = chosen.iter().map(|one| ("chosen[]", one.as_str())).collect();
    fields.push(("to", &team));
    let sent = desk.post("requests/dispatch_many", &fields).await.ok();
    let fault = |code: &str| {
        let one = sent.as_array().unwrap().iter().find(|one| one["code"] == code).unwrap();
        one["fault"].clone()
    };
    assert_eq!(fault(&codes[0]), Value::Null);
    assert_eq!(fault(&codes[1]), "Stale");
    assert_eq!(fault(&codes[2]), serde_json::json!({ "Refused": "AlreadyMoved" }));
    assert_eq!(sent.as_array().unwrap().len(), 4, "a matter that does not exist is named too");
    let went: i64 = house.value("select count(*) from happening where kind = 'dispatched'").await;
    assert_eq!((went, house.value::<i64>("select count(*) from work_order").await), (1, 1));
    let none = desk.post("requests/dispatch_many", &[("to", &team)]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let receptionist = house.as_person(cast::RECEPTIONIST).await;
    let refused = receptionist.post("requests/dispatch_many", &fields[2..]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "no power, no order");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn sheets_hold_what_the_list_holds_and_no_formulas(pool: PgPool) {
    let house = House::open(pool).await;
    with_history(&house).await;
    sqlx::raw_sql(
        "update request set version = version + 1, words = '=cmd|''/c calc''!A1, \"x\"' where code = 'LY-90001-Q'",
    )
    .execute(&house.pool)
    .await
    .unwrap();
    let desk = house.as_person(cast::COORDINATOR).await;
    let reply = desk.get("/staff/export.csv?view=all").await;
    assert_eq!(reply.status, StatusCode::OK);
    let text = reply.text();
    let rows: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let all: i64 = house
        .value("select count(*) from request r join estate e on e.id = r.estate_id where code_prefix = 'LY'")
        .await;
    assert_eq!(rows.len() as i64, all + 1, "a heading, and a line for each");
    let codes: BTreeSet<&str> = rows[1..].iter().map(|row| row.split(',').next().unwrap()).collect();
    assert_eq!(codes.len() as i64, all, "none twice");
    let evil = rows.iter().find(|row| row.starts_with("LY-90001-Q")).unwrap();
    assert!(evil.contains("\"'=cmd|'/c calc'!A1, \"\"x\"\"\""), "{evil}");
    let part = desk.get("/staff/export.csv?view=all&source=kiosk").await.text();
    let kiosk: i64 = house.value("select count(*) from request where channel = 'kiosk'").await;
    assert_eq!(part.lines().count() as i64, kiosk + 1);
    let technician = house.as_person(cast::TECHNICIAN).await;
    let seen = super::queue::codes(&technician, &[("view", "all")]).await;
    assert_eq!(technician.get("/staff/export.csv?view=all").await.text().lines().count(), seen.len() + 1, "scope");
    assert_eq!(house.as_person(cast::RESIDENT).await.get("/staff/export.csv").await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.stranger().get("/staff/export.xlsx").await.status, StatusCode::UNAUTHORIZED);
    let book = desk.get("/staff/export.xlsx?view=all").await;
    assert!(book.status.is_success() && book.body.starts_with(b"PK"), "a workbook is a zip");
}
