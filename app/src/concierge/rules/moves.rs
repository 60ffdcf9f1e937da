use super::super::model::{ServiceMove, ServiceOrder};
use crate::fault::Fault;
use crate::ids::{AccountId, StaffId};
use crate::moment::Moment;
use crate::policy::Orders;
use crate::requests::Rating;
use chrono::Duration;

impl ServiceOrder {
    /// What its person may do with it at an instant, the likeliest first.
    pub fn moves(&self, by: AccountId, at: Moment) -> Vec<ServiceMove> {
        let waits = Orders::default();
        let full = Rating { attitude: 5, conduct: 5, speed: 5, result: 5 };
        let all = [
            (ServiceMove::Sign, self.may(|it| it.sign(1, at))),
            (ServiceMove::Accept, self.may(|it| it.accept(at))),
            (ServiceMove::SendBack, self.may(|it| it.send_back("-", waits, at))),
            (ServiceMove::Refuse, self.may(|it| it.refuse("-", at))),
            (ServiceMove::Rate, self.may(|it| it.rate(full, None))),
            (ServiceMove::Withdraw, self.may(|it| it.withdraw(at))),
        ];
        all.into_iter().filter_map(|(what, may)| (may && self.account == by).then_some(what)).collect()
    }

    /// What a colleague of the desk may do with it at an instant, the likeliest first.
    pub fn office_moves(&self, by: StaffId, at: Moment) -> Vec<ServiceMove> {
        let waits = Orders::default();
        let later = at + Duration::hours(1);
        let all = [
            (ServiceMove::Quote, self.can_be_quoted()),
            (ServiceMove::Start, self.may(|it| it.start(1, at))),
            (ServiceMove::Deliver, self.may(|it| it.deliver(None, waits, at))),
            (ServiceMove::SignHere, self.may(|it| it.sign(1, at))),
            (ServiceMove::Promise, self.may(|it| it.promise(later, Some("-"), at).map(drop))),
            (ServiceMove::Archive, self.may(|it| it.archive(at))),
            (ServiceMove::Take, self.may(|it| it.take(by))),
            (ServiceMove::Decline, self.may(|it| it.decline("-", at))),
            (ServiceMove::Refer, self.may(|it| it.refer("-", at))),
        ];
        all.into_iter().filter_map(|(what, may)| may.then_some(what)).collect()
    }

    /// What whoever delivers it may do with it at an instant.
    pub fn deliverer_moves(&self, by: StaffId, at: Moment) -> Vec<ServiceMove> {
        let theirs = |what: &ServiceMove| matches!(what, ServiceMove::Start | ServiceMove::Deliver);
        self.office_moves(by, at).into_iter().filter(theirs).collect()
    }

    fn may(&self, go: impl FnOnce(&mut Self) -> Result<(), Fault>) -> bool {
        go(&mut self.clone()).is_ok()
    }
}
