//! The story of each call.

mod look;
mod news;
mod office;
mod part;
mod plan;

pub use look::{board, desk};
pub use office::{approve, begin, call_off, close, hand_over, publish};
pub use part::{attend, give_up, rate, sign_up, strike};
pub use plan::{add_measure, change, drop_measure, plan, tick_measure};

use super::model::{Activity, ActivityStage, Participation};
use super::rules::Hand;
use super::store;
use crate::call::Call;
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::ActivityId;
use crate::live::Room;
use crate::people::{Power, Staff};
use crate::requests::Version;
use serde_json::json;

/// What happened to an activity. As soon as residents see it, their screens look again.
fn record(activity: &Activity, kind: &'static str) -> Record {
    let is_told = !matches!(activity.stage, ActivityStage::Draft | ActivityStage::Approved);
    Record {
        estate: activity.estate,
        room: Room::Activities,
        subject: activity.id.0,
        kind,
        is_public: is_told,
        is_heard_at_home: is_told,
        unit: None,
        reader: None,
        details: json!({ "stage": activity.stage, "starts_at": activity.plan.starts_at }),
    }
}

/// What happened to a household's part: how many places are left is anybody's to hear.
fn record_part(part: &Participation, kind: &'static str) -> Record {
    Record {
        estate: part.estate,
        room: Room::Activities,
        subject: part.id.0,
        kind,
        is_public: true,
        is_heard_at_home: true,
        unit: Some(part.unit),
        reader: Some(part.account),
        details: json!({ "activity": part.activity, "stage": part.stage, "heads": part.heads, "came": part.came }),
    }
}

/// Stores one move, and that it happened.
async fn keep(call: &mut Call, activity: &mut Activity, kind: &'static str) -> Result<(), Fault> {
    store::save(call.db(), activity).await?;
    call.record(record(activity, kind)).await
}

/// Stores one move of a household's part, and that it happened.
async fn keep_part(call: &mut Call, part: &mut Participation, kind: &'static str) -> Result<(), Fault> {
    store::save_part(call.db(), part).await?;
    call.record(record_part(part, kind)).await
}

/// What somebody of the office may do: those who receive people plan, those who decide what the estate promises approve.
fn hand(staff: &Staff) -> Hand {
    Hand { plans: staff.can(Power::Reception), approves: staff.can(Power::Policy) }
}

/// An activity of the caller's estate, locked, at the version that they saw; for those who have the power.
async fn ours(power: Power, id: ActivityId, seen: Version) -> Result<(Call, Staff, Activity), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(power)?;
    let activity = store::lock(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    activity.seen_at(seen)?;
    Ok((call, staff, activity))
}
