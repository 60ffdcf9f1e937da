//! What may become of an order, and what its price is.

mod ends;
#[cfg(test)]
mod histories;
mod moves;
mod order;
mod quote;
#[cfg(feature = "ssr")]
mod typed;

pub use order::*;
#[cfg(feature = "ssr")]
pub use typed::*;
