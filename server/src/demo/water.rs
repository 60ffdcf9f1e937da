//! The water log of what is swum in: twenty days, of which one is missing, and one reading that was out of its limits and is
//! in order again.

use app::bookings::store;
use app::estate::Zone;
use app::ids::EstateId;
use app::moment::Moment;
use app::people::Role;
use chrono::{Days, Duration};
use serde_json::json;
use sqlx::PgConnection;

use super::dice::Dice;
use super::places::Ground;
use super::staff::Colleague;
use super::store::{READINGS, WATER_LOGS, insert};
use crate::boot::Failure;

/// The facility, by its name in addresses.
const POOL: &str = "pool-lane";
/// For so many days it is kept, and what lies so many days back.
const DAYS: u64 = 20;
const MISSING: u64 = 4;
const BEYOND: u64 = 9;

/// Writes it all down.
pub async fn write(
    db: &mut PgConnection,
    grounds: &[Ground],
    colleagues: &[(EstateId, Colleague)],
    now: Moment,
) -> Result<(), Failure> {
    for ground in grounds {
        let found = store::find_facility(&mut *db, ground.id, POOL).await.map_err(|fault| fault.to_string())?;
        let mut office = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, one)| one);
        let by = office.find(|one| one.is(Role::Receptionist) || one.is(Role::Coordinator));
        let Some((facility, by)) = found.zip(by) else { continue };
        let mut dice = Dice::of(&format!("water {}", ground.slug));
        let zone = Zone::of(&ground.zone);
        let today = zone.day_of(now);
        let kept = json!({ "estate_id": ground.id, "facility_id": facility.id, "from_on": today - Days::new(DAYS) });
        insert(&mut *db, WATER_LOGS, &[kept]).await?;
        let mut rows = Vec::new();
        for back in (0..=DAYS).rev().filter(|back| *back != MISSING) {
            let on = today - Days::new(back);
            let read_at = zone.earliest(on, 8 * 60 + 30).min(now - Duration::minutes(1));
            let chlorine = if back == BEYOND { 20 } else { dice.between(40, 80) };
            let id: app::ids::WaterReadingId = dice.id(read_at);
            rows.push(json!({
                "estate_id": ground.id, "id": id, "facility_id": facility.id, "read_at": read_at,
                "on_date": zone.day_of(read_at), "chlorine": chlorine, "ph": dice.between(715, 765),
                "turbidity": dice.between(20, 60), "temperature": dice.between(258, 276), "heads": dice.between(15, 90),
                "note": (back == BEYOND).then_some("已补投消毒剂，两小时后复测合格。"), "taken_by": by.staff.id,
                "made_at": read_at + Duration::minutes(1),
            }));
        }
        insert(&mut *db, READINGS, &rows).await?;
    }
    Ok(())
}
