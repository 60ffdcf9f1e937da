//! The story of each call.

mod book;
mod due;
mod look;
mod news;
mod office;

pub use book::{cancel, confirm, hold, rate};
pub use due::settle_due;
pub use look::{board, file, week};
pub use office::{approve, call_off, check_in, decline, diary, entry, miss};

use super::model::Booking;
use crate::happenings::Record;
use crate::live::Room;
use serde_json::json;

/// What happened to a booking. Everybody who can book looks again at what is free; nothing tells them whose it is.
fn record(booking: &Booking, kind: &'static str) -> Record {
    Record {
        estate: booking.estate,
        room: Room::Bookings,
        subject: booking.id.0,
        kind,
        is_public: true,
        is_heard_at_home: true,
        unit: Some(booking.unit),
        reader: Some(booking.account),
        details: json!({ "starts_at": booking.starts_at, "ends_at": booking.ends_at, "heads": booking.heads }),
    }
}
