use super::super::model::{Answers, PriceRule, ServiceTerms};
use super::answers::Answer;

/// The most that an order may cost, in minor units: more is a slip of the finger.
pub const MOST_AMOUNT: i64 = 100_000_000;
/// The most minutes that an order is reckoned for: more is such a slip, too.
const MOST_MINUTES: u32 = 1_000_000;

/// What an order costs, as far as it is known: the parts of its formula, and the sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reckoned {
    /// For how many minutes; none where it is not priced by the hour, or nobody knows yet.
    pub minutes: Option<u32>,
    /// How many pieces.
    pub pieces: Option<u32>,
    /// The sum, in minor units; none where the office says it.
    pub amount: Option<i64>,
}

/// Rate × hours × pieces, in minor units: a broken hour counts by its minutes, rounded up. `None` where that is more than
/// any order costs.
pub fn amount_of(rate: i64, minutes: Option<u32>, pieces: Option<u32>) -> Option<i64> {
    let of_pieces = rate.checked_mul(pieces.unwrap_or(1).into())?;
    let sum = match minutes {
        None => of_pieces,
        Some(minutes) => of_pieces.checked_mul(minutes.into())?.checked_add(59)? / 60,
    };
    (0..=MOST_AMOUNT).contains(&sum).then_some(sum)
}

/// `2`, `1.5`, `0,75`: a number of at most two decimals, in hundredths.
pub fn hundredths(typed: &str) -> Option<i64> {
    let typed = typed.replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 8 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}

impl ServiceTerms {
    /// What an order with these answers costs, as far as they tell (J9).
    pub fn reckon(&self, answers: &Answers) -> Reckoned {
        let number = |slug: Option<&str>| match self.answer(answers, slug) {
            Some(Answer::Number(number)) => u32::try_from(number).ok(),
            _ => None,
        };
        let pieces = number(self.pieces_from.as_deref());
        match self.price_rule {
            PriceRule::Free => Reckoned { amount: Some(0), ..Reckoned::default() },
            PriceRule::Quote => Reckoned::default(),
            PriceRule::Fixed => Reckoned { minutes: None, pieces, amount: amount_of(self.price, None, pieces) },
            PriceRule::Hourly => {
                let minutes = number(self.hours_from.as_deref()).and_then(|hours| hours.checked_mul(60));
                let minutes = minutes.filter(|minutes| *minutes <= MOST_MINUTES);
                let amount = minutes.and_then(|_| amount_of(self.price, minutes, pieces));
                Reckoned { minutes, pieces, amount }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_AMOUNT, Reckoned, amount_of, hundredths};
    use crate::services::model::{Answers, PriceRule, QuestionKind};
    use crate::services::rules::tests::{question, terms};
    use proptest::prelude::*;

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        pairs.iter().map(|(slug, answer)| ((*slug).to_owned(), (*answer).to_owned())).collect()
    }

    /// J9: price an hour × hours × zones.
    #[test]
    fn air_conditioning_after_hours_is_reckoned_from_hours_and_zones() {
        let asks = vec![question("hours", QuestionKind::Number), question("zones", QuestionKind::Number)];
        let mut terms = terms(PriceRule::Hourly, 12_000, asks);
        terms.hours_from = Some("hours".to_owned());
        terms.pieces_from = Some("zones".to_owned());
        let found = terms.reckon(&answers(&[("hours", "3"), ("zones", "2")]));
        assert_eq!(found, Reckoned { minutes: Some(180), pieces: Some(2), amount: Some(72_000) });
        terms.questions[0].most = Some(100_000);
        let slip = terms.reckon(&answers(&[("hours", "20000"), ("zones", "2")]));
        assert_eq!((slip.minutes, slip.amount), (None, None), "nobody orders that many hours");
        terms.hours_from = None;
        assert_eq!(terms.reckon(&answers(&[("zones", "2")])).amount, None, "the office says how long it took");
    }

    #[test]
    fn sums_are_kept_in_hundredths() {
        for (typed, kept) in [("2", 200), ("1.5", 150), ("0,75", 75), ("128.50", 12_850), ("0", 0)] {
            assert_eq!(hundredths(typed), Some(kept), "{typed}");
        }
        for typed in ["", "-1", "1.234", "a", ".5", "1.2.3", "1e3", "123456789"] {
            assert_eq!(hundredths(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_other_rules() {
        let pages = || vec![question("pages", QuestionKind::Number)];
        assert_eq!(terms(PriceRule::Free, 0, pages()).reckon(&answers(&[])).amount, Some(0));
        assert_eq!(terms(PriceRule::Quote, 0, pages()).reckon(&answers(&[])).amount, None);
        let mut fixed = terms(PriceRule::Fixed, 150, pages());
        assert_eq!(fixed.reckon(&answers(&[("pages", "4")])).amount, Some(150));
        fixed.pieces_from = Some("pages".to_owned());
        assert_eq!(fixed.reckon(&answers(&[("pages", "4")])).amount, Some(600));
        assert_eq!(amount_of(1001, Some(90), None), Some(1502), "1501.5, rounded up");
        assert_eq!(amount_of(i64::MAX, Some(60), Some(2)), None);
    }

    proptest! {
        #[test]
        fn a_sum_is_exact_and_never_too_great(rate in 0..=MOST_AMOUNT, minutes in 0_u32..1_000_000, pieces in 0_u32..100_000) {
            let exact = i128::from(rate) * i128::from(minutes) * i128::from(pieces);
            let rounded = exact / 60 + i128::from(exact % 60 > 0);
            let expected = i64::try_from(rounded).ok().filter(|sum| *sum <= MOST_AMOUNT);
            prop_assert_eq!(amount_of(rate, Some(minutes), Some(pieces)), expected);
        }
    }
}
