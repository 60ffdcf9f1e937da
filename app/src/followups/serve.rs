//! The story of each call, and of the draw, which comes with the end of a request.

use super::draw::{is_drawn, month_of, new_seed};
use super::model::{AfterDraw, Answer, End, FollowUp, FollowUps, Missed, ToAsk, WasAsked};
use super::rules::{may_read, rate};
use super::store;
use crate::backend::broken;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::{EstateId, FollowUpId, RequestId};
use crate::live::Room;
use crate::people::{Power, Scope, Staff};
use crate::policy;
use crate::requests::{self, Happening, Request, Version};
use chrono::{Duration, NaiveDate};
use serde_json::json;
use uuid::Uuid;

/// How many days the tally looks back.
const DAYS: i64 = 90;

/// A request that just ended is asked about again, if it is drawn at the rate of the policy in force; one that came
/// back is not until it has ended again. In the transaction of the end, so that no way to it is spared.
pub async fn draw(call: &mut Call, request: &Request, happening: &Happening) -> Result<(), Fault> {
    let end = match happening {
        Happening::Confirmed => End::Confirmed,
        Happening::Unconfirmed { .. } => End::Unconfirmed,
        Happening::Reopened => return call_off(call, request).await,
        _ => return Ok(()),
    };
    // There is nobody to ask.
    if request.is_nobodys() {
        return Ok(());
    }
    let now = call.now;
    let (policy, zone) = policy::in_force(call, request.estate, now).await?;
    let rate = rate(policy.terms.sampling.requests, end);
    let seed = seed_of(call, request.estate, month_of(&zone, now)).await?;
    if is_drawn(&seed, (request.id, request.reopened_times), rate) {
        let follow_up = FollowUp::begin(call.id()?, request, (policy.version, rate), now);
        store::insert(call.db(), &follow_up).await?;
    }
    Ok(())
}

/// The seed of a month; the first request of it that ends makes it.
async fn seed_of(call: &mut Call, estate: EstateId, month: NaiveDate) -> Result<String, Fault> {
    if let Some(seed) = store::find_seed(call.db(), estate, month).await? {
        return Ok(seed);
    }
    let now = call.now;
    store::insert_seed(call.db(), estate, month, &new_seed()?, now).await?;
    // Another's, where two ended at once.
    let seed = store::find_seed(call.db(), estate, month).await?;
    seed.ok_or_else(|| broken("a month without a seed", &month))
}

async fn call_off(call: &mut Call, request: &Request) -> Result<(), Fault> {
    let now = call.now;
    if let Some(mut follow_up) = store::lock_open(call.db(), request.estate, request.id).await? {
        follow_up.call_off(now);
        store::save(call.db(), &mut follow_up).await?;
    }
    Ok(())
}

/// Those whom the caller may ask, and what came of it lately. Headquarters read it as the site manager does, but for
/// whom to call.
pub async fn follow_ups(after: Option<AfterDraw>) -> Result<FollowUps, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    may_read(&staff)?;
    let (scope, may_ask) = (staff.matters()?, staff.can(Power::FollowUp));
    let now = call.now;
    let (open, next) = store::list_open(call.db(), scope, staff.id, after).await?;
    let over = store::list_over(call.db(), scope, staff.id).await?;
    let requests: Vec<RequestId> =
        open.iter().map(|row| row.request).chain(over.iter().map(|row| row.request)).collect();
    let cards = requests::store::list_cards(call.db(), scope.estate, &requests).await?;
    let card = |request: RequestId| cards.iter().find(|card| card.id == request).cloned();
    let ids: Vec<FollowUpId> = open.iter().map(|row| row.id).collect();
    let tries = store::list_tries(call.db(), scope.estate, &ids).await?;
    let to_ask = open.into_iter().filter_map(|row| {
        let own = tries.iter().filter(|(id, _)| *id == row.id);
        Some(ToAsk {
            id: row.id,
            version: row.version,
            card: card(row.request)?,
            // Who asks about what other departments did sees nothing else of it.
            is_seen: scope.department().is_none(),
            department: row.department,
            end: row.end,
            ended_at: row.ended_at,
            had_a_hand: row.had_a_hand,
            // The phone is for those who may use it here.
            reporter: row.reporter.filter(|_| may_ask && !row.had_a_hand),
            tries: own.map(|(_, made)| made.clone()).collect(),
        })
    });
    let was_asked = over.into_iter().filter_map(|row| {
        let card = card(row.request)?;
        let (is_seen, department, answer) = (row.is_seen, row.department, row.answer);
        Some(WasAsked { id: row.id, card, is_seen, department, answer, by: row.by, at: row.at })
    });
    let (open, over) = (to_ask.collect(), was_asked.collect());
    let tally = store::count_since(call.db(), scope.estate, now - Duration::days(DAYS)).await?;
    // The seed of the month that runs is nobody's to know.
    let seeds = store::list_seeds(call.db(), scope.estate, month_of(&Zone::of(&staff.zone), now)).await?;
    let (policy, _) = policy::in_force(&mut call, scope.estate, now).await?;
    let rate = rate(policy.terms.sampling.requests, End::Confirmed);
    Ok(FollowUps { open, next, over, tally, rate, may_ask, seeds, wall: call.wall() })
}

fn asker(call: &Call) -> Result<(Staff, Scope), Fault> {
    let staff = call.viewer.staff()?;
    staff.needs(Power::FollowUp)?;
    let scope = staff.matters()?;
    Ok((staff, scope))
}

/// What a call about a follow-up needs.
struct Asking {
    call: Call,
    staff: Staff,
    request: Request,
    follow_up: FollowUp,
    had_a_hand: bool,
}

/// A call about a follow-up within the caller's scope, locked with its request.
async fn asking(id: FollowUpId) -> Result<Asking, Fault> {
    let mut call = Call::open().await?;
    let (staff, scope) = asker(&call)?;
    let request = store::find_request(call.db(), scope, id).await?.ok_or(Fault::NotFound)?;
    // The request first, as whoever reopens it does.
    let case = requests::store::lock_any(call.db(), scope.estate, request).await?.ok_or(Fault::NotFound)?;
    let follow_up = store::lock(call.db(), scope.estate, id).await?.ok_or(Fault::NotFound)?;
    let had_a_hand = store::had_a_hand(call.db(), &follow_up, staff.id).await?;
    Ok(Asking { call, staff, request: case.request, follow_up, had_a_hand })
}

/// What the resident said: it is in the matter's record, and the department hears it.
pub async fn record(
    id: FollowUpId,
    seen: Version,
    means: String,
    satisfied: Option<String>,
    words: Option<String>,
) -> Result<(), Fault> {
    let answer = Answer::parse(&means, satisfied.as_deref(), words.as_deref())?;
    let Asking { mut call, staff, request, mut follow_up, had_a_hand } = asking(id).await?;
    follow_up.seen_at(seen)?;
    let happening = follow_up.answer(&staff, had_a_hand, answer, call.now)?;
    store::save(call.db(), &mut follow_up).await?;
    requests::tell(&mut call, &request, &happening, &[]).await?;
    call.commit(()).await
}

/// They were not reached.
pub async fn miss(id: FollowUpId, means: String, note: Option<String>) -> Result<(), Fault> {
    let missed = Missed::parse(&means, note.as_deref())?;
    let Asking { mut call, staff, follow_up, had_a_hand, .. } = asking(id).await?;
    follow_up.miss(&staff, had_a_hand)?;
    let (row, now) = (call.id::<Uuid>()?, call.now);
    store::insert_try(call.db(), row, &follow_up, &missed, staff.id, now).await?;
    call.record(record_of(&follow_up, "tried")).await?;
    call.commit(()).await
}

/// They cannot be reached.
pub async fn give_up(id: FollowUpId, seen: Version) -> Result<(), Fault> {
    let Asking { mut call, staff, mut follow_up, had_a_hand, .. } = asking(id).await?;
    follow_up.seen_at(seen)?;
    let tries = store::list_tries(call.db(), follow_up.estate, &[id]).await?.len();
    follow_up.give_up(&staff, had_a_hand, tries, call.now)?;
    store::save(call.db(), &mut follow_up).await?;
    call.record(record_of(&follow_up, "unreachable")).await?;
    call.commit(()).await
}

/// What happened to a follow-up alone; what was said stands in the record of its request.
fn record_of(follow_up: &FollowUp, kind: &'static str) -> Record {
    Record {
        estate: follow_up.estate,
        room: Room::Followups,
        subject: follow_up.id.0,
        kind,
        is_public: false,
        is_heard_at_home: false,
        unit: None,
        reader: None,
        details: json!({}),
    }
}
