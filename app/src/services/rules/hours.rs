use super::super::model::ServiceTerms;
use crate::fault::Note;
use chrono::{Datelike, Duration, NaiveDateTime, Timelike};

/// The weekday of a holiday, among its hours.
const HOLIDAY: u8 = 8;
/// How many days ahead anything is ordered.
const MOST_DAYS: i64 = 366;

impl ServiceTerms {
    /// What is wrong with needing it then, ordered now, both on the estate's wall.
    pub fn can_be_then(&self, at: NaiveDateTime, now: NaiveDateTime, is_holiday: bool) -> Result<(), Note> {
        if at < now {
            return Err(Note::InThePast);
        }
        if at < now + Duration::minutes(self.lead_minutes.into()) {
            return Err(Note::TooSoon(self.lead_minutes));
        }
        if at > now + Duration::days(MOST_DAYS) {
            return Err(Note::TooFarAhead);
        }
        if self.is_open_at(at, is_holiday) { Ok(()) } else { Err(Note::NotOpen) }
    }

    /// Whether it is done at a time on the estate's wall.
    fn is_open_at(&self, at: NaiveDateTime, is_holiday: bool) -> bool {
        let weekday = if is_holiday { HOLIDAY } else { at.weekday().number_from_monday() as u8 };
        let minute = (at.hour() * 60 + at.minute()) as u16;
        self.hours.is_empty()
            || self.hours.iter().any(|hours| hours.weekday == weekday && (hours.opens..=hours.closes).contains(&minute))
    }
}

#[cfg(test)]
mod tests {
    use crate::fault::Note;
    use crate::services::model::{PriceRule, ServiceHours};
    use crate::services::rules::tests::terms;

    #[test]
    fn it_is_needed_in_time_and_while_it_is_done() {
        let mut terms = terms(PriceRule::Free, 0, Vec::new());
        let at = |text: &str| crate::moment::parse_wall(text).expect("a time");
        // A Monday.
        let now = at("2026-11-23T12:00");
        let can = |terms: &crate::services::ServiceTerms, text: &str, is_holiday| {
            terms.can_be_then(at(text), now, is_holiday)
        };
        assert_eq!(can(&terms, "2026-11-23T11:59", false), Err(Note::InThePast));
        assert_eq!(can(&terms, "2026-11-23T12:59", false), Err(Note::TooSoon(60)));
        assert_eq!(can(&terms, "2026-11-23T13:00", false), Ok(()));
        assert_eq!(can(&terms, "2027-11-25T12:00", false), Err(Note::TooFarAhead));
        terms.hours = vec![ServiceHours { weekday: 1, opens: 540, closes: 1080 }];
        assert_eq!(can(&terms, "2026-11-23T18:00", false), Ok(()));
        assert_eq!(can(&terms, "2026-11-23T18:01", false), Err(Note::NotOpen));
        assert_eq!(can(&terms, "2026-11-24T12:00", false), Err(Note::NotOpen));
        assert_eq!(can(&terms, "2026-11-30T12:00", true), Err(Note::NotOpen), "a holiday");
    }
}
