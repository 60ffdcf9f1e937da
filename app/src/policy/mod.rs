//! What an estate has promised itself: its working calendar, how long everything may take, who is told when it took
//! longer, who looks after what. The site manager writes it, every clock is reckoned from it. A version that was
//! published must never change, and what began under it must never run under another.

mod api;
#[cfg(feature = "ssr")]
mod compare;
mod model;
#[cfg(feature = "ssr")]
mod reckon;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod standard;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod words;

pub use api::*;
pub use model::*;
#[cfg(feature = "ssr")]
pub use reckon::reckon;
#[cfg(feature = "ssr")]
pub(crate) use rules::{read_hours, read_minute, read_stretches};
#[cfg(feature = "ssr")]
pub(crate) use serve::in_force;
pub use views::*;
pub use words::*;
