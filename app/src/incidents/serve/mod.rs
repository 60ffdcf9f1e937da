//! The story of each call, and what reports do by themselves: they are found alike, and they follow their lead.

mod desk;
mod reports;
mod residents;

pub use desk::*;
pub use reports::{carry, deciders, hold, join, notice};
pub use residents::nearby;
