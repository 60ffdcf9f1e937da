use super::super::model::{Happening, Request, Stage};
use crate::fault::Fault;
use crate::ids::StaffId;
use crate::moment::Moment;
use crate::work::Order;

impl Request {
    /// The matter of a recurring order is in somebody's hands at once,
    pub fn take_again(&mut self, by: StaffId, at: Moment) -> Result<Happening, Fault> {
        self.go(Stage::Triaged, at)?;
        self.accountable = Some(by);
        Ok(Happening::Triaged { urgency: self.urgency })
    }

    /// and its order goes out, like the one before.
    pub fn send_again(&mut self, order: &Order, at: Moment) -> Result<Happening, Fault> {
        self.go(Stage::Dispatched, at)?;
        self.department = order.department;
        Ok(Happening::Dispatched { order: order.id, department: order.department, assignee: order.assignee })
    }
}
