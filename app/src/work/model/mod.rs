//! The nouns of work orders that may cross the wire: one file a noun; nothing here decides or asks the database.

mod assessment;
mod hand;
mod order;
mod orphan;
mod rectification;
mod schedule;
mod sheet;
mod vendor;
mod window;

pub use assessment::*;
pub use hand::*;
pub use order::*;
pub use orphan::*;
pub use rectification::*;
pub use schedule::*;
pub use sheet::*;
pub use vendor::*;
pub use window::*;
