use super::super::model::{Case, Happening, Stage, WaitingFrom};
use crate::fault::{Fault, Refusal};
use crate::ids::OrderId;
use crate::moment::Moment;
use crate::people::{Power, Staff};
use crate::work::{Issue, Order, OrderStage};

impl Case {
    /// An order goes out: to a person, or to a team whose supervisor answers for it until somebody accepts.
    pub fn dispatch(&mut self, by: &Staff, issue: Issue, at: Moment) -> Result<Happening, Fault> {
        let own = issue.department == by.department.id;
        if !(by.can(Power::Dispatch) || (own && by.can(Power::Assign))) {
            return Err(Fault::NotAllowed);
        }
        let order = Order::issue(by, self.request.id, issue, at);
        match self.request.stage {
            Stage::Triaged => self.request.go(Stage::Dispatched, at)?,
            Stage::Dispatched | Stage::InProgress => {}
            _ => return Err(Refusal::AlreadyMoved.into()),
        }
        // Another department that helps does not take the matter from the one that is at it (C2).
        if !self.orders.iter().any(|order| order.stage.is_open()) {
            self.request.department = order.department;
        }
        let happening =
            Happening::Dispatched { order: order.id, department: order.department, assignee: order.assignee };
        self.orders.push(order);
        Ok(happening)
    }

    /// One of the orders, to move it; call [`Case::follow`] afterwards until it is `None`.
    pub fn order(&mut self, id: OrderId) -> Result<&mut Order, Fault> {
        self.orders.iter_mut().find(|order| order.id == id).ok_or(Fault::NotFound)
    }

    /// The request follows its orders, one legal move at a time; `None` once it has caught up.
    pub fn follow(&mut self, at: Moment) -> Option<Happening> {
        let live: Vec<&OrderStage> = self
            .orders
            .iter()
            .filter(|order| self.request.reopened_at.is_none_or(|reopened_at| order.issued_at > reopened_at))
            .map(|order| &order.stage)
            .filter(|stage| !matches!(stage, OrderStage::Refused { .. } | OrderStage::Cancelled { .. }))
            .collect();
        let open = live.iter().any(|stage| **stage != OrderStage::Verified);
        let on_site = live
            .iter()
            .any(|stage| matches!(stage, OrderStage::OnSite | OrderStage::Completed | OrderStage::Rework { .. }));
        let paused = live.iter().find_map(|stage| match stage {
            OrderStage::Paused { on } => Some(*on),
            _ => None,
        });
        let (to, happening) = match &self.request.stage {
            Stage::Dispatched | Stage::InProgress if live.is_empty() => (Stage::Triaged, Some(Happening::BackAtDesk)),
            Stage::Dispatched if on_site || paused.is_some() || !open => (Stage::InProgress, None),
            Stage::InProgress if !open => (Stage::Done, Some(Happening::Done)),
            Stage::InProgress if !on_site => match paused {
                Some(on) => (Stage::Waiting { on, from: WaitingFrom::InProgress }, None),
                None => return None,
            },
            Stage::Waiting { from: WaitingFrom::InProgress, .. } if on_site || paused.is_none() => {
                (Stage::InProgress, None)
            }
            _ => return None,
        };
        self.request.go(to, at).ok()?;
        if self.request.stage == Stage::Done {
            self.request.promise = None;
        }
        Some(happening.unwrap_or_else(|| Happening::Followed { stage: self.request.stage.tag().to_owned() }))
    }

    /// Cancelling the request takes back what is still out.
    pub fn open_orders(&self) -> impl Iterator<Item = OrderId> + '_ {
        self.orders.iter().filter(|order| order.stage.is_open()).map(|order| order.id)
    }
}
