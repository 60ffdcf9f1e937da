//! The contract of a facility's hours, closures and terms, beside that of bookings, which is long enough.

mod api;

pub use api::*;
