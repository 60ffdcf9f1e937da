//! What can be booked, as each kind of estate has it: under its first terms, which hold since long before anything
//! happens.

use app::bookings::PricePer;
use app::ids::{BuildingId, FacilityId, FacilityUnitId};
use app::policy::{Hours, Minute};
use serde_json::json;

use super::content::Content;
use super::dice::fixed_id;
use super::places::{Ground, Rows, named};
use crate::boot::Failure;

/// Of the first terms.
pub(super) const VERSION: i32 = 1;
/// In which both estates reckon.
pub(super) const CURRENCY: &str = "CNY";

/// Adds what can be booked here, with its terms, opening hours and units.
pub fn add(content: &Content, ground: &Ground, rows: &mut Rows) -> Result<(), Failure> {
    let offered = content.facilities.iter().filter(|facility| facility.kinds.contains(&ground.kind));
    for (position, facility) in offered.enumerate() {
        let key = format!("{} facility {}", ground.slug, facility.id);
        let id: FacilityId = fixed_id(&key);
        let about = facility.about.names();
        let check_out = facility.check_out.as_deref().map(|time| minute(time).ok_or_else(|| unclear(&facility.id)));
        let check_out = check_out.transpose()?;
        let counts = if facility.seats.is_some() { "seats" } else { "units" };
        rows.facilities.push(named(
            json!({
                "estate_id": ground.id, "id": id, "slug": facility.id, "position": position, "icon": facility.icon,
                "about_en": about.en, "about_hans": about.hans, "about_hant": about.hant, "counts": counts,
            }),
            &facility.named.names(),
        ));
        rows.facility_terms.push(json!({
            "estate_id": ground.id, "facility_id": id, "version": VERSION, "since": ground.policy.valid_from,
            "step_minutes": facility.step_minutes, "least_steps": facility.least_steps, "most_steps": facility.most_steps,
            "check_out": check_out,
            "before_minutes": facility.before_minutes, "after_minutes": facility.after_minutes,
            "notice_minutes": facility.notice_minutes, "ahead_days": facility.ahead_days,
            "quota": facility.quota.map(|quota| quota.most), "quota_per": facility.quota.map(|quota| quota.per.tag()),
            "most_heads": facility.most_heads, "seats": facility.seats, "hold_minutes": facility.hold_minutes,
            "cancel_minutes": facility.cancel_minutes, "price": facility.price,
            "price_per": facility.price_per.unwrap_or(PricePer::Booking).tag(), "deposit": facility.deposit,
            "currency": CURRENCY, "needs_approval": facility.needs_approval, "checks_in": facility.checks_in,
            "grace_minutes": facility.grace_minutes, "most_missed": facility.missed.map(|missed| missed.most),
            "missed_days": facility.missed.map(|missed| missed.days), "swaps": facility.swaps,
            "least_age": facility.least_age, "needs_induction": facility.needs_induction,
        }));
        for (weekday, text) in (1..).zip(facility.hours.days()) {
            let hours = text.map_or(Some(Vec::new()), read).ok_or_else(|| unclear(&facility.id))?;
            rows.facility_hours.extend(hours.iter().map(|hours| {
                json!({
                    "estate_id": ground.id, "facility_id": id, "version": VERSION, "weekday": weekday,
                    "opens": hours.from, "closes": hours.until,
                })
            }));
        }
        for (position, unit) in facility.units.iter().enumerate() {
            let unit_id: FacilityUnitId = fixed_id(&format!("{key} {position}"));
            // Of a small cast not every building stands.
            let stands = |building: &String| ground.units.iter().any(|home| home.building == *building);
            if unit.building.as_ref().is_some_and(|building| !stands(building)) {
                continue;
            }
            let building = unit.building.as_deref().map(fixed_id::<BuildingId>);
            rows.facility_units.push(named(
                json!({
                    "estate_id": ground.id, "facility_id": id, "id": unit_id, "position": position,
                    "building_id": building,
                }),
                &unit.named.names(),
            ));
        }
    }
    Ok(())
}

/// `09:00-12:00, 14:00-18:00`; `None` where it says anything else.
pub(super) fn read(text: &str) -> Option<Vec<Hours>> {
    let range = |range: &str| {
        let (from, until) = range.trim().split_once('-')?;
        Some(Hours { from: minute(from)?, until: minute(until)? })
    };
    text.split(',').map(range).collect()
}

/// `12:00`; `None` where it says anything else.
fn minute(time: &str) -> Option<Minute> {
    let part = |digits: &str| digits.parse::<u8>().ok().map(Minute::from);
    let (hour, minute) = time.split_once(':')?;
    Some(part(hour)? * 60 + part(minute)?)
}

/// The content cannot be read.
fn unclear(slug: &str) -> Failure {
    format!("The demo's facilities.toml has times of {slug} that nobody can read.").into()
}
