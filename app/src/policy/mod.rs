//! What an estate has promised itself: its working calendar, how long everything may take, who looks after what. Every
//! clock is reckoned from it. A version that was published must never change, and what began under it must never run
//! under another.

mod model;
#[cfg(feature = "ssr")]
mod reckon;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
pub mod standard;
#[cfg(feature = "ssr")]
pub mod store;
mod words;

pub use model::*;
#[cfg(feature = "ssr")]
pub use reckon::reckon;
pub use words::*;
