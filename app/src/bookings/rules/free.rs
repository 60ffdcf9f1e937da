use super::super::model::{Facility, SlotState};
use crate::ids::{AccountId, BuildingId, FacilityUnitId};
use crate::moment::Moment;
use chrono::Duration;

/// From an instant until another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first instant.
    pub from: Moment,
    /// The instant that no longer belongs to it.
    pub until: Moment,
}

impl Span {
    /// Whether two of them have an instant in common.
    pub fn overlaps(self, other: Span) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// What somebody has of a facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which unit; none where seats are counted.
    pub unit: Option<FacilityUnitId>,
    /// When: with the minutes before and after it.
    pub during: Span,
    /// How many seats.
    pub heads: u32,
    /// Who.
    pub account: AccountId,
}

impl Facility {
    /// As a household of that building may have it: without the units of the others.
    pub fn within(mut self, building: BuildingId) -> Self {
        self.units.retain(|unit| unit.building.is_none_or(|own| own == building));
        self
    }

    /// What a booking takes that begins then and lasts so many minutes: with the minutes in which its unit is made ready
    /// and tidied up.
    pub fn claimed(&self, starts_at: Moment, minutes: u32) -> Span {
        let minute = |minutes: u32| Duration::minutes(minutes.into());
        Span {
            from: starts_at - minute(self.terms.before_minutes),
            until: starts_at + minute(minutes) + minute(self.terms.after_minutes),
        }
    }

    /// The first unit that nobody has in all of a span.
    pub fn unit_for(&self, during: Span, claims: &[Claim]) -> Option<FacilityUnitId> {
        self.free_units(during, claims).next()
    }

    fn free_units<'a>(&'a self, during: Span, claims: &'a [Claim]) -> impl Iterator<Item = FacilityUnitId> + 'a {
        let is_free = move |unit: &FacilityUnitId| {
            !claims.iter().any(|claim| claim.unit == Some(*unit) && claim.during.overlaps(during))
        };
        self.units.iter().map(|unit| unit.id).filter(is_free)
    }

    /// How many units or seats are free in a span: of seats none, where fewer are free than so many people need.
    pub fn left(&self, during: Span, heads: u32, claims: &[Claim]) -> u32 {
        match self.terms.seats {
            None => self.free_units(during, claims).count() as u32,
            Some(seats) => {
                let taken: u32 =
                    claims.iter().filter(|claim| claim.during.overlaps(during)).map(|claim| claim.heads).sum();
                let left = seats.saturating_sub(taken);
                if left < heads { 0 } else { left }
            }
        }
    }

    /// Whether somebody can have it from then on, and for so many minutes and people, as far as others leave it to them.
    pub fn state(&self, starts_at: Moment, minutes: u32, heads: u32, claims: &[Claim], reader: AccountId) -> SlotState {
        let during = self.claimed(starts_at, minutes);
        if claims.iter().any(|claim| claim.account == reader && claim.during.overlaps(during)) {
            return SlotState::Own;
        }
        match self.left(during, heads, claims) {
            0 => SlotState::Taken,
            left => SlotState::Free(left),
        }
    }
}

/// Of some times the three that are nearest to one, the nearest first; of two as near the earlier.
pub fn nearest(to: Moment, times: impl IntoIterator<Item = Moment>) -> Vec<Moment> {
    let mut times: Vec<_> = times.into_iter().collect();
    times.sort_by_key(|time| ((*time - to).abs(), *time));
    times.truncate(3);
    times
}

#[cfg(test)]
mod tests {
    use super::{Claim, Span, nearest};
    use crate::bookings::model::SlotState;
    use crate::bookings::rules::tests::{account, facility, instant, unit};

    fn claim(number: u128, from: i64, until: i64) -> Claim {
        let during = Span { from: instant(from), until: instant(until) };
        Claim { unit: Some(unit(number)), during, heads: 1, account: account(number) }
    }

    #[test]
    fn a_unit_is_free_where_nobody_has_it_nor_its_minutes() {
        let mut courts = facility(2, None);
        let claims = [claim(1, 60, 120), claim(2, 120, 180)];
        let at = |from: i64, until: i64| Span { from: instant(from), until: instant(until) };
        assert_eq!(courts.unit_for(at(0, 60), &claims), Some(unit(1)));
        assert_eq!(courts.unit_for(at(60, 120), &claims), Some(unit(2)));
        assert_eq!(courts.unit_for(at(90, 150), &claims), None);
        assert_eq!(courts.left(at(180, 240), 1, &claims), 2);
        courts.terms.after_minutes = 15;
        assert_eq!(courts.claimed(instant(0), 60), at(0, 75));
    }

    #[test]
    fn seats_are_enough_or_none() {
        let gym = facility(0, Some(3));
        let seat = |heads: u32| Claim { unit: None, heads, ..claim(7, 60, 120) };
        let state = |heads: u32, claims: &[Claim]| gym.state(instant(60), 60, heads, claims, account(1));
        assert_eq!(state(3, &[]), SlotState::Free(3));
        assert_eq!(state(2, &[seat(1)]), SlotState::Free(2));
        assert_eq!(state(2, &[seat(1), seat(1)]), SlotState::Taken);
        assert_eq!(gym.state(instant(60), 60, 1, &[seat(1)], account(7)), SlotState::Own);
    }

    #[test]
    fn the_nearest_are_three() {
        let times = [0, 60, 120, 180, 240].map(instant);
        assert_eq!(
            nearest(instant(120), times.into_iter().filter(|at| *at != instant(120))),
            [60, 180, 0].map(instant)
        );
        assert!(nearest(instant(120), []).is_empty());
    }
}
