//! What the manuals say: the terms with which an estate begins, and which its manager then makes its own.

use super::model::{
    Calendar, ClockKind, ClockRule, Closing, Counts, Desk, Detector, Duty, Hours, Orders, Rung, Sampling, StopsAt,
    Terms, mail_days,
};
use crate::people::Role;
use crate::services::Urgency;

/// The minutes of each clock, for what is normal (counted in the office's hours), urgent and an emergency (counted
/// day and night). The manuals give only the three minutes of B2.
const CLOCKS: [(ClockKind, [u32; 3]); 4] = [
    (ClockKind::Answer, [60, 20, 3]),
    (ClockKind::Dispatch, [240, 60, 10]),
    (ClockKind::OnSite, [1080, 240, 30]),
    (ClockKind::Resolve, [2700, 1440, 480]),
];

/// The standard terms.
pub fn terms() -> Terms {
    let day = vec![Hours { from: 9 * 60, until: 18 * 60 }];
    let week = [true, true, true, true, true, false, false].map(|works| if works { day.clone() } else { Vec::new() });
    let rules = CLOCKS.into_iter().flat_map(|(kind, minutes)| {
        Urgency::ALL.into_iter().zip(minutes).map(move |(urgency, minutes)| {
            let counts = if urgency == Urgency::Normal { Counts::Working } else { Counts::Always };
            ClockRule { kind, category: None, urgency, minutes, counts }
        })
    });
    let rung = |role, after_minutes| Rung { role, after_minutes };
    Terms {
        calendar: Calendar { week, days: Vec::new() },
        clocks: rules.collect(),
        desk: Desk {
            minutes: 3,
            stops_at: StopsAt::Accepted,
            chain: vec![rung(Role::Supervisor, 0), rung(Role::Head, 5), rung(Role::SiteManager, 15)],
            answer_until: 20 * 60,
            orphan_hours: 48,
            mail_days: mail_days(),
        },
        routes: Vec::new(),
        duty: Duty {
            workdays: Hours { from: 18 * 60, until: 19 * 60 },
            other_days: Hours { from: 9 * 60, until: 18 * 60 },
        },
        sampling: Sampling { complaints: 10, on_site: 30, requests: 10 },
        closing: Closing { object_days: 30, attempts: 2 },
        detector: Detector { reports: 3, within_minutes: 120 },
        orders: Orders::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::Terms;
    use super::terms;

    #[test]
    fn estates_that_were_there_before_began_with_the_standard_terms() {
        let migration = include_str!("../../migrations/20261127090000_policy.sql");
        let json = migration.split("$$").nth(1).expect("the terms between dollars");
        let stored: Terms = serde_json::from_str(json).expect("terms");
        assert_eq!(stored, terms());
        assert_eq!(terms().check(), Ok(()));
    }
}
