use super::diary::Bookable;
use crate::ids::UnitId;
use crate::moment::Wall;
use crate::people::Home;
use crate::requests::DayPart;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// When what an estate has can be had, as somebody sees it who looks for so long, for so many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finds {
    /// Their homes: each may have what its estate has.
    pub homes: Vec<Home>,
    /// The one for which they look.
    pub home: UnitId,
    /// From which day on,
    pub day: NaiveDate,
    /// on how many days,
    pub days: u32,
    /// in which part of them; none: at any time.
    pub part: Option<DayPart>,
    /// For how many minutes,
    pub minutes: u32,
    /// and how many people.
    pub heads: u32,
    /// Whether their estate has anything that is let by the night.
    pub has_nights: bool,
    /// What they can have for so long and so many, in order, whether it has a time then or not.
    pub found: Vec<Found>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// When a facility can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What.
    pub facility: Bookable,
    /// As few steps as are no shorter than was asked,
    pub steps: u32,
    /// which are nights, where it is let by the night,
    pub by_night: bool,
    /// and how many minutes they are.
    pub minutes: u32,
    /// What they cost, in minor units
    pub price: i64,
    /// of this currency.
    pub currency: String,
    /// From when on, the earliest first, in seconds since 1970.
    pub starts: Vec<i64>,
    /// Whether behind the last of them nobody has looked. An older server does not say it.
    #[serde(default)]
    pub is_cut: bool,
}

impl Found {
    /// Whether it can still be had from then on, which could be had before, as far as anybody has looked.
    pub fn is_free(&self, start: i64) -> bool {
        let is_beyond = self.is_cut && self.starts.last().is_some_and(|last| *last < start);
        is_beyond || self.starts.contains(&start)
    }
}

#[cfg(test)]
mod tests {
    use super::{Bookable, Found};
    use crate::estate::Names;
    use uuid::Uuid;

    #[test]
    fn what_went_is_told_from_what_was_not_looked_at() {
        let names = Names { en: String::new(), hans: String::new(), hant: String::new() };
        let facility = Bookable { id: Uuid::nil().into(), slug: String::new(), icon: String::new(), names };
        let mut found = Found {
            facility,
            steps: 1,
            by_night: false,
            minutes: 60,
            price: 0,
            currency: "CNY".to_owned(),
            starts: vec![1, 2, 4, 5],
            is_cut: false,
        };
        assert!(found.is_free(4) && !found.is_free(3) && !found.is_free(99));
        found.is_cut = true;
        assert!(found.is_free(4) && !found.is_free(3) && found.is_free(99));
    }
}
