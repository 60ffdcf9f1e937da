use crate::estate::Names;
use crate::ids::{AreaId, EstateId, IncidentId, ItemId, RequestId};
use crate::moment::{Moment, Wall};
use crate::requests::{Card, Version};
use serde::{Deserialize, Serialize};

/// Like reports in one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// The incident.
    pub id: IncidentId,
    /// Its estate.
    pub estate: EstateId,
    /// Counts the moves; a move names the version that it saw.
    pub version: Version,
    /// Where it stands.
    pub stage: IncidentStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// The category of all its reports.
    pub category: ItemId,
    /// What all of it is about; none where only the category is the same.
    pub item: Option<ItemId>,
    /// How far it reaches.
    pub extent: Extent,
    /// On which request the work is ordered, once it is open.
    pub lead: Option<RequestId>,
    /// Why it was dismissed.
    pub reason: Option<String>,
    /// When the detector found it.
    #[serde(deserialize_with = "crate::moment::read")]
    pub proposed_at: Moment,
}

/// Where an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentStage {
    /// The detector thinks so.
    Proposed,
    /// The desk thinks so too: one order for all.
    Open,
    /// What could be done is done.
    Closed,
    /// The desk does not think so.
    Dismissed,
}

impl IncidentStage {
    const ALL: [IncidentStage; 4] =
        [IncidentStage::Proposed, IncidentStage::Open, IncidentStage::Closed, IncidentStage::Dismissed];

    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            IncidentStage::Proposed => "proposed",
            IncidentStage::Open => "open",
            IncidentStage::Closed => "closed",
            IncidentStage::Dismissed => "dismissed",
        }
    }

    /// The stage of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.tag() == tag)
    }

    /// Whether new reports may belong to it.
    pub fn is_live(self) -> bool {
        matches!(self, IncidentStage::Proposed | IncidentStage::Open)
    }
}

/// How far an incident reaches, within a building or the grounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extent {
    /// The homes above each other: a riser.
    Stack(String),
    /// The homes of a storey.
    Floor(i32),
    /// The building.
    Building,
    /// A place in common.
    Area(AreaId),
}

impl Extent {
    /// The value in the database.
    pub fn tag(&self) -> &'static str {
        match self {
            Extent::Stack(_) => "stack",
            Extent::Floor(_) => "floor",
            Extent::Building => "building",
            Extent::Area(_) => "area",
        }
    }
}

/// An extent as it is named to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// How far.
    pub extent: Extent,
    /// The building; none in the grounds.
    pub building: Option<Names>,
    /// The place in common.
    pub area: Option<Names>,
}

/// An incident in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentCard {
    /// The incident.
    pub incident: Incident,
    /// What it is about.
    pub topic: Names,
    /// Its symbol.
    pub icon: String,
    /// Where.
    pub reach: Reach,
    /// How many reports belong to it.
    pub reports: u32,
}

/// What is proposed and open, and what was decided last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incidents {
    /// Proposed and open ones, newest first.
    pub live: Vec<IncidentCard>,
    /// The last 30 that were closed or dismissed.
    pub over: Vec<IncidentCard>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// Everything about one incident, for the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentFile {
    /// The incident in short.
    pub card: IncidentCard,
    /// The reports that belong to it, the lead first.
    pub members: Vec<Card>,
    /// Like reports of the place that do not.
    pub near: Vec<Card>,
    /// What the caller may do now.
    pub moves: Vec<IncidentMove>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What somebody may do with an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IncidentMove {
    /// It is one.
    Accept,
    /// It is none.
    Dismiss,
    /// A word to all who reported.
    Update,
    /// Take a report in.
    Add,
    /// Take a report out.
    Remove,
    /// It is over.
    Close,
}

/// An incident that a resident may join before they report the same. It says nothing of who reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Near {
    /// The incident.
    pub id: IncidentId,
    /// Where: their own stack, storey or building, or a place in common.
    pub reach: Reach,
    /// How many reports, where there are at least as many as the detector asks for.
    pub reports: Option<u32>,
    /// When it was found.
    #[serde(deserialize_with = "crate::moment::read")]
    pub since: Moment,
}

/// The incidents that a resident may join with a report of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearby {
    /// At most one of each extent; the narrowest first.
    pub found: Vec<Near>,
    /// The clock to show times by.
    pub wall: Wall,
}
