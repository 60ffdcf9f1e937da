use super::ring::{Ring, RingStage};
use super::visit::Visit;
use crate::estate::BuildingRef;
use crate::ids::{BuildingId, VisitId};
use crate::moment::{Moment, Wall};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a lobby screen shows of its ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bell {
    /// How far it has come; none where it does not ring.
    pub stage: Option<RingStage>,
    /// Whether nobody has answered for a while.
    pub is_late: bool,
    /// What whoever answered is called.
    pub by: Option<String>,
    /// Whom to call instead.
    pub desk_phone: String,
}

/// What a lobby screen shows a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// They were told; whether there is anybody to tell is not said.
    Waiting,
    /// Please come up.
    Up,
    /// Somebody comes down.
    Down,
    /// Please turn to the desk: not now, no answer, or no such home.
    Desk,
}

/// The visitors' page of a lobby screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Where one may ask for somebody.
    pub buildings: Vec<BuildingRef>,
    /// In which the screen stands.
    pub here: Option<BuildingId>,
    /// What became of whoever asked last here, as long as it is shown.
    pub shown: Option<Shown>,
}

/// What a resident is asked: somebody is in the lobby.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnVisit {
    /// Who, and for which home.
    pub visit: Visit,
    /// Until when it can be answered.
    #[serde(deserialize_with = "crate::moment::read")]
    pub until: Moment,
    /// The clock to show times by.
    pub wall: Wall,
}

/// Behind which visit the next page of the book begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierVisit {
    /// Asked before this instant,
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// or at it, and with a smaller id.
    pub id: VisitId,
}

/// The visitor book of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitBook {
    /// Which day.
    pub on: NaiveDate,
    /// The day of the estate's now.
    pub today: NaiveDate,
    /// What rings now, the oldest first.
    pub rings: Vec<Ring>,
    /// Who waits in a lobby, the first one first; of more than 50 the newest.
    pub waiting: Vec<Visit>,
    /// Who is in the house, since whichever day, the last one first; at most 50.
    pub inside: Vec<Visit>,
    /// The day's lines, newest first; at most 50.
    pub visits: Vec<Visit>,
    /// Where older ones begin.
    pub next: Option<EarlierVisit>,
    /// Where somebody may be visited.
    pub buildings: Vec<BuildingRef>,
    /// The clock to show times by.
    pub wall: Wall,
}
