//! What terms must say to be published.

use super::model::{ClockKind, Terms};
use crate::fault::{Fault, Refusal};
use crate::services::Urgency;

impl Terms {
    /// `Ok` where clocks can be reckoned by them: some hour of some day is worked, and every clock has a general rule.
    pub fn check(&self) -> Result<(), Fault> {
        if self.calendar.week.iter().all(Vec::is_empty) {
            return Err(Refusal::NeverOpen.into());
        }
        let has = |kind, urgency| self.clock(kind, None, urgency).is_some();
        let complete = ClockKind::ALL.iter().all(|kind| Urgency::ALL.iter().all(|urgency| has(*kind, *urgency)));
        if complete { Ok(()) } else { Err(Refusal::ClockMissing.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::standard::terms;
    use crate::fault::Refusal;

    #[test]
    fn terms_open_some_time_and_have_every_clock() {
        let mut closed = terms();
        closed.calendar.week = Default::default();
        assert_eq!(closed.check(), Err(Refusal::NeverOpen.into()));
        let mut short = terms();
        short.clocks.pop();
        assert_eq!(short.check(), Err(Refusal::ClockMissing.into()));
    }
}
