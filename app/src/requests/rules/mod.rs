//! What may become of a request, and who may do it: the desk's moves, the resident's, and how a request
//! follows its orders. The table of moves and the step along it stand here; there is no other way to move.

mod case;
mod closing;
mod desk;
mod follow;
mod receive;
#[cfg(feature = "ssr")]
mod repeat;
mod residents;

pub use receive::Received;

use super::model::{Request, Stage, Version};
use crate::fault::{Fault, Refusal};
use crate::moment::Moment;

/// Every legal move of a request, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 28] = [
    ("", "received"),
    ("received", "triaged"),
    ("received", "declined"),
    ("received", "cancelled"),
    ("received", "duplicate"),
    ("triaged", "dispatched"),
    ("triaged", "waiting"),
    ("triaged", "declined"),
    ("triaged", "cancelled"),
    ("triaged", "duplicate"),
    ("dispatched", "in_progress"),
    ("dispatched", "triaged"),
    ("dispatched", "cancelled"),
    ("in_progress", "waiting"),
    ("in_progress", "done"),
    ("in_progress", "triaged"),
    ("waiting", "in_progress"),
    ("waiting", "triaged"),
    ("done", "confirmed"),
    ("done", "unconfirmed"),
    ("done", "disputed"),
    ("done", "archived"),
    ("confirmed", "archived"),
    ("confirmed", "reopened"),
    ("unconfirmed", "archived"),
    ("unconfirmed", "reopened"),
    ("disputed", "reopened"),
    ("reopened", "triaged"),
];

impl Stage {
    /// The value in the database.
    pub fn tag(&self) -> &'static str {
        match self {
            Stage::Received => "received",
            Stage::Triaged => "triaged",
            Stage::Dispatched => "dispatched",
            Stage::InProgress => "in_progress",
            Stage::Waiting { .. } => "waiting",
            Stage::Done => "done",
            Stage::Confirmed => "confirmed",
            Stage::Unconfirmed => "unconfirmed",
            Stage::Disputed => "disputed",
            Stage::Reopened => "reopened",
            Stage::Archived => "archived",
            Stage::Declined { .. } => "declined",
            Stage::Cancelled => "cancelled",
            Stage::Duplicate { .. } => "duplicate",
        }
    }

    /// Whether the office still owes something.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Stage::Received
                | Stage::Triaged
                | Stage::Dispatched
                | Stage::InProgress
                | Stage::Waiting { .. }
                | Stage::Disputed
                | Stage::Reopened
        )
    }

    /// Whether orders go out on it: somebody took it in hand, and it does not rest.
    pub fn takes_orders(&self) -> bool {
        matches!(self, Stage::Triaged | Stage::Dispatched | Stage::InProgress)
    }
}

impl Request {
    /// Whether nobody could be asked how it ended: nobody reported it, and nobody lives where it is, like upkeep that
    /// recurs.
    pub fn is_nobodys(&self) -> bool {
        self.reporter.is_none() && self.party.is_none() && self.place.unit().is_none()
    }

    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// One step on the table of moves.
    fn go(&mut self, to: Stage, at: Moment) -> Result<(), Fault> {
        if !MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.stage = to;
        self.stage_at = at;
        Ok(())
    }
}
