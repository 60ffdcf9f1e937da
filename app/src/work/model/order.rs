use super::{Ask, Kept, Vendor, Window};
use crate::estate::DepartmentRef;
use crate::ids::{DepartmentId, EstateId, OrderId, PhotoId, RequestId, StaffId, VendorId};
use crate::moment::{Moment, Wall};
use crate::requests::{Card, WaitingOn};
use serde::{Deserialize, Serialize};

/// The state of a work order (domain.md, *States*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderStage {
    /// Out, and nobody has taken it.
    Issued,
    /// Somebody took it.
    Accepted,
    /// Given back.
    Refused {
        /// Why.
        reason: String,
    },
    /// On the way.
    EnRoute,
    /// On site.
    OnSite,
    /// The work rests.
    Paused {
        /// What it waits for.
        on: WaitingOn,
    },
    /// Done, says who did it.
    Completed,
    /// Proved.
    Verified,
    /// To be done again.
    Rework {
        /// Why.
        reason: String,
    },
    /// Taken back.
    Cancelled {
        /// Why.
        reason: String,
    },
}

/// What proves that an order was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Proof {
    /// The client signed, on glass or by typed name and tick (C9).
    Signature {
        /// Who signed.
        name: String,
    },
    /// Photos of the result.
    Photo,
    /// Neither was possible.
    Reason {
        /// Why not.
        reason: String,
    },
    /// Somebody else checked it (C12).
    Check {
        /// What they saw.
        words: String,
    },
}

impl Proof {
    /// The value in the database.
    pub fn tag(&self) -> &'static str {
        match self {
            Proof::Signature { .. } => "signature",
            Proof::Photo => "photo",
            Proof::Reason { .. } => "reason",
            Proof::Check { .. } => "check",
        }
    }
}

/// A work order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The order.
    pub id: OrderId,
    /// Its estate.
    pub estate: EstateId,
    /// What it is for.
    pub request: RequestId,
    /// Counts the moves.
    pub version: i32,
    /// Where it stands.
    pub stage: OrderStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// Who carries it out.
    pub department: DepartmentId,
    /// Who exactly; none while the team holds it.
    pub assignee: Option<StaffId>,
    /// Which firm, where it went to one: staff record its moves.
    pub vendor: Option<VendorId>,
    /// Who answers for it.
    pub accountable: StaffId,
    /// Who sent it.
    pub issued_by: StaffId,
    /// When it went out.
    #[serde(deserialize_with = "crate::moment::read")]
    pub issued_at: Moment,
    /// When it was taken (C5).
    #[serde(default, deserialize_with = "crate::moment::read_option")]
    pub accepted_at: Option<Moment>,
    /// Who took it.
    #[serde(default)]
    pub accepted_by: Option<StaffId>,
    /// What to do, besides the report.
    pub instructions: Option<String>,
    /// What was done.
    pub note: Option<String>,
    /// Who said that it is done.
    #[serde(default)]
    pub completed_by: Option<StaffId>,
    /// Who accepted that it is.
    #[serde(default)]
    pub verified_by: Option<StaffId>,
    /// What proves it.
    pub proof: Option<Proof>,
    /// What must be there before its worker's word counts as a proof.
    pub asks: Vec<Ask>,
    /// What is there of it.
    pub kept: Kept,
}

/// An order about to go out.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The new id.
    pub id: OrderId,
    /// To which department.
    pub department: DepartmentId,
    /// To whom; none for the team.
    pub assignee: Option<StaffId>,
    /// To which firm, instead of a person.
    pub vendor: Option<VendorId>,
    /// Who answers for a team's order.
    pub supervisor: StaffId,
    /// What to do, besides the report.
    pub instructions: Option<String>,
    /// What it asks for.
    pub asks: Vec<Ask>,
}

/// What a member of staff may do with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderMove {
    /// Take it.
    Accept,
    /// Give it back.
    Refuse,
    /// Set out.
    SetOut,
    /// Be there.
    Arrive,
    /// Let it rest.
    Pause,
    /// Go on.
    Resume,
    /// Be done.
    Complete,
    /// Accept what was done.
    Verify,
    /// Send it back.
    SendBack,
    /// Take it back.
    Cancel,
}

/// An order as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCard {
    /// The order itself.
    pub order: Order,
    /// Who carries it out.
    pub department: DepartmentRef,
    /// By name.
    pub assignee: Option<String>,
    /// The firm that it went to.
    pub vendor: Option<Vendor>,
    /// Who answers for it, by name.
    pub accountable: String,
    /// Who took it, by name (C5).
    pub accepted_by: Option<String>,
    /// Who accepted what was done, by name.
    pub verified_by: Option<String>,
    /// Photos of the work.
    pub photos: Vec<PhotoId>,
    /// What the caller may do now.
    pub moves: Vec<OrderMove>,
}

/// One of a technician's jobs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The matter.
    pub card: Card,
    /// The order.
    pub order: OrderCard,
    /// When somebody is expected.
    pub appointment: Option<Window>,
}

/// A technician's day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jobs {
    /// What the caller has taken or was sent, by promise.
    pub mine: Vec<Job>,
    /// What the team holds and nobody has taken.
    pub team: Vec<Job>,
    /// The clock to show times by.
    pub wall: Wall,
}
