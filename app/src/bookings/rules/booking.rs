use super::super::model::{Booking, BookingMove, BookingStage, PricePer, SeriesForm, Terms};
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::AccountId;
use crate::moment::Moment;
use crate::requests::Version;
use chrono::Duration;

/// Every legal move of a booking, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 14] = [
    ("", "held"),
    ("held", "requested"),
    ("held", "expired"),
    ("requested", "confirmed"),
    ("requested", "declined"),
    ("requested", "lapsed"),
    ("requested", "cancelled"),
    ("confirmed", "requested"),
    ("confirmed", "present"),
    ("confirmed", "missed"),
    ("confirmed", "done"),
    ("confirmed", "cancelled"),
    ("present", "done"),
    ("missed", "done"),
];

/// The longest note to a booking, reason of the office's or word about how it was, in characters.
pub const LONGEST_NOTE: u32 = 500;

/// What the form of a booking says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// For how many people.
    pub heads: u32,
    /// What the office should know, in up to 500 characters.
    pub note: Option<String>,
    /// That everybody who comes is as old as its terms ask.
    pub is_of_age: bool,
    /// Whether it recurs.
    pub series: SeriesForm,
}

/// What becomes of a booking by itself, when its time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// What was kept in vain is free again.
    Expire,
    /// The office has not answered.
    Lapse,
    /// It is over: used, or missed.
    End,
    /// Its person is reminded that it begins within a day.
    Remind,
}

impl Wish {
    /// As a form says it: how often it recurs and until which day, where it does.
    pub fn of(
        heads: u32,
        note: Option<String>,
        of_age: Option<bool>,
        (recurs, until): (Option<String>, Option<String>),
    ) -> Self {
        let series = SeriesForm { recurs: recurs.unwrap_or_default(), until: until.unwrap_or_default() };
        Self { heads, note, is_of_age: of_age.unwrap_or_default(), series }
    }
}

impl Terms {
    /// Whether a booking may last so many steps and bring so many people.
    pub fn fits(&self, steps: u32, heads: u32) -> Result<(), Fault> {
        let mut notes = Notes::default();
        if !(self.least_steps..=self.most_steps).contains(&steps) {
            notes.add("steps", Note::NotBetween(self.least_steps, self.most_steps));
        }
        self.holds(&mut notes, heads);
        notes.check()
    }

    /// How far apart bookings can begin.
    pub fn step(&self) -> Duration {
        Duration::minutes(self.step_minutes.into())
    }

    /// How many minutes so many steps are; of nights as the clock counts them that nobody sets.
    pub fn length(&self, steps: u32) -> Duration {
        Duration::minutes(i64::from(self.step_minutes) * i64::from(steps))
    }

    fn holds(&self, notes: &mut Notes, heads: u32) {
        if !(1..=self.most_heads).contains(&heads) {
            notes.add("heads", Note::NotBetween(1, self.most_heads));
        }
    }
}

impl Booking {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Whether it is kept for somebody no longer.
    pub fn has_run_out(&self, at: Moment) -> bool {
        match self.stage {
            BookingStage::Held => self.held_until.is_none_or(|until| until <= at),
            stage => stage == BookingStage::Expired,
        }
    }

    /// Whoever it is kept for asks for it, while it is kept. Seats are as many as were kept.
    pub fn request(&mut self, terms: &Terms, wish: &Wish, at: Moment) -> Result<(), Fault> {
        if self.has_run_out(at) {
            return Err(Refusal::HoldOver.into());
        }
        let mut notes = Notes::default();
        terms.holds(&mut notes, wish.heads);
        if terms.seats.is_some() && wish.heads != self.heads {
            notes.add("heads", Note::NotAChoice);
        }
        let note = notes.optional("note", wish.note.as_deref(), LONGEST_NOTE);
        if terms.least_age.is_some() && !wish.is_of_age {
            notes.add("of_age", Note::Missing);
        }
        notes.check()?;
        self.go(BookingStage::Requested, at)?;
        self.heads = wish.heads;
        self.note = note;
        // How long it is stands since it was kept.
        if terms.price_per == PricePer::Head {
            self.price = terms.price_of(1, wish.heads);
        }
        Ok(())
    }

    /// It is theirs.
    pub fn confirm(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(BookingStage::Confirmed, at)
    }

    /// Its person has it at another time, as long as they could give it back. Where the office looks at each, it looks at
    /// this again.
    pub fn reschedule(&mut self, terms: &Terms, is_looked_at: bool, at: Moment) -> Result<(), Fault> {
        match self.stage {
            BookingStage::Confirmed if self.is_late(terms, at) => Err(Refusal::TooLateToCancel.into()),
            BookingStage::Confirmed if is_looked_at => self.go(BookingStage::Requested, at),
            BookingStage::Confirmed | BookingStage::Requested if at < self.starts_at => Ok(()),
            _ => Err(Refusal::AlreadyMoved.into()),
        }
    }

    /// It is then, and so many steps long, and costs what its terms say. Whoever comes is reminded of it anew, unless it is
    /// within a day.
    pub fn shift(&mut self, terms: &Terms, (starts_at, ends_at): (Moment, Moment), steps: u32, at: Moment) {
        (self.starts_at, self.ends_at) = (starts_at, ends_at);
        self.price = terms.price_of(steps, self.heads);
        self.reminded_at = (starts_at - Duration::days(1) <= at).then_some(at);
    }

    pub(super) fn is_late(&self, terms: &Terms, at: Moment) -> bool {
        at > self.starts_at - Duration::minutes(terms.cancel_minutes.into())
    }

    /// Given back, while its terms allow it; what is only kept is let go.
    pub fn cancel(&mut self, terms: &Terms, at: Moment) -> Result<(), Fault> {
        let is_late = self.is_late(terms, at);
        match self.stage {
            BookingStage::Held => self.expire(at),
            BookingStage::Confirmed if is_late => Err(Refusal::TooLateToCancel.into()),
            _ => self.go(BookingStage::Cancelled, at),
        }
    }

    /// It is over. Where the office takes down who came, whoever did not has missed it.
    pub fn end(&mut self, terms: &Terms, at: Moment) -> Result<(), Fault> {
        let is_missed = terms.checks_in && self.stage == BookingStage::Confirmed;
        self.go(if is_missed { BookingStage::Missed } else { BookingStage::Done }, at)
    }

    /// The office did not answer in time.
    pub fn lapse(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(BookingStage::Lapsed, at)
    }

    /// How it was, in 1 to 5 stars, from whoever had it; once.
    pub fn rate(&mut self, stars: u8, words: Option<&str>) -> Result<(), Fault> {
        if self.stage != BookingStage::Done {
            return Err(Refusal::AlreadyMoved.into());
        }
        if self.stars.is_some() {
            return Err(Refusal::AlreadyRated.into());
        }
        let mut notes = Notes::default();
        if !(1..=5).contains(&stars) {
            notes.add("stars", Note::NotBetween(1, 5));
        }
        let words = notes.optional("words", words, LONGEST_NOTE);
        notes.check()?;
        (self.stars, self.stars_words) = (Some(stars), words);
        Ok(())
    }

    /// What becomes of it now, whoever looks. Of what is booked within a day of its beginning nobody is reminded.
    pub fn due(&self, at: Moment) -> Option<Due> {
        match self.stage {
            BookingStage::Held => self.has_run_out(at).then_some(Due::Expire),
            BookingStage::Requested => (self.starts_at <= at).then_some(Due::Lapse),
            BookingStage::Confirmed | BookingStage::Present if self.ends_at <= at => Some(Due::End),
            BookingStage::Confirmed => {
                let since = self.starts_at - Duration::days(1);
                (self.reminded_at.is_none() && self.made_at < since && since <= at && at < self.starts_at)
                    .then_some(Due::Remind)
            }
            _ => None,
        }
    }

    /// Nobody asked for it in time.
    pub fn expire(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(BookingStage::Expired, at)
    }

    /// What its person may do with it now.
    pub fn moves(&self, by: AccountId, terms: &Terms, at: Moment) -> Vec<BookingMove> {
        let mut moves = Vec::new();
        if self.account != by || self.by_office || self.has_run_out(at) {
            return moves;
        }
        if self.stage == BookingStage::Held {
            moves.push(BookingMove::Confirm);
        }
        if self.clone().reschedule(terms, terms.needs_approval, at).is_ok() {
            moves.push(BookingMove::Reschedule);
        }
        if self.clone().cancel(terms, at).is_ok() {
            moves.push(BookingMove::Cancel);
        }
        if self.clone().rate(1, None).is_ok() {
            moves.push(BookingMove::Rate);
        }
        moves
    }

    pub(super) fn go(&mut self, to: BookingStage, at: Moment) -> Result<(), Fault> {
        if !MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.stage = to;
        self.stage_at = at;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Wish;
    use crate::bookings::model::{BookingMove, BookingStage, PricePer};
    use crate::bookings::rules::tests::{account, booking, instant, terms};
    use crate::fault::{Fault, Note, Refusal};

    fn wish(heads: u32) -> Wish {
        Wish { heads, ..Wish::default() }
    }

    #[test]
    fn what_is_held_is_asked_for_in_time_or_never() {
        let mut terms = terms(60, 1, 2);
        terms.price = 3000;
        terms.price_per = PricePer::Head;
        let mut held = booking(instant(600), 2, instant(10));
        assert_eq!(held.clone().request(&terms, &wish(1), instant(10)), Err(Refusal::HoldOver.into()));
        let mut let_go = held.clone();
        let_go.expire(instant(5)).expect("kept");
        assert_eq!(let_go.request(&terms, &wish(1), instant(5)), Err(Refusal::HoldOver.into()));
        let refused = held.clone().request(&terms, &wish(9), instant(5));
        assert_eq!(refused, Err(Fault::field("heads", Note::NotBetween(1, 4))));
        let rackets = Wish { note: Some(" rackets ".to_owned()), ..wish(2) };
        terms.least_age = Some(16);
        let refused = held.clone().request(&terms, &rackets, instant(5));
        assert_eq!(refused, Err(Fault::field("of_age", Note::Missing)));
        assert_eq!(held.request(&terms, &Wish { is_of_age: true, ..rackets }, instant(5)), Ok(()));
        assert_eq!((held.note.as_deref(), held.price), (Some("rackets"), 6000));
        assert_eq!(held.confirm(instant(5)), Ok(()));
        assert_eq!(held.expire(instant(20)), Err(Refusal::AlreadyMoved.into()));
    }

    #[test]
    fn what_is_booked_is_given_back_in_time() {
        let mut terms = terms(60, 1, 2);
        terms.cancel_minutes = 120;
        let mut booked = booking(instant(600), 1, instant(10));
        booked.request(&terms, &wish(1), instant(5)).expect("in time");
        booked.confirm(instant(5)).expect("requested");
        assert_eq!(booked.moves(account(1), &terms, instant(480)), [BookingMove::Reschedule, BookingMove::Cancel]);
        assert_eq!(booked.moves(account(2), &terms, instant(480)), [], "somebody else's");
        assert_eq!(booked.clone().cancel(&terms, instant(481)), Err(Refusal::TooLateToCancel.into()));
        assert_eq!(booked.clone().reschedule(&terms, false, instant(481)), Err(Refusal::TooLateToCancel.into()));
        assert_eq!(booked.cancel(&terms, instant(480)), Ok(()));
        assert_eq!(booked.stage, BookingStage::Cancelled);
    }

    #[test]
    fn what_the_office_looks_at_it_looks_at_again() {
        let terms = terms(60, 1, 2);
        let mut booked = booking(instant(600), 1, instant(10));
        booked.request(&terms, &wish(1), instant(5)).expect("in time");
        booked.confirm(instant(5)).expect("requested");
        booked.reschedule(&terms, false, instant(6)).expect("in time");
        assert_eq!(booked.stage, BookingStage::Confirmed);
        booked.reschedule(&terms, true, instant(6)).expect("in time");
        assert_eq!(booked.stage, BookingStage::Requested);
        assert_eq!(booked.reschedule(&terms, true, instant(6)), Ok(()), "as often as they like");
    }

    #[test]
    fn prices_are_of_a_time_an_hour_or_a_head() {
        let mut terms = terms(90, 1, 2);
        terms.price = 1001;
        let mut price = |per| {
            terms.price_per = per;
            terms.price_of(1, 3)
        };
        assert_eq!(price(PricePer::Booking), 1001);
        assert_eq!(price(PricePer::Head), 3003);
        assert_eq!(price(PricePer::Hour), 1502, "1501.5, rounded up");
        assert_eq!(price(PricePer::Night), 1001);
        assert!(PricePer::Hour.suits(false) && !PricePer::Hour.suits(true) && PricePer::Night.suits(true));
    }
}
