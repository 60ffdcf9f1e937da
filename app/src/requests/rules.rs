use super::model::{
    Case, Channel, Happening, Promise, PromiseKind, Rating, Report, Request, Stage, Version, WaitingFrom, WaitingOn,
};
use crate::fault::{Fault, Note, Refusal};
use crate::ids::{AccountId, DepartmentId, EstateId, OrderId, PartyId, RequestId, StaffId};
use crate::moment::Moment;
use crate::people::{Power, Resident, Staff};
use crate::services::Urgency;
use crate::texts::Lang;
use crate::work::{Issue, Order, OrderStage};
use chrono::Duration;

/// Every legal move of a request, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 27] = [
    ("", "received"),
    ("received", "triaged"),
    ("received", "declined"),
    ("received", "cancelled"),
    ("received", "duplicate"),
    ("triaged", "dispatched"),
    ("triaged", "waiting"),
    ("triaged", "declined"),
    ("triaged", "cancelled"),
    ("triaged", "duplicate"),
    ("dispatched", "in_progress"),
    ("dispatched", "triaged"),
    ("dispatched", "cancelled"),
    ("in_progress", "waiting"),
    ("in_progress", "done"),
    ("in_progress", "triaged"),
    ("waiting", "in_progress"),
    ("waiting", "triaged"),
    ("done", "confirmed"),
    ("done", "unconfirmed"),
    ("done", "disputed"),
    ("confirmed", "archived"),
    ("confirmed", "reopened"),
    ("unconfirmed", "archived"),
    ("unconfirmed", "reopened"),
    ("disputed", "reopened"),
    ("reopened", "triaged"),
];

/// How long a resident may still object to a closed matter, until a policy says otherwise.
const OBJECT_WITHIN: Duration = Duration::days(30);

impl Stage {
    /// The value in the database.
    pub fn tag(&self) -> &'static str {
        match self {
            Stage::Received => "received",
            Stage::Triaged => "triaged",
            Stage::Dispatched => "dispatched",
            Stage::InProgress => "in_progress",
            Stage::Waiting { .. } => "waiting",
            Stage::Done => "done",
            Stage::Confirmed => "confirmed",
            Stage::Unconfirmed => "unconfirmed",
            Stage::Disputed => "disputed",
            Stage::Reopened => "reopened",
            Stage::Archived => "archived",
            Stage::Declined { .. } => "declined",
            Stage::Cancelled => "cancelled",
            Stage::Duplicate { .. } => "duplicate",
        }
    }

    /// Whether the office still owes something.
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Stage::Received
                | Stage::Triaged
                | Stage::Dispatched
                | Stage::InProgress
                | Stage::Waiting { .. }
                | Stage::Disputed
                | Stage::Reopened
        )
    }
}

/// What a new request is made of, besides the report itself.
#[derive(Clone, Debug)]
pub struct Received {
    /// The new id.
    pub id: RequestId,
    /// The estate.
    pub estate: EstateId,
    /// The new code.
    pub code: String,
    /// By which way it came in.
    pub channel: Channel,
    /// The language of its words.
    pub lang: Lang,
    /// Who reports, if they have an account.
    pub reporter: Option<AccountId>,
    /// For which party.
    pub party: Option<PartyId>,
    /// How pressing the catalogue says it is.
    pub urgency: Urgency,
    /// Who the catalogue says looks after it.
    pub department: DepartmentId,
    /// Until the first answer.
    pub answer_within: Duration,
    /// Who answers for it until somebody takes it: the estate's duty officer.
    pub duty_officer: StaffId,
}

impl Request {
    /// A report becomes a request, promised an answer by the catalogue's clock.
    pub fn receive(report: &Report, new: Received, at: Moment) -> (Self, Happening) {
        let request = Self {
            id: new.id,
            estate: new.estate,
            code: new.code,
            version: 1,
            stage: Stage::Received,
            stage_at: at,
            item: report.item,
            urgency: new.urgency,
            channel: new.channel,
            place: report.place,
            words: report.words.clone(),
            lang: new.lang,
            reporter: new.reporter,
            party: new.party,
            department: new.department,
            accountable: Some(new.duty_officer),
            promise: Some(Promise { kind: PromiseKind::Answer, due_at: at + new.answer_within }),
            received_at: at,
            reopened_times: 0,
            reopened_at: None,
        };
        (request, Happening::Received)
    }

    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    fn go(&mut self, to: Stage, at: Moment) -> Result<(), Fault> {
        if !MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.stage = to;
        self.stage_at = at;
        Ok(())
    }

    /// Somebody at the desk takes responsibility, and may correct how pressing it is.
    pub fn triage(&mut self, by: &Staff, urgency: Urgency, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Triage)?;
        if !matches!(self.stage, Stage::Received | Stage::Reopened) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(Stage::Triaged, at)?;
        self.accountable = Some(by.id);
        self.urgency = urgency;
        Ok(Happening::Triaged { urgency })
    }

    /// Tells the resident a time. The first one that a person gives replaces the catalogue's without a
    /// reason; any later one moves a promise, which needs the power and a reason.
    pub fn promise(
        &mut self,
        by: &Staff,
        promise: Promise,
        reason: Option<String>,
        given_before: bool,
        at: Moment,
    ) -> Result<Happening, Fault> {
        by.needs(if given_before { Power::MovePromise } else { Power::Promise }).or_else(|fault| {
            // Whoever answers for the matter may always correct what they promised themselves.
            if self.accountable == Some(by.id) && by.can(Power::Promise) { Ok(()) } else { Err(fault) }
        })?;
        if !self.stage.is_open() {
            return Err(Refusal::AlreadyMoved.into());
        }
        if promise.due_at <= at {
            return Err(Fault::field("due_at", Note::InThePast));
        }
        if given_before && reason.is_none() {
            return Err(Fault::field("reason", Note::Missing));
        }
        let instead_of = self.promise.map(|promise| promise.due_at);
        self.promise = Some(promise);
        Ok(Happening::Promised { promise, instead_of, reason })
    }

    /// Not the office's to do.
    pub fn decline(&mut self, by: &Staff, reason: String, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Decline)?;
        self.go(Stage::Declined { reason: reason.clone() }, at)?;
        self.promise = None;
        Ok(Happening::Declined { reason })
    }

    /// The same matter as another that goes on; the reporter keeps their own record.
    pub fn mark_duplicate(&mut self, by: &Staff, other: &Request, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Decline)?;
        if other.id == self.id || other.estate != self.estate || !other.stage.is_open() {
            return Err(Refusal::NotADuplicateOf.into());
        }
        self.go(Stage::Duplicate { of: other.id }, at)?;
        self.promise = None;
        Ok(Happening::MarkedDuplicate { code: other.code.clone() })
    }

    /// It rests at the desk.
    pub fn wait(&mut self, by: &Staff, on: WaitingOn, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Triage)?;
        if self.stage != Stage::Triaged {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.go(Stage::Waiting { on, from: WaitingFrom::Triaged }, at)?;
        Ok(Happening::Waiting { on })
    }

    /// It goes on at the desk.
    pub fn resume(&mut self, by: &Staff, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Triage)?;
        let Stage::Waiting { from: WaitingFrom::Triaged, .. } = self.stage else {
            return Err(Refusal::AlreadyMoved.into());
        };
        self.go(Stage::Triaged, at)?;
        Ok(Happening::WentOn)
    }

    /// The resident withdraws it, while nobody is on site.
    pub fn cancel(&mut self, by: &Resident, reason: Option<String>, at: Moment) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        self.go(Stage::Cancelled, at)?;
        self.promise = None;
        Ok(Happening::Cancelled { reason })
    }

    /// The resident agrees that it is fixed.
    pub fn confirm(&mut self, by: &Resident, at: Moment) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        self.go(Stage::Confirmed, at)?;
        Ok(Happening::Confirmed)
    }

    /// The resident says that it is not fixed; [`Request::reopen`] follows in the same transaction.
    pub fn dispute(&mut self, by: &Resident, words: String, at: Moment) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        match self.stage {
            Stage::Done => self.go(Stage::Disputed, at)?,
            Stage::Confirmed | Stage::Unconfirmed if at - self.stage_at > OBJECT_WITHIN => {
                return Err(Refusal::TooLate.into());
            }
            // A late objection goes straight to reopened: the end that it had stays in the record.
            Stage::Confirmed | Stage::Unconfirmed => {}
            _ => return Err(Refusal::AlreadyMoved.into()),
        }
        Ok(Happening::Disputed { words })
    }

    /// An objection brings it back, with an answer promised anew.
    pub fn reopen(&mut self, answer_within: Duration, at: Moment) -> Result<Happening, Fault> {
        self.go(Stage::Reopened, at)?;
        self.reopened_times += 1;
        self.reopened_at = Some(at);
        self.promise = Some(Promise { kind: PromiseKind::Answer, due_at: at + answer_within });
        Ok(Happening::Reopened)
    }

    /// The resident rates it once, after the end.
    pub fn rate(&self, by: &Resident, rating: Rating, rated: bool) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        let rating = rating.parse()?;
        if !matches!(self.stage, Stage::Confirmed | Stage::Unconfirmed | Stage::Archived) {
            return Err(Refusal::AlreadyMoved.into());
        }
        if rated {
            return Err(Refusal::AlreadyRated.into());
        }
        Ok(Happening::Rated { rating })
    }

    /// The department's head approves that it is filed (C3).
    pub fn archive(&mut self, by: &Staff, at: Moment) -> Result<Happening, Fault> {
        by.needs(Power::Archive)?;
        self.go(Stage::Archived, at)?;
        Ok(Happening::Archived)
    }

    /// A word of the resident's to the office.
    pub fn comment(&self, by: &Resident, words: String) -> Result<Happening, Fault> {
        self.is_theirs(by)?;
        if matches!(self.stage, Stage::Archived | Stage::Declined { .. } | Stage::Cancelled | Stage::Duplicate { .. }) {
            return Err(Refusal::AlreadyMoved.into());
        }
        Ok(Happening::Commented { words })
    }

    /// A word of the office's: to the resident, or among staff.
    pub fn remark(&self, by: &Staff, words: String, is_public: bool) -> Result<Happening, Fault> {
        if !by.can(Power::Promise) && !by.can(Power::Work) {
            return Err(Fault::NotAllowed);
        }
        Ok(if is_public { Happening::Commented { words } } else { Happening::Noted { words } })
    }

    /// Whether it is the resident's to decide on: they reported it, or live where it is.
    pub fn is_theirs(&self, by: &Resident) -> Result<(), Fault> {
        let reported = self.reporter == Some(by.person.account);
        let lives_there = self.place.unit().is_some_and(|unit| by.homes.iter().any(|home| home.unit.id == unit));
        if reported || lives_there { Ok(()) } else { Err(Fault::NotAllowed) }
    }
}

impl Case {
    /// An order goes out: to a person, or to a team whose supervisor answers for it until somebody accepts.
    pub fn dispatch(&mut self, by: &Staff, issue: Issue, at: Moment) -> Result<Happening, Fault> {
        let own = issue.department == by.department.id;
        if !(by.can(Power::Dispatch) || (own && by.can(Power::Assign))) {
            return Err(Fault::NotAllowed);
        }
        let order = Order::issue(by, self.request.id, issue, at);
        match self.request.stage {
            Stage::Triaged => self.request.go(Stage::Dispatched, at)?,
            Stage::Dispatched | Stage::InProgress => {}
            _ => return Err(Refusal::AlreadyMoved.into()),
        }
        self.request.department = order.department;
        let happening =
            Happening::Dispatched { order: order.id, department: order.department, assignee: order.assignee };
        self.orders.push(order);
        Ok(happening)
    }

    /// One of the orders, to move it; call [`Case::follow`] afterwards until it is `None`.
    pub fn order(&mut self, id: OrderId) -> Result<&mut Order, Fault> {
        self.orders.iter_mut().find(|order| order.id == id).ok_or(Fault::NotFound)
    }

    /// The request follows its orders, one legal move at a time; `None` once it has caught up.
    pub fn follow(&mut self, at: Moment) -> Option<Happening> {
        let live: Vec<&OrderStage> = self
            .orders
            .iter()
            .filter(|order| self.request.reopened_at.is_none_or(|reopened_at| order.issued_at > reopened_at))
            .map(|order| &order.stage)
            .filter(|stage| !matches!(stage, OrderStage::Refused { .. } | OrderStage::Cancelled { .. }))
            .collect();
        let open = live.iter().any(|stage| **stage != OrderStage::Verified);
        let on_site = live
            .iter()
            .any(|stage| matches!(stage, OrderStage::OnSite | OrderStage::Completed | OrderStage::Rework { .. }));
        let paused = live.iter().find_map(|stage| match stage {
            OrderStage::Paused { on } => Some(*on),
            _ => None,
        });
        let (to, happening) = match &self.request.stage {
            Stage::Dispatched | Stage::InProgress if live.is_empty() => (Stage::Triaged, Some(Happening::BackAtDesk)),
            Stage::Dispatched if on_site || paused.is_some() || !open => (Stage::InProgress, None),
            Stage::InProgress if !open => (Stage::Done, Some(Happening::Done)),
            Stage::InProgress if !on_site => match paused {
                Some(on) => (Stage::Waiting { on, from: WaitingFrom::InProgress }, None),
                None => return None,
            },
            Stage::Waiting { from: WaitingFrom::InProgress, .. } if on_site || paused.is_none() => {
                (Stage::InProgress, None)
            }
            _ => return None,
        };
        self.request.go(to, at).ok()?;
        if self.request.stage == Stage::Done {
            self.request.promise = None;
        }
        Some(happening.unwrap_or_else(|| Happening::Followed { stage: self.request.stage.tag().to_owned() }))
    }

    /// Cancelling the request takes back what is still out.
    pub fn open_orders(&self) -> impl Iterator<Item = OrderId> + '_ {
        self.orders.iter().filter(|order| order.stage.is_open()).map(|order| order.id)
    }
}
