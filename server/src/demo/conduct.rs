//! Where somebody of the office fell short, as those above them noted it (B10): one of them wrongly.

use app::estate::Zone;
use app::fault::Fault;
use app::happenings::{self, Record};
use app::ids::{EstateId, LapseId, StaffId};
use app::moment::Moment;
use app::people::store::{insert_lapse, insert_withdrawal};
use app::people::{self, Actor, LapseKind};
use chrono::Duration;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast;
use super::dice::Dice;
use super::places::Ground;
use super::staff::{Colleague, account_id};

/// One lapse: of whom, noted by whom, what, how many days ago, and why it does not count where it does not.
struct Noted {
    of: &'static str,
    by: &'static str,
    kind: LapseKind,
    said: &'static str,
    ago: i64,
    withdrawn: Option<&'static str>,
}

const LAPSES: [Noted; 3] = [
    Noted {
        of: cast::RECEPTIONIST,
        by: cast::CUSTOMER_SERVICE_HEAD,
        kind: LapseKind::ForbiddenAnswer,
        said: "“这不归我们管，您自己打电话问吧。”",
        ago: 34,
        withdrawn: None,
    },
    Noted {
        of: cast::TECHNICIAN,
        by: cast::SUPERVISOR,
        kind: LapseKind::LateAnswer,
        said: "住户来电三次未接，晚上才回复。",
        ago: 23,
        withdrawn: Some("当时在井道抢修，没有信号，通话记录可查。"),
    },
    Noted {
        of: "haodong",
        by: "vincent",
        kind: LapseKind::PostEmpty,
        said: "早上八時二十分至二十六分，大堂崗位無人，亦未有找人頂替。",
        ago: 9,
        withdrawn: None,
    },
];

/// Notes them, each by somebody whose it is to note.
pub async fn write(
    db: &mut PgConnection,
    grounds: &[Ground],
    colleagues: &[(EstateId, Colleague)],
    now: Moment,
) -> Result<(), Fault> {
    let find = |sign_in: &str| {
        let account = account_id(sign_in);
        colleagues.iter().map(|(_, one)| one).find(|one| one.staff.person.account == account)
    };
    let mut dice = Dice::of("conduct");
    for lapse in LAPSES {
        let (Some(of), Some(by)) = (find(lapse.of), find(lapse.by)) else { continue };
        let Some(ground) = grounds.iter().find(|ground| ground.id == of.staff.estate) else { continue };
        by.staff.notes_lapses_of(&people::Colleague {
            id: of.staff.id,
            name: of.staff.person.name.clone(),
            department: of.staff.department.clone(),
            roles: of.staff.roles.clone(),
            phone: None,
        })?;
        let zone = Zone::of(&ground.zone);
        let on = zone.day_of(now - Duration::days(lapse.ago));
        let at = zone.earliest(on, 18 * 60);
        let id: LapseId = dice.id(at);
        let (estate, who, actor) = (ground.id, of.staff.id, by.actor());
        insert_lapse(db, estate, id, who, lapse.kind, lapse.said, on, None, by.staff.id, at).await?;
        record(db, (estate, who), "lapse_noted", json!({ "lapse": id, "kind": lapse.kind }), actor, at).await?;
        if let Some(reason) = lapse.withdrawn {
            let at = at + Duration::hours(16);
            insert_withdrawal(db, estate, id, reason, by.staff.id, at).await?;
            record(db, (estate, who), "lapse_withdrawn", json!({ "lapse": id }), actor, at).await?;
        }
    }
    Ok(())
}

async fn record(
    db: &mut PgConnection,
    (estate, of): (EstateId, StaffId),
    kind: &'static str,
    details: Value,
    by: Actor,
    at: Moment,
) -> Result<(), Fault> {
    let record = Record::of_office(estate, of.0, kind, details);
    happenings::insert(db, &record, by, at).await.map(drop)
}
