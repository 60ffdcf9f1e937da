use super::super::model::{BookingNews, Draw, DrawStage, Facility, Lot, Tried};
use super::super::rules::{DrawDue, Ground, Span, Wish, rank};
use super::super::store::{self, Entrant};
use super::book::{ask, begin};
use super::care;
use super::hours::Hours;
use super::offer::Freed;
use super::place::{self, Place, Wanted, Whose};
use super::{news, offer, record};
use crate::backend::{Backend, broken, random};
use crate::call::Call;
use crate::due::Turn;
use crate::fault::{Fault, Note, Refusal};
use crate::happenings::Record;
use crate::ids::{BookingId, DrawId, EstateId, FacilityId};
use uuid::Uuid;

/// One turn of the draws whose time has come: they open, or are drawn.
pub(super) async fn turn(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some((estate, facility, id)) = store::find_due_draw(call.db(), &aside, now).await? else {
        return Ok(Turn::Over);
    };
    Ok(Turn::of(id.0, settle(call, estate, facility, id).await))
}

async fn settle(mut call: Call, estate: EstateId, facility: FacilityId, id: DrawId) -> Result<(), Fault> {
    let facility = store::lock_facility(call.db(), estate, facility).await?.ok_or(Fault::NotFound)?;
    let draw = store::find_draw(call.db(), estate, id).await?.ok_or(Fault::NotFound)?;
    match draw.due(call.now) {
        // Another replica was faster.
        None => {}
        Some(DrawDue::Open) => open(&mut call, &facility, draw).await?,
        Some(DrawDue::Draw) => draw_lots(&mut call, &facility, draw).await?,
    }
    call.commit(()).await
}

/// Households enter it from now on. Its seed is made here, and nothing but the hash of it leaves the database before it is
/// drawn.
pub(super) async fn open(call: &mut Call, facility: &Facility, mut draw: Draw) -> Result<(), Fault> {
    let (now, seed) = (call.now, new_seed()?);
    draw.open(&seed, now)?;
    store::save_draw(call.db(), &mut draw, Some(&seed), None).await?;
    call.record(record_of(facility, &draw)).await
}

/// 64 hexadecimal digits that nobody can guess.
fn new_seed() -> Result<String, Fault> {
    Ok(random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Gives away what is drawn, in one transaction that has the facility for itself: lot by lot in the order that the seed
/// says, each has the first of its wishes for which there is room by the rules of any booking. Everybody is told. What is
/// left goes to whoever waits for it, and is anybody's after that.
pub(super) async fn draw_lots(call: &mut Call, facility: &Facility, mut draw: Draw) -> Result<(), Fault> {
    let now = call.now;
    draw.draw(now)?;
    // What is kept in vain stands in nobody's way.
    offer::freed(call, facility.estate, facility.id, Vec::new()).await?;
    let seed = store::find_seed(call.db(), &draw).await?.ok_or_else(|| broken("a draw without a seed", &draw.id))?;
    let mut lots = store::list_entrants(call.db(), &draw, now).await?;
    lots.sort_by_cached_key(|entrant| rank(&seed, entrant.lot.id));
    let mut ground = ground(call, facility, &draw).await?;
    for entrant in &mut lots {
        // Whoever entered it has left, and somebody of their household has not: it is theirs now.
        if let Some(heir) = entrant.heir.filter(|heir| *heir != entrant.lot.account) {
            entrant.lot.account = heir;
            store::save_lot(call.db(), &mut entrant.lot).await?;
        }
        ground.admit(entrant.lot.id, &facility.clone().within(entrant.building));
    }
    store::save_draw(call.db(), &mut draw, None, Some(&ground)).await?;

    // It stands in the way of its own times no more.
    let hours = Hours::of(call, facility).await?;
    for (mut entrant, place) in lots.into_iter().zip(1..) {
        let facility = facility.clone().within(entrant.building);
        let (tried, won) = try_wishes(call, &facility, &hours, &entrant).await?;
        entrant.lot.fall(place, tried, now)?;
        store::save_fallen(call.db(), &mut entrant.lot, won).await?;
        if won.is_none() {
            news::tell_lot(call, &entrant.lot, &facility, BookingNews::NotDrawn).await?;
        }
    }
    offer::freed(call, facility.estate, facility.id, draw.spans().map(Freed::time).collect()).await?;
    call.record(record_of(facility, &draw)).await
}

/// What there is of a facility, and what others have of it where it matters to a draw.
async fn ground(call: &mut Call, facility: &Facility, draw: &Draw) -> Result<Ground, Fault> {
    let hours = Hours::of(call, facility).await?;
    let (first, last) = (draw.spans().map(|span| span.from).min(), draw.spans().map(|span| span.until).max());
    let claims = match first.zip(last) {
        Some((from, until)) => {
            let during = facility.claimed(Span { from, until });
            hours.claims(call, facility, during, None).await?
        }
        None => Vec::new(),
    };
    Ok(Ground::of(facility, &claims))
}

/// What comes of a lot's wishes, until one is granted: and that booking.
async fn try_wishes(
    call: &mut Call,
    facility: &Facility,
    hours: &Hours,
    entrant: &Entrant,
) -> Result<(Vec<Tried>, Option<BookingId>), Fault> {
    let lot = &entrant.lot;
    let whose = Whose { unit: lot.unit, account: lot.account, by_office: false };
    if entrant.heir.is_none() || facility.is_retired {
        let none = if facility.is_retired { Tried::Closed } else { Tried::Left };
        return Ok((vec![none; lot.wishes.len()], None));
    }
    let mut tried = Vec::new();
    for starts in &lot.wishes {
        let wanted = Wanted::of(*starts, lot.steps, lot.heads)?;
        match place::room(call, facility, hours, whose, wanted, None).await {
            Ok(Some(place)) => {
                tried.push(Tried::Granted);
                return Ok((tried, Some(grant(call, facility, lot, wanted, &place).await?)));
            }
            Ok(None) => tried.push(Tried::Taken),
            Err(fault) if fault.note("starts") == Some(Note::QuotaUsed) => tried.push(Tried::Quota),
            Err(Fault::Refused(Refusal::TooManyMissed)) => tried.push(Tried::Missed),
            Err(Fault::Refused(Refusal::NotInducted)) => tried.push(Tried::Induction),
            Err(Fault::Refused(_) | Fault::Invalid(_)) => tried.push(Tried::Closed),
            Err(fault) => return Err(fault),
        }
    }
    Ok((tried, None))
}

/// Whoever wins has it at once: the office looked at it when it announced the draw, and that everybody is old enough they
/// said when they entered.
async fn grant(
    call: &mut Call,
    facility: &Facility,
    lot: &Lot,
    wanted: Wanted,
    place: &Place,
) -> Result<BookingId, Fault> {
    let whose = Whose { unit: lot.unit, account: lot.account, by_office: false };
    let mut booking = begin(call, facility, whose, wanted, place).await?;
    store::insert(call.db(), &booking, facility.terms.version, place.unit()).await?;
    place.give(call, facility, &booking).await?;
    call.record(record(&booking, "held")).await?;
    let wish = Wish { heads: lot.heads, is_of_age: true, ..Wish::default() };
    ask(call, &mut booking, facility, &wish, true).await?;
    news::tell(call, &booking, facility, BookingNews::Drawn).await?;
    Ok(booking.id)
}

/// What happened to a draw: whoever looks at its facility looks again.
pub(super) fn record_of(facility: &Facility, draw: &Draw) -> Record {
    let kind = match draw.stage {
        DrawStage::Announced => "draw_announced",
        DrawStage::Open => "draw_opened",
        DrawStage::Drawn => "draw_drawn",
        DrawStage::CalledOff => "draw_called_off",
    };
    care::record(facility, draw.id.0, kind)
}
