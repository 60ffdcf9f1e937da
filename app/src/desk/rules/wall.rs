use super::super::model::{Contact, ContactStage};
use crate::estate::Zone;
use crate::moment::Moment;
use crate::policy::{Desk, StopsAt};
use crate::requests::Happening;
use chrono::Duration;

/// What happened to a contact, as far as the wall listens to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WallStep {
    /// The caller has the answer.
    Answered,
    /// The caller has a time.
    Promised,
    /// Somebody else accepted it.
    Accepted,
    /// Something happened to the request that it became.
    Request(Happening),
}

impl WallStep {
    /// Whether the three minutes stop with it (B2). What became a request stops where the policy says, or once there
    /// is nobody left to be sent; everything else once the caller has an answer or a time, or another has accepted it.
    /// Merely offering it stops nothing.
    pub fn stops(&self, stops_at: StopsAt, is_request: bool) -> bool {
        let WallStep::Request(happening) = self else { return !is_request };
        match happening {
            Happening::Done
            | Happening::Declined { .. }
            | Happening::Cancelled { .. }
            | Happening::MarkedDuplicate { .. }
            | Happening::Arrived { .. } => true,
            Happening::OrderAccepted { .. } | Happening::SetOut { .. } => stops_at != StopsAt::OnSite,
            Happening::Dispatched { .. } => stops_at == StopsAt::Dispatched,
            // The order of its incident is its own.
            Happening::Shared { stage, .. } => {
                stage == "in_progress" || (stage == "dispatched" && stops_at == StopsAt::Dispatched)
            }
            _ => false,
        }
    }
}

/// When the wall stopped for a contact, by all that happened to it, in order; none while it runs.
pub fn stopped_at(stops_at: StopsAt, is_request: bool, steps: &[(Moment, WallStep)]) -> Option<Moment> {
    steps.iter().find(|(_, step)| step.stops(stops_at, is_request)).map(|(at, _)| *at)
}

impl Contact {
    /// Whether the three minutes are over while they ran, to the second.
    pub fn is_breached(&self, now: Moment) -> bool {
        self.wall_stopped_at.map_or(now >= self.wall_due_at, |stopped_at| stopped_at > self.wall_due_at)
    }

    /// Which rungs of the chain are due to be told.
    pub fn due_rungs(&self, desk: &Desk, now: Moment) -> Vec<usize> {
        let due = |after: u32| self.wall_due_at + Duration::minutes(after.into()) <= now;
        let rungs = desk.chain.iter().enumerate().filter(|(_, rung)| due(rung.after_minutes));
        rungs.map(|(index, _)| index).collect()
    }

    /// By when it is answered on its day (B7).
    pub fn answer_by(&self, desk: &Desk, zone: &Zone) -> Moment {
        same_day(desk, zone, self.received_at)
    }

    /// When somebody has to look at it next; none where nothing is to come.
    pub fn next_look(&self, desk: &Desk, zone: &Zone, now: Moment) -> Option<Moment> {
        let mut looks = Vec::new();
        if self.wall_stopped_at.is_none() {
            looks.push(self.wall_due_at);
            looks.extend(desk.chain.iter().map(|rung| self.wall_due_at + Duration::minutes(rung.after_minutes.into())));
        }
        match self.stage {
            ContactStage::Open => looks.push(self.answer_by(desk, zone)),
            ContactStage::Promised { reply_by } => looks.push(reply_by),
            ContactStage::Answered | ContactStage::Requested => {}
        }
        looks.into_iter().filter(|at| *at > now).min()
    }
}

/// Until when somebody who calls now is answered on the same day (B7); the next day where that has passed.
pub fn same_day(desk: &Desk, zone: &Zone, now: Moment) -> Moment {
    let today = zone.day_of(now);
    let until = zone.latest(today, desk.answer_until);
    if until > now { until } else { zone.latest(today.succ_opt().unwrap_or(today), desk.answer_until) }
}
