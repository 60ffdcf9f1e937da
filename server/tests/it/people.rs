//! Signing in, invitations, sessions, roles.

use crate::house::{Caller, House};
use axum::http::StatusCode;
use serde_json::json;
use server::demo::cast;
use sqlx::PgPool;

const PASSPHRASE: &str = "correct horse battery staple 9";

/// A flat of the cast's.
async fn unit_1203(desk: &Caller<'_>) -> String {
    let hits = desk.post_exactly("people/find_units", &[("words", "1203")]).await.ok();
    hits[0]["id"].as_str().unwrap().to_owned()
}

/// All who live with somebody leave, and somebody else moves in today.
pub async fn moves_in(house: &House, whose: &str, who: &str) {
    let sql = "with home as (
           select o.estate_id, o.unit_id, ($3::timestamptz at time zone 'Asia/Shanghai')::date as today from occupancy o
           join party_account pa on pa.estate_id = o.estate_id and pa.party_id = o.party_id
           join account a on a.id = pa.account_id where a.sign_in = $1 and o.to_on is null limit 1),
         gone as (
           update occupancy o set to_on = h.today - 1 from home h
           where o.estate_id = h.estate_id and o.unit_id = h.unit_id and (o.to_on is null or o.to_on >= h.today))
         insert into occupancy (estate_id, id, unit_id, party_id, kind, from_on)
         select h.estate_id, gen_random_uuid(), h.unit_id, pa.party_id, 'tenant', h.today from home h
         join party_account pa on pa.estate_id = h.estate_id join account a on a.id = pa.account_id where a.sign_in = $2";
    let now = house.backend.clock.now();
    let done = sqlx::query(sql).bind(whose).bind(who).bind(now).execute(&house.pool).await.unwrap();
    assert_eq!(done.rows_affected(), 1, "{who} moves in");
}

/// Somebody who was registered, with the account to which their invitation led.
async fn joined<'a>(house: &'a House, desk: &Caller<'_>, invite: &[(&str, &str)]) -> Caller<'a> {
    let issued = desk.post("people/invite", invite).await.ok();
    let newcomer = [("code", issued["code"].as_str().unwrap()), ("sign_in", "noor"), ("password", PASSPHRASE)];
    let session = house.stranger().post("people/redeem", &newcomer).await.cookie("__Host-session").unwrap();
    house.stranger().with_cookie("__Host-session", &session)
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_invitation_opens_one_unit_once(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let unit = unit_1203(&desk).await;
    let fields = [("unit", unit.as_str()), ("name", "Noor Haddad"), ("kind", "tenant"), ("from_on", "2026-11-01")];
    let party = desk.post("people/add_occupant", &fields).await.ok();
    let party = party.as_str().unwrap();
    let issued = desk.post("people/invite", &[("unit", &unit), ("party", party)]).await.ok();
    let code = issued["code"].as_str().unwrap().to_lowercase();
    assert!(issued["qr"].as_str().unwrap().contains("<svg"));

    let newcomer = [("code", code.as_str()), ("sign_in", "Noor"), ("password", PASSPHRASE)];
    let reply = house.stranger().post("people/redeem", &newcomer).await;
    let session = reply.cookie("__Host-session").unwrap();
    assert_eq!(reply.ok()["start"], "/home");
    let noor = house.stranger().with_cookie("__Host-session", &session);
    let me = noor.post_exactly("people/me", &[]).await.ok();
    let units: Vec<_> =
        me["viewer"]["resident"]["homes"].as_array().unwrap().iter().map(|home| home["unit"]["id"].clone()).collect();
    assert_eq!(units, [json!(unit)]);

    let again = [("code", code.as_str()), ("sign_in", "somebody"), ("password", PASSPHRASE)];
    let reply = house.stranger().post("people/redeem", &again).await;
    assert_eq!(
        (reply.status, reply.json()),
        (StatusCode::UNPROCESSABLE_ENTITY, json!({"Invalid": [{"field": "code", "note": "BadCode"}]}))
    );
    let written: i64 = sqlx::query_scalar("select count(*) from replay where reply like '%' || $1 || '%'")
        .bind(issued["code"].as_str().unwrap())
        .fetch_one(&house.pool)
        .await
        .unwrap();
    assert_eq!(written, 0, "the code is shown once and stored nowhere");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_expired_code_and_an_unknown_one_look_the_same(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let unit = unit_1203(&desk).await;
    let file = desk.post_exactly("people/unit", &[("id", &unit)]).await.ok();
    let party = file["occupants"][0]["party"].as_str().unwrap();
    let issued = desk.post("people/invite", &[("unit", &unit), ("party", party)]).await.ok();
    house.advance(15 * 24 * 60);
    let redeem = |code: String| {
        let house = &house;
        async move {
            let fields = [("code", code.as_str()), ("sign_in", "late-comer"), ("password", PASSPHRASE)];
            let reply = house.stranger().post("people/redeem", &fields).await;
            (reply.status, reply.text())
        }
    };
    let expired = redeem(issued["code"].as_str().unwrap().to_owned()).await;
    assert_eq!(expired, redeem("ABCD-EFGH-JKLM".to_owned()).await);
    assert_eq!(expired.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn sign_in_tells_nothing_and_tires(pool: PgPool) {
    let house = House::open(pool).await;
    let attempt = |name: &'static str| {
        let house = &house;
        async move {
            let reply =
                house.stranger().post("people/sign_in", &[("sign_in", name), ("password", "not the password")]).await;
            (reply.status, reply.text())
        }
    };
    let known = attempt(cast::RESIDENT).await;
    assert_eq!(known, attempt("nobody-of-that-name").await);
    assert_eq!(known.0, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..9 {
        attempt(cast::RESIDENT).await;
    }
    let right =
        house.stranger().post("people/sign_in", &[("sign_in", cast::RESIDENT), ("password", cast::PASSWORD)]).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "the right password does not help while it rests");
    house.advance(16);
    let right =
        house.stranger().post("people/sign_in", &[("sign_in", cast::RESIDENT), ("password", cast::PASSWORD)]).await;
    assert_eq!(right.status, StatusCode::OK);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn sessions_are_listed_revoked_and_end(pool: PgPool) {
    let house = House::open(pool).await;
    let sign_in = [("sign_in", cast::RESIDENT), ("password", cast::PASSWORD)];
    let first = house.stranger().post("people/sign_in", &sign_in).await.cookie("__Host-session").unwrap();
    let second = house.stranger().post("people/sign_in", &sign_in).await.cookie("__Host-session").unwrap();
    let first = house.stranger().with_cookie("__Host-session", &first);
    let second = house.stranger().with_cookie("__Host-session", &second);
    let me = first.post_exactly("people/me", &[]).await.ok();
    assert_eq!(me["sessions"].as_array().unwrap().len(), 2);
    let other = me["sessions"].as_array().unwrap().iter().find(|row| row["is_this"] == false).unwrap();
    first.post("people/revoke_session", &[("session", other["id"].as_str().unwrap())]).await.ok();
    assert_eq!(second.post_exactly("people/me", &[]).await.status, StatusCode::UNAUTHORIZED);
    let stored: i64 = house.value("select count(*) from session where length(token_hash) <> 32").await;
    assert_eq!(stored, 0, "only hashes of tokens are stored");
    house.advance(15 * 24 * 60);
    assert_eq!(first.post_exactly("people/me", &[]).await.status, StatusCode::UNAUTHORIZED, "idle for two weeks");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_new_password_ends_the_other_sessions(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let other = house.stranger().post("people/demo_sign_in", &[("sign_in", cast::RESIDENT)]).await;
    let other = house.stranger().with_cookie("__Host-session", &other.cookie("__Host-session").unwrap());
    let weak = [("present_password", cast::PASSWORD), ("new_password", "password12")];
    let reply = resident.post("people/change_password", &weak).await;
    assert!(reply.text().contains("WeakPassword"), "{}", reply.text());
    let wrong = [("present_password", "something else"), ("new_password", PASSPHRASE)];
    assert!(resident.post("people/change_password", &wrong).await.text().contains("WrongPassword"));
    let right = [("present_password", cast::PASSWORD), ("new_password", PASSPHRASE)];
    resident.post("people/change_password", &right).await.ok();
    assert_eq!(other.post_exactly("people/me", &[]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(resident.post_exactly("people/me", &[]).await.status, StatusCode::OK);
    let kept: i64 = house.value("select count(*) from account where password_hash like '%correct horse%'").await;
    assert_eq!(kept, 0);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn roles_are_granted_downwards_only(pool: PgPool) {
    let house = House::open(pool).await;
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    let team = head.post_exactly("people/team", &[]).await.ok();
    let of = |role: &str| {
        let roles = json!([role]);
        let one = team["colleagues"].as_array().unwrap().iter().find(|one| one["roles"] == roles);
        one.unwrap_or_else(|| panic!("no {role}"))["id"].as_str().unwrap().to_owned()
    };
    let technician = of("technician");
    head.post("people/grant_role", &[("staff", &technician), ("role", "supervisor")]).await.ok();
    let reply = head.post("people/grant_role", &[("staff", &technician), ("role", "head")]).await;
    assert_eq!(reply.json(), json!({"Refused": "RoleAboveOwn"}));
    let reply = head.post("people/grant_role", &[("staff", &of("cleaner")), ("role", "guard")]).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "another department's people");
    let records: i64 = house.value("select count(*) from happening where kind = 'role_granted'").await;
    assert_eq!(records, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn bad_input_gets_a_note_and_leaves_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let counts =
        "select (select count(*) from request) + (select count(*) from party) + (select count(*) from happening)";
    let before: i64 = house.value(counts).await;
    let unit = "00000000-0000-7000-8000-000000000000";
    let nasty = "<script>alert(1)</script>'; drop table request; --";
    for (caller, endpoint, fields) in [
        (&desk, "people/add_occupant", vec![("unit", unit), ("name", ""), ("kind", nasty), ("from_on", nasty)]),
        (&desk, "people/unit", vec![("id", nasty)]),
        (&desk, "people/invite", vec![("unit", unit), ("party", unit)]),
        (&resident, "requests/track", vec![("code", nasty)]),
        (&resident, "requests/report", vec![("estate", unit), ("item", nasty), ("place", nasty), ("words", nasty)]),
        (&resident, "requests/report", vec![("estate", nasty), ("item", ""), ("place", ""), ("words", "")]),
        (&resident, "requests/comment", vec![("id", unit), ("words", nasty), ("photos[]", nasty)]),
        (
            &resident,
            "requests/rate",
            vec![("id", unit), ("attitude", "six"), ("conduct", "0"), ("speed", "9"), ("result", "")],
        ),
        (&desk, "requests/triage", vec![("id", unit), ("seen", "1"), ("urgency", nasty)]),
        (&desk, "requests/promise", vec![("id", unit), ("seen", "1"), ("kind", "visit"), ("due_at", "tomorrow")]),
    ] {
        let reply = caller.post(endpoint, &fields).await;
        assert!(
            matches!(reply.status.as_u16(), 403 | 404 | 409 | 422),
            "{endpoint} {fields:?}: {} {}",
            reply.status,
            reply.text()
        );
        assert!(!reply.text().contains("script") && !reply.text().contains("sqlx"), "{endpoint}: {}", reply.text());
        if reply.status == StatusCode::UNPROCESSABLE_ENTITY {
            let notes = reply.json()["Invalid"].as_array().cloned().unwrap_or_default();
            assert!(!notes.is_empty(), "{endpoint} says beside which field: {}", reply.text());
        }
    }
    assert_eq!(before, house.value::<i64>(counts).await);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_postgres_cannot_hold_is_no_fault_of_ours(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let hits = desk.post_exactly("people/find_units", &[("words", "12\u{0}03")]).await.ok();
    let unit = hits[0]["id"].as_str().unwrap().to_owned();
    for (field, from_on, to_on) in
        [("from_on", "+262142-12-31", ""), ("from_on", "1899-12-31", ""), ("to_on", "2026-11-01", "2201-01-01")]
    {
        let fields =
            [("unit", unit.as_str()), ("name", "Noor"), ("kind", "tenant"), ("from_on", from_on), ("to_on", to_on)];
        let reply = desk.post("people/add_occupant", &fields).await;
        assert_eq!(reply.json(), json!({"Invalid": [{"field": field, "note": "Malformed"}]}), "{from_on} {to_on}");
    }
    let fields = [("unit", unit.as_str()), ("name", "Noor\0 Haddad"), ("kind", "tenant"), ("from_on", "2026-11-01")];
    desk.post("people/add_occupant", &fields).await.ok();
    let found: i64 = house.value("select count(*) from party where name = 'Noor Haddad'").await;
    assert_eq!(found, 1);

    let long = "x".repeat(10_000);
    for name in ["a\0b", long.as_str()] {
        let reply = house.stranger().post("people/sign_in", &[("sign_in", name), ("password", "whatever")]).await;
        assert_eq!(reply.json(), json!({"Invalid": [{"field": "sign_in", "note": "BadSignIn"}]}));
    }
    let longest: i32 = house.value("select max(char_length(subject)) from attempt").await;
    assert!(longest < 100, "nobody counts under a name that nobody can have");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_invitation_is_withdrawn_once_and_by_its_own_estate(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let unit = unit_1203(&desk).await;
    let file = desk.post_exactly("people/unit", &[("id", &unit)]).await.ok();
    let party = file["occupants"][0]["party"].as_str().unwrap();
    let issued = desk.post("people/invite", &[("unit", &unit), ("party", party)]).await.ok();
    let withdraw = [("invitation", issued["id"].as_str().unwrap())];
    let elsewhere = house.as_person(cast::BOYAN_COORDINATOR).await;
    assert_eq!(elsewhere.post("people/withdraw_invitation", &withdraw).await.status, StatusCode::NOT_FOUND);
    desk.post("people/withdraw_invitation", &withdraw).await.ok();
    let again = desk.post("people/withdraw_invitation", &withdraw).await;
    assert_eq!((again.status, again.json()), (StatusCode::CONFLICT, json!({"Refused": "InvitationUsed"})));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn one_tap_opens_only_what_the_demo_made(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let unit = unit_1203(&desk).await;
    let fields = [
        ("unit", unit.as_str()),
        ("name", "Brightwater Ltd."),
        ("is_organisation", "true"),
        ("kind", "tenant"),
        ("from_on", "2026-11-01"),
    ];
    let party = desk.post("people/add_occupant", &fields).await.ok();
    let issued = desk.post("people/invite", &[("unit", &unit), ("party", party.as_str().unwrap())]).await.ok();
    let newcomer = [("code", issued["code"].as_str().unwrap()), ("sign_in", "noor"), ("password", PASSPHRASE)];
    house.stranger().post("people/redeem", &newcomer).await.ok();
    let name: String = house.value("select name from account where sign_in = 'noor'").await;
    assert_eq!(name, "noor", "a company's people are told apart");

    let reply = house.stranger().post("people/demo_sign_in", &[("sign_in", "noor")]).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    let offered = house.stranger().post_exactly("people/demo_cast", &[]).await.ok();
    let offered: Vec<_> =
        offered.as_array().unwrap().iter().map(|person| person["sign_in"].as_str().unwrap()).collect();
    assert!(offered.contains(&cast::RESIDENT) && !offered.contains(&"noor"), "{offered:?}");
    // Whatever was set by mistake: where the demo did not make them, nobody's account is open.
    sqlx::query("update account set is_demo = false").execute(&house.pool).await.unwrap();
    let reply = house.stranger().post("people/demo_sign_in", &[("sign_in", cast::RESIDENT)]).await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn other_data_is_served_without_the_demo(pool: PgPool) {
    sqlx::query(
        "insert into estate (id, name_en, name_hans, name_hant, zone, desk_phone, complaint_phone, email, emergency_phone,
           code_prefix)
         values (gen_random_uuid(), 'Elsewhere', '别处', '別處', 'Asia/Shanghai', '1', '1', 'a@b', '2', 'EL')",
    )
    .execute(&pool)
    .await
    .unwrap();
    let photos = app::photos::PhotoStore::memory();
    let found = server::demo::seed_if_empty(&pool, &photos, crate::house::noon()).await.unwrap();
    assert_eq!(found, server::demo::Found::OtherData, "serve then offers no one-tap sign-in");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_last_day_ends_what_an_occupant_may_see_and_their_invitation(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let unit = unit_1203(&desk).await;
    let fields = [("unit", unit.as_str()), ("name", "Noor Haddad"), ("kind", "tenant"), ("from_on", "2026-11-01")];
    let party = desk.post("people/add_occupant", &fields).await.ok();
    let invite = [("unit", unit.as_str()), ("party", party.as_str().unwrap())];
    let noor = joined(&house, &desk, &invite).await;
    let homes = async || {
        let me = noor.post_exactly("people/me", &[]).await.ok();
        me["viewer"]["resident"]["homes"].as_array().unwrap().len()
    };
    let file = desk.post_exactly("people/unit", &[("id", &unit)]).await.ok();
    let occupancy = file["occupants"].as_array().unwrap().iter().find(|row| row["party"] == party).unwrap();
    let occupancy = occupancy["id"].as_str().unwrap().to_owned();
    let again = desk.post("people/invite", &invite).await.ok()["code"].as_str().unwrap().to_owned();

    let end = |last_on: &'static str| vec![("occupancy", occupancy.as_str()), ("last_on", last_on)];
    let elsewhere = house.as_person(cast::BOYAN_COORDINATOR).await;
    let reply = elsewhere.post("people/end_occupancy", &end("2026-11-30")).await;
    assert!(matches!(reply.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN), "{}", reply.status);
    let reply = desk.post("people/end_occupancy", &end("2026-10-31")).await;
    assert_eq!(reply.json(), json!({"Invalid": [{"field": "last_on", "note": "BeforeTheFirst"}]}));
    desk.post("people/end_occupancy", &end("2027-01-31")).await.ok();
    assert_eq!(homes().await, 1, "until the last day has passed");
    desk.post("people/end_occupancy", &end("2026-11-02")).await.ok();
    assert_eq!(homes().await, 0);
    let reply = desk.post("people/end_occupancy", &end("2027-01-31")).await;
    assert_eq!((reply.status, reply.json()), (StatusCode::CONFLICT, json!({"Refused": "HasLeft"})));
    let late = [("code", again.as_str()), ("sign_in", "noor-again"), ("password", PASSPHRASE)];
    let reply = house.stranger().post("people/redeem", &late).await;
    assert_eq!(reply.json(), json!({"Invalid": [{"field": "code", "note": "BadCode"}]}), "an invitation into nothing");
    let ended: i64 = house.value("select count(*) from happening where kind = 'occupancy_ended'").await;
    assert_eq!(ended, 2);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn an_occupancy_begins_on_its_first_day(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let unit = unit_1203(&desk).await;
    let fields = [
        ("unit", unit.as_str()),
        ("name", "Noor Haddad"),
        ("kind", "tenant"),
        ("from_on", "2026-11-24"),
        ("to_on", "2026-11-25"),
    ];
    let party = desk.post("people/add_occupant", &fields).await.ok();
    let invite = [("unit", unit.as_str()), ("party", party.as_str().unwrap())];
    let noor = joined(&house, &desk, &invite).await;
    for (day, homes) in [("the day before", 0), ("the first day", 1), ("the last day", 1), ("the day after", 0)] {
        let me = noor.post_exactly("people/me", &[]).await.ok();
        assert_eq!(me["viewer"]["resident"]["homes"].as_array().unwrap().len(), homes, "{day}");
        house.advance(24 * 60);
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_colleague_comes_by_invitation_and_hands_over_on_leaving(pool: PgPool) {
    let house = House::open(pool).await;
    let head = house.as_person(cast::ENGINEERING_HEAD).await;
    let team = head.post_exactly("people/team", &[]).await.ok();
    let departments = team["departments"].as_array().unwrap();
    assert_eq!(departments.len(), 1, "a head invites into their own department");
    let department = departments[0]["id"].as_str().unwrap();
    let invite = |role: &'static str| [("name", "Lin Yue"), ("department", department), ("role", role)];
    let reply = head.post("people/invite_colleague", &invite("coordinator")).await;
    assert_eq!(reply.json(), json!({"Refused": "RoleAboveOwn"}), "who would see further than the head");
    let issued = head.post("people/invite_colleague", &invite("technician")).await.ok();
    let team = head.post_exactly("people/team", &[]).await.ok();
    assert_eq!(team["invited"][0]["name"], "Lin Yue");

    let newcomer = [("code", issued["code"].as_str().unwrap()), ("sign_in", "linyue"), ("password", PASSPHRASE)];
    let reply = house.stranger().post("people/redeem", &newcomer).await;
    let session = reply.cookie("__Host-session").unwrap();
    assert_eq!(reply.ok()["start"], "/staff");
    let lin = house.stranger().with_cookie("__Host-session", &session);
    lin.post_exactly("work/jobs", &[]).await.ok();
    let team = head.post_exactly("people/team", &[]).await.ok();
    assert_eq!(team["invited"], json!([]));
    let lin_yue = team["colleagues"].as_array().unwrap().iter().find(|one| one["name"] == "Lin Yue").unwrap();
    let staff = [("staff", lin_yue["id"].as_str().unwrap())];
    let granted: String = house
        .value(
            "select by.sign_in from staff_role r join staff_member m on m.estate_id = r.estate_id and m.id = r.staff_id
             join account a on a.id = m.account_id join account by on by.id = r.granted_by where a.sign_in = 'linyue'",
        )
        .await;
    assert_eq!(granted, cast::ENGINEERING_HEAD);

    let code = crate::requests::report(&house.as_person(cast::RESIDENT).await).await;
    crate::requests::dispatched(&house, &code).await;
    crate::requests::work(&lin, &code, "work/accept", &[]).await;
    head.post("people/let_go", &staff).await.ok();
    assert_eq!(lin.post_exactly("people/me", &[]).await.status, StatusCode::UNAUTHORIZED);
    let back = house.stranger().post("people/sign_in", &[("sign_in", "linyue"), ("password", PASSPHRASE)]).await;
    assert_eq!(back.json(), json!({"Refused": "NoPlace"}));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn signing_in_again_with_the_same_form_signs_in_again(pool: PgPool) {
    let house = House::open(pool).await;
    let key = crate::house::key();
    let form = |password: &'static str| [("key", key.as_str()), ("sign_in", cast::RESIDENT), ("password", password)];
    for _ in 0..2 {
        let reply = house.stranger().post_exactly("people/sign_in", &form(cast::PASSWORD)).await;
        assert!(reply.cookie("__Host-session").is_some(), "the first reply may have been lost: {}", reply.text());
    }
    let reply = house.stranger().post_exactly("people/sign_in", &form("something else")).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "a key is no password");
}
