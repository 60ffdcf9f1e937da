//! The one catalogue tree: what can be wrong, and what can be ordered, by the five service lines. Residents choose from it,
//! rules read clocks, departments, prices and questions from it. A row that was ever used must never be deleted, only
//! retired, and a version of terms never changed.

mod api;
mod model;
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;

pub use api::*;
pub use model::*;
pub use rules::*;
