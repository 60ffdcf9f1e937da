//! Facilities, and who has them when. Residents and the office use it; other rooms may ask what is booked. What one booking has, no
//! other may have at the same time, whoever makes it and however fast.

mod api;
mod care;
mod draws;
mod model;
#[cfg(feature = "ssr")]
mod routes;
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod waiting;
mod water;
mod words;

pub use api::*;
pub use care::*;
pub use draws::*;
pub use model::*;
#[cfg(feature = "ssr")]
pub use routes::{ROUTES, routes};
pub use rules::MOVES;
#[cfg(feature = "ssr")]
pub use rules::{DRAW_MOVES, LOT_MOVES, WAIT_MOVES};
#[cfg(feature = "ssr")]
pub use serve::{HoldCrowds, PartEnd, PartWish, book_part, drop_part, free_today, give_back, settle_due, take};
pub use views::*;
pub use waiting::*;
pub use water::*;
pub use words::booking_stage_word;
pub(crate) use words::{booking_news_icon, booking_news_text, money};
