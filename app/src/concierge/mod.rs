//! What is ordered of the catalogue: taxis, flights, flowers, copies, a plumber for one's own tap. Residents order, or the
//! desk for them. Nothing that costs something may ever be begun before its charge notice is signed, and what was signed
//! never changes.

mod api;
mod model;
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod words;

pub use api::*;
pub use model::*;
pub use rules::MOVES;
#[cfg(feature = "ssr")]
pub(crate) use rules::read_signer;
#[cfg(feature = "ssr")]
pub use serve::{hand_over, part_lapsed, settle_due};
pub use views::*;
pub(crate) use words::{service_news_icon, service_news_text};
