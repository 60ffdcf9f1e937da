//! What may become of a ring and of a visit, and what a screen may say of it.

mod ring;
#[cfg(feature = "ssr")]
mod screen;
#[cfg(feature = "ssr")]
mod typed;
mod visit;

pub use ring::*;
#[cfg(feature = "ssr")]
pub use screen::*;
#[cfg(feature = "ssr")]
pub use typed::*;
pub use visit::*;
