use super::super::model::{Contact, ContactStage};
use crate::moment::Moment;

/// How a promised reply ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyEnd {
    /// The answer came in time.
    Kept,
    /// Its time passed without one.
    Missed,
    /// Another time was promised before it passed.
    Superseded,
}

impl ReplyEnd {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            ReplyEnd::Kept => "kept",
            ReplyEnd::Missed => "missed",
            ReplyEnd::Superseded => "superseded",
        }
    }
}

impl Contact {
    /// By when a reply was promised that has not come; none while there is time, or where none is owed.
    pub fn missed_reply(&self, now: Moment) -> Option<Moment> {
        match self.stage {
            ContactStage::Promised { reply_by } => Some(reply_by).filter(|reply_by| *reply_by <= now),
            _ => None,
        }
    }
}
