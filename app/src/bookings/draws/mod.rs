//! The contract of the draw, beside that of bookings, which is long enough.

mod api;

pub use api::*;
