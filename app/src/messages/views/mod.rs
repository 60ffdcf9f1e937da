mod bell;
mod inbox;

pub use bell::bell;
pub use inbox::{InboxPage, OfficeInboxPage};
