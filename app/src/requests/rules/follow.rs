//! How a report that belongs to an incident follows the one on which the work is ordered.

use super::super::model::{Case, Happening, Promise, PromiseKind, Request, Stage, WaitingFrom};
use crate::moment::Moment;
use crate::work::OrderStage;

impl Case {
    /// Whether somebody was sent for this very report in its present life: then it goes its own way.
    pub fn has_own_orders(&self) -> bool {
        let current = self
            .orders
            .iter()
            .filter(|order| self.request.reopened_at.is_none_or(|reopened_at| order.issued_at > reopened_at));
        current
            .into_iter()
            .any(|order| !matches!(order.stage, OrderStage::Refused { .. } | OrderStage::Cancelled { .. }))
    }
}

impl Request {
    /// One legal step towards where the lead stands; `None` once it has caught up, or where there is no way.
    pub fn follow_lead(&mut self, lead: &Request, at: Moment) -> Option<Happening> {
        let is_out = matches!(
            lead.stage,
            Stage::Dispatched | Stage::InProgress | Stage::Waiting { from: WaitingFrom::InProgress, .. }
        );
        let is_there = matches!(lead.stage, Stage::InProgress | Stage::Waiting { from: WaitingFrom::InProgress, .. });
        let is_done = matches!(lead.stage, Stage::Done | Stage::Confirmed | Stage::Unconfirmed | Stage::Archived);
        let is_held = matches!(lead.stage, Stage::Triaged | Stage::Waiting { .. }) || is_out || is_done;
        let to = match (&self.stage, &lead.stage) {
            (Stage::Received | Stage::Reopened, _) if is_held => Stage::Triaged,
            (Stage::Triaged, Stage::Waiting { from: WaitingFrom::Triaged, .. }) => lead.stage.clone(),
            (Stage::Waiting { from: WaitingFrom::Triaged, .. }, Stage::Triaged) => Stage::Triaged,
            (Stage::Waiting { from: WaitingFrom::Triaged, .. }, _) if is_out || is_done => Stage::Triaged,
            (Stage::Triaged, _) if is_out || is_done => Stage::Dispatched,
            (Stage::Dispatched, _) if is_there || is_done => Stage::InProgress,
            (Stage::InProgress, Stage::Waiting { from: WaitingFrom::InProgress, .. }) => lead.stage.clone(),
            (Stage::Waiting { from: WaitingFrom::InProgress, .. }, Stage::InProgress | Stage::Triaged) => {
                Stage::InProgress
            }
            (Stage::Waiting { from: WaitingFrom::InProgress, .. }, _) if is_done => Stage::InProgress,
            (Stage::InProgress, _) if is_done => Stage::Done,
            (Stage::Dispatched | Stage::InProgress, Stage::Triaged) => Stage::Triaged,
            _ => return None,
        };
        let was = self.stage.clone();
        self.go(to, at).ok()?;
        Some(match (&was, &self.stage) {
            (Stage::Received | Stage::Reopened, _) => {
                self.accountable = lead.accountable;
                Happening::Triaged { urgency: self.urgency }
            }
            (_, Stage::Done) => {
                self.promise = None;
                Happening::Done
            }
            (_, Stage::Waiting { from: WaitingFrom::Triaged, on }) => Happening::Waiting { on: *on },
            (Stage::Waiting { .. }, Stage::Triaged) => Happening::WentOn,
            (_, Stage::Triaged) => Happening::BackAtDesk,
            (_, Stage::Waiting { on, .. }) => Happening::Shared { stage: self.stage.tag().to_owned(), on: Some(*on) },
            _ => Happening::Shared { stage: self.stage.tag().to_owned(), on: None },
        })
    }

    /// The time that the lead's resident was told holds for this one too.
    pub fn follow_promise(&mut self, lead: &Request, at: Moment) -> Option<(Promise, Happening)> {
        let promise = lead.promise.filter(|promise| promise.kind != PromiseKind::Answer && promise.due_at > at)?;
        if !self.stage.is_open() || self.promise == Some(promise) {
            return None;
        }
        let instead_of = self.promise.replace(promise).map(|before| before.due_at);
        Some((promise, Happening::Promised { promise, instead_of, reason: None }))
    }
}
