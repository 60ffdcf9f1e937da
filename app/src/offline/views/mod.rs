//! What pages say of the device: what has not been sent, and whether it may go where there is no network.

mod discard;
mod page;
mod ready;
mod row;
mod unsent;

pub use discard::{Discard, discard};
pub use page::UnsentPage;
pub use ready::Ready;
pub use unsent::{Unsent, UnsentCount};
