//! The figure that the 95 % are held against (A2): satisfied ÷ rated, and beside it how many answered at all.

use super::model::Rating;
use serde::{Deserialize, Serialize};

/// The target of every service item, in hundredths (A2).
pub const TARGET: u64 = 95;

/// How the matters of one item, department or month ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ends {
    /// Ended by the resident's word.
    pub confirmed: u64,
    /// Ended without it.
    pub unconfirmed: u64,
    /// Of both: rated. Whoever rates what was closed without their word has said it then.
    pub rated: u64,
    /// Of the rated: satisfied.
    pub satisfied: u64,
}

/// Two figures that never stand alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Satisfaction {
    /// Satisfied of those who rated, in thousandths, rounded down; none where nobody did.
    pub rate: Option<u64>,
    /// Those who rated, of all that ended, in thousandths, rounded down; none where nothing did.
    pub response: Option<u64>,
    /// Whether the target is met; none where nobody rated.
    pub is_met: Option<bool>,
}

/// Satisfaction of counted ends. What ended without a word is in nobody's favour: it lowers the response, and leaves
/// the rate as it was (invariant 16).
pub fn satisfaction(ends: Ends) -> Satisfaction {
    let Ends { confirmed, unconfirmed, rated, satisfied } = ends;
    let of = |part: u64, whole: u64| (whole > 0).then(|| part * 1000 / whole);
    Satisfaction {
        rate: of(satisfied, rated),
        response: of(rated, confirmed + unconfirmed),
        is_met: (rated > 0).then(|| satisfied * 100 >= TARGET * rated),
    }
}

impl Rating {
    /// Whether the resident is satisfied (满意 or better): four of five on the average of the axes.
    pub fn is_satisfied(self) -> bool {
        self.attitude + self.conduct + self.speed + self.result >= 16
    }
}

#[cfg(test)]
mod tests {
    use super::{Ends, Rating, satisfaction};
    use proptest::prelude::*;

    proptest! {
        /// §3.3: the 95 % figure is unchanged by auto-closing.
        #[test]
        fn ends_without_a_word_change_no_rate(
            satisfied in 0_u64..500, other in 0_u64..500, silent in 0_u64..500, before in 0_u64..500, more in 1_u64..5000,
        ) {
            let rated = satisfied + other;
            let ends = Ends { confirmed: rated + silent, unconfirmed: before, rated, satisfied };
            let (was, is) = (satisfaction(ends), satisfaction(Ends { unconfirmed: before + more, ..ends }));
            prop_assert_eq!((was.rate, was.is_met), (is.rate, is.is_met));
            prop_assert!(is.response <= was.response.or(Some(0)), "but fewer have answered");
        }
    }

    #[test]
    fn the_target_is_met_exactly_and_not_by_rounding() {
        let of = |satisfied, rated| satisfaction(Ends { confirmed: rated, unconfirmed: 0, rated, satisfied });
        assert_eq!((of(19, 20).rate, of(19, 20).is_met), (Some(950), Some(true)));
        assert_eq!((of(9499, 10_000).rate, of(9499, 10_000).is_met), (Some(949), Some(false)));
        assert_eq!(satisfaction(Ends::default()).is_met, None);
    }

    #[test]
    fn four_of_five_is_satisfied() {
        let rating = |attitude, result| Rating { attitude, conduct: 4, speed: 4, result };
        assert!(rating(4, 4).is_satisfied() && rating(3, 5).is_satisfied());
        assert!(!rating(3, 4).is_satisfied());
    }
}
