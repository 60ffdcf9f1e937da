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
    for then in [
        "https://evil.test/",
        "//evil.test",
        "/\\evil.test",
        "javascript:alert(1)",
        "/\t/evil.test",
        "/{nothing}/evil.test",
    ] {
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

#[sqlx::test(migrations = "../app/migrations")]
async fn a_browser_keeps_its_last_drafts_of_forms_that_exist(pool: PgPool) {
    let house = House::open(pool).await;
    let wrong = |words: &'static str| [("estate", "nowhere"), ("item", ""), ("place", ""), ("words", words)];
    let reply = house.stranger().submit("/report", "requests/report", &wrong("first\0 words")).await;
    let holder = reply.cookie("__Host-draft").unwrap();
    let browser = house.stranger().with_cookie("__Host-draft", &holder);
    for _ in 0..20 {
        house.advance(1);
        let again = browser.submit("/report", "requests/report", &wrong("second words")).await;
        assert_eq!(
            again.cookie("__Host-draft").as_ref(),
            Some(&holder),
            "the cookie lasts as long as the newest draft"
        );
    }
    let kept: String = house.value("select string_agg(fields::text, '|') from draft").await;
    assert!(kept.contains("second words") && !kept.contains("first"), "{kept}");

    let reply = browser.submit("/report", "requests/no_such_call", &wrong("nothing")).await;
    assert!(reply.status.is_client_error(), "{}", reply.status);
    let drafts: i64 = house.value("select count(*) from draft").await;
    assert_eq!(drafts, 20);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn strangers_fill_no_table(pool: PgPool) {
    let house = House::open(pool).await;
    let drafts = "select count(*) from draft";
    let sign_in = [("sign_in", cast::RESIDENT), ("password", "not the password")];
    let wrong = house.stranger().submit("/sign-in", "people/sign_in", &sign_in).await;
    assert!(wrong.location().contains("kept="), "{}", wrong.location());
    sqlx::query("update attempt set tries = 10 where subject like 'sign_in:%'").execute(&house.pool).await.unwrap();
    let tired = house.stranger().submit("/sign-in", "people/sign_in", &sign_in).await;
    assert_eq!((tired.status, tired.location()), (StatusCode::TOO_MANY_REQUESTS, ""));
    assert!(tired.text().starts_with("Too many tries."), "a sentence: {}", tired.text());
    assert_eq!(house.value::<i64>(drafts).await, 1);

    let long = "ä".repeat(20_000);
    let fields = [("estate", "nowhere"), ("item", ""), ("place", ""), ("words", long.as_str())];
    for _ in 1..60 {
        let reply = house.stranger().submit("/report", "requests/report", &fields).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
    }
    let longest: i32 = house.value("select max(char_length(fields::text)) from draft").await;
    assert!(longest < 1_000, "what is too long for a stranger is left out");
    let reply = house.stranger().submit("/report", "requests/report", &fields).await;
    assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(house.value::<i64>(drafts).await, 60);
    let reply = house.as_person(cast::RESIDENT).await.submit("/report", "requests/report", &fields).await;
    assert!(reply.location().contains("kept="), "whoever signed in loses nothing");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn only_files_are_kept_on_the_way(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let code = crate::requests::report(&resident).await;
    // A code is read without its punctuation: this address looks like a file's, and is somebody's page.
    for path in [format!("/requests/{code}."), format!("/requests/{code}"), "/home".to_owned(), "/no.file".to_owned()] {
        let page = resident.get(&path).await;
        assert_eq!(page.headers["cache-control"], "no-store", "{path}: {}", page.status);
    }
    for file in app::texts::language(app::texts::Lang::En).files() {
        let texts = house.stranger().get(file.path).await;
        assert_eq!(texts.status, StatusCode::OK);
        assert!(texts.headers["cache-control"].to_str().unwrap().starts_with("public"));
    }
}
