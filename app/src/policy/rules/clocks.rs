use super::super::model::{AmountUnit, ClockRule, Counts, Terms, clock_rows};
use super::text;
use crate::fault::{Fault, Note, Notes};
use crate::ids::ItemId;

/// The longest clock, in minutes: a year.
const LONGEST: u32 = 366 * 1440;

impl Terms {
    /// The general clocks anew, or those of one category; there, an empty row leaves the general rule. The rows are
    /// the urgencies of each kind of clock, in the fields `amount[0]`, `unit[0]`, `counts[0]` and so on.
    pub fn set_clocks(
        &mut self,
        category: Option<ItemId>,
        amount: &[String],
        unit: &[String],
        counts: &[String],
    ) -> Result<(), Fault> {
        let mut notes = Notes::default();
        let mut rules = Vec::new();
        for (at, (kind, urgency)) in clock_rows().enumerate() {
            let amount = text(amount, at);
            if amount.is_empty() && category.is_some() {
                continue;
            }
            let (unit, counts) = (AmountUnit::from_tag(text(unit, at)), Counts::from_tag(text(counts, at)));
            if unit.is_none() {
                notes.add(&format!("unit[{at}]"), Note::NotAChoice);
            }
            if counts.is_none() {
                notes.add(&format!("counts[{at}]"), Note::NotAChoice);
            }
            let Some((unit, counts)) = unit.zip(counts) else { continue };
            if unit == AmountUnit::Days && counts == Counts::Working {
                notes.add(&format!("unit[{at}]"), Note::NoOfficeDays);
                continue;
            }
            let minutes = super::number(&mut notes, &format!("amount[{at}]"), amount, 1, LONGEST / unit.minutes());
            rules.push(ClockRule { kind, category, urgency, minutes: minutes * unit.minutes(), counts });
        }
        notes.check()?;
        self.clocks.retain(|rule| rule.category != category);
        self.clocks.extend(rules);
        self.clocks.sort_by_key(|rule| (rule.category, rule.kind, rule.urgency));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::ClockKind;
    use super::super::super::standard::terms;
    use crate::fault::{Fault, Note};
    use crate::ids::ItemId;
    use crate::services::Urgency;
    use uuid::Uuid;

    fn rows(amount: &str, unit: &str, counts: &str) -> [Vec<String>; 3] {
        let mut rows = [amount, unit, counts].map(|_| vec![String::new(); 12]);
        (rows[0][9], rows[1][9], rows[2][9]) = (amount.to_owned(), unit.to_owned(), counts.to_owned());
        rows
    }

    #[test]
    fn a_category_overrides_what_it_fills_in() {
        let mut terms = terms();
        let category = Some(ItemId(Uuid::from_u128(7)));
        let [amount, unit, counts] = rows("2", "hours", "always");
        terms.set_clocks(category, &amount, &unit, &counts).expect("an exception");
        let minutes = |terms: &super::Terms, category| {
            terms.clock(ClockKind::Resolve, category, Urgency::Normal).map(|rule| rule.minutes)
        };
        assert_eq!((minutes(&terms, category), minutes(&terms, None)), (Some(120), Some(2700)));
        assert_eq!(minutes(&terms, Some(ItemId(Uuid::from_u128(8)))), Some(2700));
        assert!(terms.clone().set_clocks(None, &amount, &unit, &counts).is_err(), "a general rule may not be missing");
        terms.set_clocks(category, &[], &[], &[]).expect("the exception is gone");
        assert_eq!(minutes(&terms, category), Some(2700));
    }

    #[test]
    fn office_hours_are_not_counted_in_days() {
        let category = Some(ItemId(Uuid::from_u128(7)));
        for (amount, unit, counts, note) in [
            ("2", "days", "working", Some(("unit[9]", Note::NoOfficeDays))),
            ("2", "days", "always", None),
            ("0", "hours", "always", Some(("amount[9]", Note::NotBetween(1, 8784)))),
            ("367", "days", "always", Some(("amount[9]", Note::NotBetween(1, 366)))),
            ("4294967297", "hours", "always", Some(("amount[9]", Note::NotBetween(1, 8784)))),
            ("2", "weeks", "always", Some(("unit[9]", Note::NotAChoice))),
        ] {
            let [amount, unit, counts] = rows(amount, unit, counts);
            let wanted = note.map_or(Ok(()), |(field, note)| Err(Fault::field(field, note)));
            assert_eq!(terms().set_clocks(category, &amount, &unit, &counts), wanted, "{amount:?} {unit:?}");
        }
    }
}
