use super::super::model::{Notice, NoticeMove, NoticeStage, NoticeText, Priority};
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::StaffId;
use crate::moment::Moment;
use crate::requests::Version;

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

/// The longest title, in characters.
pub const LONGEST_TITLE: u32 = 120;
/// The longest text.
pub const LONGEST_BODY: u32 = 6000;
/// The longest reason.
pub const LONGEST_NOTE: u32 = 500;

/// Who may do what in the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Whether they draft notices and see them through.
    pub drafts: bool,
    /// Whether they approve them.
    pub approves: bool,
}

/// What is due of one, whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It comes out.
    Publish,
    /// It no longer applies.
    Expire,
}

impl NoticeStage {
    /// `Ok` where a notice may go there from here.
    pub fn may_go(self, to: Self) -> Result<(), Fault> {
        let is_legal = MOVES.contains(&(self.tag(), to.tag()));
        if is_legal { Ok(()) } else { Err(Refusal::AlreadyMoved.into()) }
    }
}

impl Notice {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// It is written otherwise, before anybody has approved it.
    pub fn change(&mut self, text: NoticeText) -> Result<(), Fault> {
        self.is_draft()?;
        self.text = text;
        Ok(())
    }

    /// The manager says yes: from now on its words stand. Nobody says yes to what is over.
    pub fn approve(&mut self, by: StaffId, at: Moment) -> Result<(), Fault> {
        self.stage.may_go(NoticeStage::Approved)?;
        if self.text.expires_at.is_some_and(|over| over <= at) {
            return Err(Refusal::IsOver.into());
        }
        self.go(NoticeStage::Approved, at)?;
        self.approved_by = Some(by);
        Ok(())
    }

    /// It comes out at a time that is to come, or now; before it would be over. Until it is out, that may be another time.
    pub fn schedule(&mut self, publish_at: Option<Moment>, at: Moment) -> Result<(), Fault> {
        self.may_be_scheduled()?;
        if publish_at.is_some_and(|publish_at| publish_at <= at) {
            return Err(Fault::field("publish", Note::InThePast));
        }
        let publish_at = publish_at.unwrap_or(at);
        if self.text.expires_at.is_some_and(|over| over <= publish_at) {
            return Err(Fault::field("publish", Note::NotInOrder));
        }
        (self.stage, self.stage_at) = (NoticeStage::Scheduled, at);
        self.publish_at = Some(publish_at);
        Ok(())
    }

    /// It comes out.
    pub fn publish(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(NoticeStage::Published, at)?;
        self.published_at = Some(at);
        Ok(())
    }

    /// It no longer applies.
    pub fn expire(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(NoticeStage::Expired, at)
    }

    /// It no longer applies, or never comes out, and why.
    pub fn withdraw(&mut self, reason: &str, at: Moment) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let reason = notes.text("reason", reason, LONGEST_NOTE);
        notes.check()?;
        self.go(NoticeStage::Withdrawn, at)?;
        self.reason = Some(reason);
        Ok(())
    }

    /// What is due of it.
    pub fn due(&self, at: Moment) -> Option<Due> {
        match self.stage {
            NoticeStage::Scheduled => self.publish_at.filter(|due| *due <= at).map(|_| Due::Publish),
            NoticeStage::Published => self.text.expires_at.filter(|due| *due <= at).map(|_| Due::Expire),
            _ => None,
        }
    }

    /// Whether everybody who works there reads it, too.
    pub fn is_alarm(&self) -> bool {
        self.stage == NoticeStage::Published && self.text.priority == Priority::Emergency
    }

    /// What somebody of the office may do with it now, the likeliest first.
    pub fn office_moves(&self, hand: Hand) -> Vec<NoticeMove> {
        let may_go = |to| self.stage.may_go(to).is_ok();
        let all = [
            (NoticeMove::Approve, hand.approves && may_go(NoticeStage::Approved)),
            (NoticeMove::Schedule, hand.drafts && self.may_be_scheduled().is_ok()),
            (NoticeMove::Change, hand.drafts && self.is_draft().is_ok()),
            (NoticeMove::Withdraw, hand.drafts && may_go(NoticeStage::Withdrawn)),
        ];
        all.into_iter().filter_map(|(what, may)| may.then_some(what)).collect()
    }

    fn may_be_scheduled(&self) -> Result<(), Fault> {
        if self.stage == NoticeStage::Scheduled { Ok(()) } else { self.stage.may_go(NoticeStage::Scheduled) }
    }

    fn is_draft(&self) -> Result<(), Fault> {
        if self.stage == NoticeStage::Draft { Ok(()) } else { Err(Refusal::AlreadyMoved.into()) }
    }

    fn go(&mut self, to: NoticeStage, at: Moment) -> Result<(), Fault> {
        self.stage.may_go(to)?;
        (self.stage, self.stage_at) = (to, at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::{Audience, Notice, NoticeMove, NoticeStage, NoticeText, Priority};
    use super::{Due, Hand};
    use crate::estate::Names;
    use crate::fault::{Fault, Note, Refusal};
    use crate::moment::Moment;
    use chrono::Duration;
    use uuid::Uuid;

    fn now() -> Moment {
        "2026-11-23T01:00:00Z".parse().expect("an instant")
    }

    fn draft() -> Notice {
        let text = |text: &str| Names { en: text.to_owned(), hans: String::new(), hant: String::new() };
        Notice {
            id: Uuid::nil().into(),
            estate: Uuid::nil().into(),
            version: 1,
            stage: NoticeStage::Draft,
            stage_at: now(),
            text: NoticeText {
                priority: Priority::Ordinary,
                title: text("Water"),
                body: text("Off from nine"),
                expires_at: Some(now() + Duration::hours(8)),
                audience: Audience::default(),
            },
            numbers: Vec::new(),
            drafted_by: Uuid::nil().into(),
            drafter: String::new(),
            approved_by: None,
            approver: None,
            publish_at: None,
            published_at: None,
            reason: None,
            made_at: now(),
        }
    }

    #[test]
    fn only_what_the_manager_approved_comes_out_and_what_is_over_stays_so() {
        let mut notice = draft();
        assert_eq!(notice.schedule(None, now()), Err(Refusal::AlreadyMoved.into()));
        assert_eq!(notice.publish(now()), Err(Refusal::AlreadyMoved.into()));
        let manager = Uuid::max().into();
        assert_eq!(notice.approve(manager, now()), Ok(()));
        assert_eq!(notice.change(draft().text), Err(Refusal::AlreadyMoved.into()));
        let at = |hours| now() + Duration::hours(hours);
        assert_eq!(notice.schedule(Some(at(-1)), now()), Err(Fault::field("publish", Note::InThePast)));
        assert_eq!(notice.schedule(Some(at(8)), now()), Err(Fault::field("publish", Note::NotInOrder)));
        assert_eq!(notice.schedule(Some(at(5)), now()), Ok(()));
        assert_eq!(notice.schedule(Some(at(2)), now()), Ok(()), "until it is out, it may come out at another time");
        assert_eq!((notice.due(at(1)), notice.due(at(2))), (None, Some(Due::Publish)));
        assert_eq!(notice.publish(at(2)), Ok(()));
        assert_eq!((notice.due(at(7)), notice.due(at(8))), (None, Some(Due::Expire)));
        assert_eq!(notice.schedule(None, at(7)), Err(Refusal::AlreadyMoved.into()));
        assert_eq!(notice.expire(at(8)), Ok(()));
        assert_eq!(notice.withdraw("Late", at(9)), Err(Refusal::AlreadyMoved.into()));
        assert_eq!(notice.due(at(99)), None);
    }

    #[test]
    fn nobody_approves_what_is_over() {
        let late = now() + Duration::hours(8);
        assert_eq!(draft().approve(Uuid::max().into(), late), Err(Refusal::IsOver.into()));
    }

    #[test]
    fn whoever_drafts_does_not_approve_by_that() {
        let (drafts, approves) = (Hand { drafts: true, approves: false }, Hand { drafts: false, approves: true });
        assert_eq!(draft().office_moves(drafts), [NoticeMove::Change, NoticeMove::Withdraw]);
        assert_eq!(draft().office_moves(approves), [NoticeMove::Approve]);
        let mut notice = draft();
        assert_eq!(notice.withdraw(" ", now()), Err(Fault::field("reason", Note::Missing)));
        assert_eq!(notice.withdraw("Wrong day", now()), Ok(()));
        assert!(notice.office_moves(drafts).is_empty());
    }
}
