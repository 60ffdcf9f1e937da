//! Which clocks run for a request, and which rest: read from what happened to it, and from nothing else. When they
//! end is `policy`'s to reckon.

use super::model::{Happening, WaitingOn};
use crate::moment::Moment;
use crate::policy::{ClockKind, Rest};
use crate::services::Urgency;

/// One happening, as far as clocks listen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Moment,
    /// What.
    pub happening: Happening,
    /// Whether the office did it.
    pub by_office: bool,
}

/// The course of one clock: what its end is reckoned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Which clock.
    pub kind: ClockKind,
    /// In which life of the request: it is born with 0, each return begins another.
    pub life: i32,
    /// How pressing the matter is; changing that changes the length, never the start.
    pub urgency: Urgency,
    /// From when.
    pub started_at: Moment,
    /// When what it runs for was done, or had become void.
    pub stopped_at: Option<Moment>,
    /// While it rested.
    pub rests: Vec<Rest>,
}

/// All clocks of a request, life by life.
pub fn courses(history: &[Step]) -> Vec<Course> {
    let mut lives = Vec::new();
    let mut urgency = Urgency::Normal;
    let mut paused_on = WaitingOn::Parts;
    for step in history {
        if let Happening::Received { urgency: Some(catalogues) } = step.happening {
            urgency = catalogues;
        }
        match &step.happening {
            happening if happening.begins_a_life() => {
                let life = i32::try_from(lives.len() / ClockKind::ALL.len()).unwrap_or(i32::MAX);
                lives.extend(ClockKind::ALL.map(|kind| Course {
                    kind,
                    life,
                    urgency,
                    started_at: step.at,
                    stopped_at: None,
                    rests: Vec::new(),
                }));
            }
            Happening::Triaged { urgency: corrected } => urgency = *corrected,
            Happening::Paused { on, .. } => paused_on = *on,
            _ => {}
        }
        let first = lives.len().saturating_sub(ClockKind::ALL.len());
        for course in &mut lives[first..] {
            course.urgency = if course.stopped_at.is_none() { urgency } else { course.urgency };
            course.hear(step, paused_on);
        }
    }
    lives
}

impl Course {
    fn hear(&mut self, step: &Step, paused_on: WaitingOn) {
        match &step.happening {
            Happening::Waiting { on } => self.rest(*on, step.at),
            Happening::Followed { stage } if stage == "waiting" => self.rest(paused_on, step.at),
            Happening::Shared { on: Some(on), .. } => self.rest(*on, step.at),
            Happening::WentOn | Happening::Followed { .. } | Happening::Shared { .. } => self.go_on(step.at),
            // Everybody gave it back: nobody is on the way, so the clock that stopped had stopped too early.
            Happening::BackAtDesk if matches!(self.kind, ClockKind::Dispatch | ClockKind::OnSite) => {
                self.stopped_at = None;
            }
            _ => {}
        }
        if self.stopped_at.is_none() && self.is_stopped_by(step) {
            self.go_on(step.at);
            self.stopped_at = Some(step.at);
        }
    }

    /// An answer is owed whatever the repair waits for.
    fn rest(&mut self, on: WaitingOn, at: Moment) {
        if self.kind != ClockKind::Answer && self.rests.last().is_none_or(|rest| rest.until.is_some()) {
            self.rests.push(Rest { from: at, until: None, on });
        }
    }

    fn go_on(&mut self, at: Moment) {
        if let Some(rest) = self.rests.last_mut() {
            rest.until = rest.until.or(Some(at));
        }
    }

    fn is_stopped_by(&self, step: &Step) -> bool {
        match (&step.happening, self.kind) {
            (
                Happening::Done
                | Happening::Declined { .. }
                | Happening::Cancelled { .. }
                | Happening::MarkedDuplicate { .. },
                _,
            ) => true,
            (
                Happening::Promised { .. }
                | Happening::Appointed { .. }
                | Happening::Dispatched { .. }
                | Happening::Waiting { .. },
                ClockKind::Answer,
            )
            | (Happening::Dispatched { .. }, ClockKind::Dispatch)
            | (Happening::Arrived { .. }, ClockKind::OnSite) => true,
            // Whoever was sent for its lead was sent for it.
            (Happening::Shared { stage, .. }, ClockKind::Answer | ClockKind::Dispatch) => stage == "dispatched",
            (Happening::Shared { stage, .. }, ClockKind::OnSite) => stage == "in_progress",
            (Happening::Commented { .. }, ClockKind::Answer) => step.by_office,
            _ => false,
        }
    }
}

impl Happening {
    /// Whether a request begins with it, or begins again.
    pub fn begins_a_life(&self) -> bool {
        matches!(self, Happening::Received { .. } | Happening::Reopened)
    }

    /// Whether any clock listens to it.
    pub fn turns_clocks(&self) -> bool {
        matches!(
            self,
            Happening::Received { .. }
                | Happening::Reopened
                | Happening::Triaged { .. }
                | Happening::Promised { .. }
                | Happening::Appointed { .. }
                | Happening::Dispatched { .. }
                | Happening::Commented { .. }
                | Happening::Arrived { .. }
                | Happening::Waiting { .. }
                | Happening::WentOn
                | Happening::Followed { .. }
                | Happening::Shared { .. }
                | Happening::BackAtDesk
                | Happening::Done
                | Happening::Declined { .. }
                | Happening::Cancelled { .. }
                | Happening::MarkedDuplicate { .. }
        )
    }
}
