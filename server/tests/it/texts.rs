//! Which texts a page's browser loads: the office's are for the office's pages. That no other page says one of them is
//! proved by every test that renders one: the server would stop there.

use crate::house::House;
use app::texts::{Lang, language};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use server::demo::cast;
use sqlx::PgPool;

#[sqlx::test(migrations = "../app/migrations")]
async fn the_offices_texts_are_loaded_by_its_pages_alone(pool: PgPool) {
    let house = House::open(pool).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for (path, tables) in [
        ("/", 1),
        ("/home", 1),
        ("/me", 1),
        ("/unsent", 1),
        ("/kiosk", 1),
        ("/kiosk/visitor", 1),
        ("/staff/visitors", 2),
        ("/kiosk/check", 1),
        ("/track", 1),
        ("/staff/screens", 2),
        ("/no-such-page", 1),
        ("/shell/resident", 1),
        ("/staff", 2),
        ("/staff/me", 2),
        ("/staff/no-such-page", 2),
        ("/shell/staff", 2),
        ("/gallery", 2),
        ("/offline", 0),
    ] {
        let page = technician.get(path).await;
        assert!(page.status != StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        let text = page.text();
        assert_eq!(text.matches(" href=\"/i18n/").count(), tables, "{path}");
        assert_eq!(text.contains(" data-texts=\"/i18n/"), tables > 0, "{path}");
        assert_eq!(text.contains(" data-texts-office=\"/i18n/"), tables > 1, "{path}");
    }
}

/// A browser that went there without loading anew would lack the office's texts.
#[sqlx::test(migrations = "../app/migrations")]
async fn what_leads_from_other_pages_into_the_office_loads_anew(pool: PgPool) {
    let house = House::open(pool).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    for (path, leads) in [("/", true), ("/me", true), ("/home", false), ("/requests", false), ("/unsent", false)] {
        let text = technician.get(path).await.text();
        let links = text.split("<a ").skip(1).filter_map(|rest| rest.split('>').next());
        let into: Vec<&str> = links.filter(|link| link.contains("href=\"/staff")).collect();
        assert_eq!(!into.is_empty(), leads, "{path}: {into:?}");
        assert!(into.iter().all(|link| link.contains("rel=\"external\"")), "{path}: {into:?}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn tables_travel_compressed(pool: PgPool) {
    let house = House::over(pool);
    for file in Lang::ALL.into_iter().flat_map(|lang| language(lang).files()) {
        let request = house.stranger().request(Method::GET, file.path).header(header::ACCEPT_ENCODING, "br");
        let reply = house.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", file.path);
        assert_eq!(reply.headers["content-encoding"], "br");
        assert!(reply.body.len() * 2 < file.json.len(), "{} of {}", reply.body.len(), file.json.len());
    }
}
