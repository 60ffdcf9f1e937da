use super::model::{
    After, Case, Channel, Happening, HomeBoard, Matter, MyRequests, Place, Promise, PromiseKind, Queue, Rating, Receipt, Report,
    Request, StaffMove, Track, Version, View, WaitingOn, parse_photos,
};
use super::rules::{Received, reason, reason_if_any, words};
use super::{code, store};
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::happenings::Record;
use crate::ids::{EstateId, PhotoId, RequestId};
use crate::live::Room;
use crate::moment::Moment;
use crate::people::{self, Limit, Power, Resident, Staff};
use crate::services::{self, Urgency, Whereabouts};
use crate::work::{self, Issue};
use crate::photos;
use chrono::{Duration, NaiveDateTime};
use serde_json::json;

/// A resident's first page.
pub async fn home() -> Result<HomeBoard, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let open = store::list_open(call.db(), &resident).await?;
    Ok(HomeBoard { resident, open, wall: call.wall() })
}

/// A page of a resident's matters.
pub async fn mine(after: Option<After>) -> Result<MyRequests, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let (cards, next) = store::list_mine(call.db(), &resident, after).await?;
    Ok(MyRequests { cards, next, wall: call.wall() })
}

/// A matter that is the resident's to see.
pub async fn track(typed: String) -> Result<Track, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let code = code::parse(&typed).ok_or(Fault::NotFound)?;
    let id = store::find_their_id(call.db(), &resident, &code).await?.ok_or(Fault::NotFound)?;
    let request = store::read(call.db(), id).await?.request;
    let card = store::find_card(call.db(), request.estate, id).await?;
    let timeline = store::list_entries(call.db(), request.estate, id, resident.person.account, false).await?;
    let rating = store::find_rating(call.db(), request.estate, id).await?;
    let times = store::list_times(call.db(), request.estate, id).await?;
    let zone = estate::store::zone(call.db(), request.estate).await?;
    let mut card = card;
    card.line.holder.person = card.line.holder.person.map(|name| store::first_name(&name).to_owned());
    Ok(Track {
        card,
        version: request.version,
        photos: report_photos(&timeline),
        times,
        timeline,
        moves: request.resident_moves(&resident, rating.is_some(), call.now),
        rating,
        estate: request.estate,
        wall: estate::wall(&zone, call.now),
        words: request.words,
    })
}

/// Files a report for somebody who occupies a unit of the estate now.
pub async fn report(
    estate: EstateId,
    item: String,
    place: String,
    floor: Option<String>,
    words: String,
    photos: Vec<String>,
    times: Vec<String>,
) -> Result<Receipt, Fault> {
    let report = Report::parse(&item, &place, floor.as_deref(), &words, &photos, &times)?;
    let mut call = Call::open().await?;
    let resident = call.viewer.resident()?;
    let account = resident.person.account;
    let home = resident.homes.iter().find(|home| home.estate == estate).ok_or(Fault::NotAllowed)?;
    let mut counter = call.backend.pool.acquire().await?;
    people::allow(&mut counter, Limit::REPORT, &account.to_string(), call.now).await?;
    drop(counter);
    let problem = services::store::find_problem(call.db(), estate, report.item)
        .await?
        .ok_or(Fault::field("item", Note::NotAChoice))?;
    let (party, fits) = match report.place {
        Place::Home(unit) => {
            let home = resident.homes.iter().find(|home| home.estate == estate && home.unit.id == unit);
            (home.map(|home| home.party), problem.place != Whereabouts::Common && home.is_some())
        }
        Place::Common { area, .. } => {
            (Some(home.party), problem.place != Whereabouts::Home && store::has_area(call.db(), estate, area.0).await?)
        }
    };
    if !fits {
        return Err(Fault::field("place", Note::NotAChoice));
    }
    let (prefix, duty_officer) = store::find_desk(call.db(), estate).await?.ok_or(Fault::NotAllowed)?;
    let number = store::next_number(call.db()).await?;
    let new = Received {
        id: call.id()?,
        estate,
        code: code(&prefix, number),
        channel: Channel::Web,
        lang: resident.person.manners.lang,
        reporter: Some(account),
        party,
        urgency: problem.urgency,
        department: problem.department,
        answer_within: Duration::minutes(problem.answer_minutes.into()),
        duty_officer,
    };
    let (request, happening) = Request::receive(&report, new, call.now);
    store::insert(call.db(), &request, &report.times).await?;
    if let Some(promise) = request.promise {
        let (id, now) = (call.id()?, call.now);
        store::insert_promise(call.db(), id, &request, promise, None, None, now).await?;
    }
    photos::store::attach(call.db(), estate, &report.photos, account, request.id, None).await?;
    call.record(record_of(&request, &happening, &report.photos)).await?;
    call.commit(Receipt { code: request.code }).await
}

/// The resident's agreement, and their rating where they gave one.
pub async fn confirm(id: RequestId, seen: Version, axes: [Option<i32>; 4]) -> Result<(), Fault> {
    let (mut call, resident, mut case) = theirs(id, seen).await?;
    let happening = case.request.confirm(&resident, call.now)?;
    keep(&mut call, &mut case.request, &happening, &[]).await?;
    if axes.iter().any(Option::is_some) {
        let [attitude, conduct, speed, result] = axes.map(Option::unwrap_or_default);
        rated(&mut call, &resident, &case.request, Rating { attitude, conduct, speed, result }).await?;
    }
    call.commit(()).await
}

/// The resident's objection; the matter comes back with a new answer promised.
pub async fn dispute(id: RequestId, seen: Version, typed: String) -> Result<(), Fault> {
    let typed = words("words", &typed)?;
    let (mut call, resident, mut case) = theirs(id, seen).await?;
    let request = &mut case.request;
    let happening = request.dispute(&resident, typed, call.now)?;
    if request.stage == super::model::Stage::Disputed {
        keep(&mut call, request, &happening, &[]).await?;
    } else {
        call.record(record_of(request, &happening, &[])).await?;
    }
    let problem = services::store::find_problem(call.db(), request.estate, request.item).await?;
    let answer_within = Duration::minutes(problem.map_or(60, |problem| problem.answer_minutes.into()));
    let happening = request.reopen(answer_within, call.now)?;
    if let Some(promise) = request.promise {
        let (id, now) = (call.id()?, call.now);
        store::insert_promise(call.db(), id, request, promise, None, None, now).await?;
    }
    keep(&mut call, request, &happening, &[]).await?;
    call.commit(()).await
}

/// The resident's rating of a closed matter.
pub async fn rate(id: RequestId, rating: Rating) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let resident = call.viewer.resident()?;
    let case = store::lock_theirs(call.db(), &resident, id).await?.ok_or(Fault::NotFound)?;
    rated(&mut call, &resident, &case.request, rating).await?;
    call.commit(()).await
}

async fn rated(call: &mut Call, resident: &Resident, request: &Request, rating: Rating) -> Result<(), Fault> {
    let before = store::find_rating(call.db(), request.estate, request.id).await?;
    let happening = request.rate(resident, rating, before.is_some())?;
    let (by, now) = (resident.person.account, call.now);
    store::insert_rating(call.db(), request.estate, request.id, rating, by, now).await?;
    call.record(record_of(request, &happening, &[])).await
}

/// The resident withdraws it; what is still out is taken back.
pub async fn cancel(id: RequestId, seen: Version, why: Option<String>) -> Result<(), Fault> {
    let why = reason_if_any("reason", why.as_deref())?;
    let (mut call, resident, mut case) = theirs(id, seen).await?;
    let happening = case.request.cancel(&resident, why.clone(), call.now)?;
    let open: Vec<_> = case.open_orders().collect();
    for id in open {
        let order = case.order(id)?;
        let happening = order.withdraw(why.clone().unwrap_or_default(), call.now)?;
        work::store::save(call.db(), order).await?;
        call.record(record_of(&case.request, &happening, &[])).await?;
    }
    keep(&mut call, &mut case.request, &happening, &[]).await?;
    call.commit(()).await
}

/// A word of the resident's, perhaps with photos.
pub async fn comment(id: RequestId, typed: String, photos: Vec<String>) -> Result<(), Fault> {
    let (typed, photos) = (words("words", &typed)?, photo_ids(&photos)?);
    let mut call = Call::open().await?;
    let resident = call.viewer.resident()?;
    let case = store::lock_theirs(call.db(), &resident, id).await?.ok_or(Fault::NotFound)?;
    let happening = case.request.comment(&resident, typed)?;
    photos::store::attach(call.db(), case.request.estate, &photos, resident.person.account, id, None).await?;
    call.record(record_of(&case.request, &happening, &photos)).await?;
    call.commit(()).await
}

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
    let rating = store::find_rating(call.db(), scope.estate, id).await?;
    let times = store::list_times(call.db(), scope.estate, id).await?;
    let (mut reporter, accountable) = store::find_people(call.db(), &case.request).await?;
    let promised = store::was_promised(call.db(), &case.request).await?;
    let now = call.now;
    let orders = work::cards(call.db(), &staff, &case.orders, &timeline, now).await?;
    let moves = case.staff_moves(&staff, promised, now);
    let (mut teams, mut hands) = (Vec::new(), Vec::new());
    if moves.contains(&StaffMove::Dispatch) {
        teams = estate::store::list_departments(call.db(), scope.estate).await?;
        if !staff.can(Power::Dispatch) {
            teams.retain(|team| team.id == staff.department.id);
        }
        hands = people::store::list_hands(call.db(), scope.estate).await?;
        hands.retain(|hand| teams.iter().any(|team| team.id == hand.department.id));
    }
    // Trades see a client's phone only while there is something to do (domain.md, *Powers*).
    if !staff.can(Power::Reception) && !case.request.stage.is_open() {
        reporter = reporter.map(|reporter| super::model::Reporter { phone: None, ..reporter });
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
        teams,
        hands,
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
    let why = notes.optional("reason", why.as_deref(), super::model::LONGEST_REASON);
    let due = NaiveDateTime::parse_from_str(due_at.get(..16).unwrap_or(&due_at), "%Y-%m-%dT%H:%M").ok();
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
pub async fn dispatch(id: RequestId, seen: Version, to: String, instructions: Option<String>) -> Result<(), Fault> {
    let instructions = reason_if_any("instructions", instructions.as_deref())?;
    let (mut call, staff, mut case) = ours(id, seen).await?;
    let hands = people::store::list_hands(call.db(), staff.estate).await?;
    let (department, assignee) = match to.split_once(':') {
        Some(("team", team)) => (team.parse().ok(), None),
        Some(("person", person)) => {
            let hand = hands.iter().find(|hand| hand.id.to_string() == person).ok_or(Refusal::NotOnTheTeam)?;
            (Some(hand.department.id), Some(hand.id))
        }
        _ => (None, None),
    };
    let department = department.ok_or(Fault::field("to", Note::NotAChoice))?;
    let supervisor = work::store::find_supervisor(call.db(), staff.estate, department).await?;
    let supervisor = supervisor.or(assignee).ok_or(Refusal::NoSupervisor)?;
    let issue = Issue { id: call.id()?, department, assignee, supervisor, instructions };
    let happening = case.dispatch(&staff, issue, call.now)?;
    if let Some(order) = case.orders.last() {
        work::store::insert(call.db(), order).await?;
    }
    keep(&mut call, &mut case.request, &happening, &[]).await?;
    call.commit(()).await
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
    let (mut call, staff, mut case) = ours(id, seen).await?;
    let other = store::find_id(call.db(), staff.matters()?, &of).await?.ok_or(Refusal::NotADuplicateOf)?;
    let other = store::read(call.db(), other).await?.request;
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
    call.record(record_of(&case.request, &happening, &photos)).await?;
    call.commit(()).await
}

/// A call of a resident about a matter of theirs, locked at the version they saw.
async fn theirs(id: RequestId, seen: Version) -> Result<(Call, Resident, Case), Fault> {
    let mut call = Call::open().await?;
    let resident = call.viewer.resident()?;
    let case = store::lock_theirs(call.db(), &resident, id).await?.ok_or(Fault::NotFound)?;
    case.request.seen_at(seen)?;
    Ok((call, resident, case))
}

/// A call of staff about a matter within their scope, locked at the version they saw.
async fn ours(id: RequestId, seen: Version) -> Result<(Call, Staff, Case), Fault> {
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

/// Saves a moved request and records why, in the call's transaction.
pub async fn keep(call: &mut Call, request: &mut Request, happening: &Happening, photos: &[PhotoId]) -> Result<(), Fault> {
    store::save(call.db(), request).await?;
    call.record(record_of(request, happening, photos)).await
}

/// A request's happening as the record keeps it.
pub fn record_of(request: &Request, happening: &Happening, photos: &[PhotoId]) -> Record {
    let mut details = serde_json::to_value(happening).unwrap_or_default();
    let kind = happening.tag();
    if !photos.is_empty() {
        details["photos"] = json!(photos);
    }
    Record {
        estate: request.estate,
        room: Room::Requests,
        subject: request.id.0,
        kind,
        is_public: happening.is_public(),
        unit: request.place.unit(),
        reader: request.reporter,
        details,
    }
}

fn report_photos(timeline: &[super::model::Entry]) -> Vec<PhotoId> {
    timeline.iter().find(|entry| entry.happening == Happening::Received).map(|entry| entry.photos.clone()).unwrap_or_default()
}

/// The photos of a form, or what is wrong with them.
pub fn photo_ids(photos: &[String]) -> Result<Vec<PhotoId>, Fault> {
    let mut notes = Notes::default();
    let photos = parse_photos(&mut notes, photos);
    notes.check().map(|()| photos)
}

/// A page of the queue.
pub async fn queue(view: Option<String>, typed: Option<String>, after: Option<After>) -> Result<Queue, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let view = view.as_deref().and_then(View::from_tag).unwrap_or_default();
    let typed: String = typed.unwrap_or_default().trim().chars().take(80).collect();
    let (cards, next) = store::list_queue(call.db(), scope, staff.id, view, &typed, after).await?;
    Ok(Queue { cards, next, wall: call.wall() })
}
