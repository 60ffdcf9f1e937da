//! When a facility is open, what of it is free, and what may become of a booking.

mod booking;
#[cfg(feature = "ssr")]
mod care;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
mod draw_forms;
#[cfg(feature = "ssr")]
mod find;
#[cfg(feature = "ssr")]
mod free;
#[cfg(feature = "ssr")]
mod ground;
mod office;
#[cfg(feature = "ssr")]
mod open;
mod ranges;
#[cfg(feature = "ssr")]
mod series;
#[cfg(feature = "ssr")]
mod terms;
#[cfg(test)]
mod tests;
#[cfg(feature = "ssr")]
mod waiting;
mod water;
#[cfg(feature = "ssr")]
mod water_forms;

pub use booking::*;
#[cfg(feature = "ssr")]
pub use care::*;
#[cfg(feature = "ssr")]
pub use draw::*;
#[cfg(feature = "ssr")]
pub use draw_forms::*;
#[cfg(feature = "ssr")]
pub use find::*;
#[cfg(feature = "ssr")]
pub use free::*;
#[cfg(feature = "ssr")]
pub use ground::*;
#[cfg(feature = "ssr")]
pub use open::*;
#[cfg(feature = "ssr")]
pub use series::*;
#[cfg(feature = "ssr")]
pub use waiting::*;
#[cfg(feature = "ssr")]
pub use water_forms::*;
