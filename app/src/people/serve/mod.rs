//! The story of each call: coming in, one's own page, the desk's units and invitations, the office's team and its
//! conduct, the keys of other programs. What the request tells about its browser stands in `browser`; what several calls
//! record stands here.

mod browser;
mod conduct;
mod invitations;
mod keys;
mod me;
mod sign_in;
mod siren;
mod team;
mod units;
mod unsent;

pub use browser::{address, manners, origin};
pub use conduct::*;
pub use invitations::*;
pub use keys::*;
pub use me::*;
pub use sign_in::*;
pub use team::*;
pub use units::*;
pub use unsent::*;

use crate::happenings::Record;
use crate::ids::{EstateId, UnitId};

/// What happened to a unit or to its occupants, as the record keeps it; never for residents.
fn record(estate: EstateId, unit: UnitId, kind: &'static str, details: serde_json::Value) -> Record {
    Record { unit: Some(unit), ..Record::of_office(estate, unit.0, kind, details) }
}
