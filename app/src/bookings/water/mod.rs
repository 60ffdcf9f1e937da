//! The contract of the water log, beside that of bookings, which is long enough.

mod api;

pub use api::*;
