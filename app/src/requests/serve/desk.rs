use super::super::model::{
    Case, Happening, LONGEST_REASON, Matter, Promise, PromiseKind, Reporter, Request, Version, WaitingOn,
};
use super::super::{code, store};
use super::{keep, photo_ids, reason, reason_if_any, report_photos, tell, words};
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::RequestId;
use crate::moment::{Moment, parse_wall};
use crate::people::{self, Power, Staff};
use crate::photos;
use crate::services::Urgency;
use crate::work::{self, Ask, Issue};

/// A matter within the caller's scope.
pub async fn matter(typed: String) -> Result<Matter, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let code = code::parse(&typed).ok_or(Fault::NotFound)?;
    let id = store::find_id(call.db(), scope, &code).await?.ok_or(Fault::NotFound)?;
    let case = store::read(call.db(), id).await?;
    let card = store::find_card(call.db(), scope.estate, id).await?;
    let timeline = store::list_entries(call.db(), scope.estate, id, staff.person.account, true).await?;
    let rating = store::find_rating(call.db(), &case.request).await?;
    let times = store::list_times(call.db(), scope.estate, id).await?;
    let (mut reporter, accountable) = store::find_people(call.db(), &case.request).await?;
    let promised = store::was_promised(call.db(), &case.request).await?;
    let now = call.now;
    let orders = work::cards(call.db(), &staff, &case.orders, &timeline, now).await?;
    let moves = case.staff_moves(&staff, promised, now);
    // Trades see a client's phone only while there is something to do (domain.md, *Powers*).
    if !staff.can(Power::Reception) && !case.request.stage.is_open() {
        reporter = reporter.map(|reporter| Reporter { phone: None, ..reporter });
    }
    Ok(Matter {
        card,
        reporter,
        accountable,
        photos: report_photos(&timeline),
        times,
        orders,
        timeline,
        rating,
        moves,
        wall: call.wall(),
        request: case.request,
    })
}

/// Somebody at the desk takes responsibility.
pub async fn triage(id: RequestId, seen: Version, urgency: String) -> Result<(), Fault> {
    let urgency = Urgency::from_tag(&urgency).ok_or(Fault::field("urgency", Note::NotAChoice))?;
    staff_move(id, seen, |request, staff, now| request.triage(staff, urgency, now)).await
}

/// A time on the estate's clock becomes a promise; the one before it stays in the record.
pub async fn promise(
    id: RequestId,
    seen: Version,
    kind: String,
    due_at: String,
    why: Option<String>,
) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let kind = PromiseKind::from_tag(&kind);
    if kind.is_none() {
        notes.add("kind", Note::NotAChoice);
    }
    let why = notes.optional("reason", why.as_deref(), LONGEST_REASON);
    let due = parse_wall(&due_at);
    if due.is_none() {
        notes.add("due_at", if due_at.trim().is_empty() { Note::Missing } else { Note::Malformed });
    }
    notes.check()?;
    let (Some(kind), Some(due)) = (kind, due) else { return Err(Fault::field("due_at", Note::Malformed)) };
    let (mut call, staff, mut case) = ours(id, seen).await?;
    let due_at = estate::instant(&staff.zone, due).ok_or(Fault::field("due_at", Note::Malformed))?;
    let promise = Promise { kind, due_at };
    let promised = store::was_promised(call.db(), &case.request).await?;
    let happening = case.request.promise(&staff, promise, why.clone(), promised, call.now)?;
    let (promise_id, now) = (call.id()?, call.now);
    store::insert_promise(call.db(), promise_id, &case.request, promise, Some(staff.id), why.as_deref(), now).await?;
    keep(&mut call, &mut case.request, &happening, &[]).await?;
    call.commit(()).await
}

/// An order goes to a team or a person of a department.
pub async fn dispatch(
    id: RequestId,
    seen: Version,
    to: String,
    instructions: Option<String>,
    asks: Vec<String>,
) -> Result<(), Fault> {
    let instructions = reason_if_any("instructions", instructions.as_deref())?;
    let asked = Ask::ALL.into_iter().filter(|ask| asks.iter().any(|tag| tag == ask.tag())).collect::<Vec<_>>();
    if asked.len() != asks.len() {
        return Err(Fault::field("asks", Note::NotAChoice));
    }
    let (mut call, staff, case) = ours(id, seen).await?;
    send_out(&mut call, &staff, case, &to, instructions, asked).await?;
    call.commit(()).await
}

/// An order goes out by the rule, alone or with others; where it is refused nothing was written.
pub(super) async fn send_out(
    call: &mut Call,
    staff: &Staff,
    mut case: Case,
    to: &str,
    instructions: Option<String>,
    asked: Vec<Ask>,
) -> Result<(), Fault> {
    let hands = people::store::list_hands(call.db(), staff.estate).await?;
    let mut vendor = None;
    let (department, assignee) = match to.split_once(':') {
        Some(("team", team)) => (team.parse().ok(), None),
        Some(("person", person)) => {
            let hand = hands.iter().find(|hand| hand.id.to_string() == person).ok_or(Refusal::NotOnTheTeam)?;
            (Some(hand.department.id), Some(hand.id))
        }
        Some(("vendor", firm)) => {
            let known = work::store::list_vendors(call.db(), staff.estate).await?;
            vendor = known.iter().find(|known| known.id.to_string() == firm).map(|known| known.id);
            // The department that looks after the matter answers for what the vendor does.
            (vendor.map(|_| case.request.department), None)
        }
        _ => (None, None),
    };
    let department = department.ok_or(Fault::field("to", Note::NotAChoice))?;
    let supervisor = work::store::find_supervisor(call.db(), staff.estate, department).await?;
    let supervisor = supervisor.or(assignee).ok_or(Refusal::NoSupervisor)?;
    let issue = Issue { id: call.id()?, department, assignee, vendor, supervisor, instructions, asks: asked };
    let happening = case.dispatch(staff, issue, call.now)?;
    work::may_be_sent(call.db(), &case.request).await?;
    if let Some(order) = case.orders.last() {
        work::store::insert(call.db(), order).await?;
    }
    keep(call, &mut case.request, &happening, &[]).await
}

/// It rests at the desk.
pub async fn wait(id: RequestId, seen: Version, on: String) -> Result<(), Fault> {
    let on = WaitingOn::from_tag(&on).ok_or(Fault::field("on", Note::NotAChoice))?;
    staff_move(id, seen, |request, staff, now| request.wait(staff, on, now)).await
}

/// It goes on at the desk.
pub async fn resume(id: RequestId, seen: Version) -> Result<(), Fault> {
    staff_move(id, seen, |request, staff, now| request.resume(staff, now)).await
}

/// Not the office's to do.
pub async fn decline(id: RequestId, seen: Version, why: String) -> Result<(), Fault> {
    let why = reason("reason", &why)?;
    staff_move(id, seen, |request, staff, now| request.decline(staff, why, now)).await
}

/// The same matter as another one that goes on.
pub async fn mark_duplicate(id: RequestId, seen: Version, of: String) -> Result<(), Fault> {
    let of = code::parse(&of).ok_or(Fault::field("of", Note::Malformed))?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let other = store::find_id(call.db(), scope, &of).await?;
    // Of two calls that name each other's matter, the second one must see what became of the first; and whoever moves
    // an incident holds its lead first.
    let both = [id, other.unwrap_or(id)];
    store::lock_leads(call.db(), scope.estate, &both).await?;
    store::lock_together(call.db(), scope, &both).await?;
    let mut case = store::lock(call.db(), scope, id).await?.ok_or(Fault::NotFound)?;
    case.request.seen_at(seen)?;
    let other = store::read(call.db(), other.ok_or(Refusal::NotADuplicateOf)?).await?.request;
    let happening = case.request.mark_duplicate(&staff, &other, call.now)?;
    keep(&mut call, &mut case.request, &happening, &[]).await?;
    call.commit(()).await
}

/// A confirmed matter is filed.
pub async fn archive(id: RequestId, seen: Version) -> Result<(), Fault> {
    staff_move(id, seen, |request, staff, now| request.archive(staff, now)).await
}

/// A word to the resident, or among staff.
pub async fn remark(id: RequestId, typed: String, internal: bool, photos: Vec<String>) -> Result<(), Fault> {
    let (typed, photos) = (words("words", &typed)?, photo_ids(&photos)?);
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let case = store::lock(call.db(), staff.matters()?, id).await?.ok_or(Fault::NotFound)?;
    let happening = case.request.remark(&staff, typed, !internal)?;
    photos::store::attach(call.db(), staff.estate, &photos, staff.person.account, id, None).await?;
    tell(&mut call, &case.request, &happening, &photos).await?;
    call.commit(()).await
}

/// A call of staff about a matter within their scope, locked at the version they saw.
pub(super) async fn ours(id: RequestId, seen: Version) -> Result<(Call, Staff, Case), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let case = store::lock(call.db(), staff.matters()?, id).await?.ok_or(Fault::NotFound)?;
    case.request.seen_at(seen)?;
    Ok((call, staff, case))
}

/// One rule, saved and recorded.
async fn staff_move(
    id: RequestId,
    seen: Version,
    rule: impl FnOnce(&mut Request, &Staff, Moment) -> Result<Happening, Fault>,
) -> Result<(), Fault> {
    let (mut call, staff, mut case) = ours(id, seen).await?;
    let happening = rule(&mut case.request, &staff, call.now)?;
    keep(&mut call, &mut case.request, &happening, &[]).await?;
    call.commit(()).await
}
