use crate::estate::UnitRef;
use crate::ids::VisitId;
use crate::screens::Place;
use serde::{Deserialize, Serialize};

/// What somebody is told of the lobby. Nothing of it names a visitor: messages are kept for longer than names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum VisitNews {
    /// The desk is rung.
    Rings {
        /// From where.
        place: Place,
    },
    /// Somebody asks for a home of the reader's.
    Waits {
        /// The visit: where it leads.
        visit: VisitId,
        /// For which home.
        home: UnitRef,
    },
    /// Somebody came to complain, which the centre is told at once (B14).
    Complains,
}
