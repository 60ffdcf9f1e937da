//! What whoever stands before a lobby screen can do without an account: report a problem of the place, and look how a
//! matter stands by its code and a PIN. A PIN must never be stored or logged as it is, whether a code exists must never
//! show, and an answer must never say more than a state and a promise.

mod api;
mod model;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;

pub use api::*;
pub use model::*;
#[cfg(feature = "ssr")]
pub use serve::sweep;
pub use views::*;
