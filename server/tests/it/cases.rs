//! Cases for whatever walks the calls: a matter that has come so far, and everything that a call could aim at.

use crate::calls::At;
use crate::house::{Caller, House};
use crate::policy::{QUALITY, book, send};
use crate::requests::{dispatched, matter, report, work};
use server::demo::cast;
use sqlx::PgPool;
use std::collections::BTreeMap;

/// A house of many cases. Some calls change who people are; each case begins with what the cast began with.
pub async fn open(pool: PgPool) -> House {
    let house = House::open(pool).await;
    for sql in ["create table cast_party_account as table party_account", "create table cast_account as table account"]
    {
        sqlx::query(sql).execute(&house.pool).await.unwrap();
    }
    // Headquarters see both estates; the records stand in this one.
    let estate: uuid::Uuid = house.value("select id from estate where code_prefix = 'LY'").await;
    house.as_person(cast::HQ).await.post("people/switch_estate", &[("estate", &estate.to_string())]).await.ok();
    house
}

/// Stands among those who sign in for the lobby screen, which has a credential of its own.
pub const KIOSK: &str = "kiosk";

/// Somebody of the cast, a lobby screen, or nobody. A session that a call ended lives again with the next case.
pub async fn viewer<'a>(house: &'a House, sign_in: Option<&str>) -> Caller<'a> {
    match sign_in {
        None => house.stranger(),
        Some(KIOSK) => house.as_screen().await,
        Some(sign_in) => house.as_person(sign_in).await,
    }
}

/// A call's fields, filled from the case.
pub fn fill(fields: &str, case: &BTreeMap<String, String>) -> String {
    case.iter().fold(fields.to_owned(), |fields, (name, value)| fields.replace(&format!("{{{name}}}"), value))
}

/// A case that has come this far, and everything that a call could aim at.
pub async fn prepare(house: &House, at: At) -> BTreeMap<String, String> {
    // In a browser of their own: a call that ends its session does not end the caller's.
    let arrival = house.stranger().post("people/demo_sign_in", &[("sign_in", cast::RESIDENT)]).await;
    let resident = house.stranger().with_cookie("__Host-session", &arrival.cookie("__Host-session").unwrap());
    let desk = viewer(house, Some(cast::RECEPTIONIST)).await;
    let mut case = BTreeMap::new();
    let mut put = |name: &str, value: String| case.insert(name.to_owned(), value);
    put("resident", cast::RESIDENT.to_owned());
    put("password", cast::PASSWORD.to_owned());
    for sql in [
        "truncate attempt, saved_view",
        "update session set revoked_at = null where revoked_at is not null",
        "update staff_member set left_at = null, left_as = null",
        "delete from party_account",
        "insert into party_account table cast_party_account",
        "update account set sign_in = 'gone-' || id where sign_in = 'somebody-new'",
        "update account a set password_hash = c.password_hash from cast_account c
         where c.id = a.id and c.password_hash <> a.password_hash",
    ] {
        sqlx::query(sql).execute(&house.pool).await.unwrap();
    }
    let catalogue = resident.post_exactly("services/catalogue", &[]).await.ok();
    let unit = catalogue["homes"][0]["unit"]["id"].as_str().unwrap().to_owned();
    let problem = catalogue["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["parent"].is_string() && item["place"] != "common")
        .unwrap();
    put("item", problem["id"].as_str().unwrap().to_owned());
    put("slug", problem["slug"].as_str().unwrap().to_owned());
    let mut items = catalogue["items"].as_array().unwrap().iter();
    let common = items.find(|item| item["parent"].is_string() && item["place"] == "common").unwrap();
    put("common_item", common["id"].as_str().unwrap().to_owned());
    put("common_slug", common["slug"].as_str().unwrap().to_owned());
    put("estate", catalogue["estate"]["id"].as_str().unwrap().to_owned());
    let file = desk.post_exactly("people/unit", &[("id", &unit)]).await.ok();
    let party = file["occupants"][0]["party"].as_str().unwrap().to_owned();
    let invited = desk.post("people/invite", &[("unit", &unit), ("party", &party)]).await.ok();
    put("invitation", invited["id"].as_str().unwrap().to_owned());
    put("code12", invited["code"].as_str().unwrap().to_owned());
    let manager = viewer(house, Some(cast::SITE_MANAGER)).await;
    let area = crate::screens::area(house).await;
    put("screen_code", crate::screens::asks(house).await.1);
    let (_, shown) = crate::screens::asks(house).await;
    let screen = [("code", shown.as_str()), ("name", "Lobby"), ("area", area.as_str())];
    put("screen", manager.post("screens/let_in", &screen).await.ok().as_str().unwrap().to_owned());
    put("area", area);
    put("key", manager.post("people/make_key", &[("name", "City app")]).await.ok()["id"].as_str().unwrap().to_owned());
    put("occupancy", file["occupants"][0]["id"].as_str().unwrap().to_owned());
    put("unit", unit);
    put("party", party);
    put("building", catalogue["buildings"][0]["id"].as_str().unwrap().to_owned());
    let me = resident.post_exactly("people/me", &[]).await.ok();
    put("session", me["sessions"][0]["id"].as_str().unwrap().to_owned());
    // Whatever roles an earlier cell gave or took.
    let helper: uuid::Uuid = sqlx::query_scalar(
        "with helper as (select m.estate_id, m.id from staff_member m join account a on a.id = m.account_id where a.sign_in = $1),
           gone as (delete from staff_role r using helper h where r.estate_id = h.estate_id and r.staff_id = h.id and r.role <> 'technician'),
           back as (insert into staff_role (estate_id, staff_id, role, granted_at)
             select estate_id, id, unnest(array['technician', 'cleaner']), now() from helper on conflict do nothing)
         select id from helper",
    )
    .bind(cast::OTHER_TECHNICIAN)
    .fetch_one(&house.pool)
    .await
    .unwrap();
    let to = format!("person:{helper}");
    let mut contact = vec![("channel", "phone"), ("kind", "enquiry"), ("words", "When does the pool open?")];
    if at == At::Offered {
        contact.extend([("outcome", "offered"), ("to", to.as_str())]);
    } else {
        contact.extend([("outcome", "promised"), ("reply_by", "2026-11-24T18:00")]);
    }
    let registered = desk.post("desk/register", &contact).await.ok();
    put("contact", registered["id"].as_str().unwrap().to_owned());
    put("contact_seen", "1".to_owned());
    let slip = desk.post("desk/take_callback", &[("name", "Ms Wu"), ("phone", "13800000000")]).await.ok();
    put("callback", slip.as_str().unwrap().to_owned());
    put("staff", helper.to_string());
    // Whoever leaves holds nothing; the helper has taken on what earlier cells gave them.
    let leaver: uuid::Uuid = house
        .value(
            "select m.id from staff_member m
             join estate e on e.id = m.estate_id and e.code_prefix = 'LY'
             join account a on a.id = m.account_id and a.sign_in = 'zhouayi'",
        )
        .await;
    put("leaver", leaver.to_string());
    put("photo", crate::photos::sent(&resident, &case_estate(&catalogue)).await);
    let other = report(&resident).await;
    crate::requests::step_remark(&viewer(house, Some(cast::COORDINATOR)).await, &other, "We are on it.", false).await;
    let told: uuid::Uuid = house
        .value("select m.id from message m join account a on a.id = m.account_id where a.sign_in = 'emma' limit 1")
        .await;
    put("message", told.to_string());
    let staff = helper.to_string();
    let lapse =
        [("staff", staff.as_str()), ("kind", "post_empty"), ("said", "Nobody was there."), ("on", "2026-11-20")];
    put("lapse", manager.post("people/note_lapse", &lapse).await.ok().as_str().unwrap().to_owned());
    let view: uuid::Uuid = house
        .value(
            "insert into saved_view (estate_id, id, account_id, name, query, saved_at)
             select m.estate_id, gen_random_uuid(), m.account_id, 'Late', '?clock=late', now()
             from staff_member m join account a on a.id = m.account_id where a.sign_in = 'joyce' returning id",
        )
        .await;
    put("view", view.to_string());
    put("other", other);
    let manager = viewer(house, Some(cast::SITE_MANAGER)).await;
    if at == At::Drafted {
        let before = book(&manager).await;
        let rate = (11 + before["draft"]["version"].as_i64().unwrap() % 80).to_string();
        send(&manager, "policy/set_quality", &[&[("complaints", rate.as_str())][..], &QUALITY[1..]].concat())
            .await
            .ok();
        // Or it stands there already.
        send(&manager, "policy/add_day", &[("from_on", "2027-05-01"), ("name", "May Day")]).await;
    }
    let policy = book(&manager).await;
    put("draft", policy["draft"]["version"].to_string());
    put("category", policy["categories"][0]["id"].as_str().unwrap().to_owned());

    let code = if at <= At::Used { report(&resident).await } else { advance(house, &resident, at).await };
    let seen = matter(&viewer(house, Some(cast::COORDINATOR)).await, &code).await;
    put("request", seen["request"]["id"].as_str().unwrap().to_owned());
    put("seen", seen["request"]["version"].to_string());
    put("department", seen["request"]["department"].as_str().unwrap().to_owned());
    let arrived = sqlx::query_as::<_, (uuid::Uuid, i32)>(
        "select c.id, c.version from contact c join request r on r.id = c.request_id where r.code = $1",
    );
    if let Some((id, version)) = arrived.bind(&code).fetch_optional(&house.pool).await.unwrap() {
        put("arrived", id.to_string());
        put("arrived_seen", version.to_string());
    }
    if at == At::Triaged {
        let coordinator = viewer(house, Some(cast::COORDINATOR)).await;
        let id = seen["request"]["id"].as_str().unwrap();
        let window = [("id", id), ("on", "2026-11-30"), ("from", "09:00"), ("until", "11:00")];
        coordinator.post("work/offer_window", &window).await.ok();
        let sheet = coordinator.post_exactly("work/assigning", &[("code", &code)]).await.ok();
        put("window", sheet["windows"]["all"][0]["id"].as_str().unwrap().to_owned());
    }
    if at == At::Nothing {
        let coordinator = viewer(house, Some(cast::COORDINATOR)).await;
        coordinator.post("work/add_vendor", &[("name", "Kone")]).await.ok();
        let vendors = coordinator.post_exactly("work/vendors", &[]).await.ok();
        put("vendor", vendors["all"][0]["id"].as_str().unwrap().to_owned());
    }
    if let Some(order) = seen["orders"].get(0) {
        put("order", order["order"]["id"].as_str().unwrap().to_owned());
        put("order_seen", order["order"]["version"].to_string());
        if at == At::OnSite {
            let technician = viewer(house, Some(cast::TECHNICIAN)).await;
            let id = order["order"]["id"].as_str().unwrap();
            let line = [("id", id), ("name", "Washer"), ("quantity", "2"), ("unit", "pcs")];
            technician.post("work/use_material", &line).await.ok();
            let sheet = technician.post_exactly("work/order", &[("order", id)]).await.ok();
            put("line", sheet["materials"][0]["id"].as_str().unwrap().to_owned());
        }
    }
    if matches!(at, At::Proposed | At::Linked | At::Settled) {
        let (incident, seen, other) =
            crate::incidents::linked(house, &code, case_value(&case, "other"), at != At::Proposed).await;
        case.insert("incident".to_owned(), incident);
        case.insert("incident_seen".to_owned(), seen);
        case.insert("other_id".to_owned(), other);
    }
    if at == At::Heard {
        let (code, pin) = crate::lobby::heard(house).await;
        case.extend([("heard_code".to_owned(), code), ("heard_pin".to_owned(), pin)]);
    }
    if at == At::Left {
        let left = crate::mail::left(house, &desk, case_value(&case, "unit")).await;
        case.extend(left.map(|(name, value)| (name.to_owned(), value)));
    }
    if (At::Written..=At::Posted).contains(&at) {
        let notice = crate::notices::come_as_far_as(house, at).await;
        case.extend(notice.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    if at == At::Called {
        let called = crate::visitors::called(house).await;
        case.extend(called.map(|(name, value)| (name.to_owned(), value)));
    }
    if (At::Planned..=At::Attended).contains(&at) {
        let activity = crate::activities::come_as_far_as(house, &resident, at).await;
        case.extend(activity.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    if (At::Wanted..=At::Owed).contains(&at) {
        let order = crate::concierge::come_as_far_as(house, &resident, at).await;
        for (name, field) in
            [("order_of", "id"), ("order_of_code", "code"), ("service", "item"), ("orderer", "account")]
        {
            case.insert(name.to_owned(), order[field].as_str().unwrap().to_owned());
        }
        case.insert("order_of_seen".to_owned(), order["version"].to_string());
        case.insert("terms".to_owned(), order["terms"].to_string());
        // Another service, which nobody orders once it is not offered.
        let spare = "select i.id from catalogue_item i join estate e on e.id = i.estate_id and e.code_prefix = 'LY'
             where i.slug = 'plants'";
        case.insert("spare".to_owned(), house.value::<uuid::Uuid>(spare).await.to_string());
        let reception = "select d.id from department d join estate e on e.id = d.estate_id and e.code_prefix = 'LY'
             where d.slug = 'customer-service'";
        case.insert("reception".to_owned(), house.value::<uuid::Uuid>(reception).await.to_string());
    }
    if matches!(at, At::Full | At::InLine) {
        let line = crate::waiting::come_as_far_as(house, &resident, at).await;
        case.extend(line.map(|(name, value)| (name.to_owned(), value)));
    }
    if matches!(at, At::Entered | At::Shut) {
        let drawn = crate::draws::come_as_far_as(house, &resident, at).await;
        case.extend(drawn.map(|(name, value)| (name.to_owned(), value)));
    }
    if (At::Held..=At::Used).contains(&at) {
        let booked = crate::bookings::come_as_far_as(house, &resident, at).await;
        let booking = &booked["card"]["booking"];
        let mut text = |name: &str, value: &serde_json::Value| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            case.insert(name.to_owned(), value);
        };
        text("booking", &booking["id"]);
        text("booking_seen", &booking["version"]);
        text("booking_code", &booking["code"]);
        text("facility", &booked["facility"]["id"]);
        let starts = booking["starts_at"].as_str().unwrap().parse::<app::moment::Moment>().unwrap();
        text("starts", &starts.timestamp().into());
        text("later", &(starts.timestamp() + 3600).into());
        text("guest", &booking["account"]);
        let version = "select max(t.version) from facility_terms t join facility f on f.id = t.facility_id
             where f.slug = 'tennis-court' and f.estate_id = (select id from estate where code_prefix = 'LY')";
        text("terms_version", &house.value::<i32>(version).await.into());
        text("closure", &crate::bookings_care::closed(house, &booked).await.into());
        text("pool", &crate::water::pool(house).await.into());
        let kept = "select exists (select from facility_water w join facility f on f.id = w.facility_id
             where f.slug = 'tennis-court' and w.until_on is null)";
        text("keeps", &(!house.value::<bool>(kept).await).into());
    }
    if at == At::Drawn {
        case.insert("follow_up".to_owned(), crate::followups::drawn(house, &code).await);
    }
    case.insert("code".to_owned(), code);
    case
}

fn case_value<'c>(case: &'c BTreeMap<String, String>, name: &str) -> &'c str {
    &case[name]
}

fn case_estate(catalogue: &serde_json::Value) -> String {
    catalogue["estate"]["id"].as_str().unwrap().to_owned()
}

async fn advance(house: &House, resident: &Caller<'_>, at: At) -> String {
    let coordinator = viewer(house, Some(cast::COORDINATOR)).await;
    let technician = viewer(house, Some(cast::TECHNICIAN)).await;
    if at == At::Common || at == At::Recurring {
        return crate::upkeep::common_order(house, at == At::Recurring).await;
    }
    let code = report(resident).await;
    if (At::Triaged..=At::Waiting).contains(&at) {
        crate::requests::step(&coordinator, &code, "requests/triage", &[("urgency", "normal")]).await;
    }
    if at == At::Assessing {
        let seen = matter(&coordinator, &code).await;
        let id = seen["request"]["id"].as_str().unwrap();
        coordinator.post("work/ask_assessment", &[("id", id)]).await.ok();
    }
    if at == At::Orphaned {
        // As if somebody had left: nobody of the cast may, since they are needed again.
        sqlx::query(
            "insert into orphan (estate_id, id, request_id, left_by, held_by, since, contact_by)
             select estate_id, gen_random_uuid(), id, accountable_id, accountable_id, now(), now() from request where code = $1",
        )
        .bind(&code)
        .execute(&house.pool)
        .await
        .unwrap();
    }
    if at == At::Waiting {
        crate::requests::step(&coordinator, &code, "requests/wait", &[("on", "parts")]).await;
    }
    if at < At::Issued {
        return code;
    }
    dispatched(house, &code).await;
    let proof = [("note", "Done."), ("no_proof_reason", "Nobody was in.")];
    let steps = [(At::Accepted, "work/accept"), (At::EnRoute, "work/set_out"), (At::OnSite, "work/arrive")];
    for (reached, endpoint) in steps {
        if at >= reached {
            work(&technician, &code, endpoint, &[]).await;
        }
    }
    match at {
        At::Paused => work(&technician, &code, "work/pause", &[("on", "parts")]).await,
        At::Completed => work(&technician, &code, "work/complete", &proof[..1]).await,
        At::Done | At::Tried | At::Settled | At::Confirmed | At::Drawn => {
            work(&technician, &code, "work/complete", &proof).await;
        }
        _ => {}
    }
    if at == At::Tried {
        crate::closing::tried(house, &code, 2).await;
    }
    if at >= At::Confirmed {
        let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
        let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
        resident.post("requests/confirm", &[("id", id), ("seen", &version)]).await.ok();
    }
    code
}
