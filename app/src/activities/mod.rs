//! What an estate does for its people: festivals, courses, trips. The office plans them, residents sign up. No more people
//! may ever come than there is room for, and none begins before everything that was planned for their safety is done.

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
pub use rules::{Hand, MOVES, PARTICIPATION_MOVES};
#[cfg(feature = "ssr")]
pub use serve::hand_over;
pub use views::*;
pub(crate) use words::{activity_news_icon, activity_news_text};
