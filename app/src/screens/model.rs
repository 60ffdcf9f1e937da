use crate::estate::Names;
use crate::ids::{AreaId, BuildingId, EstateId, ScreenId};
use crate::texts::Texts;
use serde::{Deserialize, Serialize};

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
