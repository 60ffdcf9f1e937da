use super::super::model::{Facility, WaterLog, WaterReading};
use super::super::rules::WaterForm;
use super::super::store;
use super::care::{ours, record};
use super::hours::Hours;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::{Fault, Note, Refusal};
use crate::ids::{FacilityId, WaterReadingId};
use crate::people::Power;
use chrono::{Days, NaiveDate};

/// Over how many days what is missing is listed, and how many readings are shown.
const MISSING_DAYS: u64 = 30;
const SHOWN: i64 = 60;
/// Among so many of the latest, the last one that nobody corrected is looked for.
const LATEST: i64 = 10;

/// Somebody read the water.
pub async fn log_water(facility: FacilityId, form: WaterForm) -> Result<(), Fault> {
    let (mut call, staff, facility) = ours(facility).await?;
    let (now, zone) = (call.now, Zone::of(&staff.zone));
    let read = form.read(&zone, now)?;
    if !store::keeps_water_log(call.db(), &facility).await? {
        return Err(Refusal::AlreadyMoved.into());
    }
    let read_at = match read.corrects {
        // What is corrected was read when it was read.
        Some(id) => {
            let before = store::find_uncorrected(call.db(), &facility, id).await?;
            before.ok_or(Fault::field("corrects", Note::NotAChoice))?
        }
        None => read.read_at.unwrap_or(now),
    };
    let id: WaterReadingId = call.id()?;
    let on = zone.day_of(read_at);
    store::insert_reading(call.db(), &facility, (id, &read), (read_at, on), staff.id, now).await?;
    let kind = if read.corrects.is_some() { "water_corrected" } else { "water_read" };
    call.record(record(&facility, id.0, kind)).await?;
    call.commit(()).await
}

/// A facility keeps a water log from today on, or until today; those decide who write what the estate promises.
pub async fn keep_water_log(facility: FacilityId, keep: bool) -> Result<(), Fault> {
    let (mut call, staff, facility) = ours(facility).await?;
    staff.needs(Power::Policy)?;
    let today = Zone::of(&staff.zone).day_of(call.now);
    if store::keeps_water_log(call.db(), &facility).await? == keep {
        return Err(Refusal::AlreadyMoved.into());
    }
    if keep {
        store::begin_water_log(call.db(), &facility, today).await?;
    } else {
        store::end_water_log(call.db(), &facility, today).await?;
    }
    let kind = if keep { "water_log_begun" } else { "water_log_ended" };
    call.record(record(&facility, facility.id.0, kind)).await?;
    call.commit(()).await
}

/// The log of a facility, as the office keeps it.
pub(super) async fn log_of(call: &mut Call, facility: &Facility, hours: &Hours) -> Result<WaterLog, Fault> {
    let today = hours.zone.day_of(call.now);
    let (from, until) = (today - Days::new(MISSING_DAYS), today - Days::new(1));
    let unread = store::list_unread_days(call.db(), facility, (from, until)).await?;
    let was_open =
        |(day, is_special): (NaiveDate, bool)| (is_special || !hours.open_on(facility, day).is_empty()).then_some(day);
    Ok(WaterLog {
        is_kept: store::keeps_water_log(call.db(), facility).await?,
        readings: store::list_readings(call.db(), facility, SHOWN).await?,
        missing: unread.into_iter().filter_map(was_open).collect(),
    })
}

/// What was read last of a facility that keeps a log, as residents see it: whoever read it stays the office's.
pub(super) async fn last_of(call: &mut Call, facility: &Facility) -> Result<Option<WaterReading>, Fault> {
    if !store::keeps_water_log(call.db(), facility).await? {
        return Ok(None);
    }
    let latest = store::list_readings(call.db(), facility, LATEST).await?;
    let last = latest.into_iter().find(|reading| !reading.is_corrected);
    Ok(last.map(|reading| WaterReading { by: String::new(), note: None, ..reading }))
}
