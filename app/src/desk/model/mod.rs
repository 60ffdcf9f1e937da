//! The nouns of the desk that may cross the wire.

mod contact;
mod counter;
mod happening;
mod wall;

pub use contact::*;
pub use counter::*;
pub use happening::*;
pub use wall::*;
