use crate::fault::{Fault, Note, Refusal};
use crate::mail::{MailItem, MailStage, PassedHow, Relay};
use crate::moment::Moment;
use crate::requests::Version;

/// The longest note or reason, in characters.
pub const LONGEST_NOTE: u32 = 500;
/// The longest name of who left or gets something.
pub const LONGEST_NAME: u32 = 120;
/// The longest name of a carrier, or of a place at the desk.
pub const LONGEST_PLACE: u32 = 80;
/// The longest number of an item.
pub const LONGEST_NUMBER: u32 = 60;

/// Every legal move of words that were left, by the stages' tags; the database refuses all others.
pub const RELAY_MOVES: [(&str, &str); 2] = [("", "open"), ("open", "passed")];

/// Every legal move of an item.
pub const ITEM_MOVES: [(&str, &str); 3] = [("", "waiting"), ("waiting", "handed_out"), ("waiting", "sent_back")];

impl Relay {
    /// The value of its stage in the database.
    pub fn stage_tag(&self) -> &'static str {
        if self.passed_at.is_some() { "passed" } else { "open" }
    }

    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// It reached them, once.
    pub fn pass(&mut self, how: PassedHow, at: Moment) -> Result<(), Fault> {
        if self.passed_at.is_some() {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.passed_at, self.passed_how) = (Some(at), Some(how));
        Ok(())
    }
}

impl MailItem {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Whether it was kept as long as it is kept, and goes back.
    pub fn is_over(&self, at: Moment) -> bool {
        self.stage == MailStage::Waiting && self.due_at <= at
    }

    /// Somebody signs for it.
    pub fn hand_out(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(MailStage::HandedOut, at)
    }

    /// It goes back, and why.
    pub fn send_back(&mut self, reason: Option<String>, at: Moment) -> Result<(), Fault> {
        if reason.is_none() {
            return Err(Fault::field("reason", Note::Missing));
        }
        self.go(MailStage::SentBack, at)?;
        self.reason = reason;
        Ok(())
    }

    fn go(&mut self, to: MailStage, at: Moment) -> Result<(), Fault> {
        if !ITEM_MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.stage, self.stage_at) = (to, at);
        Ok(())
    }
}
