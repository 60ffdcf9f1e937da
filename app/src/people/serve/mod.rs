//! The story of each call: coming in, one's own page, the desk's units and invitations, the office's team and its
//! conduct, the keys of other programs. What the request tells about its browser stands in `browser`; what several calls
//! record stands here.

mod browser;
mod conduct;
mod invitations;
mod keys;
mod me;
mod sign_in;
mod team;
mod units;

pub use conduct::*;
pub use invitations::*;
pub use keys::*;
pub use me::*;
pub use sign_in::*;
pub use team::*;
pub use units::*;

use crate::happenings::Record;
use crate::ids::{EstateId, UnitId};
use crate::live::Room;
use uuid::Uuid;

/// What happened to a unit or to its occupants, as the record keeps it; never for residents.
fn record(estate: EstateId, unit: UnitId, kind: &'static str, details: serde_json::Value) -> Record {
    Record { unit: Some(unit), ..of_office(estate, unit.0, kind, details) }
}

/// What happened in the office.
fn of_office(estate: EstateId, subject: Uuid, kind: &'static str, details: serde_json::Value) -> Record {
    Record {
        estate,
        room: Room::People,
        subject,
        kind,
        is_public: false,
        is_heard_at_home: false,
        unit: None,
        reader: None,
        details,
    }
}
