//! The story of each call.

mod due;
mod office;
mod own;
mod rings;
mod screen;

pub use due::settle_due;
pub use office::{book, mark, write_in};
pub use own::{answer, own};
pub use rings::{answer_ring, bell, end_ring, ring};
pub use screen::{ask, door, next};

use super::model::{Purpose, Visit, VisitNews};
use crate::call::Call;
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::{AccountId, EstateId, UnitId};
use crate::live::Room;
use crate::messages::{self, About, Telling};
use crate::people::{self, Power, Role, Staff, Viewer};
use crate::screens::ScreenDevice;
use serde_json::json;
use uuid::Uuid;

/// Those who receive people.
fn those(call: &Call) -> Result<Staff, Fault> {
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    Ok(staff)
}

/// The lobby screen that asks.
fn screen(viewer: &Viewer) -> Result<ScreenDevice, Fault> {
    let nobody = || if viewer.person().is_some() { Fault::NotAllowed } else { Fault::SignedOut };
    viewer.screen().cloned().ok_or_else(nobody)
}

/// What happened in a lobby; whoever lives where it is for looks again. No happening names a visitor: it is kept for good.
fn record(estate: EstateId, subject: Uuid, kind: &'static str, unit: Option<UnitId>) -> Record {
    Record {
        room: Room::Visitors,
        is_heard_at_home: unit.is_some(),
        unit,
        ..Record::of_office(estate, subject, kind, json!({}))
    }
}

/// Pages those who receive people; where nobody does, whoever answers for the estate.
async fn page_desk(call: &mut Call, estate: EstateId, news: VisitNews) -> Result<(), Fault> {
    let mut desk: Vec<AccountId> = Vec::new();
    for role in [Role::Receptionist, Role::Assistant, Role::Coordinator, Role::SiteManager] {
        if role != Role::SiteManager || desk.is_empty() {
            desk.extend(people::store::list_in_role(call.db(), estate, role, None).await?);
        }
    }
    messages::tell(call, &desk, &Telling::Lobby { news }, About { estate, request: None }).await
}

/// The centre is told at once of whoever came to complain (B14).
async fn page_complaint(call: &mut Call, visit: (EstateId, Purpose)) -> Result<(), Fault> {
    match visit {
        (estate, Purpose::Complaint) => page_desk(call, estate, VisitNews::Complains).await,
        _ => Ok(()),
    }
}

/// The home that a visit is for.
fn unit_of(visit: &Visit) -> Option<UnitId> {
    visit.home.as_ref().map(|home| home.id)
}
