//! The nouns of work orders that may cross the wire: one file a noun; nothing here decides or asks the database.

mod assessment;
mod hand;
mod order;
mod sheet;

pub use assessment::*;
pub use hand::*;
pub use order::*;
pub use sheet::*;
