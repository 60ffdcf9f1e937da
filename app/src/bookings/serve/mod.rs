//! The story of each call.

mod book;
mod book_for;
mod care;
mod draw;
mod draws;
mod due;
mod find;
mod hours;
mod look;
mod news;
mod offer;
mod office;
mod part;
mod place;
mod series;
mod today;
mod waiting;
mod water;
mod week;

pub use book::{HoldCrowds, cancel, confirm, hold, rate, reschedule};
pub use book_for::{book_for, induct, reschedule_for};
pub use care::{change_terms, close, facility, give_back, reopen, set_day, take, unset_day};
pub use draws::{announce_draw, call_off_draw, draw, draw_now, draw_record, draws, enter_draw, leave_draw};
pub use due::settle_due;
pub use find::{Search, finds};
pub use look::{board, file};
pub use office::{approve, call_off, check_in, decline, diary, entry, miss};
pub use part::{PartEnd, PartWish, book_part, drop_part};
pub use place::{Wanted, counted};
pub use today::free_today;
pub use waiting::{leave_line, wait_for, waiting};
pub use water::{keep_water_log, log_water};
pub use week::{Asked, week, week_for};

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
