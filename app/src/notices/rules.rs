use super::model::NoticeStage;
use crate::fault::{Fault, Refusal};

/// Every legal move of a notice, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 9] = [
    ("", "draft"),
    ("draft", "approved"),
    ("approved", "scheduled"),
    ("scheduled", "published"),
    ("published", "expired"),
    ("draft", "withdrawn"),
    ("approved", "withdrawn"),
    ("scheduled", "withdrawn"),
    ("published", "withdrawn"),
];

impl NoticeStage {
    /// `Ok` where a notice may go there from here.
    pub fn may_go(self, to: Self) -> Result<(), Fault> {
        let is_legal = MOVES.contains(&(self.tag(), to.tag()));
        if is_legal { Ok(()) } else { Err(Refusal::AlreadyMoved.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::NoticeStage;

    #[test]
    fn only_what_the_manager_approved_comes_out_and_what_is_over_stays_so() {
        assert!(NoticeStage::Draft.may_go(NoticeStage::Scheduled).is_err());
        assert!(NoticeStage::Approved.may_go(NoticeStage::Published).is_err());
        assert!(NoticeStage::Scheduled.may_go(NoticeStage::Published).is_ok());
        for over in [NoticeStage::Expired, NoticeStage::Withdrawn] {
            assert!(over.may_go(NoticeStage::Published).is_err());
        }
        assert_eq!(NoticeStage::from_tag("expired"), Some(NoticeStage::Expired));
    }
}
