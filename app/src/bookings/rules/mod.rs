//! When a facility is open, what of it is free, and what may become of a booking.

mod booking;
#[cfg(feature = "ssr")]
mod free;
#[cfg(feature = "ssr")]
mod open;
#[cfg(test)]
mod tests;

pub use booking::*;
#[cfg(feature = "ssr")]
pub use free::*;
#[cfg(feature = "ssr")]
pub use open::*;
