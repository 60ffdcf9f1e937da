//! The catalogue as the office keeps it: versions that follow one another, what is offered, and what orders keep of it.

use crate::concierge::{TAXI, file, order, ordered, sheet};
use crate::house::{Caller, House, Reply};
use app::services::{QuestionForm, ServiceForm, ServiceVersion};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;
use std::time::Duration;

/// Ten copies in colour.
pub const COPIES: [(&str, &str); 2] = [("answers[pages]", "10"), ("answers[colour]", "yes")];

/// One service as the office keeps it.
async fn chapter(staff: &Caller<'_>, slug: &str) -> Value {
    staff.post_exactly("concierge/book", &[("slug", slug)]).await.ok()["chosen"].clone()
}

/// The version that was published last; of what has none, what stands for it.
fn last(chapter: &Value) -> ServiceVersion {
    match chapter["versions"].get(0) {
        Some(version) => serde_json::from_value(version.clone()).unwrap(),
        None => {
            let terms = serde_json::from_value(chapter["service"]["terms"].clone()).unwrap();
            ServiceVersion { terms, script: None, by: None }
        }
    }
}

/// A form's fields, as browsers send them.
fn fields(name: &str, value: &Value, into: &mut Vec<(String, String)>) {
    match value {
        Value::Object(all) => all.iter().for_each(|(key, value)| fields(&format!("{name}[{key}]"), value, into)),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(at, value)| fields(&format!("{name}[{at}]"), value, into))
        }
        Value::String(text) => into.push((name.to_owned(), text.clone())),
        Value::Bool(false) | Value::Null => {}
        other => into.push((name.to_owned(), other.to_string())),
    }
}

/// The next version of a service, changed so, on the one that is the last now: as its form sends it.
async fn version(
    house: &House,
    slug: &str,
    since: &str,
    change: impl FnOnce(&mut ServiceForm),
) -> Vec<(String, String)> {
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let chapter = chapter(&manager, slug).await;
    let last = last(&chapter);
    let mut form = ServiceForm::of(&last);
    change(&mut form);
    let id = chapter["service"]["id"].as_str().unwrap().to_owned();
    let seen = last.terms.version.to_string();
    let mut all = vec![("service".to_owned(), id), ("seen".to_owned(), seen), ("since".to_owned(), since.to_owned())];
    fields("terms", &serde_json::to_value(&form).unwrap(), &mut all);
    all
}

async fn send(staff: &Caller<'_>, version: &[(String, String)]) -> Reply {
    let all: Vec<_> = version.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    staff.post("concierge/publish", &all).await
}

/// Publishes it.
pub async fn publish(staff: &Caller<'_>, slug: &str, since: &str, change: impl FnOnce(&mut ServiceForm)) -> Reply {
    send(staff, &version(staff.house, slug, since, change).await).await
}

fn three(en: &str, hans: &str, hant: &str) -> Vec<String> {
    [en, hans, hant].map(str::to_owned).to_vec()
}

fn notes(reply: &Value) -> Vec<(String, Value)> {
    let notes = reply["Invalid"].as_array().unwrap_or_else(|| panic!("{reply}"));
    notes.iter().map(|note| (note["field"].as_str().unwrap().to_owned(), note["note"].clone())).collect()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_next_version_leaves_orders_as_they_were(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let before = ordered(&emma, "copying", &COPIES).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    assert_eq!(publish(&desk, "copying", "", |_| {}).await.status, StatusCode::FORBIDDEN);
    let dearer = |form: &mut ServiceForm| {
        form.price = "0.80".to_owned();
        form.standard[1] = "二十分钟内完成。".to_owned();
        form.hours = vec!["08:00-12:00, 13:00-20:00".to_owned()];
        // It asks whether it is to be stapled, not whether it is in colour.
        form.questions[1].need = "removed".to_owned();
        form.questions.push(QuestionForm {
            label_en: "Stapled?".to_owned(),
            label_hans: "装订？".to_owned(),
            label_hant: "釘裝？".to_owned(),
            kind: "yes_no".to_owned(),
            ..QuestionForm::empty()
        });
        form.questions.push(QuestionForm::empty());
    };
    publish(&manager, "copying", "", dearer).await.ok();

    let now = sheet(&emma, "copying").await;
    let asks: Vec<_> =
        now["service"]["terms"]["questions"].as_array().unwrap().iter().map(|one| &one["slug"]).collect();
    assert_eq!(asks, [&json!("pages"), &json!("stapled")]);
    assert_eq!(now["service"]["terms"]["hours"].as_array().unwrap().len(), 2);
    let after = ordered(&emma, "copying", &[("answers[pages]", "10"), ("answers[stapled]", "no")]).await;
    let amount = async |code: &str| file(&emma, code).await["card"]["order"]["amount"].clone();
    assert_eq!((amount(&before).await, amount(&after).await), (json!(500), json!(800)));
    let kept = file(&emma, &before).await;
    assert_eq!(kept["service"]["terms"]["price"], json!(50), "under the terms of then");
    assert_eq!(kept["service"]["terms"]["questions"][1]["slug"], json!("colour"));
    let history = chapter(&manager, "copying").await;
    assert_eq!(history["versions"].as_array().unwrap().len(), 2);
    assert!(history["versions"][0]["by"].is_string() && history["versions"][1]["by"].is_null());
    // Both are on the page, and the form begins with the last one.
    let page = manager.get("/staff/services/book?service=copying").await.text();
    assert!(page.contains("二十分钟内完成。") && page.contains("半小时内完成。"), "{page}");
    assert!(page.contains("terms[questions][2][label_en]"), "a row for one more");
    assert!(!desk.get("/staff/services/book?service=copying").await.text().contains("terms[price]"));
    let sql = "update service_terms set price = 1 where version = 2";
    assert!(sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string().contains("append-only"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn two_who_publish_at_once_make_one_version(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let dearer = version(&house, "copying", "", |form| form.price = "0.60".to_owned()).await;
    let cheaper = version(&house, "copying", "", |form| form.price = "0.40".to_owned()).await;
    let (one, two) = tokio::join!(send(&manager, &dearer), send(&manager, &cheaper));
    let mut both = [one.status, two.status];
    both.sort();
    assert_eq!(both, [StatusCode::OK, StatusCode::CONFLICT]);
    assert_eq!(chapter(&manager, "copying").await["versions"].as_array().unwrap().len(), 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_version_may_hold_from_a_later_day_on(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let dearer = |form: &mut ServiceForm| form.price = "0.80".to_owned();
    let past = publish(&manager, "copying", "2026-11-23T11:00", dearer).await.json();
    assert_eq!(notes(&past), [("since".to_owned(), json!("InThePast"))]);
    publish(&manager, "copying", "2026-11-24T08:00", dearer).await.ok();
    let price = async |caller: &Caller<'_>| sheet(caller, "copying").await["service"]["terms"]["price"].clone();
    assert_eq!(price(&emma).await, json!(50));
    let earlier = publish(&manager, "copying", "", dearer).await.json();
    assert_eq!(notes(&earlier), [("since".to_owned(), json!("BeforeTheLast"))]);
    house.advance(20 * 60);
    let emma = house.as_person(cast::RESIDENT).await;
    assert_eq!(price(&emma).await, json!(80), "by itself");
    let sql = "insert into service_terms select (jsonb_populate_record(t, jsonb_build_object('version', 9, 'since', '2020-01-01'))).*
         from service_terms t where t.version = 2";
    assert!(sqlx::query(sql).execute(&house.pool).await.unwrap_err().to_string().contains("before the last"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_wrong_with_a_version_is_said_at_its_fields(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let wrong = |form: &mut ServiceForm| {
        form.content[1] = String::new();
        form.price = "-1".to_owned();
        form.hours = vec!["late".to_owned()];
        form.questions[0].need = "optional".to_owned();
        form.delivered_by = "x".to_owned();
    };
    let refused = publish(&manager, "copying", "soon", wrong).await.json();
    let expected: Vec<String> = ["content][1", "price", "delivered_by", "hours][0", "hours][0", "questions][0][tells"]
        .iter()
        .map(|name| format!("terms[{name}]"))
        .chain(["since".to_owned()])
        .collect();
    assert_eq!(notes(&refused).into_iter().map(|(field, _)| field).collect::<Vec<_>>(), expected);
    let nobody = |form: &mut ServiceForm| form.delivered_by = "person:00000000-0000-0000-0000-000000000001".to_owned();
    let nobody = publish(&manager, "copying", "", nobody).await.json();
    assert_eq!(notes(&nobody), [("terms[delivered_by]".to_owned(), json!("NotAChoice"))]);
    assert_eq!(chapter(&manager, "copying").await["versions"].as_array().unwrap().len(), 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_not_offered_cannot_be_ordered_and_goes_on(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let code = ordered(&emma, "taxi", &TAXI).await;
    let taxi = sheet(&emma, "taxi").await;
    let (service, home) = (taxi["service"]["id"].as_str().unwrap(), taxi["homes"][0]["unit"]["id"].as_str().unwrap());
    let offer =
        async |offered: &str| manager.post("concierge/offer", &[("service", service), ("offered", offered)]).await;
    offer("false").await.ok();
    assert_eq!(offer("false").await.json(), json!({ "Refused": "AlreadyMoved" }));
    assert_eq!(emma.post_exactly("concierge/service", &[("slug", "taxi")]).await.status, StatusCode::NOT_FOUND);
    let fields = [&[("service", service), ("home", home)][..], &TAXI[..]].concat();
    assert_eq!(emma.post("concierge/order", &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(file(&emma, &code).await["service"]["is_retired"], json!(true), "what was ordered goes on");
    assert!(manager.get("/staff/services/book").await.text().contains("已停办"));
    offer("true").await.ok();
    assert_eq!(order(&emma, "taxi", &TAXI).await.status, StatusCode::OK);
    let kinds: String = house
        .value("select string_agg(kind, ' ' order by id) from happening where room = 'concierge' and kind in ('retired', 'offered')")
        .await;
    assert_eq!(kinds, "retired offered");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_booked_has_versions_of_its_texts(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let finer = |form: &mut ServiceForm| {
        form.standard = three("Clear to the bottom.", "清澈见底。", "清澈見底。");
        // What costs something costs it at the facility.
        form.price = "99".to_owned();
    };
    publish(&manager, "pool", "", finer).await.ok();
    let lanes = sheet(&emma, "pool").await["service"].clone();
    let terms = &lanes["terms"];
    assert_eq!((&terms["version"], &terms["standard"]["en"]), (&json!(2), &json!("Clear to the bottom.")));
    assert_eq!((&terms["facility"], &terms["price"]), (&json!("pool-lane"), &json!(0)));
    let page = manager.get("/staff/services/book?service=pool").await.text();
    assert!(page.contains("href=\"/staff/facilities/pool-lane/terms\"") && !page.contains("terms[price]"), "{page}");
    assert!(page.contains("清澈见底。"), "{page}");

    let fields = [("service", lanes["id"].as_str().unwrap()), ("offered", "false")];
    manager.post("concierge/offer", &fields).await.ok();
    assert_eq!(emma.post_exactly("concierge/service", &[("slug", "pool")]).await.status, StatusCode::NOT_FOUND);
    let week = crate::bookings::week(&emma, "pool-lane", "").await;
    assert_eq!(week["facility"]["slug"], json!("pool-lane"), "whether it can be booked is its facility's");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn one_item_stands_for_the_activities_and_is_free(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let finer = |form: &mut ServiceForm| form.standard = three("Safe for all.", "人人平安。", "人人平安。");
    publish(&manager, "activity", "", finer).await.ok();
    let terms = sheet(&emma, "activity").await["service"]["terms"].clone();
    assert_eq!((&terms["version"], &terms["is_activities"]), (&json!(2), &json!(true)));
    let page = manager.get("/staff/services/book?service=activity").await.text();
    assert!(page.contains("此项为活动报名") && !page.contains("terms[price]"), "{page}");
    assert!(!emma.get("/services").await.text().contains("/services/activity"), "it leads to their board");
    for (attack, constraint) in [
        (
            "insert into service_terms
             select (jsonb_populate_record(t, jsonb_build_object('item_id', o.id, 'version', 9, 'since', '2099-01-01'))).*
             from service_terms t join catalogue_item i on i.id = t.item_id and i.slug = 'activity'
             join catalogue_item o on o.estate_id = t.estate_id and o.slug = 'errand' where t.version = 2",
            "service_terms_activities_excl",
        ),
        (
            "insert into service_terms
             select (jsonb_populate_record(t, jsonb_build_object(
               'version', 9, 'since', '2099-01-01', 'price_rule', 'fixed', 'price', 100))).*
             from service_terms t join catalogue_item i on i.id = t.item_id and i.slug = 'activity' where t.version = 2",
            "service_terms_activities_check",
        ),
    ] {
        let refused = sqlx::query(attack).execute(&house.pool).await.unwrap_err().to_string();
        assert!(refused.contains(constraint), "{refused}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_new_is_offered_once_a_version_of_it_holds(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let create = async |staff: &Caller<'_>, slug: &str| {
        let names = [("name_en", "Dog walking"), ("name_hans", "遛狗"), ("name_hant", "遛狗")];
        staff.post("concierge/create", &[&names[..], &[("line", "cleaning"), ("slug", slug)]].concat()).await
    };
    assert_eq!(create(&house.as_person(cast::RECEPTIONIST).await, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(create(&manager, "").await.ok(), json!({ "code": "dog-walking" }));
    // Problems and services stand in one tree, and no two have one name in addresses.
    for taken in ["", "dog-walking", "taxi", "tap-leak"] {
        let refused = create(&manager, taken).await.json();
        assert_eq!(notes(&refused), [("slug".to_owned(), json!("Taken"))], "{taken}");
    }
    assert_eq!(notes(&create(&manager, "Dogs!").await.json()), [("slug".to_owned(), json!("Malformed"))]);

    let found =
        async |caller: &Caller<'_>| caller.post_exactly("concierge/service", &[("slug", "dog-walking")]).await.status;
    assert_eq!(found(&emma).await, StatusCode::NOT_FOUND);
    assert!(!emma.get("/services").await.text().contains("dog-walking"));
    let list = manager.get("/staff/services/book").await.text();
    assert!(list.contains("service=dog-walking") && list.contains("尚未生效"), "{list}");
    let page = manager.get("/staff/services/book?service=dog-walking").await.text();
    assert!(page.contains("尚无生效的版本") && page.contains("terms[questions][0][label_en]"), "{page}");
    let first = |form: &mut ServiceForm| {
        form.content = three("We walk your dog.", "代为遛狗。", "代為遛狗。");
        form.standard = three("For an hour.", "一小时。", "一小時。");
        form.questions.push(QuestionForm {
            label_en: "Its name?".to_owned(),
            label_hans: "名字？".to_owned(),
            label_hant: "名字？".to_owned(),
            ..QuestionForm::empty()
        });
    };
    publish(&manager, "dog-walking", "2026-11-24T08:00", first).await.ok();
    assert_eq!(found(&emma).await, StatusCode::NOT_FOUND, "it holds from tomorrow on");
    house.advance(20 * 60);
    let emma = house.as_person(cast::RESIDENT).await;
    let code = ordered(&emma, "dog-walking", &[("answers[its_name]", "Rex")]).await;
    let order = file(&emma, &code).await["card"]["order"].clone();
    assert_eq!((&order["terms"], &order["stage"]), (&json!(1), &json!("requested")), "the office says what it costs");
    let kinds: String =
        house.value("select string_agg(kind, ' ' order by id) from happening where room = 'concierge'").await;
    assert_eq!(kinds, "created published requested");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_orders_waits_for_nobody_who_publishes(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    let mut publishing = house.pool.begin().await.unwrap();
    sqlx::query("select id from catalogue_item where slug = 'taxi' for no key update")
        .fetch_all(&mut *publishing)
        .await
        .unwrap();
    let made = tokio::time::timeout(Duration::from_secs(20), order(&emma, "taxi", &TAXI)).await;
    assert_eq!(made.expect("it waits for a lock").status, StatusCode::OK);
    publishing.rollback().await.unwrap();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn scripts_are_the_offices(pool: PgPool) {
    let house = House::open(pool).await;
    let (emma, manager) = (house.as_person(cast::RESIDENT).await, house.as_person(cast::SITE_MANAGER).await);
    let rehearsed = |form: &mut ServiceForm| {
        form.script =
            three("Greet by name.\nCount the pages twice.", "称呼姓名，页数核对两遍。", "稱呼姓名，頁數核對兩遍。");
    };
    publish(&manager, "copying", "", rehearsed).await.ok();
    let code = ordered(&emma, "copying", &COPIES).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let entry = crate::concierge::entry(&desk, &code).await;
    assert_eq!(entry["script"]["en"], json!("Greet by name.\nCount the pages twice."));
    assert!(desk.get(&format!("/staff/services/orders/{code}")).await.text().contains("class=\"script\""));
    for page in [format!("/services/orders/{code}"), "/services/copying".to_owned()] {
        assert!(!emma.get(&page).await.text().contains("Greet by name"), "{page}");
    }
    assert!(!file(&emma, &code).await.to_string().contains("Greet by name"));
}
