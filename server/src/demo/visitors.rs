//! The visitor book of the last two days, as the desk kept it; made by calling the rules.

use app::fault::Fault;
use app::ids::{EstateId, VisitId};
use app::moment::Moment;
use app::people::Role;
use app::visitors::store::{self, By};
use app::visitors::{Mark, Purpose};
use chrono::Duration;
use sqlx::PgConnection;

use super::dice::Dice;
use super::people::Dweller;
use super::places::Ground;
use super::staff::Colleague;

/// Who came so many minutes ago, of which company, what for, and after how many minutes they left.
type Came = (&'static str, Option<&'static str>, Purpose, i64, Option<i64>);

const CAME: [Came; 7] = [
    ("陈晓东", None, Purpose::Visit, 1_900, Some(150)),
    ("Mr Whitfield", Some("Kestrel Pianos"), Purpose::Work, 1_620, Some(95)),
    ("周师傅", Some("迅达搬家"), Purpose::Work, 1_480, Some(210)),
    ("林女士", None, Purpose::Visit, 300, Some(80)),
    ("小赵", Some("顺丰"), Purpose::Delivery, 190, Some(12)),
    ("Ms Okafor", None, Purpose::Visit, 75, None),
    ("吴师傅", Some("清源净水"), Purpose::Work, 40, None),
];

/// Writes it down.
pub async fn write(
    db: &mut PgConnection,
    grounds: &[Ground],
    colleagues: &[(EstateId, Colleague)],
    dwellers: &[Dweller],
    now: Moment,
) -> Result<(), Fault> {
    for ground in grounds {
        let mut dice = Dice::of(&format!("visitors {}", ground.slug));
        let all: Vec<_> = dwellers.iter().filter(|one| one.estate == ground.id && one.resident.is_none()).collect();
        let mut office = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, one)| one);
        let Some(by) = office.find(|one| one.is(Role::Receptionist) || one.is(Role::Coordinator)) else { continue };
        for (name, company, purpose, ago, stayed) in CAME {
            let Some(host) = dice.pick(&all).copied() else { continue };
            let at = now - Duration::minutes(ago);
            let id: VisitId = dice.id(at);
            let desk = (ground.id, by.staff.id);
            store::insert_written(db, desk, (id, host.unit), (name, company, purpose), false, at).await?;
            let Some(stayed) = stayed else { continue };
            let mut visit = store::lock_visit(db, ground.id, id).await?.ok_or(Fault::NotFound)?;
            visit.mark(Mark::Out, None, at + Duration::minutes(stayed))?;
            store::save_visit(db, &mut visit, By { staff: Some(by.staff.id), account: None }).await?;
        }
    }
    Ok(())
}
