use crate::fault::{Fault, Refusal};
use crate::moment::Moment;
use crate::requests::Version;
use crate::visitors::{Ring, RingStage};
use chrono::Duration;

/// Every legal move of a ring, by the stages' tags; the database refuses all others.
pub const RING_MOVES: [(&str, &str); 7] = [
    ("", "ringing"),
    ("ringing", "coming"),
    ("ringing", "talking"),
    ("ringing", "over"),
    ("coming", "talking"),
    ("coming", "over"),
    ("talking", "over"),
];

/// After so long without an answer the screen says how to call.
pub const LATE: Duration = Duration::seconds(60);
/// So long a ring stands, from when it was rung, and again from when it was answered.
pub const RINGS: Duration = Duration::minutes(3);

impl Ring {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Whether it is still there.
    pub fn is_open(&self, at: Moment) -> bool {
        self.stage != RingStage::Over && at < self.ends_at
    }

    /// Whether nobody has answered for too long.
    pub fn is_late(&self, at: Moment) -> bool {
        self.stage == RingStage::Ringing && at >= self.rung_at + LATE
    }

    /// The desk answers, or it ends.
    pub fn go(&mut self, to: RingStage, at: Moment) -> Result<(), Fault> {
        if !RING_MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.stage, self.stage_at) = (to, at);
        if to != RingStage::Over {
            self.ends_at = at + RINGS;
        }
        Ok(())
    }
}
