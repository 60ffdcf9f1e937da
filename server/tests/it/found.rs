//! `steward found`: an estate of one's own, and the one person who lets all others in.

use crate::house::{House, noon};
use app::fault::Fault;
use axum::http::StatusCode;
use server::config::NewEstate;
use server::found::found;
use sqlx::PgPool;

fn wanted() -> NewEstate {
    NewEstate {
        prefix: "QX".to_owned(),
        name_en: "Clearbrook".to_owned(),
        name_hans: "清溪园".to_owned(),
        name_hant: "清溪園".to_owned(),
        zone: "Asia/Hong_Kong".to_owned(),
        desk_phone: "+86 21 0555 7100".to_owned(),
        complaint_phone: None,
        email: "desk@clearbrook.example".to_owned(),
        emergency_phone: "+86 21 0555 7119".to_owned(),
        admin_name: "Ada Quist".to_owned(),
        admin_sign_in: "Ada".to_owned(),
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_founds_an_estate_can_run_it(pool: PgPool) {
    let password = found(&pool, &wanted(), noon()).await.unwrap();
    let house = House::over(pool);
    let sign_in = [("sign_in", "ada"), ("password", password.as_str())];
    let reply = house.stranger().post("people/sign_in", &sign_in).await;
    let session = reply.cookie("__Host-session").unwrap();
    assert_eq!(reply.ok()["start"], "/staff");
    let ada = house.stranger().with_cookie("__Host-session", &session);
    let team = ada.post_exactly("people/team", &[]).await.ok();
    let colleagues = team["colleagues"].as_array().unwrap();
    assert_eq!(colleagues.len(), 1);
    assert_eq!(colleagues[0]["name"], "Ada Quist");
    assert_eq!(colleagues[0]["department"]["slug"], "customer-service");
    assert_eq!(colleagues[0]["roles"].as_array().unwrap().len(), 2);
    assert_eq!(ada.get("/staff").await.status, StatusCode::OK);

    assert_eq!(house.value::<i64>("select count(*) from department").await, 5);
    let duty = "select count(*) from estate e join staff_member m on m.estate_id = e.id and m.id = e.duty_officer_id";
    assert_eq!(house.value::<i64>(duty).await, 1);
    let reached = "select complaint_phone = desk_phone and email = 'desk@clearbrook.example' from estate";
    assert!(house.value::<bool>(reached).await, "without a hotline of its own the desk hears complaints");
    let shown = house.stranger().post("people/demo_sign_in", &[("sign_in", "ada")]).await;
    assert_eq!(serde_json::from_slice::<Fault>(&shown.body).unwrap(), Fault::NotFound, "nobody of the demo's");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_cannot_be_founded_is_said_in_a_sentence_and_leaves_nothing(pool: PgPool) {
    found(&pool, &wanted(), noon()).await.unwrap();
    let other = || NewEstate { prefix: "QY".to_owned(), admin_sign_in: "bea".to_owned(), ..wanted() };
    for (estate, why) in [
        (NewEstate { prefix: "QX".to_owned(), ..other() }, "the prefix QX"),
        (NewEstate { prefix: "qy".to_owned(), ..other() }, "two capital letters"),
        (NewEstate { admin_sign_in: "ada".to_owned(), ..other() }, "signs in as ada"),
        (NewEstate { admin_sign_in: "be".to_owned(), ..other() }, "shorter than 3"),
        (NewEstate { zone: "Asia/Atlantis".to_owned(), ..other() }, "Asia/Atlantis"),
        (NewEstate { name_hant: " ".to_owned(), ..other() }, "name in Traditional Chinese is empty"),
        (NewEstate { email: " ".to_owned(), ..other() }, "e-mail address is empty"),
        (NewEstate { email: "the desk".to_owned(), ..other() }, "the desk is no e-mail address"),
    ] {
        let said = found(&pool, &estate, noon()).await.unwrap_err().to_string();
        assert!(said.contains(why) && said.ends_with('.'), "{said}");
    }
    let left: i64 = sqlx::query_scalar("select (select count(*) from estate) + (select count(*) from account)")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(left, 2);
    found(&pool, &other(), noon()).await.unwrap();
}
