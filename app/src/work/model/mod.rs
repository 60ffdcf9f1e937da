//! The nouns of work orders that may cross the wire: one file a noun; nothing here decides or asks the database.

mod hand;
mod order;

pub use hand::*;
pub use order::*;
