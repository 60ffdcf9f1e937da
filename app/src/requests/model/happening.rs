use super::{Means, Promise, Rating, Response, WaitingOn};
use crate::ids::{DepartmentId, IncidentId, OrderId, StaffId};
use crate::{followups::Answer, moment::Moment, policy::ClockKind, services::Urgency, work::Proof, work::Verdict};
use serde::{Deserialize, Serialize};

/// Something that happened to a request; the timeline's entries and the record's details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happening {
    /// It came in.
    Received {
        /// How pressing the catalogue said it was.
        urgency: Option<Urgency>,
    },
    /// Somebody answers for it.
    Triaged {
        /// How pressing it is now.
        urgency: Urgency,
    },
    /// A time was told, perhaps instead of another.
    Promised {
        /// What.
        promise: Promise,
        /// The time that it replaces.
        #[serde(default, deserialize_with = "crate::moment::read_option")]
        instead_of: Option<Moment>,
        /// Why it moved.
        reason: Option<String>,
    },
    /// The time that the resident was told passed without what was promised.
    PromiseLapsed {
        /// What was promised, and by when.
        promise: Promise,
    },
    /// One of the policy's clocks ran out.
    ClockMissed {
        /// Which.
        clock: ClockKind,
        /// When.
        #[serde(deserialize_with = "crate::moment::read")]
        due_at: Moment,
    },
    /// An order went out.
    Dispatched {
        /// The order.
        order: OrderId,
        /// To which department.
        department: DepartmentId,
        /// To whom; none for the team.
        assignee: Option<StaffId>,
    },
    /// Somebody took the order (C5).
    OrderAccepted {
        /// The order.
        order: OrderId,
    },
    /// Somebody gave the order back.
    OrderRefused {
        /// The order.
        order: OrderId,
        /// Why.
        reason: String,
    },
    /// On the way.
    SetOut {
        /// The order.
        order: OrderId,
    },
    /// On site.
    Arrived {
        /// The order.
        order: OrderId,
    },
    /// The work rests.
    Paused {
        /// The order.
        order: OrderId,
        /// What it waits for.
        on: WaitingOn,
    },
    /// The work goes on.
    Resumed {
        /// The order.
        order: OrderId,
    },
    /// It was written on site what is really to be done (C7).
    ConfirmedOnSite {
        /// The order.
        order: OrderId,
        /// What is to be done.
        words: String,
    },
    /// Something went into the work.
    MaterialUsed {
        /// The order.
        order: OrderId,
        /// What.
        name: String,
    },
    /// The client's own material was checked (C8).
    MaterialChecked {
        /// The order.
        order: OrderId,
        /// What.
        name: String,
        /// Whether it is fit.
        passed: bool,
        /// What the check found.
        remark: Option<String>,
    },
    /// Somebody wrote down their time.
    TimeSpent {
        /// The order.
        order: OrderId,
        /// How long.
        minutes: i32,
    },
    /// A line of the order was wrong.
    LineStruck {
        /// The order.
        order: OrderId,
    },
    /// A time in which somebody may come is offered.
    WindowOffered {
        /// Its beginning.
        #[serde(deserialize_with = "crate::moment::read")]
        from: Moment,
        /// Its end.
        #[serde(deserialize_with = "crate::moment::read")]
        until: Moment,
    },
    /// It is no longer offered.
    WindowWithdrawn {
        /// Its beginning.
        #[serde(deserialize_with = "crate::moment::read")]
        from: Moment,
        /// Its end.
        #[serde(deserialize_with = "crate::moment::read")]
        until: Moment,
    },
    /// It became the appointment: its end is promised.
    Appointed {
        /// Its beginning.
        #[serde(deserialize_with = "crate::moment::read")]
        from: Moment,
        /// Its end.
        #[serde(deserialize_with = "crate::moment::read")]
        until: Moment,
        /// The beginning of the one that it replaces.
        #[serde(default, deserialize_with = "crate::moment::read_option")]
        instead_of: Option<Moment>,
        /// Why the office moved it.
        reason: Option<String>,
    },
    /// Whoever held it left the office (C10).
    Orphaned {
        /// Who holds it since.
        holder: StaffId,
        /// By when somebody is in touch with the resident; none where there is nobody to be in touch with.
        #[serde(default, deserialize_with = "crate::moment::read_option")]
        contact_by: Option<Moment>,
    },
    /// Somebody was in touch since.
    OrphanContacted {
        /// What was said.
        words: String,
    },
    /// Nobody was in time.
    OrphanMissed {
        /// Who holds it.
        holder: StaffId,
        /// When it was due.
        #[serde(deserialize_with = "crate::moment::read")]
        contact_by: Moment,
    },
    /// A supervisor is to say whether it is the office's to do (C6).
    AssessmentAsked {
        /// Of which department.
        department: DepartmentId,
    },
    /// They said so.
    Assessed {
        /// What they found.
        verdict: Verdict,
        /// What they reply.
        reply: String,
    },
    /// The work is done, says who did it.
    Completed {
        /// The order.
        order: OrderId,
        /// What was done.
        note: String,
    },
    /// The work is proved.
    Verified {
        /// The order.
        order: OrderId,
        /// By what.
        proof: Proof,
    },
    /// The work must be done again.
    SentBack {
        /// The order.
        order: OrderId,
        /// Why.
        reason: String,
    },
    /// The order was taken back.
    OrderCancelled {
        /// The order.
        order: OrderId,
        /// Why; residents who withdraw need not say.
        reason: Option<String>,
    },
    /// It rests at the desk.
    Waiting {
        /// What for.
        on: WaitingOn,
    },
    /// It goes on at the desk.
    WentOn,
    /// It followed its orders into another stage.
    Followed {
        /// The stage's tag.
        stage: String,
    },
    /// All orders are verified.
    Done,
    /// No order is left; it is back at the desk.
    BackAtDesk,
    /// With others it looks like one incident.
    IncidentProposed {
        /// The incident.
        incident: IncidentId,
        /// How many reports belong to it.
        reports: u32,
    },
    /// The desk takes it for none.
    IncidentDismissed {
        /// The incident.
        incident: IncidentId,
        /// Why.
        reason: String,
    },
    /// It is handled together with its like: one order, one word for all.
    Linked {
        /// The incident.
        incident: IncidentId,
    },
    /// It is handled on its own again.
    Unlinked {
        /// The incident.
        incident: IncidentId,
    },
    /// The incident is over.
    IncidentClosed {
        /// The incident.
        incident: IncidentId,
    },
    /// It follows the one on which the work of its incident is ordered.
    Shared {
        /// The stage's tag.
        stage: String,
        /// What it waits for, if it does.
        on: Option<WaitingOn>,
    },
    /// What happened to the matter that it was joined to.
    Echoed {
        /// What.
        happening: Box<Happening>,
    },
    /// Somebody tried to get the resident's word; what they noted stays with the office.
    ContactAttempted {
        /// How.
        means: Means,
        /// What came of it.
        outcome: Response,
    },
    /// It ended without the resident's word.
    Unconfirmed {
        /// On how many days somebody tried.
        days: u32,
    },
    /// The resident agrees.
    Confirmed,
    /// The resident does not.
    Disputed {
        /// What is still wrong.
        words: String,
    },
    /// It goes through triage again.
    Reopened,
    /// The resident rated it.
    Rated {
        /// The four axes.
        rating: Rating,
    },
    /// Somebody who had no hand in it asked the resident again (E2).
    FollowedUp(Answer),
    /// The head approved its filing.
    Archived,
    /// Not ours to do.
    Declined {
        /// Why.
        reason: String,
    },
    /// Withdrawn by the resident.
    Cancelled {
        /// Why, if they said.
        reason: Option<String>,
    },
    /// It is the same matter as another.
    MarkedDuplicate {
        /// The other's code.
        code: String,
    },
    /// Another of the office accepted it, and answers for it now.
    TakenOver,
    /// A word between resident and staff.
    Commented {
        /// In their words.
        words: String,
    },
    /// A word among staff; never reaches the resident.
    Noted {
        /// In their words.
        words: String,
    },
}
