use super::super::model::Facility;
use super::free::Claim;
use crate::ids::{FacilityUnitId, LotId};
use serde::Serialize;
use std::collections::BTreeMap;

/// What of a facility there is when it is drawn, and what others have of it: with the seed and the lots all that it takes
/// to repeat the draw (`end2end/draw.mjs`). It names nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ground {
    step_minutes: u32,
    before_minutes: u32,
    after_minutes: u32,
    seats: Option<u32>,
    /// In the order in which they are given.
    units: Vec<FacilityUnitId>,
    /// Those that bookings are moved between to make room.
    alike: Vec<FacilityUnitId>,
    /// Of a lot that may not have all of them those that it may.
    own: BTreeMap<LotId, Vec<FacilityUnitId>>,
    claims: Vec<GroundClaim>,
}

/// In seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct GroundClaim {
    unit: Option<FacilityUnitId>,
    from: i64,
    until: i64,
    heads: u32,
    can_swap: bool,
}

impl Ground {
    /// That of a facility of which others have this.
    pub fn of(facility: &Facility, claims: &[Claim]) -> Self {
        let terms = &facility.terms;
        let claims = claims.iter().map(|claim| GroundClaim {
            unit: claim.unit,
            from: claim.during.from.timestamp(),
            until: claim.during.until.timestamp(),
            heads: claim.heads,
            can_swap: claim.by.is_some() && claim.can_swap,
        });
        Self {
            step_minutes: terms.step_minutes,
            before_minutes: terms.before_minutes,
            after_minutes: terms.after_minutes,
            seats: terms.seats,
            units: units_of(facility),
            alike: facility.alike().collect(),
            own: BTreeMap::new(),
            claims: claims.collect(),
        }
    }

    /// A lot whose household may have the facility like this.
    pub fn admit(&mut self, lot: LotId, facility: &Facility) {
        let own = units_of(facility);
        if own != self.units {
            self.own.insert(lot, own);
        }
    }
}

fn units_of(facility: &Facility) -> Vec<FacilityUnitId> {
    facility.units.iter().map(|unit| unit.id).collect()
}

#[cfg(test)]
mod tests {
    use super::Ground;
    use crate::bookings::rules::tests::{facility, unit};
    use crate::ids::{BuildingId, LotId};
    use uuid::Uuid;

    #[test]
    fn whoever_may_not_have_all_of_it_is_told_apart() {
        let mut lifts = facility(2, None);
        lifts.units[1].building = Some(BuildingId(Uuid::from_u128(5)));
        lifts.terms.swaps = true;
        let mut ground = Ground::of(&lifts, &[]);
        ground.admit(LotId(Uuid::from_u128(1)), &lifts.clone().within(BuildingId(Uuid::from_u128(5))));
        ground.admit(LotId(Uuid::from_u128(2)), &lifts.within(BuildingId(Uuid::from_u128(6))));
        assert_eq!((ground.units.len(), ground.alike.len()), (2, 1), "nobody is moved into another's lift");
        assert_eq!(ground.own.into_iter().collect::<Vec<_>>(), [(LotId(Uuid::from_u128(2)), vec![unit(1)])]);
    }
}
