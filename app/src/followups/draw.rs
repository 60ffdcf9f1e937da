//! The draw: whether a request that ended is asked about again. Nobody can foresee it, and anybody can repeat it once
//! its month is over and the seed is shown.

use crate::backend::random;
use crate::estate::Zone;
use crate::fault::Fault;
use crate::ids::RequestId;
use crate::moment::Moment;
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};

/// Whether a life of a request is drawn, at so many in a hundred: of SHA-256 over the month's seed, the request's id and,
/// behind a slash, how often it had come back, all as they are written, the first eight bytes as a number, modulo a
/// hundred, lie below the rate.
pub fn is_drawn(seed: &str, (request, life): (RequestId, i32), rate: u32) -> bool {
    let mut hasher = Sha256::new();
    hasher.update(seed);
    hasher.update(format!("{request}/{life}"));
    let number = hasher.finalize().iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    number % 100 < u64::from(rate)
}

/// A seed that nobody can guess: 64 hexadecimal digits.
pub(super) fn new_seed() -> Result<String, Fault> {
    Ok(random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The first day of the month in which an instant lies on an estate's calendar.
pub fn month_of(zone: &Zone, at: Moment) -> NaiveDate {
    let day = zone.day_of(at);
    day.with_day(1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::{is_drawn, month_of};
    use crate::estate::Zone;
    use crate::ids::RequestId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn ids() -> impl Iterator<Item = RequestId> {
        (0..10_000).map(|n| RequestId(Uuid::from_u128(n * 7919)))
    }

    fn drawn(seed: &str, rate: u32) -> Vec<RequestId> {
        ids().filter(|id| is_drawn(seed, (*id, 0), rate)).collect()
    }

    #[test]
    fn a_seed_draws_the_same_again_and_another_one_others() {
        assert_eq!(drawn("a", 10), drawn("a", 10));
        assert_ne!(drawn("a", 10), drawn("b", 10));
        assert_eq!((drawn("a", 0).len(), drawn("a", 100).len()), (0, 10_000));
        let again: Vec<RequestId> = ids().filter(|id| is_drawn("a", (*id, 1), 10)).collect();
        assert_ne!(drawn("a", 10), again, "what comes back is drawn anew");
    }

    #[test]
    fn the_rule_is_what_the_page_says() {
        // printf 'a%s/0' 00000000-0000-0000-0000-000000000000 | sha256sum
        let number = 0x5dca_139c_82a4_f7f2_u64 % 100;
        let nil = RequestId(Uuid::nil());
        let drawn: Vec<u64> = (0..=100).filter(|rate| is_drawn("a", (nil, 0), *rate)).map(u64::from).collect();
        assert_eq!(drawn.first(), Some(&(number + 1)));
        assert_eq!(drawn.last(), Some(&100));
    }

    #[test]
    fn the_share_is_the_rate() {
        for seed in ["2026", "seed", "0123456789abcdef", "荔园"] {
            for rate in [1, 5, 10, 20, 50, 75, 99] {
                let share = drawn(seed, rate).len() as f64 / 100.0;
                assert!((share - f64::from(rate)).abs() <= 1.5, "{share} in a hundred at {rate} by {seed}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        /// Who is drawn at a rate is drawn at every higher one.
        #[test]
        fn a_higher_rate_only_adds(seed in "[0-9a-f]{64}", low in 0..=100_u32, more in 0..=100_u32) {
            let high = drawn(&seed, low + more);
            prop_assert!(drawn(&seed, low).iter().all(|id| high.binary_search(id).is_ok()));
        }
    }

    #[test]
    fn months_turn_on_the_wall() {
        let at = "2026-11-30T16:30:00Z".parse().expect("an instant");
        assert_eq!(month_of(&Zone::of("Asia/Shanghai"), at).to_string(), "2026-12-01");
        assert_eq!(month_of(&Zone::of("Europe/Berlin"), at).to_string(), "2026-11-01");
    }
}
