use super::Viewer;
use crate::estate::EstateRef;
use crate::ids::SessionId;
use crate::moment::{Moment, Wall};
use serde::{Deserialize, Serialize};

/// All that the *Me* page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who it is, and what they may do.
    pub viewer: Viewer,
    /// Where else they work.
    pub other_estates: Vec<EstateRef>,
    /// Their signed-in browsers, this one first.
    pub sessions: Vec<SessionRow>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A signed-in browser, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// For revoking it.
    pub id: SessionId,
    /// What the browser called itself.
    pub device: String,
    /// When it was last used.
    #[serde(deserialize_with = "crate::moment::read")]
    pub seen_at: Moment,
    /// Whether it is the one that asks.
    pub is_this: bool,
}
