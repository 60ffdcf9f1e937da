use super::super::model::{Bookable, Facility, Found, SlotState};
use super::free::{Claim, Span};
use super::open::open_between;
use crate::estate::Zone;
use crate::ids::AccountId;
use crate::moment::Moment;
use crate::requests::DayPart;
use chrono::NaiveDate;

/// A part of a day on the estate's wall, by when a booking begins; none is all of it.
pub fn part_of(day: NaiveDate, part: Option<DayPart>, zone: &Zone) -> Span {
    let minutes = match part {
        None => (0, 1440),
        Some(DayPart::Morning) => (360, 720),
        Some(DayPart::Afternoon) => (720, 1080),
        Some(DayPart::Evening) => (1080, 1440),
    };
    open_between(day, minutes, zone)
}

impl Facility {
    /// What it is for so many people who want so many minutes, its times still to be looked for; none where its terms
    /// do not let them have it, or nothing of it is left for them. Whoever looks for an hour looks for no bed: what is let by
    /// the night is for those who want a day or more, of which each is a night.
    pub fn offer(&self, minutes: u32, heads: u32) -> Option<Found> {
        let terms = &self.terms;
        if terms.is_by_night() && minutes < terms.step_minutes {
            return None;
        }
        let steps = minutes.div_ceil(terms.step_minutes).max(terms.least_steps);
        let is_any = terms.seats.is_some() || !self.units.is_empty();
        (is_any && terms.fits(steps, heads).is_ok()).then(|| Found {
            facility: Bookable {
                id: self.id,
                slug: self.slug.clone(),
                icon: self.icon.clone(),
                names: self.names.clone(),
            },
            steps,
            by_night: terms.is_by_night(),
            minutes: terms.step_minutes * steps,
            price: terms.price_of(steps, heads),
            currency: terms.currency.clone(),
            starts: Vec::new(),
            is_cut: false,
        })
    }

    /// When those of some times, in order, begin that begin within a span and that [`Facility::state`] calls free. Of many
    /// claims each time is held against those alone that matter to them.
    pub fn free_within(
        &self,
        within: Span,
        mut times: Vec<Span>,
        heads: u32,
        claims: &[Claim],
        reader: Option<AccountId>,
    ) -> impl Iterator<Item = Moment> {
        times.retain(|time| within.from <= time.from && time.from < within.until);
        let until = times.last().map_or(within.until, |last| last.until);
        let claims = near(claims, self.claimed(Span { from: within.from, until }));
        let is_free = move |time: &Span| matches!(self.state(*time, heads, &claims, reader), SlotState::Free(_));
        times.into_iter().filter(is_free).map(|time| time.from)
    }
}

/// The claims that matter to a span: what is had within it, and what stands in the way of that, should it have to move.
fn near(claims: &[Claim], span: Span) -> Vec<Claim> {
    let within = |span: Span| claims.iter().filter(move |claim| claim.during.overlaps(span));
    let reach = within(span).fold(span, |reach, claim| Span {
        from: reach.from.min(claim.during.from),
        until: reach.until.max(claim.during.until),
    });
    within(reach).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::part_of;
    use crate::bookings::model::SlotState;
    use crate::bookings::rules::tests::{account, facility, instant, terms, unit};
    use crate::bookings::rules::{Claim, Span};
    use crate::estate::Zone;
    use crate::ids::BookingId;
    use crate::requests::DayPart;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn a_part_of_a_day_is_that_of_the_estates_wall() {
        let saturday = "2026-11-28".parse().expect("a day");
        let part = |part| {
            let span = part_of(saturday, part, &Zone::of("Asia/Shanghai"));
            [span.from, span.until].map(|at| at.format("%d %H:%M").to_string())
        };
        assert_eq!(part(Some(DayPart::Morning)), ["27 22:00", "28 04:00"]);
        assert_eq!(part(Some(DayPart::Evening)), ["28 10:00", "28 16:00"]);
        assert_eq!(part(None), ["27 16:00", "28 16:00"]);
    }

    #[test]
    fn an_offer_is_as_short_as_the_terms_allow_and_no_shorter_than_was_asked() {
        let mut courts = facility(2, None);
        let lasts = |minutes: u32| courts.offer(minutes, 4).map(|found| (found.steps, found.minutes));
        assert_eq!(
            [30, 60, 61, 120, 121].map(lasts),
            [Some((1, 60)), Some((1, 60)), Some((2, 120)), Some((2, 120)), None]
        );
        assert_eq!(courts.offer(60, 5), None, "too many of them");
        courts.terms = terms(60, 2, 6);
        assert_eq!(courts.offer(60, 1).map(|found| found.steps), Some(2));
        courts.units.clear();
        assert_eq!(courts.offer(60, 1), None, "another building's lift");
        let mut rooms = facility(2, None);
        rooms.terms = terms(1440, 1, 14);
        rooms.terms.check_out = Some(720);
        let nights = [240, 1440, 2880].map(|minutes| rooms.offer(minutes, 2).map(|found| found.steps));
        assert_eq!(nights, [None, Some(1), Some(2)], "whoever looks for an hour looks for no bed");
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_a_week_calls_free(
            units in 1..4_u128, swaps in prop::bool::ANY, (from, long) in (0..1200_i64, 0..900_i64),
            taken in prop::collection::vec((1..4_u128, -2000..3000_i64, 15..600_i64, prop::bool::ANY), 0..40),
        ) {
            let mut courts = facility(units, None);
            courts.terms.swaps = swaps;
            courts.terms.after_minutes = 15;
            let at = |from: i64, until: i64| Span { from: instant(from), until: instant(until) };
            let claims: Vec<_> = (10..).zip(taken).map(|(number, (place, from, long, can_swap))| {
                let by = Some((account(number % 9), BookingId(Uuid::from_u128(number))));
                Claim { unit: Some(unit(place)), during: at(from, from + long), heads: 1, by, can_swap }
            }).collect();
            let (within, reader) = (at(from, from + long), Some(account(1)));
            let times: Vec<_> = (0..24).map(|hour| at(hour * 60, hour * 60 + 60)).collect();
            let found: Vec<_> = courts.free_within(within, times.clone(), 1, &claims, reader).collect();
            let free = times.into_iter().filter(|time| within.from <= time.from && time.from < within.until);
            let free = free.filter(|time| matches!(courts.state(*time, 1, &claims, reader), SlotState::Free(_)));
            prop_assert_eq!(found, free.map(|time| time.from).collect::<Vec<_>>());
        }
    }
}
