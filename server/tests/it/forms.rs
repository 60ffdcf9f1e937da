//! Plain forms: a refused one comes back with everything typed; nothing typed stands in a URL.

use crate::house::House;
use axum::http::StatusCode;
use server::demo::cast;
use sqlx::PgPool;

#[sqlx::test(migrations = "../app/migrations")]
async fn a_refused_form_comes_back_with_what_was_typed(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = crate::requests::report(&resident).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let id = page["card"]["id"].as_str().unwrap();
    let from = format!("/requests/{code}");
    let long = "ä".repeat(2001);
    let reply = resident.submit(&from, "requests/comment", &[("id", id), ("words", &long)]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let back = reply.location().to_owned();
    assert!(back.starts_with(&format!("{from}?kept=")) && !back.contains('ä') && back.len() < 120, "{back}");

    let holder = reply.cookie("__Host-draft").unwrap();
    let path = back.split('#').next().unwrap();
    let again = resident.clone().with_cookie("__Host-draft", &holder).get(path).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.text().contains(&long) && again.text().contains("2000"), "the words and the note are there");
    let elsewhere = resident.get(path).await;
    assert!(!elsewhere.text().contains(&long), "another browser does not see it");
    let neighbour = house.as_person(cast::NEIGHBOUR).await.with_cookie("__Host-draft", &holder);
    let shown = neighbour.post_exactly("forms/open", &[("kept", path.rsplit('=').next().unwrap())]).await.ok();
    assert!(shown["kept"].is_null(), "nor does the next person at this browser");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_lost_session_keeps_the_report(pool: PgPool) {
    let house = House::open(pool).await;
    let stranger = house.stranger();
    let id = "018f0000-0000-7000-8000-000000000000";
    let place = format!("unit:{id}");
    let fields = [("estate", id), ("item", id), ("place", &place), ("words", "Water everywhere")];
    let reply = stranger.submit("/report/dripping-tap", "requests/report", &fields).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert!(reply.location().starts_with("/sign-in?next=%2Freport%2F"), "{}", reply.location());
    let drafts: i64 = house.value("select count(*) from draft where fields::text like '%Water everywhere%'").await;
    assert_eq!(drafts, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_form_leads_nowhere_else(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    for then in ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"] {
        let reply = resident.submit("/me", "people/choose_manners", &[("lang", "en"), ("then", then)]).await;
        assert_eq!(reply.location(), "/me", "{then}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn another_site_cannot_post(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let request = resident
        .request(axum::http::Method::POST, "/api/people/sign_out")
        .header("sec-fetch-site", "cross-site")
        .header("origin", "https://evil.test")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("key=018f0000-0000-7000-8000-000000000000"))
        .unwrap();
    assert_eq!(house.send(request).await.status, StatusCode::FORBIDDEN);
}
