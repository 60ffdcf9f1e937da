//! What a tablet shows of what it has not sent is what the server says once it was.

use crate::house::{House, key};
use crate::requests::{dispatched, report};
use crate::work::order_of;
use app::forms::Fields;
use app::offline::Entry;
use app::people::{Office, Staff};
use app::work::{Order, Sheet, foresee_sheet, matter_of};
use server::demo::cast;
use sqlx::PgPool;

/// An entry of the outbox about an order.
fn entry(place: u32, order: &Order, endpoint: &str, fields: &[(&str, &str)]) -> Entry {
    let own = [("id", order.id.to_string())];
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
    Entry {
        place,
        key: key(),
        to: format!("/api/{endpoint}"),
        fields: Fields(own.into_iter().chain(fields).map(|(name, value)| (name.to_owned(), value)).collect()),
        matter: matter_of(order.id),
        person: String::new(),
        made_at: order.issued_at.timestamp_millis(),
        sent_at: 0,
        is_resent: false,
        photos: Vec::new(),
        tries: 0,
        fault: String::new(),
        is_refused: false,
    }
}

/// What rules decide, without the instants, which are each clock's own.
fn decided(sheet: &Sheet) -> serde_json::Value {
    let order = &sheet.job.order;
    // Of one instant, lines lie in any order.
    let mut materials: Vec<_> = sheet.materials.iter().map(|line| (&line.name, line.quantity, line.passed)).collect();
    materials.sort();
    serde_json::json!({
        "version": order.order.version,
        "stage": order.order.stage,
        "assignee": [serde_json::json!(order.order.assignee), serde_json::json!(order.assignee)],
        "accountable": order.order.accountable,
        "proof": order.order.proof,
        "kept": order.order.kept,
        "note": order.order.note,
        "moves": order.moves,
        "may_write": sheet.may_write,
        "findings": sheet.findings.iter().map(|finding| (&finding.words, &finding.by)).collect::<Vec<_>>(),
        "materials": materials,
        "hours": sheet.hours.iter().map(|time| (&time.by, time.minutes)).collect::<Vec<_>>(),
        "signed": sheet.signatures.iter().map(|signed| &signed.name).collect::<Vec<_>>(),
    })
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_foreseen_is_what_comes(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let office = technician.post_exactly("people/office", &[]).await.ok();
    let by: Staff = serde_json::from_value::<Option<Office>>(office).unwrap().unwrap().staff;
    let (order, _) = order_of(&technician, &code).await;
    let sheet = async || -> Sheet {
        serde_json::from_value(technician.post_exactly("work/order", &[("order", &order)]).await.ok()).unwrap()
    };

    let before = sheet().await;
    let steps: [(&str, &[(&str, &str)]); 10] = [
        ("work/accept", &[]),
        ("work/set_out", &[]),
        ("work/arrive", &[]),
        ("work/confirm_on_site", &[("words", "Cartridge worn.")]),
        ("work/pause", &[("on", "parts")]),
        ("work/resume", &[]),
        ("work/use_material", &[("name", "Cartridge"), ("quantity", "1,5"), ("unit", "pcs")]),
        ("work/check_material", &[("name", "Tap"), ("quantity", "1"), ("unit", "pcs"), ("result", "pass")]),
        ("work/spend_time", &[("hours", "1"), ("minutes", "15")]),
        ("work/complete", &[("note", "Dry."), ("signer", "Emma"), ("signed", "true")]),
    ];
    let mut entries = Vec::new();
    for (place, (endpoint, fields)) in (0..).zip(steps) {
        entries.push(entry(place, &before.job.order.order, endpoint, fields));
        let mut foreseen = before.clone();
        foresee_sheet(&mut foreseen, &entries, &by);
        let (id, seen) = order_of(&technician, &code).await;
        let own = [("id", id.as_str()), ("seen", seen.as_str())];
        technician.post(endpoint, &[&own[..], fields].concat()).await.ok();
        let now = sheet().await;
        assert_eq!(decided(&foreseen), decided(&now), "{endpoint}");
        // And so it is from wherever the server stands, with what is still to be sent.
        let mut from_here = now.clone();
        foresee_sheet(&mut from_here, &[], &by);
        assert_eq!(from_here, now);
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_the_rules_forbid_is_not_foreseen(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    let technician = house.as_person(cast::TECHNICIAN).await;
    let office = technician.post_exactly("people/office", &[]).await.ok();
    let by: Staff = serde_json::from_value::<Option<Office>>(office).unwrap().unwrap().staff;
    let (order, _) = order_of(&technician, &code).await;
    let sheet: Sheet =
        serde_json::from_value(technician.post_exactly("work/order", &[("order", &order)]).await.ok()).unwrap();
    let order = &sheet.job.order.order;
    let accept = entry(1, order, "work/accept", &[]);
    let done = entry(2, order, "work/complete", &[("note", "Done before it was begun.")]);
    let mut foreseen = sheet.clone();
    foresee_sheet(&mut foreseen, &[accept.clone(), done, entry(3, order, "work/set_out", &[])], &by);
    let mut accepted = sheet.clone();
    foresee_sheet(&mut accepted, std::slice::from_ref(&accept), &by);
    assert_eq!(foreseen.job.order, accepted.job.order, "nothing from there on");

    let refused = Entry { is_refused: true, ..accept };
    let mut foreseen = sheet.clone();
    foresee_sheet(&mut foreseen, &[refused], &by);
    assert_eq!(foreseen.job.order, sheet.job.order, "what was refused is not shown as done");
}
