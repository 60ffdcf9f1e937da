//! What is left at the desk for somebody else: words (A3), and what comes by mail (A5). The desk takes it, the household or
//! the colleague is told and sees what waits. Nothing that was signed for anywhere may ever leave the desk unsigned, and
//! nobody but its addressee's household may read what was left for it.

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
#[cfg(feature = "ssr")]
pub use rules::kept_until;
pub use rules::{ITEM_MOVES, RELAY_MOVES};
#[cfg(feature = "ssr")]
pub use serve::{settle_due, was_read};
pub use views::*;
pub(crate) use words::{mail_news_icon, mail_news_text, relay_text};
