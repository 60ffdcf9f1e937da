//! SQL of the lobby: what rings in `rings`, the visitor book in `visits`, who asks for whom in `asks`.

mod asks;
mod rings;
mod visits;

pub use asks::*;
pub use rings::*;
pub use visits::*;
