use super::{Calendar, ClockKind, ClockRule, Hours, Minute};
use crate::ids::{DepartmentId, EstateId, ItemId};
use crate::moment::Moment;
use crate::people::Role;
use crate::services::Urgency;
use serde::{Deserialize, Serialize};

/// One version of an estate's policy. Published, it never changes: what began under it runs under it to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Whose.
    pub estate: EstateId,
    /// Counts the published versions, from 1.
    pub version: i32,
    /// From when it holds, until a later one does.
    #[serde(deserialize_with = "crate::moment::read")]
    pub valid_from: Moment,
    /// What it says.
    pub terms: Terms,
}

/// What a policy says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// When the office works.
    pub calendar: Calendar,
    /// How long everything may take.
    pub clocks: Vec<ClockRule>,
    /// The desk's own rules.
    pub desk: Desk,
    /// Who looks after what; the catalogue's department where nothing is said.
    pub routes: Vec<Route>,
    /// When a duty officer is there outside the office's hours.
    pub duty: Duty,
    /// How much is asked again afterwards.
    pub sampling: Sampling,
    /// How a matter ends.
    pub closing: Closing,
    /// When like reports are one incident.
    pub detector: Detector,
    /// How long orders of the catalogue wait; what was published before there were any says the standard.
    #[serde(default)]
    pub orders: Orders,
}

/// The desk's own rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// The three-minute principle: within so many minutes (B2: 3).
    pub minutes: u32,
    /// Where its clock stops; the manuals leave it open (B2).
    pub stops_at: StopsAt,
    /// Who is told when it did not, one after the other.
    pub chain: Vec<Rung>,
    /// A call that nobody could take is answered on the same day until then (B7).
    pub answer_until: Minute,
    /// Somebody is in touch about a matter whose holder has left, within so many hours (C10: 48).
    pub orphan_hours: u32,
    /// Registered items and parcels are kept for so many days, and then go back (A5). Policies from before it was said keep
    /// them for the standard's.
    #[serde(default = "mail_days")]
    pub mail_days: u32,
}

/// For how many days the standard keeps mail. The manuals give no number.
pub fn mail_days() -> u32 {
    15
}

/// Where the three-minute clock stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopsAt {
    /// 已派工
    Dispatched,
    /// 已接单
    Accepted,
    /// 已到场
    OnSite,
}

impl StopsAt {
    /// All, in the order of a matter's life.
    pub const ALL: [StopsAt; 3] = [StopsAt::Dispatched, StopsAt::Accepted, StopsAt::OnSite];

    /// The value in forms.
    pub fn tag(self) -> &'static str {
        match self {
            StopsAt::Dispatched => "dispatched",
            StopsAt::Accepted => "accepted",
            StopsAt::OnSite => "on_site",
        }
    }

    /// The value of a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stop| stop.tag() == tag)
    }
}

/// A rung of the chain along which a breach climbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Who is told.
    pub role: Role,
    /// How long after the breach, in minutes.
    pub after_minutes: u32,
}

/// Who looks after a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The category.
    pub category: ItemId,
    /// The department.
    pub department: DepartmentId,
}

/// When a duty officer is there outside the office's hours (N2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// On days when the office works (N2: 18:00–19:00).
    pub workdays: Hours,
    /// On other days (N2: 09:00–18:00).
    pub other_days: Hours,
}

/// How much is asked again afterwards, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampling {
    /// Of the complaints that were closed (E1: 10).
    pub complaints: u32,
    /// Of those, on site with the client's signature (E1: 30).
    pub on_site: u32,
    /// Of the requests that were closed (E2).
    pub requests: u32,
}

/// How a matter ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// How long a resident may still object to a closed matter, in days.
    pub object_days: u32,
    /// After how many attempts to reach them a matter is unconfirmed (§3.3: 2).
    pub attempts: u32,
}

/// When like reports are one incident (§3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detector {
    /// So many of them.
    pub reports: u32,
    /// Within so many minutes.
    pub within_minutes: u32,
}

/// How long orders of the catalogue wait (J5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// A price holds for so many days.
    pub quote_days: u32,
    /// For so many days their person is asked how it was.
    pub word_days: u32,
    /// What is not as it should be is done again within so many hours.
    pub rework_hours: u32,
}

impl Default for Orders {
    /// Agencies' prices hold no longer than a week, and a week has a weekend in it, on which people are at home.
    fn default() -> Self {
        Self { quote_days: 7, word_days: 7, rework_hours: 24 }
    }
}

impl Terms {
    /// The rule for a clock: the category's own, else the general one. Checked terms always have one.
    pub fn clock(&self, kind: ClockKind, category: Option<ItemId>, urgency: Urgency) -> Option<ClockRule> {
        let fits = |rule: &&ClockRule| rule.kind == kind && rule.urgency == urgency;
        let own = self.clocks.iter().filter(fits).find(|rule| rule.category.is_some() && rule.category == category);
        own.or_else(|| self.clocks.iter().filter(fits).find(|rule| rule.category.is_none())).copied()
    }

    /// Who looks after a category, where the policy says so.
    pub fn route(&self, category: ItemId) -> Option<DepartmentId> {
        self.routes.iter().find(|route| route.category == category).map(|route| route.department)
    }
}
