use super::super::model::{Booking, BookingMove, BookingStage, EntryFile, Terms};
use super::booking::LONGEST_NOTE;
use crate::fault::{Fault, Notes, Refusal};
use crate::moment::Moment;
use chrono::Duration;

/// So many minutes before it begins people may already be let in.
const EARLY: i64 = 30;

/// What the office does with a booking.
impl Booking {
    /// The office gives it another time, before it begins.
    pub fn reschedule_by_office(&mut self, at: Moment) -> Result<(), Fault> {
        match self.stage {
            BookingStage::Confirmed | BookingStage::Requested if at < self.starts_at => Ok(()),
            BookingStage::Confirmed | BookingStage::Requested => Err(Refusal::HasBegun.into()),
            _ => Err(Refusal::AlreadyMoved.into()),
        }
    }

    /// The office says yes.
    pub fn approve(&mut self, at: Moment) -> Result<(), Fault> {
        if at >= self.starts_at {
            return Err(Refusal::HasBegun.into());
        }
        self.confirm(at)
    }

    /// The office says no, and why.
    pub fn decline(&mut self, reason: &str, at: Moment) -> Result<(), Fault> {
        self.for_reason(BookingStage::Declined, reason, at)
    }

    /// The office takes back what is booked, and says why. Once it has begun, it only ends.
    pub fn call_off(&mut self, reason: &str, at: Moment) -> Result<(), Fault> {
        if self.stage != BookingStage::Confirmed {
            return Err(Refusal::AlreadyMoved.into());
        }
        if at >= self.starts_at {
            return Err(Refusal::HasBegun.into());
        }
        self.for_reason(BookingStage::Cancelled, reason, at)
    }

    /// Whether its person may give it back with the order that it is a part of: by its terms, like one that stands alone. What
    /// nobody has any more is no matter.
    pub fn can_go_back(&self, terms: &Terms, at: Moment) -> Result<(), Fault> {
        match self.stage {
            BookingStage::Present | BookingStage::Done | BookingStage::Missed => Err(Refusal::HasBegun.into()),
            BookingStage::Confirmed if at >= self.starts_at => Err(Refusal::HasBegun.into()),
            BookingStage::Confirmed if self.is_late(terms, at) => Err(Refusal::TooLateToCancel.into()),
            _ => Ok(()),
        }
    }

    /// It was a part of something that does not come about: where it has not begun, or nobody signed for it, nobody has it any
    /// more.
    pub fn fall_away(&mut self, is_unsigned: bool, at: Moment) -> Result<(), Fault> {
        let is_meant = matches!(self.stage, BookingStage::Confirmed | BookingStage::Requested);
        if !is_meant || at >= self.starts_at && !is_unsigned {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(BookingStage::Cancelled, at)
    }

    fn for_reason(&mut self, to: BookingStage, reason: &str, at: Moment) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let reason = notes.text("reason", reason, LONGEST_NOTE);
        notes.check()?;
        self.go(to, at)?;
        self.reason = Some(reason);
        Ok(())
    }

    /// They came: from half an hour before it begins until it ends. Where it was taken down that nobody did, they did
    /// after all.
    pub fn check_in(&mut self, terms: &Terms, at: Moment) -> Result<(), Fault> {
        if self.stage == BookingStage::Missed {
            return self.go(BookingStage::Done, at);
        }
        if !terms.checks_in {
            return Err(Refusal::AlreadyMoved.into());
        }
        if at < self.starts_at - Duration::minutes(EARLY) {
            return Err(Refusal::TooEarly.into());
        }
        if at >= self.ends_at {
            return Err(Refusal::HasBegun.into());
        }
        self.go(BookingStage::Present, at)
    }

    /// Nobody came, and those who wait have waited long enough.
    pub fn miss(&mut self, terms: &Terms, at: Moment) -> Result<(), Fault> {
        if !terms.checks_in {
            return Err(Refusal::AlreadyMoved.into());
        }
        if at < self.starts_at + Duration::minutes(terms.grace_minutes.into()) {
            return Err(Refusal::TooEarly.into());
        }
        self.go(BookingStage::Missed, at)
    }

    /// What the office may do with it now.
    pub fn office_moves(&self, terms: &Terms, at: Moment) -> Vec<BookingMove> {
        let may = |go: &dyn Fn(&mut Self) -> Result<(), Fault>| go(&mut self.clone()).is_ok();
        let all = [
            (BookingMove::Approve, may(&|it| it.approve(at))),
            (BookingMove::Decline, may(&|it| it.decline("-", at))),
            (BookingMove::CheckIn, may(&|it| it.check_in(terms, at))),
            (BookingMove::Miss, may(&|it| it.miss(terms, at))),
            (BookingMove::Reschedule, may(&|it| it.reschedule_by_office(at))),
            (BookingMove::CallOff, may(&|it| it.call_off("-", at))),
        ];
        all.into_iter().filter_map(|(what, may)| may.then_some(what)).collect()
    }
}

impl EntryFile {
    /// What the office may do with it at an instant; what goes with an order is neither declined, moved nor called off alone.
    pub fn moves(&self, at: Moment) -> Vec<BookingMove> {
        let mut moves = self.entry.card.booking.office_moves(&self.facility.terms, at);
        if self.part_of.is_some() {
            let goes_with_it = [BookingMove::Decline, BookingMove::Reschedule, BookingMove::CallOff];
            moves.retain(|what| !goes_with_it.contains(what));
        }
        moves
    }
}

#[cfg(test)]
mod tests {
    use crate::bookings::model::{BookingMove, BookingStage};
    use crate::bookings::rules::Wish;
    use crate::bookings::rules::tests::{booking, instant, terms};
    use crate::fault::Refusal;

    #[test]
    fn a_part_goes_back_by_its_terms_and_never_once_it_has_begun() {
        let mut terms = terms(60, 1, 2);
        terms.cancel_minutes = 120;
        let mut booked = booking(instant(600), 1, instant(10));
        booked.request(&terms, &Wish { heads: 1, ..Wish::default() }, instant(5)).expect("in time");
        assert_eq!(booked.can_go_back(&terms, instant(599)), Ok(()), "nobody said yes yet");
        booked.confirm(instant(5)).expect("requested");
        assert_eq!(booked.can_go_back(&terms, instant(480)), Ok(()));
        assert_eq!(booked.can_go_back(&terms, instant(481)), Err(Refusal::TooLateToCancel.into()));
        assert_eq!(booked.can_go_back(&terms, instant(600)), Err(Refusal::HasBegun.into()));
        assert!(booked.clone().fall_away(false, instant(600)).is_err());
        assert_eq!(booked.clone().fall_away(true, instant(600)), Ok(()), "nobody signed for it");
        booked.end(&terms, instant(660)).expect("it is over");
        assert_eq!(booked.can_go_back(&terms, instant(660)), Err(Refusal::HasBegun.into()));
    }

    #[test]
    fn the_office_moves_and_calls_off_until_it_begins() {
        let terms = terms(60, 1, 2);
        let mut booked = booking(instant(600), 1, instant(10));
        booked.request(&terms, &Wish { heads: 1, ..Wish::default() }, instant(5)).expect("in time");
        assert_eq!(
            booked.office_moves(&terms, instant(5)),
            [BookingMove::Approve, BookingMove::Decline, BookingMove::Reschedule,]
        );
        booked.approve(instant(5)).expect("asked for");
        assert_eq!(booked.office_moves(&terms, instant(599)), [BookingMove::Reschedule, BookingMove::CallOff]);
        assert_eq!(booked.clone().reschedule_by_office(instant(600)), Err(Refusal::HasBegun.into()));
        assert_eq!(booked.clone().call_off("A pipe", instant(600)), Err(Refusal::HasBegun.into()));
        assert_eq!(booked.call_off("A pipe", instant(599)), Ok(()));
        assert_eq!((booked.stage, booked.reason.as_deref()), (BookingStage::Cancelled, Some("A pipe")));
    }
}
