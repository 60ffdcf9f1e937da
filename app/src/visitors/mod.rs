//! Who comes to the lobby: they ring the desk (A1), or ask for somebody at home (B14, M2). Whoever lives there answers on
//! their phone, and the desk keeps the book. No screen may ever tell whether anybody lives, or is, somewhere; and what a
//! visitor said of themselves must not be kept for longer than the book needs it.

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
pub use rules::{RING_MOVES, VISIT_MOVES};
#[cfg(feature = "ssr")]
pub use serve::settle_due;
pub use views::*;
pub(crate) use words::{visit_news_icon, visit_news_text};
