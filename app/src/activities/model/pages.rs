use super::activity::{Activity, ActivityMove};
use super::participation::{Participation, ParticipationMove};
use crate::bookings::Bookable;
use crate::estate::UnitRef;
use crate::ids::{StaffId, UnitId};
use crate::moment::Wall;
use crate::people::Home;
use serde::{Deserialize, Serialize};

/// An activity as a resident sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityCard {
    /// The activity.
    pub activity: Activity,
    /// Their part in it, or the one that they gave up last; of several homes' that of one that is in it.
    pub own: Option<Participation>,
}

/// A home's part in an activity, and what its reader may do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPart {
    /// The part.
    pub part: Participation,
    /// What they may do.
    pub moves: Vec<ParticipationMove>,
}

/// What is done where the reader has a home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityBoard {
    /// What is to come, the next one first, then what is over, the latest first; at most 60.
    pub activities: Vec<ActivityCard>,
    /// The one that the address names.
    pub one: Option<ActivityFile>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// One activity as a resident opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityFile {
    /// The activity, and their part in it.
    pub card: ActivityCard,
    /// Their homes in its estate.
    pub homes: Vec<Home>,
    /// The part of each home that is in it.
    pub parts: Vec<OwnPart>,
    /// The homes that they may sign up now.
    pub free: Vec<UnitId>,
}

/// A household's part as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipationEntry {
    /// The part.
    pub participation: Participation,
    /// Of which household.
    pub home: UnitRef,
    /// Who signed it up.
    pub person: String,
    /// Whether all of that household have left.
    pub has_left: bool,
}

/// The office's activities, or one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityDesk {
    /// What is to come, the next one first, then what is over, the latest first; at most 60. Empty where one is opened.
    pub activities: Vec<Activity>,
    /// The one that the address names.
    pub one: Option<ActivityEntry>,
    /// Where one can be held.
    pub facilities: Vec<Bookable>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// One activity as the office opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityEntry {
    /// The activity.
    pub activity: Activity,
    /// Who signed up, in the order in which they did.
    pub people: Vec<ParticipationEntry>,
    /// Who of the office could answer for something.
    pub team: Vec<(StaffId, String)>,
    /// Who reads.
    pub me: StaffId,
    /// What they may do with it.
    pub moves: Vec<ActivityMove>,
    /// Whether they may change what is done for its safety.
    pub may_prepare: bool,
    /// Whether they take down who comes.
    pub may_attend: bool,
    /// Whether they may give up the places of others.
    pub may_strike: bool,
}

/// What a plan became: where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Its code.
    pub code: String,
}
