//! The front desk: whatever somebody wants is registered here, counted down on the three-minute wall, and owned. Any
//! member of staff registers; reception and supervisors watch. A contact must never be without a holder, never change
//! hands before the other accepts, and an outsider must never learn more than a room number.

mod api;
mod intake;
mod model;
#[cfg(feature = "ssr")]
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
pub use rules::{MOVES, ReplyEnd, WallStep, stopped_at};
#[cfg(feature = "ssr")]
pub use serve::{LeftWords, arrive, follow, record_of, take_back, take_words, tell_due};
pub use views::*;
pub use words::{contact_kind_word, deed_text, news_text};
