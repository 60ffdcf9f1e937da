//! Like reports of one place, handled as one: the detector proposes, the desk decides, one order is sent, and all
//! who reported follow it. The desk and residents about to report the same use it. Nobody may learn from it who
//! else reported, and nobody's own record may be hidden or lost.

mod api;
#[cfg(feature = "ssr")]
mod detect;
mod model;
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod words;

pub use api::*;
#[cfg(feature = "ssr")]
pub use detect::{Trace, detect};
pub use model::*;
pub use rules::MOVES;
#[cfg(feature = "ssr")]
pub use serve::{carry, deciders, hold, join, notice};
pub use views::*;
pub use words::*;
