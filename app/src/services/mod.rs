//! The one catalogue tree: what can be wrong, and later what can be ordered. Residents choose from it,
//! rules read clocks and departments from it. A row that was ever used must never be deleted, only retired.

mod api;
mod model;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;

pub use api::*;
pub use model::*;
