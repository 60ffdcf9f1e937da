use crate::fault::{Fault, Note, Refusal};
use crate::moment::Moment;
use crate::requests::Version;
use crate::visitors::{Answer, Mark, Visit, VisitStage};
use chrono::Duration;

/// Every legal move of a visit, by the stages' tags; the database refuses all others.
pub const VISIT_MOVES: [(&str, &str); 13] = [
    ("", "waiting"),
    ("", "arrived"),
    ("waiting", "consented"),
    ("waiting", "denied"),
    ("waiting", "unanswered"),
    ("waiting", "arrived"),
    ("waiting", "turned_away"),
    ("consented", "arrived"),
    ("consented", "turned_away"),
    ("denied", "turned_away"),
    ("unanswered", "arrived"),
    ("unanswered", "turned_away"),
    ("arrived", "departed"),
];

/// The longest name of a visitor or of a company, in characters.
pub const LONGEST_NAME: u32 = 80;
/// The longest number of a home.
pub const LONGEST_NUMBER: u32 = 20;
/// The longest reason.
pub const LONGEST_REASON: u32 = 200;
/// So long whoever lives there may answer; and as long nobody learns that they did not.
pub const ANSWERS: Duration = Duration::minutes(2);
/// For so many days the book knows a visitor's name.
pub const KEPT_DAYS: i64 = 30;

impl Visit {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Whether whoever lives there may still answer.
    pub fn is_asked(&self, at: Moment) -> bool {
        self.stage == VisitStage::Waiting && at < self.asked_at + ANSWERS
    }

    /// Whether nobody answered in time.
    pub fn is_silent(&self, at: Moment) -> bool {
        self.stage == VisitStage::Waiting && at >= self.asked_at + ANSWERS
    }

    /// Whoever lives there answers, once.
    pub fn answer(&mut self, answer: Answer, at: Moment) -> Result<(), Fault> {
        if !self.is_asked(at) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(if answer == Answer::NotNow { VisitStage::Denied } else { VisitStage::Consented }, at)?;
        self.answer = Some(answer);
        Ok(())
    }

    /// Nobody answered.
    pub fn give_up(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(VisitStage::Unanswered, at)
    }

    /// The desk lets them in, sees them out or turns them away, and why. Whom nobody wants to see is not let in.
    pub fn mark(&mut self, mark: Mark, reason: Option<String>, at: Moment) -> Result<(), Fault> {
        if self.is_past(mark) {
            return Err(Refusal::AlreadyMoved.into());
        }
        match mark {
            Mark::In => {
                self.go(VisitStage::Arrived, at)?;
                self.entered_at = Some(at);
            }
            Mark::Out => {
                self.go(VisitStage::Departed, at)?;
                self.left_at = Some(at);
            }
            Mark::Away if reason.is_none() => return Err(Fault::field("reason", Note::Missing)),
            Mark::Away => {
                self.go(VisitStage::TurnedAway, at)?;
                self.reason = reason;
            }
        }
        Ok(())
    }

    /// Whether the desk may do so now.
    pub fn allows(&self, mark: Mark) -> bool {
        let to = match mark {
            Mark::In => VisitStage::Arrived,
            Mark::Out => VisitStage::Departed,
            Mark::Away => VisitStage::TurnedAway,
        };
        !self.is_past(mark) && VISIT_MOVES.contains(&(self.stage.tag(), to.tag()))
    }

    /// Whether it is too long ago: of whom the book has forgotten, it takes nothing any more but that they left.
    fn is_past(&self, mark: Mark) -> bool {
        self.name.is_none() && mark != Mark::Out
    }

    fn go(&mut self, to: VisitStage, at: Moment) -> Result<(), Fault> {
        if !VISIT_MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.stage, self.stage_at) = (to, at);
        Ok(())
    }
}
