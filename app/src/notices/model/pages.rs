use super::notice::{Notice, NoticeMove, NoticeStage, Priority};
use crate::estate::{BuildingRef, Names, UnitRef};
use crate::ids::NoticeId;
use crate::moment::{Moment, Wall};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A notice as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeLine {
    /// The notice.
    pub id: NoticeId,
    /// How far it has come,
    pub stage: NoticeStage,
    /// and since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// How much it matters.
    pub priority: Priority,
    /// What it is called.
    pub title: Names,
    /// When it came out.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub published_at: Option<Moment>,
    /// Until when it applies.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub expires_at: Option<Moment>,
    /// Whether its reader said that they have read it.
    pub is_read: bool,
}

/// What the reader's estates tell them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeBoard {
    /// What applies, the latest first, then what is over; at most 30. Empty where one is opened.
    pub notices: Vec<NoticeLine>,
    /// Behind which the next page begins.
    pub next: Option<Uuid>,
    /// The one that the address names.
    pub one: Option<NoticeSheet>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// One notice as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSheet {
    /// What a list shows of it.
    pub line: NoticeLine,
    /// What it says, as clean HTML; empty in a language that is missing.
    pub html: Names,
    /// Why it was withdrawn.
    pub reason: Option<String>,
}

/// The office's notices, or one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeDesk {
    /// The latest change first, at most 30. Empty where one is opened.
    pub notices: Vec<NoticeLine>,
    /// Behind which the next page begins, of the notices or of one's homes.
    pub next: Option<Uuid>,
    /// The one that the address names.
    pub one: Option<NoticeEntry>,
    /// What can be addressed.
    pub buildings: Vec<BuildingRef>,
    /// Whether the reader drafts notices.
    pub may_draft: bool,
    /// The clock to show times by.
    pub wall: Wall,
}

/// One notice as the office opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeEntry {
    /// As its readers see it.
    pub sheet: NoticeSheet,
    /// The notice, and whom it has reached: for those who see it through. Whoever else works there reads an emergency alone.
    pub file: Option<NoticeFile>,
}

/// One notice as it is seen through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeFile {
    /// The notice.
    pub notice: Notice,
    /// What its estate is called,
    pub estate: Names,
    /// and where it is read, as a picture for a phone: SVG.
    pub qr: String,
    /// The units that it names.
    pub units: Vec<UnitRef>,
    /// What the reader may do with it.
    pub moves: Vec<NoticeMove>,
    /// How many homes it addresses; where it is over: did, when it ended.
    pub homes: u32,
    /// In how many of them somebody said that they have read it.
    pub read: u32,
    /// The others, in the order of the estate's map: at most 50. None before it came out.
    pub unread: Vec<UnitRef>,
}

/// A notice as it stands on a lobby screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The notice: `/kiosk/notice/<id>` shows it in full.
    pub id: NoticeId,
    /// What it is called; empty in a language that is missing.
    pub title: Names,
    /// What it says, as clean HTML without links; empty in a language that is missing, and on a board that shows its title
    /// only.
    pub html: Names,
    /// Whether it takes the screen over.
    pub is_emergency: bool,
}

/// One notice as it is read on a lobby screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedSheet {
    /// What it says.
    pub posted: Posted,
    /// How much it matters.
    pub priority: Priority,
    /// Since when it applies.
    #[serde(deserialize_with = "crate::moment::read")]
    pub since: Moment,
    /// Until when.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub until: Option<Moment>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What a form became: where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafted {
    /// The notice.
    pub id: NoticeId,
}
