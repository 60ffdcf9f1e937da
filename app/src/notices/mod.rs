//! What an estate tells its people: public notices, from a draft to what no longer applies. Nobody may read one whom it
//! does not address, and nobody other words than those that were approved.

mod api;
#[cfg(feature = "ssr")]
mod markdown;
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
pub use serve::{posted, settle_due};
pub use views::*;
pub(crate) use words::{notice_news_icon, notice_news_text};
