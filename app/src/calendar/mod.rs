//! Bookings in the calendar programs that people use already: one as a file, and all of somebody's, or of a facility's,
//! behind a private address. Whoever has an address reads it without signing in: so only a hash of it is stored, it can be
//! taken back, and a facility's must never name a person or tell what they wrote.

mod api;
#[cfg(feature = "ssr")]
mod ics;
mod model;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;

pub use api::*;
pub use model::IssuedFeed;
#[cfg(feature = "ssr")]
pub use routes::{ROUTES, feeds, routes};
pub use views::{FeedCard, add_activity_to_calendar, add_to_calendar};
