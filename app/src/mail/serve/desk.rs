use super::super::model::{DaySheet, Letters, MailDesk, MailShow, OwnMail};
use super::super::store;
use super::those;
use crate::call::Call;
use crate::desk;
use crate::estate::{self, Zone};
use crate::fault::{Fault, Note, clean};
use crate::ids::EstateId;
use crate::people;
use crate::policy;
use chrono::{Datelike, Days, Duration, NaiveDate};
use std::ops::RangeInclusive;

/// For so many days what was passed on is shown.
const PASSED_DAYS: i64 = 7;
/// The years that a day of mail may be in: what lies beyond, neither the calendar nor the database reads.
const YEARS: RangeInclusive<i32> = 2000..=2200;
/// The most characters that are looked for.
const LONGEST_SEARCH: usize = 40;

/// What waits, a day of mail, or letters to owners.
pub async fn desk(show: Option<String>, on: Option<String>, words: Option<String>) -> Result<MailDesk, Fault> {
    let mut call = Call::read().await?;
    let staff = those(&call)?;
    let (now, estate) = (call.now, staff.estate);
    let show = MailShow::of(show.as_deref().unwrap_or_default());
    let (policy, zone) = policy::in_force(&mut call, estate, now).await?;
    let mut page = MailDesk {
        found: Vec::new(),
        colleagues: Vec::new(),
        relays: Vec::new(),
        passed: Vec::new(),
        items: Vec::new(),
        kept_days: policy.terms.desk.mail_days,
        day: None,
        letters: None,
        wall: call.wall(),
    };
    match show {
        MailShow::Waiting => {
            let words: String = clean(&words.unwrap_or_default()).chars().take(LONGEST_SEARCH).collect();
            if !words.is_empty() {
                page.found = desk::store::search_callers(call.db(), estate, &words, now).await?;
            }
            page.colleagues = people::store::list_team(call.db(), estate).await?;
            page.colleagues.retain(|colleague| colleague.id != staff.id);
            page.relays = store::list_open_relays(call.db(), estate).await?;
            page.passed = store::list_passed_relays(call.db(), estate, now - Duration::days(PASSED_DAYS)).await?;
            page.items = store::list_waiting(call.db(), estate).await?;
        }
        MailShow::Day => page.day = Some(day(&mut call, estate, &zone, on).await?),
        MailShow::Letters => {
            let buildings = estate::store::list_buildings(call.db(), estate).await?;
            page.letters = Some(Letters { buildings, batches: store::list_letters(call.db(), estate).await? });
        }
    }
    Ok(page)
}

async fn day(call: &mut Call, estate: EstateId, zone: &Zone, on: Option<String>) -> Result<DaySheet, Fault> {
    let today = zone.day_of(call.now);
    let on: NaiveDate = match on.filter(|on| !on.is_empty()) {
        Some(on) => {
            let on = on.parse::<NaiveDate>().ok().filter(|on| YEARS.contains(&on.year()));
            on.ok_or(Fault::field("on", Note::Malformed))?
        }
        None => today,
    };
    let on = on.min(today);
    let next = on.checked_add_days(Days::new(1)).ok_or(Fault::field("on", Note::Malformed))?;
    let within = (zone.earliest(on, 0), zone.earliest(next, 0));
    Ok(DaySheet {
        on,
        today,
        lines: store::list_lines(call.db(), estate, on, within).await?,
        counts: store::list_counts(call.db(), estate, on).await?,
        items: store::list_of_day(call.db(), estate, within).await?,
    })
}

/// What was left for the caller's homes, or came for them.
pub async fn own() -> Result<OwnMail, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let relays = store::list_own_relays(call.db(), &resident.homes).await?;
    let items = store::list_own_items(call.db(), &resident.homes).await?;
    Ok(OwnMail { relays, items, wall: call.wall() })
}
