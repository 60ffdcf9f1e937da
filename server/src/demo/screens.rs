//! The lobby screens of the estates: one that is well when the demo opens, one that is silent, and one that was shut out.

use app::ids::EstateId;
use app::moment::Moment;
use app::people::Power;
use app::screens::store::list_places;
use chrono::Duration;
use serde_json::json;
use sqlx::PgConnection;

use super::dice::{Dice, fixed_id};
use super::staff::Colleague;
use super::store;
use crate::boot::Failure;

/// What each is called, how many minutes ago it was seen, and how many days ago it was shut out.
const SCREENS: [(&str, i64, Option<i64>); 3] =
    [("大堂东侧", 0, None), ("Beside the lifts", 190, None), ("Trial screen", 60 * 24 * 12, Some(12))];

/// The screens of every estate. Nobody knows a credential that opens anything.
pub async fn write(db: &mut PgConnection, colleagues: &[(EstateId, Colleague)], now: Moment) -> Result<(), Failure> {
    let mut dice = Dice::of("screens");
    let mut rows = Vec::new();
    for (estate, manager) in colleagues.iter().filter(|(_, colleague)| colleague.can(Power::Keys)) {
        let places = list_places(db, *estate).await.map_err(|fault| fault.to_string())?;
        for ((name, silent, revoked), place) in SCREENS.into_iter().zip(&places) {
            let token: String = dice.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
            rows.push(json!({
                "estate_id": estate, "id": fixed_id::<uuid::Uuid>(&format!("{estate} screen {name}")), "name": name,
                "area_id": place.area, "token_hash": format!("\\x{token}"),
                "enrolled_by": manager.staff.id, "enrolled_at": now - Duration::days(40),
                "seen_at": now - Duration::minutes(silent),
                "revoked_at": revoked.map(|days| now - Duration::days(days)),
                "revoked_by": revoked.map(|_| manager.staff.id),
            }));
        }
    }
    store::insert(db, store::SCREENS, &rows).await
}
