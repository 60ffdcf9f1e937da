//! When a recurring order is due, and what it is like: in everything like the one that it repeats.

use super::super::model::{Every, Kept, Order, OrderStage, Schedule};
use crate::fault::{Fault, Refusal};
use crate::ids::{OrderId, RequestId, StaffId, VendorId};
use crate::moment::Moment;
use crate::people::{Power, Staff};
use crate::requests::{Place, Request};
use chrono::{Days, Months, NaiveDate};

impl Schedule {
    /// The first day that is due after another. Months are counted from the first day, so that what begins on the 31st
    /// comes on the last day of a shorter month, and on the 31st again after it.
    pub fn after(&self, day: NaiveDate) -> Option<NaiveDate> {
        let every = u32::try_from(self.every).ok()?.max(1);
        let nth = |n: u32| match self.unit {
            Every::Day => self.first_on.checked_add_days(Days::new(u64::from(every) * u64::from(n))),
            Every::Week => self.first_on.checked_add_days(Days::new(7 * u64::from(every) * u64::from(n))),
            Every::Month => self.first_on.checked_add_months(Months::new(every * n)),
        };
        // Near the answer at once, however long ago it began.
        let days = (day - self.first_on).num_days().max(0);
        let length = i64::from(every)
            * match self.unit {
                Every::Day => 1,
                Every::Week => 7,
                Every::Month => 31,
            };
        let start = u32::try_from(days / length).ok()?;
        (start..).map_while(nth).find(|next| *next > day)
    }
}

impl Order {
    /// Whether it is theirs to say that it recurs, or no longer does: whoever could have sent it.
    pub fn may_settle_recurrence(&self, by: &Staff) -> Result<(), Fault> {
        let own = by.department.id == self.department && by.can(Power::Assign);
        if by.can(Power::Dispatch) || own { Ok(()) } else { Err(Fault::NotAllowed) }
    }

    /// Whether it may recur: upkeep of what belongs to everybody, which was neither given back nor taken back.
    pub fn may_recur(&self, request: &Request, by: &Staff) -> Result<(), Fault> {
        self.may_settle_recurrence(by)?;
        if matches!(self.stage, OrderStage::Refused { .. } | OrderStage::Cancelled { .. }) {
            return Err(Refusal::AlreadyMoved.into());
        }
        match request.place {
            Place::Common { .. } => Ok(()),
            Place::Home(_) => Err(Refusal::NotCommon.into()),
        }
    }

    /// The same order once more, for another matter: its department, its rules, its words; its person or its firm only
    /// where they are still there.
    pub fn again(
        &self,
        id: OrderId,
        request: RequestId,
        hands: (Option<StaffId>, Option<VendorId>, StaffId),
        at: Moment,
    ) -> Self {
        let (assignee, vendor, accountable) = hands;
        Self {
            id,
            request,
            version: 1,
            stage: OrderStage::Issued,
            stage_at: at,
            assignee,
            vendor,
            accountable,
            issued_by: accountable,
            issued_at: at,
            accepted_at: None,
            accepted_by: None,
            note: None,
            completed_by: None,
            verified_by: None,
            proof: None,
            kept: Kept::default(),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn schedule(every: i32, unit: Every, first: &str) -> Schedule {
        let (id, order) = (Uuid::nil().into(), Uuid::nil().into());
        Schedule { id, order, every, unit, first_on: day(first), next_on: day(first) }
    }

    #[test]
    fn days_weeks_and_months_are_counted_from_the_first_day() {
        for (every, unit, first, after, next) in [
            (1, Every::Day, "2026-11-23", "2026-11-23", "2026-11-24"),
            (2, Every::Week, "2026-11-23", "2026-11-24", "2026-12-07"),
            (2, Every::Week, "2026-11-23", "2027-11-24", "2027-12-06"),
            (1, Every::Month, "2026-01-31", "2026-01-31", "2026-02-28"),
            (1, Every::Month, "2026-01-31", "2026-02-28", "2026-03-31"),
            (3, Every::Month, "2026-11-30", "2026-11-30", "2027-02-28"),
            (1, Every::Day, "2026-12-01", "2026-11-23", "2026-12-01"),
        ] {
            assert_eq!(
                schedule(every, unit, first).after(day(after)),
                Some(day(next)),
                "{every} {unit:?} {first} {after}"
            );
        }
    }

    proptest! {
        #[test]
        fn the_next_day_lies_ahead_and_within_one_turn(every in 1..400_i32, unit in 0..3_usize, ahead in 0..4000_u64) {
            let schedule = schedule(every, Every::ALL[unit], "2024-02-29");
            let from = schedule.first_on + Days::new(ahead);
            let next = schedule.after(from).expect("a day");
            let turn = u64::from(every.unsigned_abs()) * [1, 7, 31][unit];
            prop_assert!(next > from && next <= from + Days::new(turn));
        }
    }
}
