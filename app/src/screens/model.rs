use crate::estate::{EstateRef, Names};
use crate::ids::{AreaId, BuildingId, EstateId, ScreenId};
use crate::incidents::Reach;
use crate::moment::{Moment, Wall};
use crate::notices::Posted;
use crate::requests::Promise;
use crate::texts::Texts;
use serde::{Deserialize, Serialize};

/// The longest name of a screen, in characters.
pub const LONGEST_NAME: u32 = 80;

/// Where a screen stands: a place in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The place.
    pub area: AreaId,
    /// Its name, without the building's.
    pub names: Names,
    /// The building that it is in; none for the grounds.
    pub building: Option<BuildingId>,
    /// That building's name.
    pub building_names: Option<Names>,
}

impl Place {
    /// `Building 3 · Lobby`
    pub fn label(&self, t: Texts) -> String {
        let name = self.names.of(t.lang);
        self.building_names.as_ref().map_or_else(|| name.to_owned(), |building| t.unit_label(building.of(t.lang), name))
    }
}

/// Proof that a lobby screen asks, let in by the estate's staff. Comes only from a [`crate::people::Viewer`], which then
/// is nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenDevice {
    /// The screen.
    pub id: ScreenId,
    /// The estate that it belongs to.
    pub estate: EstateId,
    /// That estate's time zone.
    pub zone: String,
    /// Where it stands.
    pub place: Place,
}

/// What a browser is that opens the lobby screen's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// A screen that staff let in.
    Enrolled(Box<Board>),
    /// One that asks to be let in, for a quarter of an hour.
    Asking {
        /// What staff type: eight characters in two groups.
        code: String,
        /// Whether staff have let it in, so that it may collect its credential.
        is_let_in: bool,
    },
    /// Any other.
    Unknown,
}

/// What a lobby screen shows. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Whose screen it is.
    pub estate: EstateRef,
    /// Where it stands.
    pub place: Place,
    /// What the estate tells everybody there, the weightiest and latest first; an emergency takes the screen over. At most 3.
    pub notices: Vec<Posted>,
    /// What is out of order there or in the grounds, what was promised first; at most [`MOST_INCIDENTS`].
    pub incidents: Vec<Outage>,
    /// How many more there are.
    pub more: u32,
    /// What can still be booked today, in the estate's order; at most [`MOST_FREE`].
    pub free: Vec<FreeToday>,
    /// Whether whoever stands before it reads in large type.
    pub is_large: bool,
    /// As of when, on the estate's wall.
    pub wall: Wall,
}

/// So many incidents stand on a board,
pub const MOST_INCIDENTS: usize = 3;
/// so many facilities,
pub const MOST_FREE: usize = 4;
/// and so many times of each.
pub const MOST_TIMES: usize = 4;

/// An open incident, in the catalogue's words: none of whoever reported it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// What it is about.
    pub topic: Names,
    /// Its symbol.
    pub icon: String,
    /// Where.
    pub reach: Reach,
    /// What was promised, and by when; none where nothing runs.
    pub promise: Option<Promise>,
}

/// A facility that has times today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeToday {
    /// Its symbol.
    pub icon: String,
    /// Its name.
    pub names: Names,
    /// When a booking may begin, the earliest first, in seconds since 1970.
    pub starts: Vec<i64>,
}

/// A screen as the office looks after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screen {
    /// The screen.
    pub id: ScreenId,
    /// What the office calls it.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Who let it in.
    pub enrolled_by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub enrolled_at: Moment,
    /// When it last asked for its board, to the minute; none: it has not yet collected its credential, or not shown one.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub seen_at: Option<Moment>,
    /// The build that it runs, once it has said.
    pub build: Option<String>,
    /// Since when it is nobody.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub revoked_at: Option<Moment>,
}

/// The page on which the office looks after its lobby screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screens {
    /// Those in use first, then the newest; at most 100.
    pub screens: Vec<Screen>,
    /// The places in common at which one may stand.
    pub places: Vec<Place>,
    /// The build that the server runs.
    pub build: String,
    /// The clock to show times by.
    pub wall: Wall,
}
