use super::super::model::{ServiceOrder, ServiceStage};
use crate::fault::{Fault, Refusal};
use crate::moment::Moment;

/// How an order ends that is not accepted.
impl ServiceOrder {
    /// They will not have it, as it came or done again: somebody else decides (J5).
    pub fn refuse(&mut self, reason: &str, at: Moment) -> Result<(), Fault> {
        self.hand_on(&[ServiceStage::Delivered, ServiceStage::Rework], reason, at)
    }

    /// They will not pay, or what is to be done again cannot be: somebody else decides (J5).
    pub fn refer(&mut self, reason: &str, at: Moment) -> Result<(), Fault> {
        self.hand_on(&[ServiceStage::Billed, ServiceStage::Rework], reason, at)
    }

    fn hand_on(&mut self, from: &[ServiceStage], reason: &str, at: Moment) -> Result<(), Fault> {
        if !from.contains(&self.stage) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.for_reason(ServiceStage::Referred, "reason", reason, at)
    }

    /// The office cannot do it.
    pub fn decline(&mut self, reason: &str, at: Moment) -> Result<(), Fault> {
        self.for_reason(ServiceStage::Declined, "reason", reason, at)
    }

    /// Its person does not want it any more, as long as it is not begun; what is free, until it is wanted.
    pub fn withdraw(&mut self, at: Moment) -> Result<(), Fault> {
        let is_to_come = self.is_free() && self.needed_at.is_some_and(|needed| needed > at);
        if self.stage == ServiceStage::Delivering && !is_to_come {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(ServiceStage::Withdrawn, at)
    }

    /// Nobody signed its price in time.
    pub fn lapse(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(ServiceStage::Lapsed, at)
    }
}
