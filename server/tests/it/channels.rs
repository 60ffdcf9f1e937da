//! By which ways people and our other offices come in (B11, B15), who takes what came by itself (B3), and where
//! somebody of the office fell short (B10).

use crate::desk::{board, caller_and_problem, register, staff_id};
use crate::house::House;
use crate::requests::{matter, report};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::PgPool;

/// Each of these is refused by the database, for this reason.
async fn refused(house: &House, attacks: &[(&'static str, &str)]) {
    for (sql, why) in attacks {
        let error = match sqlx::query(*sql).execute(&house.pool).await {
            Ok(done) => panic!("{sql} changed {} rows", done.rows_affected()),
            Err(error) => error.to_string(),
        };
        assert!(error.contains(why), "{sql}: {error}");
    }
}

const SAID: &str = "That is none of my business.";

/// A lapse of a colleague's, as its form sends it.
fn noted<'a>(staff: &'a str, kind: &'a str, on: &'a str) -> [(&'a str, &'a str); 4] {
    [("staff", staff), ("kind", kind), ("said", SAID), ("on", on)]
}

fn may(card: &Value, what: &str) -> bool {
    card["moves"].as_array().unwrap().contains(&json!(what))
}

#[sqlx::test(migrations = "../app/migrations")]
async fn residents_see_every_way_to_reach_the_office(pool: PgPool) {
    let house = House::open(pool).await;
    let resident = house.as_person(cast::RESIDENT).await;
    let estate = resident.post_exactly("services/catalogue", &[]).await.ok()["estate"].clone();
    let (hotline, email) = (estate["complaint_phone"].as_str().unwrap(), estate["email"].as_str().unwrap());
    for path in ["/report", "/me", "/"] {
        let page = resident.get(path).await.text();
        assert!(page.contains(&format!("mailto:{email}")) && page.contains(hotline), "{path}");
    }
    let page = house.stranger().get("/").await.text();
    assert!(!page.contains("mailto:"), "nobody knows which estate is a stranger's");
    let attacks = [
        ("update estate set email = null", "an estate has an e-mail address"),
        ("update estate set email = ''", "estate_email_check"),
        ("update estate set complaint_phone = ''", "estate_complaint_phone_check"),
        ("update estate set complaint_phone = null", "null value"),
        (
            "insert into estate (id, name_en, name_hans, name_hant, zone, desk_phone, complaint_phone, emergency_phone,
               code_prefix)
             values (gen_random_uuid(), 'Elsewhere', '别处', '別處', 'Asia/Shanghai', '1', '1', '2', 'EL')",
            "an estate has an e-mail address",
        ),
    ];
    refused(&house, &attacks).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_another_office_asks_for_becomes_a_request_with_its_paper(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let counter = desk.post_exactly("desk/counter", &[]).await.ok();
    let (who, item) = caller_and_problem(&desk, "1203").await;
    let mut fields = vec![
        ("channel", "branch"),
        ("kind", "repair"),
        ("words", "Boyan asks us to look at this tap."),
        ("outcome", "request"),
        ("who", who.as_str()),
        ("item", item.as_str()),
    ];
    let bare = desk.post("desk/register", &fields).await;
    assert_eq!(bare.json(), json!({"Invalid": [{"field": "photos", "note": "Missing"}]}));
    let photo = crate::photos::sent(&desk, counter["estate"].as_str().unwrap()).await;
    let answered = [
        ("channel", "branch"),
        ("kind", "enquiry"),
        ("words", "Is the pool open?"),
        ("outcome", "answered"),
        ("answer", "It is."),
        ("photos[]", photo.as_str()),
    ];
    let answered = desk.post("desk/register", &answered).await;
    assert_eq!(answered.json(), json!({"Invalid": [{"field": "outcome", "note": "NotAChoice"}]}));
    assert_eq!(house.value::<i64>("select count(*) from contact").await, 0, "nothing of either is kept");

    fields.push(("photos[]", photo.as_str()));
    let registered = desk.post("desk/register", &fields).await.ok();
    let seen = matter(&house.as_person(cast::COORDINATOR).await, registered["code"].as_str().unwrap()).await;
    assert_eq!((&seen["request"]["channel"], &seen["photos"]), (&json!("branch"), &json!([photo])));
    register(&desk, &[("outcome", "answered"), ("answer", "At nine.")]).await;
    let book = desk.post_exactly("desk/contacts", &[("channel", "branch")]).await.ok();
    let listed = book["contacts"].as_array().unwrap();
    assert_eq!((listed.len(), &listed[0]["id"]), (1, &registered["id"]));

    report(&house.as_person(cast::RESIDENT).await).await;
    let attacks = [
        ("update request set channel = 'branch', version = version + 1 where channel = 'web'", "with its paper"),
        ("update contact set channel = 'branch', version = version + 1 where channel = 'web'", "with its paper"),
        (
            "update contact set channel = 'branch', version = version + 1 where channel = 'phone'",
            "contact_branch_check",
        ),
        ("update contact set channel = 'fax', version = version + 1", "contact_channel_check"),
    ];
    refused(&house, &attacks).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn repairs_enquiries_and_complaints_are_told_apart(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    for kind in ["repair", "enquiry", "complaint"] {
        register(&desk, &[("kind", kind), ("outcome", "answered"), ("answer", "Noted.")]).await;
    }
    for kind in ["repair", "enquiry", "complaint"] {
        let book = desk.post_exactly("desk/contacts", &[("kind", kind)]).await.ok();
        let kinds: Vec<_> = book["contacts"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, [kind], "A11");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn of_two_who_take_what_came_by_itself_one_has_it_and_the_other_sees_who(pool: PgPool) {
    let house = House::open(pool).await;
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let other = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    report(&house.as_person(cast::RESIDENT).await).await;
    let card = board(&desk).await["contacts"][0].clone();
    assert!(may(&card, "Claim"), "{card}");
    let fields = [("id", card["id"].as_str().unwrap()), ("seen", "1")];
    let (first, second) = tokio::join!(desk.post("desk/claim", &fields), other.post("desk/claim", &fields));
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::CONFLICT]);
    let (winner, loser) = if first.status == StatusCode::OK {
        (cast::RECEPTIONIST, &other)
    } else {
        (cast::CUSTOMER_SERVICE_HEAD, &desk)
    };
    let (sign_in, name, is_accountable): (String, String, bool) = sqlx::query_as(
        "select a.sign_in, a.name, r.accountable_id = c.holder_id from contact c join request r on r.id = c.request_id
         join staff_member m on m.id = c.holder_id join account a on a.id = m.account_id",
    )
    .fetch_one(&house.pool)
    .await
    .unwrap();
    assert_eq!((sign_in.as_str(), is_accountable), (winner, true), "and answers for its request");
    let card = board(loser).await["contacts"][0].clone();
    assert_eq!(card["holder"], name.as_str());
    assert!(!may(&card, "Claim"), "{card}");
    let claimed: i64 = house.value("select count(*) from happening where kind in ('claimed', 'taken_over')").await;
    assert_eq!(claimed, 2);

    // Nor has anybody else a claim to it, nor to what a colleague received.
    let seen = card["version"].to_string();
    let now = [("id", card["id"].as_str().unwrap()), ("seen", seen.as_str())];
    let late = house.as_person(cast::SITE_MANAGER).await.post("desk/claim", &now).await;
    assert_eq!(late.json(), json!({"Refused": "AlreadyMoved"}));
    for (sign_in, status) in [(cast::SUPERVISOR, StatusCode::FORBIDDEN), (cast::GUARD, StatusCode::NOT_FOUND)] {
        assert_eq!(house.as_person(sign_in).await.post("desk/claim", &now).await.status, status, "{sign_in}");
    }
    let taken = register(&desk, &[("outcome", "promised"), ("reply_by", "2026-11-24T18:00")]).await;
    let taken = other.post("desk/claim", &[("id", taken["id"].as_str().unwrap()), ("seen", "1")]).await;
    assert_eq!(taken.json(), json!({"Refused": "AlreadyMoved"}));
    let attacks = [
        ("insert into contact_claim select * from contact_claim", "contact_claim_pkey"),
        ("update contact_claim set claimed_at = now()", "append-only"),
        ("delete from contact_claim", "append-only"),
    ];
    refused(&house, &attacks).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_was_accepted_from_the_duty_officer_is_nobody_elses_to_claim(pool: PgPool) {
    let house = House::open(pool).await;
    let (duty, desk) = (house.as_person(cast::COORDINATOR).await, house.as_person(cast::RECEPTIONIST).await);
    let head = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    report(&house.as_person(cast::RESIDENT).await).await;
    let id = board(&duty).await["contacts"][0]["id"].as_str().unwrap().to_owned();
    let to = format!("person:{}", staff_id(&house, cast::RECEPTIONIST).await);
    duty.post("desk/offer", &[("id", &id), ("seen", "1"), ("to", &to)]).await.ok();
    let offered = head.post("desk/claim", &[("id", &id), ("seen", "2")]).await;
    assert_eq!(offered.json(), json!({"Refused": "AlreadyMoved"}), "somebody was asked");
    desk.post("desk/accept", &[("id", &id), ("seen", "2")]).await.ok();
    let card = board(&head).await["contacts"][0].clone();
    assert!(!may(&card, "Claim"), "{card}");
    let accepted = head.post("desk/claim", &[("id", &id), ("seen", &card["version"].to_string())]).await;
    assert_eq!(accepted.json(), json!({"Refused": "AlreadyMoved"}));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_lapse_is_noted_by_those_above_and_told_to_whoever_it_is_of(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let peer = house.as_person(cast::OTHER_TECHNICIAN).await;
    let other_head = house.as_person(cast::CUSTOMER_SERVICE_HEAD).await;
    let who = staff_id(&house, cast::TECHNICIAN).await;
    let of_him = [&noted(&who, "forbidden_answer", "2026-11-22")[..], &[("code", code.as_str())]].concat();
    let lapse = supervisor.post("people/note_lapse", &of_him).await.ok().as_str().unwrap().to_owned();
    for kind in ["discourtesy", "late_answer", "post_empty"] {
        supervisor.post("people/note_lapse", &noted(&who, kind, "2026-11-22")).await.ok();
    }
    let fines = "select kind || ' ' || fine_minor from conduct_lapse where fine_minor > 0";
    let fines: Vec<String> = sqlx::query_scalar(fines).fetch_all(&house.pool).await.unwrap();
    assert_eq!(fines, ["forbidden_answer 2000"], "CNY 20, and only for that");

    // Nobody notes their own, their peers', their betters' or another department's.
    for caller in [&peer, &other_head, &technician] {
        assert_eq!(caller.post("people/note_lapse", &of_him).await.status, StatusCode::FORBIDDEN);
    }
    for above in [cast::SUPERVISOR, cast::ENGINEERING_HEAD] {
        let theirs = staff_id(&house, above).await;
        let reply = supervisor.post("people/note_lapse", &noted(&theirs, "discourtesy", "2026-11-22")).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{above}");
    }
    let early = supervisor.post("people/note_lapse", &noted(&who, "discourtesy", "2026-11-24")).await;
    assert_eq!(early.json(), json!({"Invalid": [{"field": "on", "note": "NotYet"}]}));

    // He is told, and sees it on his own file; the others neither.
    let told = technician.post_exactly("messages/inbox", &[("side", "office")]).await.ok();
    let told: Vec<_> = told["messages"].as_array().unwrap().iter().map(|one| &one["telling"]).collect();
    let is_it = |one: &&&Value| one["told"] == "lapse" && one["kind"] == "forbidden_answer";
    assert_eq!(told.iter().find(is_it).unwrap()["said"], SAID);
    let own = technician.post_exactly("people/conduct", &[("staff", &who)]).await.ok();
    assert_eq!((own["lapses"].as_array().unwrap().len(), &own["may_note"]), (4, &json!(false)));
    let path = format!("/staff/team/{who}/conduct");
    let page = technician.get(&path).await;
    assert!(page.status == StatusCode::OK && page.text().contains(SAID) && page.text().contains(&code));
    for caller in [&peer, &other_head] {
        assert_eq!(caller.get(&path).await.status, StatusCode::FORBIDDEN);
        let reply = caller.post_exactly("people/conduct", &[("staff", &who)]).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN);
    }
    for above in [cast::SUPERVISOR, cast::ENGINEERING_HEAD, cast::SITE_MANAGER] {
        let seen = house.as_person(above).await.post_exactly("people/conduct", &[("staff", &who)]).await.ok();
        assert_eq!(seen["may_note"], true, "{above}");
        assert_eq!(house.as_person(above).await.get(&path).await.status, StatusCode::OK, "{above}");
    }

    // What was wrongly noted stays, with the reason why it does not count.
    let strike = [("lapse", lapse.as_str()), ("reason", "It was the radio.")];
    assert_eq!(technician.post("people/withdraw_lapse", &strike).await.status, StatusCode::FORBIDDEN);
    supervisor.post("people/withdraw_lapse", &strike).await.ok();
    assert_eq!(supervisor.post("people/withdraw_lapse", &strike).await.json(), json!({"Refused": "AlreadyMoved"}));
    let own = technician.post_exactly("people/conduct", &[("staff", &who)]).await.ok();
    let struck = own["lapses"].as_array().unwrap().iter().find(|one| one["id"] == lapse.as_str()).unwrap();
    assert_eq!(struck["withdrawn"]["reason"], "It was the radio.");
    let copy =
        "insert into conduct_lapse select estate_id, gen_random_uuid(), staff_id, 'discourtesy', said, happened_on,
                  request_id, 2000, noted_by, noted_at from conduct_lapse limit 1";
    let own = "insert into conduct_lapse select estate_id, gen_random_uuid(), staff_id, kind, said, happened_on,
                 request_id, fine_minor, staff_id, noted_at from conduct_lapse limit 1";
    let attacks = [
        (copy, "conduct_lapse_fine_minor_check"),
        (own, "conduct_lapse_noted_by_check"),
        ("update conduct_lapse set said = 'x'", "append-only"),
        ("delete from conduct_lapse", "append-only"),
        ("delete from conduct_lapse_withdrawal", "append-only"),
    ];
    refused(&house, &attacks).await;
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_was_noted_of_somebody_who_left_is_still_read_and_withdrawn(pool: PgPool) {
    let house = House::open(pool).await;
    let (supervisor, manager) = (house.as_person(cast::SUPERVISOR).await, house.as_person(cast::SITE_MANAGER).await);
    let (who, above) = (staff_id(&house, cast::OTHER_TECHNICIAN).await, staff_id(&house, cast::ENGINEERING_HEAD).await);
    let path = format!("/staff/team/{who}/conduct");
    let lapse = supervisor.post("people/note_lapse", &noted(&who, "discourtesy", "2026-11-22")).await.ok();
    manager.post("people/note_lapse", &noted(&above, "late_answer", "2026-11-22")).await.ok();
    assert!(!supervisor.get("/staff/team").await.text().contains("id=\"left\""), "nobody has left");
    for id in [&who, &above] {
        manager.post("people/let_go", &[("staff", id)]).await.ok();
    }

    let seen = supervisor.post_exactly("people/conduct", &[("staff", &who)]).await.ok();
    assert_eq!((&seen["lapses"][0]["said"], &seen["may_note"]), (&json!(SAID), &json!(false)));
    let page = supervisor.get(&path).await.text();
    assert!(page.contains(SAID) && page.contains("people/withdraw_lapse") && !page.contains("people/note_lapse"));
    let team = supervisor.get("/staff/team").await.text();
    assert!(team.contains("id=\"left\"") && team.contains(&format!("href=\"{path}\"")), "the way to it");
    let more = supervisor.post("people/note_lapse", &noted(&who, "discourtesy", "2026-11-22")).await;
    assert_eq!(more.status, StatusCode::NOT_FOUND, "nothing more is noted");

    // Those who stood beside or below them then read as little as before.
    for (sign_in, whose) in [(cast::TECHNICIAN, &who), (cast::CUSTOMER_SERVICE_HEAD, &who), (cast::SUPERVISOR, &above)]
    {
        let caller = house.as_person(sign_in).await;
        let reply = caller.post_exactly("people/conduct", &[("staff", whose)]).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{sign_in}");
    }
    let left = async |sign_in: &str| {
        let team = house.as_person(sign_in).await.post_exactly("people/team", &[]).await.ok();
        team["left"].as_array().unwrap().len()
    };
    let counts = [left(cast::SUPERVISOR).await, left(cast::SITE_MANAGER).await, left(cast::TECHNICIAN).await];
    assert_eq!(counts, [1, 2, 0]);

    let strike = [("lapse", lapse.as_str().unwrap()), ("reason", "It was another day.")];
    supervisor.post("people/withdraw_lapse", &strike).await.ok();
    let seen = supervisor.post_exactly("people/conduct", &[("staff", &who)]).await.ok();
    assert_eq!(seen["lapses"][0]["withdrawn"]["reason"], "It was another day.");
}
