use crate::estate::{Names, UnitRef};
use crate::ids::{AreaId, UnitId};
use serde::{Deserialize, Serialize};

/// Where the problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// In somebody's unit.
    Home(UnitId),
    /// In a common area, on a floor where that says more.
    Common {
        /// The area.
        area: AreaId,
        /// The storey.
        floor: Option<i32>,
    },
}

impl Place {
    /// The unit, if it is one.
    pub fn unit(self) -> Option<UnitId> {
        match self {
            Place::Home(unit) => Some(unit),
            Place::Common { .. } => None,
        }
    }
}

/// Where a matter is, as it is named to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceName {
    /// A unit.
    Home(UnitRef),
    /// A common area.
    Common {
        /// The building; none for the grounds.
        building: Option<Names>,
        /// The area.
        area: Names,
        /// The storey.
        floor: Option<i32>,
    },
}
