use super::period::{Month, Period};
use crate::desk::ContactKind;
use crate::estate::{DepartmentRef, Names};
use crate::ids::StaffId;
use crate::requests::{Channel, Ends, Satisfaction, satisfaction};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Open matters by how a clock of theirs stands; one with several clocks may stand in more than one. Each at most
/// [`crate::requests::Counts::MOST_LATE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByClock {
    /// One has run out.
    pub late: i64,
    /// One runs out soon.
    pub risk: i64,
    /// One runs.
    pub running: i64,
    /// One rests.
    pub resting: i64,
}

/// What was counted under one heading over a period. Matters count under whoever looks after them now, all else under
/// whoever answered for it then and whoever had been sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Matters that came in.
    pub received: u64,
    /// Matters that left the office's hands.
    pub closed: u64,
    /// Promises that were kept.
    pub kept: u64,
    /// Promises that were not.
    pub missed: u64,
    /// Contacts that nobody had answered or accepted after three minutes (B2).
    pub breaches: u64,
    /// Ended by the resident's word.
    pub confirmed: u64,
    /// Ended without it.
    pub unconfirmed: u64,
    /// Ended by an objection.
    pub disputed: u64,
    /// Came back, at once or later.
    pub returned: u64,
    /// Confirmed the first time.
    pub first_fixes: u64,
    /// Rated.
    pub rated: u64,
    /// Of the rated: satisfied.
    pub satisfied: u64,
    /// The stars of the rated, summed: attitude, conduct, speed, result (A16).
    #[serde(default)]
    pub stars: [u64; 4],
}

/// A part of a whole, in thousandths, rounded down; none of nothing. What ended before a period and is told of in it
/// makes no share greater than the whole.
fn share(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (part * 1000 / whole).min(1000))
}

impl Figures {
    /// What the tallies call them.
    pub const MEASURES: [&str; 16] = [
        "received",
        "closed",
        "promise_kept",
        "promise_missed",
        "breach",
        "end_confirmed",
        "end_unconfirmed",
        "end_disputed",
        "returned",
        "first_fix",
        "rated",
        "satisfied",
        "stars_attitude",
        "stars_conduct",
        "stars_speed",
        "stars_result",
    ];

    /// From the sums of [`Figures::MEASURES`].
    pub fn of(sum: impl Fn(&str) -> u64) -> Self {
        Self {
            received: sum("received"),
            closed: sum("closed"),
            kept: sum("promise_kept"),
            missed: sum("promise_missed"),
            breaches: sum("breach"),
            confirmed: sum("end_confirmed"),
            unconfirmed: sum("end_unconfirmed"),
            disputed: sum("end_disputed"),
            returned: sum("returned"),
            first_fixes: sum("first_fix"),
            rated: sum("rated"),
            satisfied: sum("satisfied"),
            stars: ["stars_attitude", "stars_conduct", "stars_speed", "stars_result"].map(sum),
        }
    }

    /// The means of the four axes in tenths of a star, rounded: attitude, conduct, speed, result. None: nobody rated.
    pub fn means(&self) -> Option<[u64; 4]> {
        (self.rated > 0).then(|| self.stars.map(|stars| (stars * 10 + self.rated / 2) / self.rated))
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Promises kept, of those that were kept or missed.
    pub fn kept_share(&self) -> Option<u64> {
        share(self.kept, self.kept + self.missed)
    }

    /// What came back, of all that ended.
    pub fn returned_share(&self) -> Option<u64> {
        share(self.returned, self.ended())
    }

    /// What was confirmed the first time, of all that ended.
    pub fn first_fix_share(&self) -> Option<u64> {
        share(self.first_fixes, self.ended())
    }

    /// Lives of matters that ended, in whatever way.
    pub fn ended(&self) -> u64 {
        self.confirmed + self.unconfirmed + self.disputed
    }

    /// Satisfied of those who rated, and how many answered at all (A2).
    pub fn satisfaction(&self) -> Satisfaction {
        let Self { confirmed, unconfirmed, rated, satisfied, .. } = *self;
        let found = satisfaction(Ends { confirmed, unconfirmed, rated, satisfied });
        Satisfaction { response: found.response.map(|response| response.min(1000)), ..found }
    }
}

/// One week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// Its Monday.
    pub from_on: NaiveDate,
    /// What was counted in it.
    pub figures: Figures,
}

/// One problem of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFigures {
    /// In addresses.
    pub slug: String,
    /// What people call it.
    pub names: Names,
    /// How its matters ended, and were rated.
    pub figures: Figures,
}

/// One department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentFigures {
    /// Which.
    pub department: DepartmentRef,
    /// Open matters that it looks after now.
    pub open: i64,
    /// What was counted.
    pub figures: Figures,
}

/// One colleague: what they answered for, or had been sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFigures {
    /// The membership.
    pub id: StaffId,
    /// Full name.
    pub name: String,
    /// Their department.
    pub department: Names,
    /// Open matters that they answer for, or have an order for.
    pub open: i64,
    /// What was counted.
    pub figures: Figures,
}

/// What contacts are counted by on the statistics sheet (C11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sort {
    /// All of them.
    All,
    /// Those of a kind: repairs, complaints…
    Kind(ContactKind),
    /// Those that came by one way.
    Channel(Channel),
}

impl Sort {
    /// All, in the order of the sheet.
    pub fn all() -> impl Iterator<Item = Sort> {
        let kinds = ContactKind::ALL.into_iter().map(Sort::Kind);
        kinds.chain(Channel::ALL.into_iter().map(Sort::Channel)).chain([Sort::All])
    }

    /// What the tallies call it.
    pub fn facet(self) -> String {
        match self {
            Sort::All => "all".to_owned(),
            Sort::Kind(kind) => format!("kind:{}", kind.tag()),
            Sort::Channel(channel) => format!("channel:{}", channel.tag()),
        }
    }
}

/// A line of the statistics sheet (C11): contacts that came in over a period, and what has become of them since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLine {
    /// Which of them.
    pub of: Sort,
    /// How many came in.
    pub received: u64,
    /// Of them: answered at the desk.
    pub answered: u64,
    /// Of them: became a request.
    pub requested: u64,
    /// Of them: wait for an answer still.
    pub open: u64,
    /// Promised replies to them that came in time.
    pub kept: u64,
    /// Promised replies to them whose time passed.
    pub missed: u64,
}

impl SheetLine {
    /// What the tallies call them.
    pub const MEASURES: [&str; 6] =
        ["contact", "contact_answered", "contact_requested", "contact_open", "contact_kept", "contact_missed"];

    /// From the sums of [`SheetLine::MEASURES`].
    pub fn new(of: Sort, sum: impl Fn(&str) -> u64) -> Self {
        Self {
            of,
            received: sum("contact"),
            answered: sum("contact_answered"),
            requested: sum("contact_requested"),
            open: sum("contact_open"),
            kept: sum("contact_kept"),
            missed: sum("contact_missed"),
        }
    }
}

/// How the whole does, or a department of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Over which days.
    pub period: Period,
    /// The first of them.
    pub from_on: NaiveDate,
    /// The last one: today, or a month's.
    pub until_on: NaiveDate,
    /// The months that may be chosen: this one and the eleven before it.
    pub months: Vec<Month>,
    /// Of which department; none: of all.
    pub department: Option<DepartmentRef>,
    /// Which may be chosen; empty for those who see theirs alone.
    pub departments: Vec<DepartmentRef>,
    /// Open matters now.
    pub open: i64,
    /// The same by clock.
    pub clocks: ByClock,
    /// What was counted in the period.
    pub now: Figures,
    /// The same in as many days before it, or in the month before.
    pub before: Figures,
    /// Week by week, whole weeks first; the last one runs.
    pub weeks: Vec<Week>,
    /// Problems of which something ended or was rated.
    pub items: Vec<ItemFigures>,
    /// Contacts by kind and by way (C11), all of them last; empty where a department is looked at: the desk is everybody's.
    pub sheet: Vec<SheetLine>,
    /// All departments; empty where one is looked at.
    pub by_department: Vec<DepartmentFigures>,
    /// Those who have something open, or did something.
    pub people: Vec<PersonFigures>,
}

#[cfg(test)]
mod tests {
    use super::{Figures, SheetLine, Sort};

    #[test]
    fn measures_become_the_figures_of_their_names() {
        let figures = Figures::of(|measure| match measure {
            "promise_kept" => 19,
            "promise_missed" => 1,
            "end_confirmed" => 6,
            "end_disputed" => 2,
            "returned" => 9,
            "rated" => 7,
            "satisfied" => 3,
            "stars_attitude" => 33,
            "stars_result" => 7,
            _ => 0,
        });
        assert_eq!(figures.means(), Some([47, 0, 0, 10]), "33 stars of seven residents are 4.71 each");
        assert_eq!(Figures::default().means(), None);
        assert_eq!((figures.kept, figures.missed, figures.kept_share()), (19, 1, Some(950)));
        assert_eq!(figures.returned_share(), Some(1000), "never more than the whole");
        assert_eq!((figures.satisfaction().rate, figures.satisfaction().response), (Some(428), Some(1000)));
        let unasked = Figures::of(|measure| u64::from(!Figures::MEASURES.contains(&measure)));
        assert!(unasked.is_empty(), "every figure is among the measures that are asked for: {unasked:?}");
        assert_eq!((Figures::default().kept_share(), Figures::default().is_empty()), (None, true));
    }

    #[test]
    fn every_sum_of_the_sheet_is_asked_for() {
        let line = SheetLine::new(Sort::All, |measure| u64::from(SheetLine::MEASURES.contains(&measure)));
        let SheetLine { of: _, received, answered, requested, open, kept, missed } = line;
        assert_eq!([received, answered, requested, open, kept, missed], [1; 6]);
    }
}
