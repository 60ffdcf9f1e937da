use super::super::model::{Case, Happening, Report, Request, Stage};
use super::Received;
use crate::fault::Fault;
use crate::moment::Moment;
use crate::work::Order;

impl Case {
    /// A recurring order falls due: a matter of its own, received, in somebody's hands and sent at once. The request
    /// after each of its moves, with what happened; the order goes out with the last one.
    pub fn recurring(
        report: &Report,
        new: Received,
        order: impl FnOnce(&Request) -> Order,
        at: Moment,
    ) -> Result<(Order, [(Request, Happening); 3]), Fault> {
        let (received, came) = Request::receive(report, new, at);
        let mut triaged = received.clone();
        triaged.go(Stage::Triaged, at)?;
        let order = order(&triaged);
        triaged.accountable = Some(order.accountable);
        let mut sent = triaged.clone();
        sent.version += 1;
        sent.go(Stage::Dispatched, at)?;
        sent.department = order.department;
        let urgency = received.urgency;
        let went = Happening::Dispatched { order: order.id, department: order.department, assignee: order.assignee };
        Ok((order, [(received, came), (triaged, Happening::Triaged { urgency }), (sent, went)]))
    }
}
