//! Lobby screens: devices that staff let in with a short code, each for one estate and one place in it. A screen has no
//! account and no powers; a revoked one is a stranger at once. Its credential and its code must never be stored as they
//! are, and nothing that names anybody may ever stand on its board.

mod api;
mod model;
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
