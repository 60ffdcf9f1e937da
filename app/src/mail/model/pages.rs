use super::day::{DaySheet, Letters};
use super::item::MailItem;
use super::relay::Relay;
use crate::desk::Caller;
use crate::moment::Wall;
use crate::people::Colleague;
use serde::{Deserialize, Serialize};

/// What the desk's page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailShow {
    /// What waits.
    #[default]
    Waiting,
    /// A day's count sheet.
    Day,
    /// Letters to owners.
    Letters,
}

impl MailShow {
    /// All, in the order of the tabs.
    pub const ALL: [MailShow; 3] = [MailShow::Waiting, MailShow::Day, MailShow::Letters];

    /// The value in addresses.
    pub fn tag(self) -> &'static str {
        match self {
            MailShow::Waiting => "waiting",
            MailShow::Day => "day",
            MailShow::Letters => "letters",
        }
    }

    /// What a tag shows; what waits, where it is none.
    pub fn of(tag: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.tag() == tag).unwrap_or_default()
    }
}

/// What is left at the desk, as those see it who receive people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailDesk {
    /// Whom the words that were looked for may mean.
    pub found: Vec<Caller>,
    /// For whom of the office words may be left.
    pub colleagues: Vec<Colleague>,
    /// What was not passed on yet, the oldest first; at most 100.
    pub relays: Vec<Relay>,
    /// What was passed on lately, the latest first; at most 20.
    pub passed: Vec<Relay>,
    /// What waits to be handed out, by unit; at most 300.
    pub items: Vec<MailItem>,
    /// For how many days it is kept, under the policy of now.
    pub kept_days: u32,
    /// The day that was asked for.
    pub day: Option<DaySheet>,
    /// Letters to owners, where they were asked for.
    pub letters: Option<Letters>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What was left for a resident, or came for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMail {
    /// Words, those that were not read first, the latest first; at most 30.
    pub relays: Vec<Relay>,
    /// Items, those that wait first, the latest first; at most 30.
    pub items: Vec<MailItem>,
    /// The clock to show times by.
    pub wall: Wall,
}
