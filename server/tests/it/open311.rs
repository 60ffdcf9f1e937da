//! Open311: what the examples of the GeoReport v2 specification say of each answer's shape, and what a report does.

use crate::house::{Caller, House, Reply, encode, key};
use crate::requests::{report, step};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;
use std::collections::BTreeSet;

/// The secret of a new key of the estate in which the manager works.
pub async fn secret(house: &House) -> String {
    made(house, "City 311").await["secret"].as_str().unwrap().to_owned()
}

pub async fn made(house: &House, name: &str) -> Value {
    house.as_person(cast::SITE_MANAGER).await.post("people/make_key", &[("name", name)]).await.ok()
}

/// The secret of a key of the other estate, which has no manager in the cast.
pub async fn foreign(house: &House) -> String {
    let secret = secret(house).await;
    sqlx::query(
        "insert into api_key (estate_id, id, name, prefix, secret_hash, made_by, made_at)
         select m.estate_id, gen_random_uuid(), 'Elsewhere', 'x', sha256('steward_elsewhere'), m.id, now()
         from staff_member m join estate e on e.id = m.estate_id where e.code_prefix = 'BY' limit 1",
    )
    .execute(&house.pool)
    .await
    .unwrap();
    assert_ne!(secret, "steward_elsewhere");
    "steward_elsewhere".to_owned()
}

pub async fn get(house: &House, path: &str) -> Reply {
    let request = house.stranger().request(Method::GET, path).body(Body::empty()).unwrap();
    house.send(request).await
}

pub async fn post(house: &House, path: &str, fields: &[(&str, &str)]) -> Reply {
    posted(&house.stranger(), path, encode(fields), None).await
}

pub async fn posted(caller: &Caller<'_>, path: &str, body: String, key: Option<&str>) -> Reply {
    let mut request = caller.request(Method::POST, path);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body));
    caller.house.send(request.unwrap()).await
}

/// The code of the first problem whose definition begins so.
pub async fn problem(house: &House, wanted: impl Fn(&Value) -> bool) -> String {
    for service in get(house, "/open311/v2/services.json?jurisdiction_id=ly").await.ok().as_array().unwrap() {
        let code = service["service_code"].as_str().unwrap();
        let definition = get(house, &format!("/open311/v2/services/{code}.json?jurisdiction_id=ly")).await.ok();
        if wanted(&json!({ "attribute": definition["attributes"][0]["code"], "type": service["type"] })) {
            return code.to_owned();
        }
    }
    panic!("no such problem");
}

/// The names that an object of a JSON answer has.
pub fn names(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

pub fn set<const N: usize>(names: [&'static str; N]) -> BTreeSet<&'static str> {
    names.into_iter().collect()
}

#[sqlx::test(migrations = "../app/migrations")]
async fn services_and_their_definitions_have_the_shape_of_the_examples(pool: PgPool) {
    let house = House::open(pool).await;
    let reply = get(&house, "/open311/v2/services.json?jurisdiction_id=ly").await;
    assert_eq!(reply.headers[header::CONTENT_TYPE], "application/json; charset=utf-8");
    let services = reply.ok();
    let first = &services[0];
    let wanted = ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"];
    assert_eq!(names(first), set(wanted));
    assert_eq!((&first["metadata"], &first["type"]), (&json!(true), &json!("realtime")));

    let reply = get(&house, "/open311/v2/services.xml?jurisdiction_id=ly").await;
    assert_eq!(reply.headers[header::CONTENT_TYPE], "text/xml; charset=utf-8");
    let xml = reply.text();
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<services><service><service_code>"), "{xml}");
    assert!(
        xml.contains("</service_name>") && xml.contains("<metadata>true</metadata><type>realtime</type><keywords>")
    );
    assert_eq!(xml.matches("<service>").count(), services.as_array().unwrap().len());

    let code = problem(&house, |service| service["attribute"] == "place").await;
    let definition = get(&house, &format!("/open311/v2/services/{code}.json?jurisdiction_id=ly")).await.ok();
    assert_eq!(names(&definition), set(["service_code", "attributes"]));
    let attribute = &definition["attributes"][0];
    let wanted = ["variable", "code", "datatype", "required", "datatype_description", "order", "description", "values"];
    assert_eq!(names(attribute), set(wanted));
    assert_eq!((&attribute["datatype"], &attribute["order"]), (&json!("singlevaluelist"), &json!(1)));
    assert_eq!(names(&attribute["values"][0]), set(["key", "name"]));
    let xml = get(&house, &format!("/open311/v2/services/{code}.xml?jurisdiction_id=ly")).await.text();
    let beginning =
        format!("<service_definition><service_code>{code}</service_code><attributes><attribute><variable>true");
    assert!(xml.contains(&beginning), "{xml}");
    assert!(xml.contains("<datatype_description/><order>1</order>") && xml.contains("<values><value><key>"), "{xml}");

    let request = house.stranger().request(Method::GET, "/open311/v2/services.json?jurisdiction_id=ly");
    let request = request.header(header::ACCEPT_LANGUAGE, "zh-HK").body(Body::empty()).unwrap();
    let names = house.send(request).await.ok();
    assert_ne!(names[0]["service_name"], first["service_name"], "names come in the language that is asked for");
    let discovery = get(&house, "/open311/discovery.xml").await.text();
    assert!(discovery.contains("<url>https://steward.test/open311/v2</url>"), "{discovery}");
    assert!(discovery.contains("<formats><format>application/json</format><format>text/xml</format></formats>"));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_report_becomes_a_request_with_its_promise_and_is_followed_to_its_end(pool: PgPool) {
    let house = House::open(pool).await;
    let secret = secret(&house).await;
    let code = problem(&house, |service| service["attribute"] == "place").await;
    let definition = get(&house, &format!("/open311/v2/services/{code}.json?jurisdiction_id=ly")).await.ok();
    let place = definition["attributes"][0]["values"][0].clone();
    let fields = [
        ("api_key", secret.as_str()),
        ("jurisdiction_id", "ly"),
        ("service_code", &code),
        ("attribute[place]", place["key"].as_str().unwrap()),
        ("attribute[floor]", "3"),
        ("description", "The lamp flickers & <buzzes>."),
        ("lat", "22.53"),
        ("long", "114.05"),
        ("first_name", "Wing"),
        ("last_name", "Chan"),
        ("phone", "+852 5555 0100"),
        ("email", "wing@example.org"),
        ("media_url", "https://example.org/lamp.jpg"),
    ];
    let reply = post(&house, "/open311/v2/requests.json", &fields).await.ok();
    assert_eq!(names(&reply[0]), set(["service_request_id", "service_notice", "account_id"]));
    assert!(reply[0]["service_notice"].as_str().unwrap().starts_with("You will have an answer by "));
    let id = reply[0]["service_request_id"].as_str().unwrap().to_owned();
    // Like anybody's report: somebody answers for it, a promise runs, its clocks too.
    let promises: i64 = house
        .value("select count(*) from promise p join request r on r.id = p.request_id where r.accountable_id is not null and p.due_at = r.promised_at")
        .await;
    let clocks: i64 = house.value("select count(*) from request_clock").await;
    let kinds: Vec<String> = sqlx::query_scalar("select kind from happening where room = 'requests' order by id")
        .fetch_all(&house.pool)
        .await
        .unwrap();
    assert_eq!((promises, clocks > 0, kinds), (1, true, vec!["received".to_owned(), "noted".to_owned()]));
    // The desk reads who sent it; the timeline of residents never has that.
    let matter = crate::requests::matter(&house.as_person(cast::COORDINATOR).await, &id).await;
    let note =
        matter["timeline"].as_array().unwrap().iter().find(|entry| entry["happening"]["kind"] == "noted").unwrap();
    assert_eq!(note["is_public"], false);
    let words = note["happening"]["words"].as_str().unwrap();
    for told in ["Open311 · City 311", "Wing Chan", "+852 5555 0100", "wing@example.org", "22.53, 114.05", "lamp.jpg"]
    {
        assert!(words.contains(told), "{told} in {words}");
    }

    let path = format!("/open311/v2/requests/{id}.json?api_key={secret}");
    let seen = get(&house, &path).await.ok();
    let wanted = [
        "service_request_id",
        "status",
        "status_notes",
        "service_name",
        "service_code",
        "description",
        "agency_responsible",
        "service_notice",
        "requested_datetime",
        "updated_datetime",
        "expected_datetime",
        "address",
        "address_id",
        "zipcode",
        "lat",
        "long",
        "media_url",
    ];
    assert_eq!(names(&seen[0]), set(wanted));
    assert_eq!((&seen[0]["status"], &seen[0]["service_code"]), (&json!("open"), &json!(code)));
    assert_eq!(seen[0]["requested_datetime"], "2026-11-23T12:00:00+08:00");
    assert_eq!((&seen[0]["address_id"], &seen[0]["lat"]), (&place["key"], &json!(22.53)));
    assert_eq!(seen[0]["address"], format!("{}, floor 3", place["name"].as_str().unwrap()));
    let xml = get(&house, &path.replace(".json", ".xml")).await.text();
    let beginning =
        format!("<service_requests><request><service_request_id>{id}</service_request_id><status>open</status>");
    assert!(xml.contains(&beginning), "{xml}");
    assert!(xml.contains("<description>The lamp flickers &amp; &lt;buzzes&gt;.</description>"), "{xml}");
    assert!(xml.contains("<zipcode/><lat>22.53</lat><long>114.05</long>"), "{xml}");

    let coordinator = house.as_person(cast::COORDINATOR).await;
    step(&coordinator, &id, "requests/decline", &[("reason", "The city's lamp.")]).await;
    let seen = get(&house, &path).await.ok();
    assert_eq!((&seen[0]["status"], &seen[0]["expected_datetime"]), (&json!("closed"), &Value::Null));
    assert!(seen[0]["status_notes"].as_str().unwrap().ends_with(": The city's lamp."));
    for (status, found) in [("closed", 1), ("open", 0), ("open,closed", 1)] {
        let list = get(&house, &format!("/open311/v2/requests.json?api_key={secret}&status={status}")).await.ok();
        assert_eq!(list.as_array().unwrap().len(), found, "{status}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn nobody_is_named_and_homes_are_nobodys_business(pool: PgPool) {
    let house = House::open(pool).await;
    let secret = secret(&house).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let home = report(&resident).await;
    let listed = get(&house, &format!("/open311/v2/requests.json?api_key={secret}")).await.ok();
    assert_eq!(listed, json!([]), "a matter in a home is not listed");
    let by_name = get(&house, &format!("/open311/v2/requests.json?api_key={secret}&service_request_id={home}")).await;
    assert_eq!(by_name.ok(), json!([]));

    // A resident's matter in a place in common: what and where, never in whose words.
    sqlx::query("update request set version = version + 1, unit_id = null, area_id = (select id from common_area a where a.estate_id = request.estate_id limit 1)")
        .execute(&house.pool)
        .await
        .unwrap();
    let listed = get(&house, &format!("/open311/v2/requests.json?api_key={secret}")).await;
    let text = listed.text();
    assert_eq!(listed.json()[0]["service_request_id"], home.as_str());
    assert_eq!(listed.json()[0]["description"], Value::Null);
    let names: Vec<String> = sqlx::query_scalar("select name from account union select name from party")
        .fetch_all(&house.pool)
        .await
        .unwrap();
    for secret in names.iter().map(String::as_str).chain(["drips"]) {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    // What somebody complained of at the desk is between them and the office.
    let complained = "update contact set version = version + 1, kind = 'complaint'";
    assert_eq!(sqlx::query(complained).execute(&house.pool).await.unwrap().rows_affected(), 1);
    assert_eq!(get(&house, &format!("/open311/v2/requests.json?api_key={secret}")).await.ok(), json!([]));
    // No key sees another estate.
    let foreign = foreign(&house).await;
    assert_eq!(get(&house, &format!("/open311/v2/requests.json?api_key={foreign}")).await.ok(), json!([]));
    let path = format!("/open311/v2/requests/{home}.json?api_key={foreign}");
    assert_eq!(get(&house, &path).await.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn addresses_find_homes_and_places_in_common(pool: PgPool) {
    let house = House::open(pool).await;
    let secret = secret(&house).await;
    let code = problem(&house, |service| service["attribute"] == "times").await;
    let unit: (String, String, String) = sqlx::query_as(
        "select b.name_en || ', ' || u.number, b.name_hans || u.number, u.id::text from unit u
         join building b on b.id = u.building_id join estate e on e.id = u.estate_id where e.code_prefix = 'LY' limit 1",
    )
    .fetch_one(&house.pool)
    .await
    .unwrap();
    let short = unit.0.split(" · ").next().unwrap().to_owned() + " " + unit.0.rsplit(", ").next().unwrap();
    let another = made(&house, "Door phones").await["secret"].as_str().unwrap().to_owned();
    for address in [&unit.0, &unit.1, &unit.0.to_uppercase(), &short] {
        let fields = [("api_key", secret.as_str()), ("service_code", &code), ("address_string", address)];
        let id = post(&house, "/open311/v2/requests.json", &fields).await.ok()[0]["service_request_id"].clone();
        let path = format!("/open311/v2/requests/{}.json?api_key={secret}", id.as_str().unwrap());
        assert_eq!(get(&house, &path).await.ok()[0]["address_id"], format!("unit:{}", unit.2), "{address}");
        // What one program filed about a home is nothing to another of the same estate.
        assert_eq!(get(&house, &path.replace(&secret, &another)).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    // Degrees alone name no home.
    let fields = [("api_key", secret.as_str()), ("service_code", &code), ("lat", "1"), ("long", "2")];
    let refused = post(&house, "/open311/v2/requests.json", &fields).await;
    assert_eq!((refused.status, refused.json()[0]["code"].clone()), (StatusCode::BAD_REQUEST, json!(400)));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_report_that_is_sent_again_takes_effect_once(pool: PgPool) {
    let house = House::open(pool).await;
    let secret = secret(&house).await;
    let code = problem(&house, |service| service["attribute"] == "place").await;
    let body = |words: &str| {
        encode(&[("api_key", &secret), ("service_code", &code), ("lat", "1"), ("long", "2"), ("description", words)])
    };
    let (key, stranger) = (key(), house.stranger());
    let path = "/open311/v2/requests.json";
    let sent = (0..10).map(|_| posted(&stranger, path, body("It leaks."), Some(&key)));
    let mut replies: Vec<Value> = Vec::new();
    for reply in futures::future::join_all(sent).await {
        // While the first is at work the others are told to come again.
        let is_early = crate::replays::is_still_running(&reply);
        let reply = if is_early { posted(&stranger, path, body("It leaks."), Some(&key)).await } else { reply };
        replies.push(reply.ok());
    }
    assert!(replies.iter().all(|reply| *reply == replies[0]), "{replies:?}");
    assert_eq!(house.value::<i64>("select count(*) from request").await, 1);
    let other = posted(&stranger, path, body("It pours."), Some(&key)).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The answer was lost: the key finds the request.
    let found = get(&house, &format!("/open311/v2/tokens/{key}.json?api_key={secret}")).await.ok();
    assert_eq!(found, json!([{ "service_request_id": replies[0][0]["service_request_id"], "token": key }]));
    let xml = get(&house, &format!("/open311/v2/tokens/{key}.xml?api_key={secret}")).await.text();
    assert!(xml.contains(&format!("<token>{key}</token></request></service_requests>")), "{xml}");
    // Without a key, each counts.
    for _ in 0..2 {
        posted(&stranger, path, body("It leaks."), None).await.ok();
    }
    assert_eq!(house.value::<i64>("select count(*) from request").await, 3);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn refusals_have_the_shape_of_the_examples(pool: PgPool) {
    let house = House::open(pool).await;
    let reply = post(&house, "/open311/v2/requests.xml", &[("api_key", "wrong")]).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let lines = "<errors><error><code>403</code><description>api_key is not valid</description></error></errors>";
    assert!(reply.text().ends_with(lines), "{}", reply.text());
    let secret = secret(&house).await;
    let cases = [
        ("/open311/v2/services.json", 400),
        ("/open311/v2/services.json?jurisdiction_id=zz", 404),
        ("/open311/v2/services/nothing.json?jurisdiction_id=ly", 404),
        ("/open311/v2/services/nothing", 404),
        ("/open311/v2/requests.json", 403),
        ("/open311/v2/requests.json?api_key=KEY&jurisdiction_id=zz", 404),
        ("/open311/v2/requests.json?api_key=KEY&jurisdiction_id=by", 403),
        ("/open311/v2/requests.json?api_key=KEY&status=half", 400),
        ("/open311/v2/requests.json?api_key=KEY&start_date=yesterday", 400),
        ("/open311/v2/requests.json?api_key=KEY&start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z", 400),
        ("/open311/v2/requests/LY-00000-A.json?api_key=KEY", 404),
        ("/open311/v2/tokens/12345.json?api_key=KEY", 404),
    ];
    for (path, status) in cases {
        let reply = get(&house, &path.replace("KEY", &secret)).await;
        assert_eq!(reply.status.as_u16(), status, "{path}: {}", reply.text());
        let lines = reply.json();
        assert_eq!(names(&lines[0]), set(["code", "description"]), "{path}");
        assert_eq!(lines[0]["code"], status, "{path}");
    }
    let code = problem(&house, |service| service["attribute"] == "place").await;
    let words = "长".repeat(2001);
    let fields =
        [("api_key", secret.as_str()), ("service_code", &code), ("lat", "1"), ("long", "2"), ("description", &words)];
    let reply = post(&house, "/open311/v2/requests.json", &fields).await;
    let lines = json!([{ "code": 400, "description": "description: is longer than 2000 characters" }]);
    assert_eq!((reply.status, reply.json()), (StatusCode::BAD_REQUEST, lines));
    // A plus sign that nobody encoded, and a span of just 90 days.
    let span = "start_date=2026-09-01T00:00:00+08:00&end_date=2026-11-29T23:00:00+08:00";
    assert_eq!(get(&house, &format!("/open311/v2/requests.json?api_key={secret}&{span}")).await.ok(), json!([]));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_flood_of_calls_is_refused_in_the_shape_of_the_examples(pool: PgPool) {
    let house = House::open(pool).await;
    let mut reply = get(&house, "/open311/discovery.json").await;
    for _ in 0..10_000 {
        if reply.status != StatusCode::OK {
            break;
        }
        reply = get(&house, "/open311/discovery.json").await;
    }
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(reply.headers[header::RETRY_AFTER].to_str().unwrap().parse::<u32>().unwrap() >= 1);
    assert_eq!(reply.json(), json!([{ "code": 429, "description": "too many calls; try again later" }]));
}
