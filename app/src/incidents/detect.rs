//! The stack detector (§3.5): whether a new report completes an incident. What is like another: the same category on
//! one riser or storey or in one place in common, the very same problem anywhere in a building.

use super::model::Extent;
use crate::ids::{AreaId, ItemId, RequestId};
use crate::moment::Moment;
use crate::policy::Detector;
use chrono::Duration;
use std::collections::BTreeSet;
use uuid::Uuid;

/// What the detector knows of a report. All that are compared are of one category, in one building or place of the
/// grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The report.
    pub request: RequestId,
    /// What kind of problem.
    pub item: ItemId,
    /// In which riser; none for places in common.
    pub stack: Option<String>,
    /// On which storey, where that is known.
    pub floor: Option<i32>,
    /// In which place in common.
    pub area: Option<AreaId>,
    /// Whose: the home, or whoever reported about a place in common.
    pub teller: Uuid,
    /// When it came in.
    pub at: Moment,
}

/// What the detector proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// How far it reaches.
    pub extent: Extent,
    /// What all of it is about, if that is one thing.
    pub item: Option<ItemId>,
    /// The reports, the new one last.
    pub reports: Vec<RequestId>,
}

impl Extent {
    /// Whether a report lies within it, and is of its kind. `item`: what the incident is about; none for all of its
    /// category.
    pub fn covers(&self, trace: &Trace, item: Option<ItemId>) -> bool {
        let is_within = match self {
            Extent::Stack(stack) => trace.stack.as_ref() == Some(stack),
            Extent::Floor(floor) => trace.area.is_none() && trace.floor == Some(*floor),
            Extent::Area(area) => trace.area == Some(*area),
            Extent::Building => true,
        };
        is_within && item.is_none_or(|item| item == trace.item)
    }
}

/// The narrowest incident that `new` completes with the reports before it, if it does: of the very same problem,
/// else of its category. Several reports of one teller count once.
pub fn detect(new: &Trace, others: &[Trace], detector: Detector) -> Option<Proposal> {
    let extents = [
        new.stack.clone().map(Extent::Stack),
        new.floor.filter(|_| new.area.is_none()).map(Extent::Floor),
        new.area.map(Extent::Area),
        Some(Extent::Building),
    ];
    extents.into_iter().flatten().find_map(|extent| {
        let same = complete(new, others, detector, &extent, Some(new.item));
        // A whole building has something of a category every day.
        same.or_else(|| if extent == Extent::Building { None } else { complete(new, others, detector, &extent, None) })
    })
}

fn complete(
    new: &Trace,
    others: &[Trace],
    detector: Detector,
    extent: &Extent,
    item: Option<ItemId>,
) -> Option<Proposal> {
    let within = Duration::minutes(detector.within_minutes.into());
    let is_like =
        |other: &&Trace| other.request != new.request && new.at - other.at <= within && extent.covers(other, item);
    let like: Vec<&Trace> = others.iter().filter(is_like).collect();
    let tellers: BTreeSet<Uuid> = like.iter().map(|other| other.teller).chain([new.teller]).collect();
    (tellers.len() >= detector.reports.max(2) as usize).then(|| {
        let reports = like.iter().map(|other| other.request).chain([new.request]).collect();
        Proposal { extent: extent.clone(), item, reports }
    })
}

#[cfg(test)]
mod tests {
    use super::{Extent, Trace, detect};
    use crate::ids::ItemId;
    use crate::moment::Moment;
    use crate::policy::Detector;
    use chrono::Duration;
    use proptest::prelude::*;
    use uuid::Uuid;

    const DETECTOR: Detector = Detector { reports: 3, within_minutes: 120 };

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    /// The home of a stack on a floor reports something after so many minutes.
    fn home(n: u128, stack: &str, floor: i32, item: u128, minutes: i64) -> Trace {
        let teller = id(1000 + u128::from(floor.unsigned_abs()) * 10 + u128::from(stack.as_bytes()[1]));
        let (request, item, at) = (id(n).into(), ItemId(id(item)), Moment::UNIX_EPOCH + Duration::minutes(minutes));
        Trace { request, item, stack: Some(stack.to_owned()), floor: Some(floor), area: None, teller, at }
    }

    fn extent(reports: &[Trace]) -> Option<Extent> {
        let (new, others) = reports.split_last()?;
        detect(new, others, DETECTOR).map(|proposal| proposal.extent)
    }

    #[test]
    fn three_on_one_riser_are_one_incident() {
        let riser = [home(1, "03", 4, 7, 0), home(2, "03", 9, 7, 50), home(3, "03", 12, 7, 120)];
        let found = detect(&riser[2], &riser[..2], DETECTOR).expect("an incident");
        assert_eq!((found.extent, found.item), (Extent::Stack("03".to_owned()), Some(ItemId(id(7)))));
        assert_eq!(found.reports, riser.iter().map(|report| report.request).collect::<Vec<_>>());
        assert_eq!(extent(&riser[..2]), None, "two are none");
        let late = [riser[0].clone(), riser[1].clone(), home(3, "03", 12, 7, 121)];
        assert_eq!(extent(&late), None, "the first is out of the window");
        let one_home = [home(1, "03", 4, 7, 0), home(2, "03", 4, 7, 10), home(3, "03", 9, 7, 20)];
        assert_eq!(extent(&one_home), None, "one home that asks twice is one");
    }

    #[test]
    fn the_narrowest_place_is_found_first() {
        let storey = [home(1, "01", 4, 7, 0), home(2, "02", 4, 8, 5), home(3, "03", 4, 9, 9)];
        assert_eq!(extent(&storey), Some(Extent::Floor(4)), "of one category");
        let spread = [home(1, "01", 4, 7, 0), home(2, "02", 5, 7, 5), home(3, "03", 6, 7, 9)];
        assert_eq!(extent(&spread), Some(Extent::Building));
        let mixed = [home(1, "01", 4, 7, 0), home(2, "02", 5, 8, 5), home(3, "03", 6, 7, 9)];
        assert_eq!(extent(&mixed), None, "in a whole building only the very same is like");
    }

    proptest! {
        #[test]
        fn whatever_is_proposed_is_enough_and_within_the_window(
            reports in proptest::collection::vec((1..4_u8, 1..6_i32, 1..4_u128, 0..400_i64), 1..40),
            least in 2..6_u32, within in 10..300_u32,
        ) {
            let mut reports: Vec<Trace> = reports
                .into_iter()
                .enumerate()
                .map(|(n, (stack, floor, item, at))| home(n as u128, &format!("0{stack}"), floor, item, at))
                .collect();
            reports.sort_by_key(|report| report.at);
            let (new, others) = reports.split_last().expect("one at least");
            let detector = Detector { reports: least, within_minutes: within };
            let found = detect(new, others, detector);
            if let Some(found) = &found {
                prop_assert_eq!(found.reports.last(), Some(&new.request));
                let members: Vec<_> = reports.iter().filter(|report| found.reports.contains(&report.request)).collect();
                let homes: std::collections::BTreeSet<_> = members.iter().map(|report| report.teller).collect();
                prop_assert!(homes.len() >= least as usize);
                for member in members {
                    prop_assert!(found.extent.covers(member, found.item));
                    prop_assert!(new.at - member.at <= Duration::minutes(within.into()));
                }
            }
            // In whatever order the others are read, the same is found.
            let back: Vec<Trace> = others.iter().rev().cloned().collect();
            prop_assert_eq!(found.map(|found| found.extent), detect(new, &back, detector).map(|found| found.extent));
        }
    }
}
