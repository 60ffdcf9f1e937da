//! What may become of what is left at the desk.

mod moves;
#[cfg(feature = "ssr")]
mod typed;

pub use moves::*;
#[cfg(feature = "ssr")]
pub use typed::*;
