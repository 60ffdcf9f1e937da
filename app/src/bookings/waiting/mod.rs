//! The contract of the waiting list, beside that of bookings, which is long enough.

mod api;

pub use api::*;
