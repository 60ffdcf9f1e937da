use super::super::model::{Booking, Facility, Terms, WaitStage, Waiting};
use super::free::Span;
use crate::estate::Zone;
use crate::fault::{Fault, Refusal};
use crate::ids::BookingId;
use crate::moment::Moment;
use crate::requests::Version;
use chrono::Duration;

/// Every legal move of a place in line, by the stages' tags; the database refuses all others.
pub const WAIT_MOVES: [(&str, &str); 6] = [
    ("", "waiting"),
    ("waiting", "offered"),
    ("waiting", "withdrawn"),
    ("waiting", "over"),
    ("offered", "taken"),
    ("offered", "passed"),
];

/// In how many places one person may be in line.
pub const MOST_WAITS: u32 = 5;
/// So many minutes what came free is kept for whoever is first in line,
const OFFER: i64 = 60;
/// or fewer, where it has to be booked before; but with less than this nobody can do anything.
const LEAST_OFFER: i64 = 5;

impl Waiting {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Until when it would be kept for them, if it came free; `None` where there is no time left for that.
    pub fn offered_until(&self, at: Moment) -> Option<Moment> {
        let until = self.waits_until.min(at + Duration::minutes(OFFER));
        (until >= at + Duration::minutes(LEAST_OFFER)).then_some(until)
    }

    /// How many steps it lasts; `None` where under these terms none are that long.
    pub fn steps(&self, terms: &Terms, zone: &Zone) -> Option<u32> {
        let during = Span { from: self.starts_at, until: self.ends_at };
        let steps = terms.steps_in(during, zone);
        (terms.ends(self.starts_at, steps, zone) == self.ends_at).then_some(steps)
    }

    /// It came free, and is kept for them.
    pub fn offer(&mut self, kept: BookingId, at: Moment) -> Result<(), Fault> {
        self.go(WaitStage::Offered, at)?;
        self.booking = Some(kept);
        Ok(())
    }

    /// They have a booking: of what was kept for them, or of some of the time for which they wait.
    pub fn settle(&mut self, booking: &Booking, at: Moment) -> Result<(), Fault> {
        let is_offer = self.booking == Some(booking.id);
        self.go(if is_offer { WaitStage::Taken } else { WaitStage::Withdrawn }, at)
    }

    /// What was kept for them is kept no longer.
    pub fn pass(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(WaitStage::Passed, at)
    }

    /// They leave the line. What is kept for them already, they let go of itself.
    pub fn withdraw(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(WaitStage::Withdrawn, at)
    }

    /// Whether it cannot be booked any more, if it came free now.
    pub fn is_over(&self, at: Moment) -> bool {
        self.stage == WaitStage::Waiting && self.waits_until <= at
    }

    /// It did not come free in time.
    pub fn end(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(WaitStage::Over, at)
    }

    fn go(&mut self, to: WaitStage, at: Moment) -> Result<(), Fault> {
        if !WAIT_MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.stage, self.stage_at) = (to, at);
        Ok(())
    }
}

impl Booking {
    /// When it is.
    pub fn span(&self) -> Span {
        Span { from: self.starts_at, until: self.ends_at }
    }
}

impl Facility {
    /// In which span they lie for whom there may be room where another span comes free: with the minutes around both, and
    /// as far as others may change their units.
    pub fn concerned(&self, freed: Span) -> Span {
        let minutes = Duration::minutes((self.terms.before_minutes + self.terms.after_minutes).into());
        self.reach(Span { from: freed.from - minutes, until: freed.until + minutes })
    }
}

#[cfg(test)]
mod tests {
    use crate::bookings::model::{WaitStage, Waiting};
    use crate::bookings::rules::tests::{account, booking, facility, instant, terms};
    use crate::bookings::rules::{Span, WAIT_MOVES};
    use crate::estate::Zone;
    use crate::fault::{Fault, Refusal};
    use crate::ids::BookingId;
    use uuid::Uuid;

    /// For an hour from the tenth on, to be booked by the ninth.
    fn waiting() -> Waiting {
        Waiting {
            id: Uuid::nil().into(),
            estate: Uuid::nil().into(),
            version: 1,
            stage: WaitStage::Waiting,
            stage_at: instant(0),
            facility: Uuid::nil().into(),
            unit: Uuid::nil().into(),
            account: account(1),
            starts_at: instant(600),
            ends_at: instant(660),
            heads: 1,
            waits_until: instant(540),
            made_at: instant(0),
            booking: None,
        }
    }

    #[test]
    fn an_offer_lasts_an_hour_or_as_long_as_it_can_be_booked() {
        let entry = waiting();
        assert_eq!(entry.offered_until(instant(0)), Some(instant(60)));
        assert_eq!(entry.offered_until(instant(500)), Some(instant(540)));
        assert_eq!(entry.offered_until(instant(535)), Some(instant(540)));
        assert_eq!(entry.offered_until(instant(536)), None, "nobody books within four minutes");
        assert!(!entry.is_over(instant(539)) && entry.is_over(instant(540)));
    }

    #[test]
    fn whoever_has_a_time_waits_for_it_no_longer() {
        let kept = booking(instant(600), 1, instant(60));
        let (mut offered, mut waits) = (waiting(), waiting());
        offered.offer(kept.id, instant(1)).expect("they wait");
        assert_eq!(offered.withdraw(instant(2)), Err(Refusal::AlreadyMoved.into()));
        assert_eq!(offered.settle(&kept, instant(2)), Ok(()));
        assert_eq!(waits.settle(&kept, instant(2)), Ok(()));
        assert_eq!((offered.stage, waits.stage), (WaitStage::Taken, WaitStage::Withdrawn));
        let other = BookingId(Uuid::from_u128(7));
        assert_eq!(waits.offer(other, instant(3)), Err(Refusal::AlreadyMoved.into()));
        assert_eq!(waits.seen_at(2), Err(Fault::Stale));
    }

    #[test]
    fn a_place_in_line_ends_once() {
        let ends = ["taken", "passed", "withdrawn", "over"];
        assert!(WAIT_MOVES.iter().all(|(from, _)| !ends.contains(from)));
    }

    #[test]
    fn steps_of_another_length_do_not_fit() {
        let zone = Zone::of("Asia/Shanghai");
        assert_eq!(waiting().steps(&terms(30, 1, 4), &zone), Some(2));
        assert_eq!(waiting().steps(&terms(45, 1, 4), &zone), None);
    }

    #[test]
    fn what_comes_free_concerns_whose_minutes_it_touches() {
        let mut courts = facility(2, None);
        let freed = Span { from: instant(600), until: instant(660) };
        assert_eq!(courts.concerned(freed), freed);
        (courts.terms.before_minutes, courts.terms.after_minutes) = (10, 20);
        assert_eq!(courts.concerned(freed), Span { from: instant(570), until: instant(690) });
    }
}
