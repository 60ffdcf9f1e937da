//! What becomes of what somebody held who leaves.

use crate::ids::StaffId;
use crate::requests::{Case, Stage};

impl Case {
    /// Everything that `from` holds in it is `to`'s from now on; whether that was anything, of the request and of each
    /// of its orders in their order. What has ended stays as it was.
    pub fn hand_over(&mut self, from: StaffId, to: StaffId) -> (bool, Vec<bool>) {
        let held = (self.request.stage.is_open() || self.request.stage == Stage::Done)
            && self.request.accountable == Some(from);
        if held {
            self.request.accountable = Some(to);
        }
        let orders = self.orders.iter_mut().map(|order| {
            let held = order.stage.is_open() && (order.accountable == from || order.assignee == Some(from));
            if held {
                order.accountable = to;
                order.assignee = order.assignee.map(|assignee| if assignee == from { to } else { assignee });
            }
            held
        });
        (held, orders.collect())
    }
}
