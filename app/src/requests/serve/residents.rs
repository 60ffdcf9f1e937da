use super::super::model::{
    After, Card, Case, Channel, HomeBoard, MyRequests, Place, Rating, Receipt, Report, Request, Stage, Track, Version,
};
use super::super::{code, store};
use super::{Sender, answer_by, keep, photo_ids, reason_if_any, receive, report_photos, tell, tell_of_itself, words};
use crate::call::{Call, limited, viewer};
use crate::estate;
use crate::fault::{Fault, Note};
use crate::ids::{EstateId, IncidentId, RequestId};
use crate::incidents;
use crate::moment::Wall;
use crate::people::{Limit, Resident};
use crate::photos;
use crate::policy;
use crate::services::{self, Whereabouts};
use crate::work;
use chrono::Duration;

/// A resident's first page.
pub async fn home() -> Result<HomeBoard, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let open = by_first_name(store::list_open(call.db(), &resident).await?);
    let wall = wall_of(&mut call, &resident, &open).await?;
    let unit = resident.homes.into_iter().next().map(|home| home.unit);
    Ok(HomeBoard { name: resident.person.name, unit, open, wall })
}

/// A page of a resident's matters.
pub async fn mine(after: Option<After>) -> Result<MyRequests, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let (cards, next) = store::list_mine(call.db(), &resident, after).await?;
    let wall = wall_of(&mut call, &resident, &cards).await?;
    Ok(MyRequests { cards: by_first_name(cards), next, wall })
}

/// A matter that is the resident's to see.
pub async fn track(typed: String) -> Result<Track, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let code = code::parse(&typed).ok_or(Fault::NotFound)?;
    let id = store::find_their_id(call.db(), &resident, &code).await?.ok_or(Fault::NotFound)?;
    let request = store::read(call.db(), id).await?.request;
    let card = store::find_card(call.db(), request.estate, id).await?;
    let card = by_first_name(vec![card]).pop().ok_or(Fault::NotFound)?;
    let timeline = store::list_entries(call.db(), request.estate, id, resident.person.account, false).await?;
    let rating = store::find_rating(call.db(), &request).await?;
    let times = store::list_times(call.db(), request.estate, id).await?;
    let zone = estate::store::zone(call.db(), request.estate).await?;
    let within = object_within(&mut call, &request).await?;
    let now = call.now;
    let windows = work::windows_at_home(call.db(), &request, &resident, now).await?;
    Ok(Track {
        windows,
        card,
        version: request.version,
        photos: report_photos(&timeline),
        times,
        timeline,
        moves: request.resident_moves(&resident, rating.is_some(), within, call.now),
        rating,
        estate: request.estate,
        wall: estate::wall(&zone, call.now),
        words: request.words,
    })
}

/// Files a report for somebody who occupies a unit of the estate now.
#[expect(clippy::too_many_arguments, reason = "the form's fields")]
pub async fn report(
    estate: EstateId,
    item: String,
    place: String,
    floor: Option<String>,
    words: String,
    photos: Vec<String>,
    times: Vec<String>,
    join: Option<String>,
) -> Result<Receipt, Fault> {
    let report = Report::parse(&item, &place, floor.as_deref(), &words, &photos, &times)?;
    let account = viewer()?.resident()?.person.account;
    limited(Limit::REPORT, &account.to_string()).await?;
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let home = resident.homes.iter().find(|home| home.estate == estate).ok_or(Fault::NotAllowed)?;
    report.times_from(estate::wall(&home.zone, call.now).now().day())?;
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
    let by = Sender {
        channel: Channel::Web,
        lang: resident.person.manners.lang,
        account: Some(account),
        party,
        taken_by: None,
        urgency: problem.urgency,
    };
    // Held before the report itself, which the incident's other reports would wait for.
    let joined = match join.and_then(|id| id.parse::<IncidentId>().ok()) {
        Some(incident) => match incidents::hold(&mut call, estate, incident).await {
            Err(Fault::Stale) => None,
            held => held?,
        },
        None => None,
    };
    let (mut request, happening) = receive(&mut call, estate, &report, &problem, by).await?;
    photos::store::attach(call.db(), estate, &report.photos, account, request.id, None).await?;
    tell(&mut call, &request, &happening, &report.photos).await?;
    if let Some(incident) = joined {
        incidents::join(&mut call, &mut request, incident).await?;
    }
    call.commit(Receipt { code: request.code }).await
}

/// The resident's agreement, and their rating where they gave one.
pub async fn confirm(id: RequestId, seen: Version, axes: [Option<i32>; 4]) -> Result<(), Fault> {
    let (mut call, resident, mut case) = theirs(id, seen).await?;
    let happening = case.request.confirm(&resident, call.now)?;
    keep(&mut call, &mut case.request, &happening, &[]).await?;
    if axes.iter().any(Option::is_some) {
        rated(&mut call, &resident, &case.request, axes).await?;
    }
    call.commit(()).await
}

/// The resident's objection; the matter comes back with a new answer promised.
pub async fn dispute(id: RequestId, seen: Version, typed: String) -> Result<(), Fault> {
    let typed = words("words", &typed)?;
    let (mut call, resident, mut case) = theirs(id, seen).await?;
    let request = &mut case.request;
    let (now, within) = (call.now, object_within(&mut call, request).await?);
    let happening = request.dispute(&resident, typed, within, now)?;
    if request.stage == Stage::Disputed {
        keep(&mut call, request, &happening, &[]).await?;
    } else {
        tell(&mut call, request, &happening, &[]).await?;
    }
    comes_back(&mut call, request).await?;
    call.commit(()).await
}

/// After an objection: it begins anew, its answer is promised anew, and somebody who works here answers for it.
pub(super) async fn comes_back(call: &mut Call, request: &mut Request) -> Result<(), Fault> {
    let now = call.now;
    let (policy, zone) = policy::in_force(call, request.estate, now).await?;
    let category = services::store::find_category(call.db(), request.estate, request.item).await?;
    let answer_by = answer_by(&policy, &zone, category.map(|(id, _)| id), request.urgency, now)?;
    let happening = request.reopen(answer_by, now)?;
    let orphaned = work::adopt(call, request).await?;
    if let Some(promise) = request.promise {
        let id = call.id()?;
        store::insert_promise(call.db(), id, request, promise, None, None, now).await?;
    }
    keep(call, request, &happening, &[]).await?;
    match orphaned {
        Some(orphaned) => tell_of_itself(call, request, &orphaned).await,
        None => Ok(()),
    }
}

/// How long they may object: what the policy said when the matter came to where it stands.
async fn object_within(call: &mut Call, request: &Request) -> Result<Duration, Fault> {
    let (policy, _) = policy::in_force(call, request.estate, request.stage_at).await?;
    Ok(Duration::days(policy.terms.closing.object_days.into()))
}

/// The resident's rating of a closed matter.
pub async fn rate(id: RequestId, axes: [Option<i32>; 4]) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let case = store::lock_theirs(call.db(), &resident, id).await?.ok_or(Fault::NotFound)?;
    rated(&mut call, &resident, &case.request, axes).await?;
    call.commit(()).await
}

/// An axis that was left out is noted beside it, like one that is out of bounds.
async fn rated(call: &mut Call, resident: &Resident, request: &Request, axes: [Option<i32>; 4]) -> Result<(), Fault> {
    let [attitude, conduct, speed, result] = axes.map(Option::unwrap_or_default);
    let rating = Rating { attitude, conduct, speed, result };
    let before = store::find_rating(call.db(), request).await?;
    let happening = request.rate(resident, rating, before.is_some())?;
    let (by, now) = (resident.person.account, call.now);
    store::insert_rating(call.db(), request, rating, by, now).await?;
    tell(call, request, &happening, &[]).await
}

/// The resident withdraws it; what is still out is taken back.
pub async fn cancel(id: RequestId, seen: Version, why: Option<String>) -> Result<(), Fault> {
    let why = reason_if_any("reason", why.as_deref())?;
    let (mut call, resident, mut case) = theirs(id, seen).await?;
    let happening = case.request.cancel(&resident, why.clone(), call.now)?;
    let open: Vec<_> = case.open_orders().collect();
    for id in open {
        let order = case.order(id)?;
        let happening = order.withdraw(why.clone(), call.now)?;
        work::store::save(call.db(), order).await?;
        tell(&mut call, &case.request, &happening, &[]).await?;
    }
    keep(&mut call, &mut case.request, &happening, &[]).await?;
    call.commit(()).await
}

/// A word of the resident's, perhaps with photos.
pub async fn comment(id: RequestId, typed: String, photos: Vec<String>) -> Result<(), Fault> {
    let (typed, photos) = (words("words", &typed)?, photo_ids(&photos)?);
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let case = store::lock_theirs(call.db(), &resident, id).await?.ok_or(Fault::NotFound)?;
    let happening = case.request.comment(&resident, typed)?;
    photos::store::attach(call.db(), case.request.estate, &photos, resident.person.account, id, None).await?;
    tell(&mut call, &case.request, &happening, &photos).await?;
    call.commit(()).await
}

/// A call of a resident about a matter of theirs, locked at the version they saw.
async fn theirs(id: RequestId, seen: Version) -> Result<(Call, Resident, Case), Fault> {
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let case = store::lock_theirs(call.db(), &resident, id).await?.ok_or(Fault::NotFound)?;
    case.request.seen_at(seen)?;
    Ok((call, resident, case))
}

/// The clock of the place that a list speaks of: where its first matter is, else where the resident lives.
/// A resident may work in another estate, or live in none any more.
async fn wall_of(call: &mut Call, resident: &Resident, cards: &[Card]) -> Result<Wall, Fault> {
    let zone = match (cards.first(), resident.homes.first()) {
        (Some(card), _) => store::find_zone(call.db(), card.id).await?,
        (None, Some(home)) => home.zone.clone(),
        (None, None) => return Ok(call.wall()),
    };
    Ok(estate::wall(&zone, call.now))
}

/// Residents know the office's people by role and first name.
fn by_first_name(mut cards: Vec<Card>) -> Vec<Card> {
    for card in &mut cards {
        let holder = &mut card.line.holder;
        holder.person = holder.person.take().map(|name| store::first_name(&name).to_owned());
    }
    cards
}
