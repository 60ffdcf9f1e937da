mod assessing;
mod hands;
mod orphans;
mod rectifications;
mod schedules;
mod sheet;
mod vendors;
mod windows;

pub use assessing::{ask_assessment, assess, may_be_sent};
pub use hands::{assigning, hand, save_hand};
pub use orphans::{adopt, contact_orphan, orphan, orphans, tell_due};
pub use rectifications::rectifications;
pub use schedules::{end_repeat, issue_due, repeat, schedules};
pub(crate) use sheet::drawing;
pub use sheet::{check_material, confirm_on_site, routes, sheet, spend_time, strike_line, use_material};
pub use vendors::{add_vendor, end_vendor, vendors};
pub use windows::{appoint, offer_window, pick_window, windows_at_home, windows_of, withdraw_window};

use super::model::{Ask, Job, Jobs, Order, OrderCard};
use super::rules::{Done, Given};
use super::store;
use crate::call::Call;
use crate::estate;
use crate::estate::DepartmentRef;
use crate::fault::{Fault, Note, Notes};
use crate::ids::{OrderId, PhotoId, RequestId, StaffId};
use crate::moment::Moment;
use crate::people::{Power, Staff};
use crate::photos;
use crate::requests::{self, Case, Entry, Happening, Version, WaitingOn, photo_ids, tell};
use sqlx::PgConnection;

/// The longest drawing of a signature, in bytes of JSON.
const LONGEST_STROKES: usize = 64 * 1024;

/// The caller's day.
pub async fn jobs() -> Result<Jobs, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Work)?;
    let (now, estate) = (call.now, staff.estate);
    let ids = store::list_jobs(call.db(), estate, staff.id, staff.department.id).await?;
    let requests: Vec<_> = ids.iter().map(|(_, request)| *request).collect();
    let matters = requests::store::list_cards(call.db(), estate, &requests).await?;
    let orders = store::list_of(call.db(), estate, &requests).await?;
    let orders = cards(call.db(), &staff, &orders, &[], now).await?;
    let windows = store::list_windows(call.db(), estate, &requests, now).await?;
    let job = |(order, request): (OrderId, RequestId)| {
        let card = matters.iter().find(|card| card.id == request)?.clone();
        let order = orders.iter().find(|card| card.order.id == order)?.clone();
        let appointment = windows.get(&request).and_then(|all| all.iter().find(|window| window.is_picked)).cloned();
        Some(Job { card, order, appointment })
    };
    let (mine, team) = ids.into_iter().filter_map(job).partition(|job| job.order.order.assignee.is_some());
    Ok(Jobs { mine, team, wall: call.wall() })
}

/// Takes it.
pub async fn accept(id: OrderId, seen: Version) -> Result<(), Fault> {
    order_move(id, seen, |order, staff, now| order.accept(staff, now)).await
}

/// Gives it back.
pub async fn refuse(id: OrderId, seen: Version, why: String) -> Result<(), Fault> {
    let why = reason("reason", &why)?;
    order_move(id, seen, |order, staff, now| order.refuse(staff, why, now)).await
}

/// On the way.
pub async fn set_out(id: OrderId, seen: Version) -> Result<(), Fault> {
    order_move(id, seen, |order, staff, now| order.set_out(staff, now)).await
}

/// On site.
pub async fn arrive(id: OrderId, seen: Version) -> Result<(), Fault> {
    order_move(id, seen, |order, staff, now| order.arrive(staff, now)).await
}

/// The work rests.
pub async fn pause(id: OrderId, seen: Version, on: String) -> Result<(), Fault> {
    let on = WaitingOn::from_tag(&on).ok_or(Fault::field("on", Note::NotAChoice))?;
    order_move(id, seen, |order, staff, now| order.pause(staff, on, now)).await
}

/// The work goes on.
pub async fn resume(id: OrderId, seen: Version) -> Result<(), Fault> {
    order_move(id, seen, |order, staff, now| order.resume(staff, now)).await
}

/// A supervisor accepts what has no proof.
pub async fn verify(id: OrderId, seen: Version, why: String) -> Result<(), Fault> {
    let why = reason("reason", &why)?;
    order_move(id, seen, |order, staff, now| order.verify(staff, why, now)).await
}

/// A supervisor sends it back.
pub async fn send_back(id: OrderId, seen: Version, why: String) -> Result<(), Fault> {
    let why = reason("reason", &why)?;
    order_move(id, seen, |order, staff, now| order.send_back(staff, why, now)).await
}

/// Takes it back.
pub async fn cancel(id: OrderId, seen: Version, why: String) -> Result<(), Fault> {
    let why = reason("reason", &why)?;
    order_move(id, seen, |order, staff, now| order.cancel(staff, why, now)).await
}

/// Done: the note, then whatever proves it, then the request follows.
#[expect(clippy::too_many_arguments, reason = "the form's fields")]
pub async fn complete(
    id: OrderId,
    seen: Version,
    note: String,
    typed_photos: Vec<String>,
    signer: Option<String>,
    signed: bool,
    strokes: Option<String>,
    no_proof_reason: Option<String>,
) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let strokes = strokes.filter(|strokes| !strokes.is_empty());
    let drawing = strokes.as_deref().and_then(parse_strokes);
    if strokes.is_some() && drawing.is_none() {
        notes.add("strokes", Note::Malformed);
    }
    let has_signed = signed || drawing.is_some();
    let done = Done::parse(notes, &note, signer.as_deref(), has_signed, no_proof_reason.as_deref())?;
    let Done { note, signer, reason: why } = done;
    let photos = photo_ids(&typed_photos)?;
    let (mut call, staff, mut case) = ours(id, seen).await?;
    let now = call.now;
    let order = case.order(id)?;
    // Where it asks for a proof that there is none of, why is told with what was done.
    let note = match &why {
        Some(why) if !order.asks.is_empty() => format!("{note}\n{why}"),
        _ => note,
    };
    let happening = order.complete(&staff, note, now)?;
    store::save(call.db(), order).await?;
    photos::store::attach_to_order(call.db(), order, &photos, staff.person.account, "after").await?;
    tell(&mut call, &case.request, &happening, &photos).await?;
    let order = case.order(id)?;
    let has_photos = !photos.is_empty();
    let proof = order.proof_of(Given { signer: signer.clone(), has_photos, reason: why })?;
    if let Some(name) = signer {
        let signature = call.id()?;
        let image = drawing.as_ref().map(sheet::drawing);
        let drawn = drawing.as_ref().zip(image.as_deref());
        store::insert_signature(call.db(), signature, order, &name, drawn, staff.id, now).await?;
    }
    if let Some(proof) = proof {
        let order = case.order(id)?;
        let happening = order.prove(&staff, proof, now)?;
        store::save(call.db(), order).await?;
        tell(&mut call, &case.request, &happening, &[]).await?;
    } else {
        let order = case.order(id)?.clone();
        if order.asks.contains(&Ask::Check) {
            rectifications::ask_for_check(&mut call, &case.request, &order).await?;
        }
    }
    follow(&mut call, &mut case).await?;
    call.commit(()).await
}

/// One rule on an order, saved and recorded; the request follows.
async fn order_move(
    id: OrderId,
    seen: Version,
    rule: impl FnOnce(&mut Order, &Staff, Moment) -> Result<Happening, Fault>,
) -> Result<(), Fault> {
    let (mut call, staff, mut case) = ours(id, seen).await?;
    let now = call.now;
    let order = case.order(id)?;
    let happening = rule(order, &staff, now)?;
    store::save(call.db(), order).await?;
    tell(&mut call, &case.request, &happening, &[]).await?;
    follow(&mut call, &mut case).await?;
    call.commit(()).await
}

/// The order's case, with the request locked: moves of one request's orders never cross.
async fn ours(id: OrderId, seen: Version) -> Result<(Call, Staff, Case), Fault> {
    let (call, staff, mut case) = order_in_hand(id).await?;
    case.order(id)?.seen_at(seen)?;
    Ok((call, staff, case))
}

/// The same at whatever version it is.
async fn order_in_hand(id: OrderId) -> Result<(Call, Staff, Case), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let request = store::find_request(call.db(), scope.estate, scope.department(), id).await?.ok_or(Fault::NotFound)?;
    let mut case = requests::store::lock_any(call.db(), scope.estate, request).await?.ok_or(Fault::NotFound)?;
    case.order(id)?;
    Ok((call, staff, case))
}

/// The request catches up with its orders, one recorded move at a time.
async fn follow(call: &mut Call, case: &mut Case) -> Result<(), Fault> {
    while let Some(happening) = case.follow(call.now) {
        requests::keep(call, &mut case.request, &happening, &[]).await?;
    }
    Ok(())
}

/// Orders as pages show them, newest first, with the names of everybody in them.
pub async fn cards(
    db: &mut PgConnection,
    staff: &Staff,
    orders: &[Order],
    timeline: &[Entry],
    now: Moment,
) -> Result<Vec<OrderCard>, Fault> {
    let departments =
        if orders.is_empty() { Vec::new() } else { estate::store::list_departments(db, staff.estate).await? };
    let named = |order: &Order| [Some(order.accountable), order.assignee, order.accepted_by, order.verified_by];
    let ids: Vec<_> = orders.iter().flat_map(named).flatten().map(|id| id.0).collect();
    let names = store::find_names(db, staff.estate, &ids).await?;
    let name = |id: Option<StaffId>| id.and_then(|id| names.get(&id).cloned());
    let vendors: Vec<_> = orders.iter().filter_map(|order| order.vendor).map(|id| id.0).collect();
    let vendors = store::find_vendors(db, staff.estate, &vendors).await?;
    let department = |order: &Order| departments.iter().find(|department| department.id == order.department).cloned();
    Ok(orders
        .iter()
        .rev()
        .map(|order| OrderCard {
            department: department(order)
                .unwrap_or_else(|| DepartmentRef { id: order.department, ..staff.department.clone() }),
            assignee: name(order.assignee),
            vendor: order.vendor.and_then(|id| vendors.iter().find(|vendor| vendor.id == id).cloned()),
            accountable: name(Some(order.accountable)).unwrap_or_default(),
            // Before it was kept who took an order, whoever had it had taken it.
            accepted_by: name(order.accepted_by.or(order.assignee).filter(|_| order.accepted_at.is_some())),
            verified_by: name(order.verified_by),
            photos: photos_of(order, timeline),
            moves: order.moves(staff, now),
            order: order.clone(),
        })
        .collect())
}

fn photos_of(order: &Order, timeline: &[Entry]) -> Vec<PhotoId> {
    timeline
        .iter()
        .filter(|entry| matches!(entry.happening, Happening::Completed { order: of, .. } if of == order.id))
        .flat_map(|entry| entry.photos.clone())
        .collect()
}

fn reason(field: &str, typed: &str) -> Result<String, Fault> {
    let mut notes = Notes::default();
    let words = notes.text(field, typed, requests::LONGEST_REASON);
    notes.check().map(|()| words)
}

/// A reason that may be left out.
fn reason_if_any(field: &str, typed: Option<&str>) -> Result<Option<String>, Fault> {
    let mut notes = Notes::default();
    let words = notes.optional(field, typed, requests::LONGEST_REASON);
    notes.check().map(|()| words)
}

/// Each stroke is a list `x, y, x, y, …` on glass of 640 × 200; anything else, or a mere dot, is not a drawing.
pub(crate) fn parse_strokes(strokes: &str) -> Option<serde_json::Value> {
    if strokes.len() > LONGEST_STROKES {
        return None;
    }
    let drawn: Vec<Vec<u16>> = serde_json::from_str(strokes).ok()?;
    let is_whole = drawn.iter().all(|stroke| stroke.len() % 2 == 0);
    let points = drawn.iter().map(Vec::len).sum::<usize>() / 2;
    (is_whole && points > 1).then(|| serde_json::json!(drawn))
}

#[cfg(test)]
mod tests {
    use super::parse_strokes;

    #[test]
    fn a_drawing_is_strokes_of_whole_points() {
        let drawn = "[[320, 100, 321, 101], [5, 5]]";
        assert_eq!(parse_strokes(drawn), serde_json::from_str(drawn).ok());
        for other in
            ["", "[]", "[[]]", "[[1, 2]]", "[[1, 2, 3]]", "[[1, -2, 3, 4]]", "[[[1, 2], [3, 4]]]", "[1, 2, 3, 4]"]
        {
            assert_eq!(parse_strokes(other), None, "{other}");
        }
    }
}
