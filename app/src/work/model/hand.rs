use super::{Assessment, OrderCard, Vendor, Windows};
use crate::estate::{BuildingRef, Names};
use crate::ids::{BuildingId, DepartmentId, ItemId, StaffId};
use crate::moment::Wall;
use crate::people::Colleague;
use crate::policy::{Hours, MIDNIGHT, Minute};
use crate::requests::{Card, PreferredTime, Version};
use crate::services::Urgency;
use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// When somebody works in an ordinary week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// On which days, Monday is 1.
    pub days: Vec<u8>,
    /// The first minute.
    pub from: Minute,
    /// The minute that no longer belongs to it; of the next day where it is not later than the first.
    pub until: Minute,
}

impl Shift {
    /// The hours of a weekday: what begins on it, and what last night's shift leaves of it.
    pub fn hours_on(&self, day: Weekday) -> Vec<Hours> {
        let works = |day: Weekday| self.days.contains(&(day.num_days_from_monday() as u8 + 1));
        let is_overnight = self.until <= self.from;
        let morning = Hours { from: 0, until: self.until };
        let own = Hours { from: self.from, until: if is_overnight { MIDNIGHT } else { self.until } };
        let morning = (is_overnight && self.until > 0 && works(day.pred())).then_some(morning);
        morning.into_iter().chain(works(day).then_some(own)).collect()
    }
}

/// Somebody who could take an order, with the facts by which they are chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who it is.
    pub who: Colleague,
    /// The categories of the catalogue that they know.
    pub skills: Vec<ItemId>,
    /// The buildings that they look after.
    pub areas: Vec<BuildingId>,
    /// When they work today, on the estate's wall.
    pub hours: Vec<Hours>,
    /// How many open orders they hold.
    pub load: u32,
}

/// What an order would be about, as far as it decides who is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// Who looks after the matter.
    pub department: DepartmentId,
    /// The category of its problem.
    pub category: Option<ItemId>,
    /// The building that it is in.
    pub building: Option<BuildingId>,
    /// How pressing it is.
    pub urgency: Urgency,
}

/// Why somebody stands where they stand among those who could go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// They know this kind of work.
    Skill,
    /// They do not.
    NoSkill,
    /// They look after this building.
    Area,
    /// They are at work, until then.
    OnShift(Minute),
    /// Their shift begins later today.
    Later(Minute),
    /// They do not work any more today.
    OffShift,
    /// So many open orders are theirs.
    Load(u32),
    /// They lead others, and help out last.
    Leads,
    /// Another department looks after the matter.
    OtherDepartment,
}

impl Reason {
    /// Whether it speaks for them.
    pub fn is_for(self) -> bool {
        matches!(self, Reason::Skill | Reason::Area | Reason::OnShift(_) | Reason::Load(0))
    }
}

/// A candidate at their place in the suggested order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// Who.
    pub candidate: Candidate,
    /// Why there.
    pub reasons: Vec<Reason>,
}

/// All that the page needs that sends orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigning {
    /// The matter.
    pub card: Card,
    /// The version on which it is decided.
    pub version: Version,
    /// The category of its problem.
    pub category: Option<Names>,
    /// Who coordinates it: one person, however many orders are out (C2).
    pub coordinator: Option<String>,
    /// When the resident would like somebody to come.
    pub times: Vec<PreferredTime>,
    /// The times that were offered, and the appointment.
    pub windows: Windows,
    /// The firms that could be sent.
    pub vendors: Vec<Vendor>,
    /// The category of its problem, which is a vendor's trade.
    pub trade: Option<ItemId>,
    /// What is out already, newest first.
    pub orders: Vec<OrderCard>,
    /// The supervisor's assessment, where one was asked for (C6).
    pub assessment: Option<Assessment>,
    /// Whether its problem lies outside the list of services: it is assessed before anybody is sent.
    pub is_outside: bool,
    /// Whether the caller may ask for an assessment now.
    pub may_ask: bool,
    /// Whether the caller may answer the one that is open.
    pub may_assess: bool,
    /// Whether an order may go out now; else the page only shows.
    pub may_send: bool,
    /// The teams to which the caller may send.
    pub teams: Vec<crate::estate::DepartmentRef>,
    /// Who could go, in the suggested order.
    pub hands: Vec<Suggested>,
    /// What the skills are called.
    pub categories: Vec<Category>,
    /// What the areas are called.
    pub buildings: Vec<BuildingRef>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A category of the catalogue: a skill is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// The category.
    pub id: ItemId,
    /// What it is called.
    pub names: Names,
}

/// What is known of one colleague for assigning, to change it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandFile {
    /// The membership.
    pub id: StaffId,
    /// Counts how often it was described: a form names the version that it shows.
    pub version: Version,
    /// Who it is.
    pub name: String,
    /// What they know.
    pub skills: Vec<ItemId>,
    /// What they look after.
    pub areas: Vec<BuildingId>,
    /// When they work; none: when the office does.
    pub shift: Option<Shift>,
    /// What there is to know.
    pub categories: Vec<Category>,
    /// What there is to look after.
    pub buildings: Vec<BuildingRef>,
}
