use super::super::model::{ServiceOrder, ServiceStage};
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::StaffId;
use crate::moment::Moment;
use crate::policy::Orders;
use crate::requests::{Rating, Version};
use crate::services::PriceRule;
use chrono::{Duration, Timelike};

/// Every legal move of an order, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 29] = [
    ("", "requested"),
    ("requested", "quoted"),
    ("requested", "delivering"),
    ("requested", "declined"),
    ("requested", "withdrawn"),
    ("quoted", "signed"),
    ("quoted", "declined"),
    ("quoted", "withdrawn"),
    ("quoted", "lapsed"),
    ("signed", "delivering"),
    ("signed", "declined"),
    ("signed", "withdrawn"),
    ("delivering", "delivered"),
    ("delivering", "declined"),
    ("delivering", "withdrawn"),
    ("delivered", "accepted"),
    ("delivered", "unconfirmed"),
    ("delivered", "rework"),
    ("delivered", "referred"),
    ("rework", "delivering"),
    ("rework", "declined"),
    ("rework", "referred"),
    ("accepted", "billed"),
    ("accepted", "archived"),
    ("unconfirmed", "billed"),
    ("unconfirmed", "archived"),
    ("billed", "referred"),
    ("billed", "archived"),
    ("referred", "archived"),
];

/// The longest note, reason or word about an order, in characters.
pub const LONGEST_NOTE: u32 = 500;
/// The longest name of an agency or of whoever signs.
pub const LONGEST_AGENCY: u32 = 120;

/// What becomes of an order by itself, when its time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The office has not answered, or not kept its word: it is told, once.
    Late,
    /// Nobody signed its price.
    Lapse,
    /// Nobody said how it was.
    Unconfirm,
}

impl ServiceStage {
    /// Whether anybody still owes something: an answer, a signature, the work, a word about it.
    pub fn is_open(self) -> bool {
        !matches!(
            self,
            Self::Accepted
                | Self::Unconfirmed
                | Self::Billed
                | Self::Referred
                | Self::Archived
                | Self::Declined
                | Self::Withdrawn
                | Self::Lapsed
        )
    }

    /// Whether the office owes what is due next.
    pub fn is_office_due(self) -> bool {
        matches!(self, Self::Requested | Self::Signed | Self::Delivering | Self::Rework)
    }
}

impl ServiceOrder {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// Whether whoever delivers it may begin, or has: it is signed, or costs nothing, and its person has not said how it was.
    pub fn is_to_deliver(&self) -> bool {
        matches!(
            self.stage,
            ServiceStage::Signed | ServiceStage::Delivering | ServiceStage::Delivered | ServiceStage::Rework
        ) || self.stage == ServiceStage::Requested && self.is_free()
    }

    /// Whether it costs nothing.
    pub fn is_free(&self) -> bool {
        self.price_rule == PriceRule::Free
    }

    /// Whether it came by the time that was told; none while it has not come.
    pub fn came_in_time(&self) -> Option<bool> {
        Some(self.arrived_at? <= self.promised_at?)
    }

    /// Whether what the office owes is late.
    pub fn is_late(&self, at: Moment) -> bool {
        self.stage.is_office_due() && self.due_at.is_some_and(|due| due < at)
    }

    /// Its person signs the charge notice, at home or at the desk, as long as its price holds: now its terms promise when it
    /// comes.
    pub fn sign(&mut self, lead_minutes: u32, at: Moment) -> Result<(), Fault> {
        if self.amount.is_none() {
            return Err(Refusal::AlreadyMoved.into());
        }
        if self.due(at) == Some(Due::Lapse) {
            return Err(Refusal::PriceOver.into());
        }
        self.go(ServiceStage::Signed, at)?;
        self.owed_since = at;
        self.expect(lead_minutes, at);
        Ok(())
    }

    /// It is begun: what is paid once it was signed, what is free at once.
    pub fn start(&mut self, lead_minutes: u32, at: Moment) -> Result<(), Fault> {
        if self.stage == ServiceStage::Requested && !self.is_free() {
            return Err(Refusal::NotSigned.into());
        }
        let is_first = self.stage == ServiceStage::Requested;
        self.go(ServiceStage::Delivering, at)?;
        if is_first {
            self.expect(lead_minutes, at);
        }
        self.owe(self.promised_at);
        Ok(())
    }

    /// What its terms promise, where nobody has promised anything: when it is wanted, else as long as it takes.
    fn expect(&mut self, lead_minutes: u32, at: Moment) {
        let wanted = self.needed_at.filter(|needed| *needed > at);
        let promised = self.promised_at.filter(|promised| *promised > at);
        let due = promised.or(wanted).unwrap_or(at + Duration::minutes(lead_minutes.max(1).into()));
        self.promised_at = Some(due);
        self.owe(Some(due));
    }

    /// Its person is told when it comes, from a form; another time than before needs a reason.
    pub fn promise(&mut self, until: Moment, reason: Option<&str>, at: Moment) -> Result<Option<String>, Fault> {
        let is_meant = matches!(
            self.stage,
            ServiceStage::Requested
                | ServiceStage::Quoted
                | ServiceStage::Signed
                | ServiceStage::Delivering
                | ServiceStage::Rework
        );
        if !is_meant {
            return Err(Refusal::AlreadyMoved.into());
        }
        let mut notes = Notes::default();
        let reason = notes.optional("reason", reason, LONGEST_NOTE);
        if until <= at {
            notes.add("until", Note::InThePast);
        } else if until > at + Duration::days(366) {
            notes.add("until", Note::TooFarAhead);
        }
        if self.promised_at.is_some() && reason.is_none() {
            notes.add("reason", Note::Missing);
        }
        notes.check()?;
        self.promised_at = Some(until);
        if matches!(self.stage, ServiceStage::Signed | ServiceStage::Delivering | ServiceStage::Rework) {
            self.owe(Some(until));
        }
        Ok(reason)
    }

    /// It came; when, if not now: never before it was owed, by the minute.
    pub fn deliver(&mut self, arrived_at: Option<Moment>, waits: Orders, at: Moment) -> Result<(), Fault> {
        let arrived_at = arrived_at.unwrap_or(at);
        if arrived_at > at {
            return Err(Fault::field("arrived", Note::NotYet));
        }
        let minute = self.owed_since.with_second(0).and_then(|minute| minute.with_nanosecond(0));
        if arrived_at < minute.unwrap_or(self.owed_since) {
            return Err(Fault::field("arrived", Note::NotInOrder));
        }
        self.go(ServiceStage::Delivered, at)?;
        self.arrived_at = Some(arrived_at);
        self.first_in_time = self.first_in_time.or_else(|| self.came_in_time());
        self.owe(Some(at + Duration::days(waits.word_days.into())));
        Ok(())
    }

    /// It is as it should be. What is paid is ready for the ledger.
    pub fn accept(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(ServiceStage::Accepted, at)?;
        self.accepted_at = Some(at);
        Ok(())
    }

    /// Nobody said how it was: it counts for nobody (invariant 16).
    pub fn unconfirm(&mut self, at: Moment) -> Result<(), Fault> {
        self.go(ServiceStage::Unconfirmed, at)?;
        self.unconfirmed_at = Some(at);
        Ok(())
    }

    /// Ready for the ledger, where it costs anything; whether it does.
    pub fn bill(&mut self, at: Moment) -> Result<bool, Fault> {
        let is_paid = self.amount.is_some_and(|amount| amount > 0);
        if is_paid {
            self.go(ServiceStage::Billed, at)?;
        }
        Ok(is_paid)
    }

    /// It is not as it should be: it is done again, at no other price (J5).
    pub fn send_back(&mut self, words: &str, waits: Orders, at: Moment) -> Result<(), Fault> {
        self.for_reason(ServiceStage::Rework, "words", words, at)?;
        let due = at + Duration::hours(waits.rework_hours.into());
        (self.promised_at, self.arrived_at, self.owed_since) = (Some(due), None, at);
        self.owe(Some(due));
        Ok(())
    }

    /// It is filed; what is paid, once it is billed.
    pub fn archive(&mut self, at: Moment) -> Result<(), Fault> {
        let is_ended = matches!(self.stage, ServiceStage::Accepted | ServiceStage::Unconfirmed);
        if is_ended && self.amount.is_some_and(|amount| amount > 0) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(ServiceStage::Archived, at)
    }

    /// A colleague answers for it from now on: they took it.
    pub fn take(&mut self, by: StaffId) -> Result<(), Fault> {
        if !self.stage.is_open() || self.accountable == by {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.accountable = by;
        Ok(())
    }

    /// How it was, once; from whoever had it.
    pub fn rate(&mut self, rating: Rating, words: Option<&str>) -> Result<(), Fault> {
        if self.accepted_at.is_none() && self.unconfirmed_at.is_none() {
            return Err(Refusal::AlreadyMoved.into());
        }
        if self.rating.is_some() {
            return Err(Refusal::AlreadyRated.into());
        }
        let mut notes = Notes::default();
        let words = notes.optional("words", words, LONGEST_NOTE);
        notes.check()?;
        self.rating = Some(rating.parse()?);
        self.rated_words = words;
        Ok(())
    }

    /// What becomes of it now, whoever looks.
    pub fn due(&self, at: Moment) -> Option<Due> {
        self.due_at.filter(|due| *due <= at)?;
        match self.stage {
            ServiceStage::Quoted => Some(Due::Lapse),
            ServiceStage::Delivered => Some(Due::Unconfirm),
            stage => (stage.is_office_due() && self.told_late_at.is_none()).then_some(Due::Late),
        }
    }

    pub(super) fn for_reason(&mut self, to: ServiceStage, field: &str, reason: &str, at: Moment) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let reason = notes.text(field, reason, LONGEST_NOTE);
        notes.check()?;
        self.go(to, at)?;
        self.reason = Some(reason);
        Ok(())
    }

    /// When something is owed next. Whoever was told that it is late hears of it anew only where that is another time.
    pub(super) fn owe(&mut self, due_at: Option<Moment>) {
        if self.due_at != due_at {
            (self.due_at, self.told_late_at) = (due_at, None);
        }
    }

    pub(super) fn go(&mut self, to: ServiceStage, at: Moment) -> Result<(), Fault> {
        if !MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        (self.stage, self.stage_at) = (to, at);
        self.owe(if to.is_open() { self.due_at } else { None });
        Ok(())
    }
}
