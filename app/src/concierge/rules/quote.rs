use super::super::model::{ServiceOrder, ServiceStage};
use super::order::LONGEST_NOTE;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::moment::Moment;
use crate::policy::Orders;
use crate::services::{MOST_AMOUNT, PriceRule, Reckoned, amount_of, hundredths};
use chrono::Duration;

/// The most hours that an order is reckoned for: a month of days and nights.
const MOST_HOURS: i64 = 744;

impl ServiceOrder {
    /// Whether the office may say what it costs, or say it anew before it is signed.
    pub fn can_be_quoted(&self) -> bool {
        matches!(self.stage, ServiceStage::Requested | ServiceStage::Quoted)
            && matches!(self.price_rule, PriceRule::Hourly | PriceRule::Quote)
    }

    /// What it costs is known from its answers: it waits for its signature at once.
    pub fn quote_itself(&mut self, reckoned: Reckoned, waits: Orders, at: Moment) -> Result<(), Fault> {
        (self.minutes, self.pieces, self.amount) = (reckoned.minutes, reckoned.pieces, reckoned.amount);
        if self.is_free() || self.amount.is_none() {
            return Ok(());
        }
        self.hold_price(waits, at)
    }

    /// The office says for how many hours (`1.5`), or what it costs (`128.50`), as its price rule asks, and perhaps why.
    pub fn quote(&mut self, [hours, amount, note]: [Option<&str>; 3], waits: Orders, at: Moment) -> Result<(), Fault> {
        if !self.can_be_quoted() {
            return Err(Refusal::AlreadyMoved.into());
        }
        let mut notes = Notes::default();
        let note = notes.optional("note", note, LONGEST_NOTE);
        let said = |typed: Option<&str>| typed.map(str::trim).filter(|typed| !typed.is_empty()).map(str::to_owned);
        if self.price_rule == PriceRule::Hourly {
            match said(hours).map(|typed| hundredths(&typed)) {
                None => notes.add("hours", Note::Missing),
                Some(Some(hundredths)) if (1..=MOST_HOURS * 100).contains(&hundredths) => {
                    // A hundredth of an hour is 36 seconds: rounded up to the minute.
                    let minutes = u32::try_from((hundredths * 60 + 99) / 100).ok();
                    match amount_of(self.rate, minutes, self.pieces) {
                        Some(amount) => (self.minutes, self.amount) = (minutes, Some(amount)),
                        None => notes.add("hours", Note::Malformed),
                    }
                }
                Some(_) => notes.add("hours", Note::Malformed),
            }
        } else {
            match said(amount).map(|typed| hundredths(&typed)) {
                None => notes.add("amount", Note::Missing),
                Some(Some(amount)) if amount <= MOST_AMOUNT => self.amount = Some(amount),
                Some(_) => notes.add("amount", Note::Malformed),
            }
        }
        notes.check()?;
        self.quote_note = note;
        self.hold_price(waits, at)
    }

    /// It has a price, which holds for a while, and not past the time that it is for.
    fn hold_price(&mut self, waits: Orders, at: Moment) -> Result<(), Fault> {
        if self.stage == ServiceStage::Requested {
            self.go(ServiceStage::Quoted, at)?;
        }
        let holds = at + Duration::days(waits.quote_days.into());
        self.owe(Some(self.needed_at.filter(|needed| *needed > at).map_or(holds, |needed| needed.min(holds))));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::concierge::model::ServiceStage;
    use crate::concierge::rules::histories::order;
    use crate::fault::{Fault, Note};
    use crate::policy::Orders;
    use crate::services::PriceRule;

    #[test]
    fn the_office_quotes_hours_or_a_sum() {
        let waits = Orders::default();
        let mut hourly = order(PriceRule::Hourly, 9000);
        let now = hourly.made_at;
        let missing = Err(Fault::field("hours", Note::Missing));
        assert_eq!(hourly.clone().quote([Some(" "), Some("10"), None], waits, now), missing);
        assert_eq!(
            hourly.clone().quote([Some("800"), None, None], waits, now),
            Err(Fault::field("hours", Note::Malformed))
        );
        hourly.quote([Some("1.5"), None, None], waits, now).expect("hours");
        assert_eq!((hourly.stage, hourly.minutes, hourly.amount), (ServiceStage::Quoted, Some(90), Some(13_500)));
        hourly.quote([Some("2"), None, Some("Two hands")], waits, now).expect("it is said anew");
        assert_eq!((hourly.amount, hourly.quote_note.as_deref()), (Some(18_000), Some("Two hands")));

        let mut open = order(PriceRule::Quote, 0);
        assert_eq!(open.clone().quote([None, None, None], waits, now), Err(Fault::field("amount", Note::Missing)));
        open.quote([None, Some("128.50"), None], waits, now).expect("a sum");
        assert_eq!(open.amount, Some(12_850));
        assert!(
            order(PriceRule::Fixed, 100).quote([None, Some("1"), None], waits, now).is_err(),
            "its price is its terms'"
        );
    }
}
