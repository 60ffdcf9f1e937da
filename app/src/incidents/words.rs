//! What incidents, and how far they reach, are called.

use super::model::{Extent, IncidentStage, Reach};
use crate::texts::Texts;

/// Where an incident stands, in a word.
pub fn incident_stage_word(t: Texts, stage: IncidentStage) -> &'static str {
    match stage {
        IncidentStage::Proposed => t.incident_proposed(),
        IncidentStage::Open => t.incident_open(),
        IncidentStage::Closed => t.incident_closed(),
        IncidentStage::Dismissed => t.incident_dismissed(),
    }
}

/// `Building 3 · riser 03`, `Building 3 · floor 12`, `Building 3`, `Building 3 · Lobby`.
pub fn reach_text(t: Texts, reach: &Reach) -> String {
    let building = reach.building.as_ref().map(|building| building.of(t.lang));
    let within = match (&reach.extent, &reach.area) {
        (Extent::Stack(stack), _) => Some(t.incident_stack(stack)),
        (Extent::Floor(floor), _) => Some(t.incident_floor(floor)),
        (Extent::Area(_), Some(area)) => Some(area.of(t.lang).to_owned()),
        _ => None,
    };
    match (within, building) {
        (Some(within), Some(building)) => t.place_in_building(within, building),
        (Some(within), None) => within,
        (None, building) => building.unwrap_or_default().to_owned(),
    }
}
