//! What they call, whether or not the rules allow it.

use super::super::model::{Attempt, Case, Happening, Means, Promise, PromiseKind, Rating, Response, WaitingOn};
use super::cast::{new_case, uuid};
use crate::ids::{DepartmentId, OrderId, RequestId, StaffId};
use crate::moment::Moment;
use crate::people::{Resident, Staff};
use crate::services::Urgency;
use crate::work::{Issue, Proof};
use chrono::Duration;
use proptest::prelude::*;

#[derive(Clone, Debug)]
pub(super) enum Call {
    Triage(usize),
    Promise(usize, i64),
    Dispatch(usize, Team, bool),
    Decline(usize),
    MarkDuplicate(usize, Twin),
    Wait(usize),
    Resume(usize),
    Archive(usize),
    Remark(usize),
    Attempt(usize),
    ObjectForThem(usize),
    CloseUnconfirmed(usize, u32),
    Order(usize, usize, u8),
    Cancel(usize),
    Confirm(usize),
    Dispute(usize),
    Rate(usize),
    Comment(usize),
}

impl Call {
    /// Whether it is one of staff who calls.
    pub(super) fn is_by_office(&self) -> bool {
        !matches!(self, Call::Cancel(_) | Call::Confirm(_) | Call::Dispute(_) | Call::Rate(_) | Call::Comment(_))
    }
}

/// How long a resident may object to a closed matter.
pub(super) const OBJECT_WITHIN: Duration = Duration::days(30);

/// On how many days somebody tries before a matter ends without a word.
const ATTEMPTS: u32 = 2;

/// The department to which an order goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Team {
    Engineering,
    Cleaning,
}

/// What a matter is said to be the same as.
#[derive(Clone, Copy, Debug)]
pub(super) enum Twin {
    Open,
    Declined,
    Itself,
}

pub(super) fn call() -> impl Strategy<Value = Call> {
    let who = 0..10_usize;
    let team = prop_oneof![3 => Just(Team::Engineering), 1 => Just(Team::Cleaning)];
    let twin = prop_oneof![Just(Twin::Open), Just(Twin::Declined), Just(Twin::Itself)];
    let resident = 0..2_usize;
    prop_oneof![
        3 => who.clone().prop_map(Call::Triage),
        1 => (who.clone(), -30..600_i64).prop_map(|(who, minutes)| Call::Promise(who, minutes)),
        4 => (who.clone(), team, any::<bool>()).prop_map(|(who, team, anyone)| Call::Dispatch(who, team, anyone)),
        1 => who.clone().prop_map(Call::Decline),
        1 => (who.clone(), twin).prop_map(|(who, twin)| Call::MarkDuplicate(who, twin)),
        1 => who.clone().prop_map(Call::Wait),
        1 => who.clone().prop_map(Call::Resume),
        1 => who.clone().prop_map(Call::Archive),
        1 => who.clone().prop_map(Call::Remark),
        1 => who.clone().prop_map(Call::Attempt),
        1 => who.clone().prop_map(Call::ObjectForThem),
        2 => (who.clone(), 0..4_u32).prop_map(|(who, days)| Call::CloseUnconfirmed(who, days)),
        24 => (who, 0..4_usize, 0..11_u8).prop_map(|(who, order, what)| Call::Order(who, order, what)),
        1 => resident.clone().prop_map(Call::Cancel),
        3 => resident.clone().prop_map(Call::Confirm),
        2 => resident.clone().prop_map(Call::Dispute),
        1 => resident.clone().prop_map(Call::Rate),
        1 => resident.prop_map(Call::Comment),
    ]
}

/// All that happened, each with the stage in which it left the request, in order; moves that were refused leave it
/// as it was.
pub(super) fn play(
    case: &mut Case,
    call: &Call,
    cast: &[Staff],
    residents: &[Resident],
    at: Moment,
) -> Vec<(Happening, &'static str)> {
    let before = case.clone();
    let reason = || "a reason".to_owned();
    let mut happened = Vec::new();
    let result = match call {
        Call::Triage(who) => case.request.triage(&cast[*who], Urgency::Urgent, at),
        Call::Promise(who, minutes) => {
            let promise = Promise { kind: PromiseKind::Visit, due_at: at + Duration::minutes(*minutes) };
            case.request.promise(&cast[*who], promise, Some(reason()), false, at)
        }
        Call::Dispatch(who, team, anyone) => {
            let id = OrderId(uuid(1000 + case.orders.len() as u128));
            let (department, hand, supervisor) = match team {
                Team::Engineering => (200, 12, 14),
                Team::Cleaning => (400, 18, 19),
            };
            let (department, supervisor) = (DepartmentId(uuid(department)), StaffId(uuid(supervisor)));
            let assignee = (!anyone).then_some(StaffId(uuid(hand)));
            let issue =
                Issue { id, department, assignee, vendor: None, supervisor, instructions: None, asks: Vec::new() };
            case.dispatch(&cast[*who], issue, at)
        }
        Call::Decline(who) => case.request.decline(&cast[*who], reason(), at),
        Call::MarkDuplicate(who, twin) => {
            let mut other = case.request.clone();
            if !matches!(twin, Twin::Itself) {
                other = new_case().request;
                other.id = RequestId(uuid(7));
            }
            if matches!(twin, Twin::Declined) {
                other.decline(&cast[0], reason(), at).expect("a coordinator declines what is new");
            }
            let marked = case.request.mark_duplicate(&cast[*who], &other, at);
            assert!(marked.is_err() || matches!(twin, Twin::Open), "joined to {twin:?}");
            marked
        }
        Call::Wait(who) => case.request.wait(&cast[*who], WaitingOn::Parts, at),
        Call::Resume(who) => case.request.resume(&cast[*who], at),
        Call::Archive(who) => case.request.archive(&cast[*who], at),
        Call::Remark(who) => case.request.remark(&cast[*who], reason(), true),
        Call::Attempt(who) => {
            let attempt = Attempt { means: Means::Phone, outcome: Response::NoAnswer, note: None };
            case.request.attempt(&cast[*who], &attempt)
        }
        Call::ObjectForThem(who) => {
            let objected = case.request.object_for_them(&cast[*who], reason(), at);
            objected.and_then(|objected| {
                happened.push((objected, case.request.stage.tag()));
                case.request.reopen(at + Duration::minutes(30), at)
            })
        }
        Call::CloseUnconfirmed(who, days) => {
            let closed = case.request.close_unconfirmed(&cast[*who], *days, ATTEMPTS, at);
            assert!(closed.is_err() || *days >= ATTEMPTS, "ended without a word after {days} days");
            closed
        }
        Call::Order(who, order, what) => {
            let by = &cast[*who];
            let Some(order) = case.orders.get_mut(*order) else { return happened };
            match what {
                0 => order.accept(by, at),
                1 => order.refuse(by, reason(), at),
                2 => order.set_out(by, at),
                3 | 4 => order.arrive(by, at),
                5 => order.pause(by, WaitingOn::Parts, at),
                6 => order.resume(by, at),
                7 => order.complete(by, reason(), at),
                8 => order.prove(by, Proof::Photo, at),
                9 => order.send_back(by, reason(), at),
                _ => order.cancel(by, reason(), at),
            }
        }
        Call::Cancel(who) => case.request.cancel(&residents[*who], None, at).inspect(|_| {
            let open: Vec<_> = case.open_orders().collect();
            for id in open {
                let withdrawn = case.order(id).and_then(|order| order.withdraw(None, at));
                happened.push((withdrawn.expect("open orders can be withdrawn"), case.request.stage.tag()));
            }
        }),
        Call::Confirm(who) => case.request.confirm(&residents[*who], at),
        Call::Dispute(who) => {
            let disputed = case.request.dispute(&residents[*who], reason(), OBJECT_WITHIN, at);
            disputed.and_then(|disputed| {
                happened.push((disputed, case.request.stage.tag()));
                case.request.reopen(at + Duration::minutes(30), at)
            })
        }
        Call::Rate(who) => {
            case.request.rate(&residents[*who], Rating { attitude: 5, conduct: 4, speed: 3, result: 5 }, false)
        }
        Call::Comment(who) => case.request.comment(&residents[*who], reason()),
    };
    let Ok(happening) = result else {
        *case = before;
        return Vec::new();
    };
    happened.push((happening, case.request.stage.tag()));
    while let Some(happening) = case.follow(at) {
        happened.push((happening, case.request.stage.tag()));
    }
    happened
}
