use super::care::Opening;
use super::facility::{Facility, Period};
use crate::policy::clock_face;
use serde::{Deserialize, Serialize};

/// A facility's terms as a form says them: numbers as they are typed. What it is silent on is empty, or not ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    /// Minutes of a step,
    pub step_minutes: String,
    /// how many at least,
    pub least_steps: String,
    /// and at most.
    pub most_steps: String,
    /// Until when a stay lasts, where it is let by the night: `12:00`.
    pub check_out: String,
    /// Minutes before a booking,
    pub before_minutes: String,
    /// and after it.
    pub after_minutes: String,
    /// Minutes of notice.
    pub notice_minutes: String,
    /// Days ahead.
    pub ahead_days: String,
    /// How many a household may have; empty: as many as it likes.
    pub quota: String,
    /// In which period: `week`.
    pub quota_per: String,
    /// How many people at most.
    pub most_heads: String,
    /// How many seats, where they are counted.
    pub seats: String,
    /// Minutes for which it is kept for whoever fills in the form.
    pub hold_minutes: String,
    /// Minutes before it begins until which it may be given back.
    pub cancel_minutes: String,
    /// The price: `30` or `30.50`,
    pub price: String,
    /// for what: `hour`.
    pub price_per: String,
    /// The deposit.
    pub deposit: String,
    /// Whether the office looks at each.
    pub needs_approval: bool,
    /// Whether the office takes down who came.
    pub checks_in: bool,
    /// After how many minutes nobody came.
    pub grace_minutes: String,
    /// How many a household may miss; empty: nobody counts.
    pub most_missed: String,
    /// In how many days.
    pub missed_days: String,
    /// Whether nobody minds which unit they have.
    pub swaps: bool,
    /// How old everybody must be; empty: any age.
    pub least_age: String,
    /// Whether people are shown around first.
    pub needs_induction: bool,
    /// When it is open from Monday to Sunday, and on holidays: `09:00-12:00, 14:00-22:00`; empty: closed.
    pub hours: Vec<String>,
}

impl TermsForm {
    /// The terms that hold now.
    pub fn of(facility: &Facility, openings: &[Opening]) -> Self {
        let terms = &facility.terms;
        let hours = |weekday: u32| {
            let own = openings.iter().filter(|opening| opening.weekday == weekday);
            let spans = own.map(|own| format!("{}-{}", clock_face(own.opens), clock_face(own.closes)));
            spans.collect::<Vec<_>>().join(", ")
        };
        let number = |number: u32| number.to_string();
        Self {
            step_minutes: number(terms.step_minutes),
            least_steps: number(terms.least_steps),
            most_steps: number(terms.most_steps),
            check_out: terms.check_out.map(clock_face).unwrap_or_default(),
            before_minutes: number(terms.before_minutes),
            after_minutes: number(terms.after_minutes),
            notice_minutes: number(terms.notice_minutes),
            ahead_days: number(terms.ahead_days),
            quota: terms.quota.map(|quota| number(quota.most)).unwrap_or_default(),
            quota_per: terms.quota.map_or(Period::Week, |quota| quota.per).tag().to_owned(),
            most_heads: number(terms.most_heads),
            seats: terms.seats.map(number).unwrap_or_default(),
            hold_minutes: number(terms.hold_minutes),
            cancel_minutes: number(terms.cancel_minutes),
            price: amount(terms.price),
            price_per: terms.price_per.tag().to_owned(),
            deposit: amount(terms.deposit),
            needs_approval: terms.needs_approval,
            checks_in: terms.checks_in,
            grace_minutes: number(terms.grace_minutes),
            most_missed: terms.missed.map(|missed| number(missed.most)).unwrap_or_default(),
            missed_days: terms.missed.map(|missed| number(missed.days)).unwrap_or_default(),
            swaps: terms.swaps,
            least_age: terms.least_age.map(number).unwrap_or_default(),
            needs_induction: terms.needs_induction,
            hours: (1..=8).map(hours).collect(),
        }
    }
}

/// `30`, `30.50`
fn amount(minor: i64) -> String {
    match minor % 100 {
        0 => (minor / 100).to_string(),
        rest => format!("{}.{rest:02}", minor / 100),
    }
}
