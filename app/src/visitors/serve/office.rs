use super::super::model::{EarlierVisit, Mark, VisitBook};
use super::super::rules::{LONGEST_REASON, VisitForm};
use super::super::store::{self, By};
use super::{page_complaint, record, those, unit_of};
use crate::call::Call;
use crate::estate::{self, Zone};
use crate::fault::{Fault, Note, Notes};
use crate::ids::VisitId;
use crate::requests::Version;
use chrono::{Datelike, Days, Duration, NaiveDate};
use std::ops::RangeInclusive;

/// The years that a day may be in: what lies beyond, neither the calendar nor the database reads.
const YEARS: RangeInclusive<i32> = 2000..=2200;
/// Whoever asked within so many minutes may still stand in the lobby.
const WAITS: i64 = 30;
/// And who may come up is not written in at once by a busy desk: so many hours.
const MAY_COME: i64 = 4;

/// The visitor book of a day, and who waits, or is in the house, now.
pub async fn book(on: Option<String>, before: Option<EarlierVisit>) -> Result<VisitBook, Fault> {
    let mut call = Call::read().await?;
    let staff = those(&call)?;
    let (now, estate, zone) = (call.now, staff.estate, Zone::of(&staff.zone));
    let today = zone.day_of(now);
    let on = match on.filter(|on| !on.is_empty()) {
        Some(on) => {
            let on = on.parse::<NaiveDate>().ok().filter(|on| YEARS.contains(&on.year()));
            on.ok_or(Fault::field("on", Note::Malformed))?.min(today)
        }
        None => today,
    };
    let next = on.checked_add_days(Days::new(1)).ok_or(Fault::field("on", Note::Malformed))?;
    let within = (zone.earliest(on, 0), zone.earliest(next, 0));
    let (waits, may_come) = (now - Duration::minutes(WAITS), now - Duration::hours(MAY_COME));
    let (visits, next) = store::list_book(call.db(), estate, within, before).await?;
    Ok(VisitBook {
        on,
        today,
        rings: store::list_rings(call.db(), estate, now).await?,
        waiting: store::list_waiting(call.db(), estate, waits, may_come).await?,
        inside: store::list_inside(call.db(), estate).await?,
        visits,
        next,
        buildings: estate::store::list_buildings(call.db(), estate).await?,
        wall: call.wall(),
    })
}

/// The desk writes somebody in: they are in the house, or whoever lives there is asked first.
pub async fn write_in(form: VisitForm, is_asked: bool) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let asked = form.read()?;
    let (now, estate) = (call.now, staff.estate);
    let unit = store::find_home(call.db(), estate, &asked).await?;
    let unit = unit.ok_or(Fault::field("number", Note::NotAChoice))?;
    let id: VisitId = call.id()?;
    let who = (asked.name.as_str(), asked.company.as_deref(), asked.purpose);
    store::insert_written(call.db(), (estate, staff.id), (id, unit), who, is_asked, now).await?;
    call.record(record(estate, id.0, "visitor_written_in", None)).await?;
    // Who waits for an answer is announced with it.
    if !is_asked {
        page_complaint(&mut call, (estate, asked.purpose)).await?;
    }
    call.commit(()).await
}

/// The desk lets somebody in, sees them out or turns them away.
pub async fn mark(id: VisitId, seen: Version, to: String, reason: Option<String>) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let mark = Mark::from_tag(&to).ok_or(Fault::field("to", Note::NotAChoice))?;
    let mut notes = Notes::default();
    let reason = notes.optional("reason", reason.as_deref(), LONGEST_REASON);
    notes.check()?;
    let mut visit = store::lock_visit(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    visit.seen_at(seen)?;
    visit.mark(mark, reason, call.now)?;
    store::save_visit(call.db(), &mut visit, By { staff: Some(staff.id), account: None }).await?;
    let kind = match mark {
        Mark::In => "visitor_let_in",
        Mark::Out => "visitor_left",
        Mark::Away => "visitor_turned_away",
    };
    call.record(record(visit.estate, id.0, kind, unit_of(&visit))).await?;
    call.commit(()).await
}
