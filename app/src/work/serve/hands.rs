use super::super::model::{Assigning, HandFile, Shift, Task};
use super::super::rules::suggest;
use super::super::store;
use super::{cards, windows_of};
use crate::call::Call;
use crate::estate::{self, Zone};
use crate::fault::{Fault, Note, Notes};
use crate::happenings::Record;
use crate::ids::StaffId;
use crate::people::{self, Colleague, Power, Staff};
use crate::policy::{self, Minute};
use crate::requests::{self, StaffMove, Version};
use crate::services;
use chrono::Datelike;
use serde_json::json;

/// All that a dispatcher weighs before an order goes out: the matter, what is out already, and who could go.
pub async fn assigning(typed: String) -> Result<Assigning, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    if !staff.can(Power::Dispatch) {
        staff.needs(Power::Assign)?;
    }
    let code = requests::parse_code(&typed).ok_or(Fault::NotFound)?;
    let id = requests::store::find_id(call.db(), scope, &code).await?.ok_or(Fault::NotFound)?;
    let case = requests::store::read(call.db(), id).await?;
    let request = &case.request;
    let card = requests::store::find_card(call.db(), scope.estate, id).await?;
    let (_, coordinator) = requests::store::find_people(call.db(), request).await?;
    let times = requests::store::list_times(call.db(), scope.estate, id).await?;
    let category = services::store::find_category(call.db(), scope.estate, request.item).await?;
    let (now, wall) = (call.now, call.wall());
    let orders = cards(call.db(), &staff, &case.orders, &[], now).await?;

    let mut teams = estate::store::list_departments(call.db(), scope.estate).await?;
    if !staff.can(Power::Dispatch) {
        teams.retain(|team| team.id == staff.department.id);
    }
    let (policy, _) = policy::in_force(&mut call, scope.estate, now).await?;
    let today = Zone::of(&staff.zone).day_of(now);
    let office = policy.terms.calendar.hours_on(today);
    let hours = |shift: Option<&Shift>| shift.map_or_else(|| office.to_vec(), |shift| shift.hours_on(today.weekday()));
    let mut candidates = store::list_candidates(call.db(), scope.estate, hours).await?;
    candidates.retain(|candidate| teams.iter().any(|team| team.id == candidate.who.department.id));
    let task = Task {
        department: request.department,
        category: category.as_ref().map(|(id, _)| *id),
        building: store::find_building(call.db(), scope.estate, request.place).await?,
        urgency: request.urgency,
    };
    let assessment = store::find_assessment(call.db(), scope.estate, id).await?;
    let open = assessment.as_ref().filter(|open| open.answer.is_none());
    let is_theirs = |department| department == staff.department.id || staff.can(Power::Triage);
    Ok(Assigning {
        may_ask: staff.can(Power::Triage) && request.stage.is_open() && open.is_none(),
        may_assess: staff.can(Power::Verify) && open.is_some_and(|open| is_theirs(open.department.id)),
        is_outside: store::is_outside(call.db(), scope.estate, id).await?,
        assessment,
        version: request.version,
        windows: windows_of(call.db(), request, &staff, now).await?,
        vendors: store::list_vendors(call.db(), scope.estate).await?,
        trade: task.category,
        may_send: case.staff_moves(&staff, false, now).contains(&StaffMove::Dispatch),
        category: category.map(|(_, names)| names),
        coordinator,
        times,
        orders,
        teams,
        hands: suggest(candidates, &task, wall.now().minute()),
        categories: store::list_categories(call.db(), scope.estate).await?,
        buildings: estate::store::list_buildings(call.db(), scope.estate).await?,
        card,
        wall,
    })
}

/// What is known of a colleague for assigning, for whoever leads them.
pub async fn hand(id: StaffId) -> Result<HandFile, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let who = led(&mut call, &staff, id).await?;
    store::find_hand(call.db(), staff.estate, who).await
}

/// What somebody knows, looks after, and when they work; without hours they work when the office does.
pub async fn save_hand(
    id: StaffId,
    skills: Vec<String>,
    areas: Vec<String>,
    days: Vec<String>,
    from: Option<String>,
    until: Option<String>,
    seen: Option<Version>,
) -> Result<(), Fault> {
    let shift = parse_shift(&days, from.as_deref(), until.as_deref())?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let who = led(&mut call, &staff, id).await?;
    let known = store::find_hand(call.db(), staff.estate, who).await?;
    if seen.is_some_and(|seen| seen != known.version) {
        return Err(Fault::Stale);
    }
    let mut notes = Notes::default();
    let skills = chosen(&mut notes, "skills", &skills, &known.categories, |category| category.id);
    let areas = chosen(&mut notes, "areas", &areas, &known.buildings, |building| building.id);
    notes.check()?;
    store::save_hand(call.db(), staff.estate, id, &skills, &areas, shift.as_ref()).await?;
    let details = json!({ "skills": skills, "areas": areas, "shift": shift });
    call.record(Record::of_office(staff.estate, id.0, "hand_described", details)).await?;
    call.commit(()).await
}

/// A present colleague whom the caller leads.
async fn led(call: &mut Call, staff: &Staff, id: StaffId) -> Result<Colleague, Fault> {
    staff.needs(Power::Grant)?;
    let who = people::store::lock_colleague(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    staff.leads(&who.roles, who.department.id)?;
    Ok(who)
}

/// The ticked ones among what there is.
fn chosen<T, I: Copy + ToString>(
    notes: &mut Notes,
    field: &str,
    ticked: &[String],
    all: &[T],
    id: impl Fn(&T) -> I,
) -> Vec<I> {
    let found: Vec<I> = all.iter().map(id).filter(|id| ticked.contains(&id.to_string())).collect();
    if ticked.iter().any(|tick| found.iter().all(|id| id.to_string() != *tick)) {
        notes.add(field, Note::NotAChoice);
    }
    found
}

fn parse_shift(days: &[String], from: Option<&str>, until: Option<&str>) -> Result<Option<Shift>, Fault> {
    let (from, until) = (from.unwrap_or_default().trim(), until.unwrap_or_default().trim());
    if days.is_empty() && from.is_empty() && until.is_empty() {
        return Ok(None);
    }
    let mut notes = Notes::default();
    let mut minute = |field: &str, typed: &str| {
        let minute = parse_minute(typed);
        if minute.is_none() {
            notes.add(field, if typed.is_empty() { Note::Missing } else { Note::Malformed });
        }
        minute.unwrap_or_default()
    };
    let (from, until) = (minute("from", from), minute("until", until));
    let mut numbers: Vec<u8> =
        days.iter().filter_map(|day| day.parse().ok()).filter(|day| (1..=7).contains(day)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() || numbers.len() != days.len() {
        notes.add("days", if days.is_empty() { Note::Missing } else { Note::NotAChoice });
    }
    notes.check()?;
    if from == until {
        return Err(Fault::field("until", Note::Malformed));
    }
    Ok(Some(Shift { days: numbers, from, until }))
}

/// `08:30`, as a field for times sends it.
pub(super) fn parse_minute(typed: &str) -> Option<Minute> {
    let (hours, minutes) = typed.get(..5)?.split_once(':')?;
    let (hours, minutes): (Minute, Minute) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Hours;
    use chrono::Weekday;

    #[test]
    fn a_shift_has_days_and_two_different_times_or_is_none() {
        let days = |days: &[&str]| days.iter().map(|day| (*day).to_owned()).collect::<Vec<_>>();
        assert_eq!(parse_shift(&[], Some(""), None), Ok(None));
        let shift = Shift { days: vec![1, 5], from: 480, until: 1050 };
        assert_eq!(parse_shift(&days(&["5", "1"]), Some("08:00"), Some("17:30")), Ok(Some(shift)));
        for (days, from, until, field, note) in [
            (days(&[]), "08:00", "17:00", "days", Note::Missing),
            (days(&["8"]), "08:00", "17:00", "days", Note::NotAChoice),
            (days(&["1", "1"]), "08:00", "17:00", "days", Note::NotAChoice),
            (days(&["1"]), "", "17:00", "from", Note::Missing),
            (days(&["1"]), "08:00", "25:00", "until", Note::Malformed),
            (days(&["1"]), "08:00", "8 pm", "until", Note::Malformed),
            (days(&["1"]), "08:00", "08:00", "until", Note::Malformed),
        ] {
            assert_eq!(parse_shift(&days, Some(from), Some(until)), Err(Fault::field(field, note)), "{from} {until}");
        }
    }

    #[test]
    fn a_night_shift_reaches_into_the_next_morning() {
        let night = Shift { days: vec![1, 7], from: 1200, until: 480 };
        let (morning, evening) = (Hours { from: 0, until: 480 }, Hours { from: 1200, until: 1440 });
        assert_eq!(night.hours_on(Weekday::Sun), [evening]);
        assert_eq!(night.hours_on(Weekday::Mon), [morning, evening]);
        assert_eq!(night.hours_on(Weekday::Tue), [morning]);
        assert_eq!(night.hours_on(Weekday::Wed), []);
        let until_midnight = Shift { days: vec![1], from: 960, until: 0 };
        assert_eq!(until_midnight.hours_on(Weekday::Mon), [Hours { from: 960, until: 1440 }]);
        assert_eq!(until_midnight.hours_on(Weekday::Tue), []);
    }
}
