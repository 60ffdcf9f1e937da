//! The story of each call: what a screen shows, how it is let in, how the office looks after it.

mod board;
mod enrol;
mod office;

pub use board::standing;
pub use enrol::{ask_in, enrol, open_demo, sweep};
pub use office::{change, let_in, revoke, screens};
