use super::super::model::{Facility, SlotState};
use crate::ids::{AccountId, BookingId, BuildingId, FacilityUnitId};
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

    /// What two of them that overlap have in common.
    pub fn common(self, other: Span) -> Self {
        Self { from: self.from.max(other.from), until: self.until.min(other.until) }
    }
}

/// What somebody has of a facility, or what is closed of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which unit; none where seats are counted.
    pub unit: Option<FacilityUnitId>,
    /// When: with the minutes before and after it.
    pub during: Span,
    /// How many seats.
    pub heads: u32,
    /// Who, by which booking; none: it is closed.
    pub by: Option<(AccountId, BookingId)>,
    /// Whether it may have another unit instead: nobody is there yet.
    pub can_swap: bool,
}

/// A unit for somebody, and which bookings change theirs to make it free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// The unit.
    pub unit: FacilityUnitId,
    /// Who has which unit instead, in this order.
    pub swaps: Vec<(BookingId, FacilityUnitId)>,
}

impl Facility {
    /// As a household of that building may have it: without the units of the others.
    pub fn within(mut self, building: BuildingId) -> Self {
        self.units.retain(|unit| unit.building.is_none_or(|own| own == building));
        self
    }

    /// What a booking takes that is then: with the minutes in which its unit is made ready and tidied up.
    pub fn claimed(&self, during: Span) -> Span {
        let minute = |minutes: u32| Duration::minutes(minutes.into());
        Span {
            from: during.from - minute(self.terms.before_minutes),
            until: during.until + minute(self.terms.after_minutes),
        }
    }

    /// A unit for all of a span: the first that nobody has; else, where nobody minds which they have, the first that those
    /// who have it can change for another. The claims reach as far as [`Facility::reach`].
    pub fn room_for(&self, during: Span, claims: &[Claim]) -> Option<Room> {
        let free = self.free_units(during, claims).next().map(|unit| Room { unit, swaps: Vec::new() });
        free.or_else(|| self.alike().find_map(|unit| self.cleared(unit, during, claims)))
    }

    /// Its units that can take each other's place.
    pub(super) fn alike(&self) -> impl Iterator<Item = FacilityUnitId> {
        let is_alike = self.terms.swaps;
        self.units.iter().filter(move |unit| is_alike && unit.building.is_none()).map(|unit| unit.id)
    }

    fn cleared(&self, unit: FacilityUnitId, during: Span, claims: &[Claim]) -> Option<Room> {
        let mut claims = claims.to_vec();
        // In an order of their own: whoever repeats a draw finds room where it was found.
        claims.sort_by_key(|claim| (claim.during.from, claim.unit));
        let mut swaps = Vec::new();
        for at in 0..claims.len() {
            let claim = claims[at];
            if claim.unit != Some(unit) || !claim.during.overlaps(during) {
                continue;
            }
            let (_, booking) = claim.by.filter(|_| claim.can_swap)?;
            let other = self.alike().find(|other| is_free(*other, claim.during, &claims))?;
            claims[at].unit = Some(other);
            swaps.push((booking, other));
        }
        Some(Room { unit, swaps })
    }

    /// In which span claims matter to a span: where bookings may change their units, theirs have to be free all the while
    /// that they last, which is four days, or four weeks of nights, and the minutes around them at most.
    pub fn reach(&self, during: Span) -> Span {
        let longest = if self.terms.is_by_night() { 29 } else { 4 };
        let more = Duration::days(if self.terms.swaps { longest + 2 } else { 0 });
        Span { from: during.from - more, until: during.until + more }
    }

    fn free_units<'a>(&'a self, during: Span, claims: &'a [Claim]) -> impl Iterator<Item = FacilityUnitId> + 'a {
        self.units.iter().map(|unit| unit.id).filter(move |unit| is_free(*unit, during, claims))
    }

    /// How many units or seats are free in a span: of seats none, where fewer are free than so many people need; of units
    /// one, where others make room.
    pub fn left(&self, during: Span, heads: u32, claims: &[Claim]) -> u32 {
        match self.terms.seats {
            None => match self.free_units(during, claims).count() as u32 {
                0 => self.room_for(during, claims).map_or(0, |_| 1),
                free => free,
            },
            Some(seats) => {
                let taken: u32 =
                    claims.iter().filter(|claim| claim.during.overlaps(during)).map(|claim| claim.heads).sum();
                let left = seats.saturating_sub(taken);
                if left < heads { 0 } else { left }
            }
        }
    }

    /// Whether somebody can have it then, and for so many people, as far as others leave it to them.
    pub fn state(&self, during: Span, heads: u32, claims: &[Claim], reader: Option<AccountId>) -> SlotState {
        let during = self.claimed(during);
        let is_own = |claim: &Claim| reader.is_some() && claim.by.map(|(account, _)| account) == reader;
        if claims.iter().any(|claim| is_own(claim) && claim.during.overlaps(during)) {
            return SlotState::Own;
        }
        match self.left(during, heads, claims) {
            0 => SlotState::Taken,
            left => SlotState::Free(left),
        }
    }
}

fn is_free(unit: FacilityUnitId, during: Span, claims: &[Claim]) -> bool {
    !claims.iter().any(|claim| claim.unit == Some(unit) && claim.during.overlaps(during))
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
    use super::{Claim, Room, Span, nearest};
    use crate::bookings::model::{Day, Slot, SlotState};
    use crate::bookings::rules::tests::{account, facility, instant, unit};
    use crate::ids::BookingId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn claim(number: u128, from: i64, until: i64) -> Claim {
        let by = Some((account(number), BookingId(Uuid::from_u128(number))));
        Claim { unit: Some(unit(number)), during: at(from, until), heads: 1, by, can_swap: true }
    }

    fn at(from: i64, until: i64) -> Span {
        Span { from: instant(from), until: instant(until) }
    }

    #[test]
    fn a_unit_is_free_where_nobody_has_it_nor_its_minutes() {
        let mut courts = facility(2, None);
        let claims = [claim(1, 60, 120), claim(2, 120, 180)];
        let unit_for = |during: Span| courts.room_for(during, &claims).map(|room| room.unit);
        assert_eq!(unit_for(at(0, 60)), Some(unit(1)));
        assert_eq!(unit_for(at(60, 120)), Some(unit(2)));
        assert_eq!(unit_for(at(90, 150)), None);
        assert_eq!(courts.left(at(180, 240), 1, &claims), 2);
        courts.terms.after_minutes = 15;
        assert_eq!(courts.claimed(at(0, 60)), at(0, 75));
    }

    #[test]
    fn the_minutes_around_a_booking_part_what_is_free() {
        let mut court = facility(1, None);
        court.terms.after_minutes = 30;
        let claims = [claim(1, 120, 210)];
        let state = |from: i64| court.state(at(from, from + 60), 1, &claims, None);
        let slots = (0..6).map(|hour| Slot { starts_at: instant(hour * 60), state: state(hour * 60) }).collect();
        let free = Day { on: instant(0).date_naive(), slots }.free_ranges(court.terms.length(1));
        assert_eq!(free, [(instant(0), instant(60)), (instant(240), instant(360))]);
    }

    #[test]
    fn seats_are_enough_or_none() {
        let gym = facility(0, Some(3));
        let seat = |heads: u32| Claim { unit: None, heads, ..claim(7, 60, 120) };
        let state = |heads: u32, claims: &[Claim]| gym.state(at(60, 120), heads, claims, Some(account(1)));
        assert_eq!(state(3, &[]), SlotState::Free(3));
        assert_eq!(state(2, &[seat(1)]), SlotState::Free(2));
        assert_eq!(state(2, &[seat(1), seat(1)]), SlotState::Taken);
        assert_eq!(gym.state(at(60, 120), 1, &[seat(1)], Some(account(7))), SlotState::Own);
    }

    #[test]
    fn who_does_not_mind_changes_for_another_unit() {
        let mut courts = facility(2, None);
        let second = BookingId(Uuid::from_u128(2));
        let mut claims = [claim(1, 60, 120), claim(2, 120, 180)];
        assert_eq!(courts.room_for(at(60, 180), &claims), None);
        courts.terms.swaps = true;
        let first = BookingId(Uuid::from_u128(1));
        let room = Room { unit: unit(1), swaps: vec![(first, unit(2))] };
        assert_eq!(courts.room_for(at(90, 180), &claims), Some(room));
        assert_eq!(courts.left(at(90, 180), 1, &claims), 1);
        claims[0].can_swap = false;
        let room = Room { unit: unit(2), swaps: vec![(second, unit(1))] };
        assert_eq!(courts.room_for(at(90, 180), &claims), Some(room), "whoever is there stays");
        claims[1].by = None;
        assert_eq!(courts.room_for(at(90, 180), &claims), None, "what is closed stays closed");
    }

    proptest! {
        #[test]
        fn no_swap_lays_two_over_each_other(
            wishes in prop::collection::vec((0..20_i64, 1..4_i64, prop::bool::ANY), 1..40),
        ) {
            let mut courts = facility(3, None);
            courts.terms.swaps = true;
            let mut claims: Vec<Claim> = Vec::new();
            for (number, (from, long, can_swap)) in (10..).zip(wishes) {
                let mut next = Claim { can_swap, ..claim(number, from, from + long) };
                let Some(room) = courts.room_for(next.during, &claims) else { continue };
                for (booking, other) in room.swaps {
                    let moved = claims.iter_mut().find(|claim| claim.by.is_some_and(|(_, id)| id == booking));
                    let moved = moved.expect("one of them");
                    prop_assert!(moved.can_swap);
                    moved.unit = Some(other);
                }
                next.unit = Some(room.unit);
                claims.push(next);
                for (at, one) in claims.iter().enumerate() {
                    let meets = |two: &&Claim| two.unit == one.unit && two.during.overlaps(one.during);
                    prop_assert!(claims[at + 1..].iter().find(meets).is_none());
                }
            }
        }
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
