//! What people are told: an inbox for everybody, filled in the transaction of what causes the message. Residents,
//! staff and every other room's calls use it. What somebody did themselves must never be told to them, and nobody
//! but its reader may learn that a message is there.

mod api;
mod model;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod words;

pub use api::*;
pub use model::*;
#[cfg(feature = "ssr")]
pub use serve::{Told, tell, tell_home};
pub use views::*;
