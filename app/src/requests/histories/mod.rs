//! Random histories: whatever people call in whatever order, a request stays on its table, has one
//! accountable person while it is open, a promise while something is owed, and follows its orders.

mod calls;
mod cast;
#[cfg(feature = "ssr")]
mod clocks;

use super::model::{Case, StaffMove, Stage};
use super::rules::MOVES;
use crate::ids::OrderId;
use crate::moment::Moment;
use crate::services::Urgency;
use crate::work::{Issue, Order, OrderStage, Proof};
use calls::{OBJECT_WITHIN, call, play};
use cast::{cast, new_case, noon, resident, uuid};
use chrono::Duration;
use proptest::prelude::*;

fn check(case: &Case, at: Moment) {
    let request = &case.request;
    if !matches!(request.stage, Stage::Archived | Stage::Declined { .. } | Stage::Cancelled | Stage::Duplicate { .. }) {
        assert!(request.accountable.is_some(), "nobody answers for {:?}", request.stage);
    }
    assert_eq!(request.stage.is_open(), request.promise.is_some(), "promise of {:?}", request.stage);
    let current = |order: &&Order| request.reopened_at.is_none_or(|reopened_at| order.issued_at > reopened_at);
    let open = case.orders.iter().filter(current).filter(|order| order.stage.is_open()).count();
    match request.stage {
        Stage::Dispatched | Stage::InProgress => assert!(open > 0, "no order is out in {:?}", request.stage),
        Stage::Received | Stage::Triaged | Stage::Reopened | Stage::Done | Stage::Confirmed | Stage::Archived => {
            assert_eq!(open, 0, "an order is out in {:?}", request.stage);
        }
        _ => {}
    }
    for order in &case.orders {
        assert_eq!(order.stage == OrderStage::Verified, order.proof.is_some());
        assert!(order.accepted_at.is_none_or(|accepted_at| accepted_at <= at && accepted_at >= order.issued_at));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_calls_leaves_the_table(calls in proptest::collection::vec(call(), 1..120)) {
        let (cast, residents) = (cast(), [resident(20, 50), resident(21, 51)]);
        let mut case = new_case();
        let mut at = noon();
        for call in &calls {
            at += Duration::minutes(7);
            let mut from = case.request.stage.tag();
            for (_, to) in play(&mut case, call, &cast, &residents, at) {
                // A move of an order alone, a promise, a rating: the request may also stay where it is.
                prop_assert!(from == to || MOVES.contains(&(from, to)), "{from} -> {to} by {call:?}");
                from = to;
            }
            check(&case, at);
        }
    }

    #[test]
    fn offered_moves_are_legal_and_others_are_refused(calls in proptest::collection::vec(call(), 1..60)) {
        let (cast, residents) = (cast(), [resident(20, 50), resident(21, 51)]);
        let mut case = new_case();
        let mut at = noon();
        for call in &calls {
            at += Duration::minutes(7);
            play(&mut case, call, &cast, &residents, at);
            for by in &cast {
                let offered = case.staff_moves(by, false, at);
                let triage = case.request.clone().triage(by, Urgency::Normal, at).is_ok();
                prop_assert_eq!(offered.contains(&StaffMove::Triage), triage);
            }
            // The neighbour may do nothing with it, whatever its stage.
            prop_assert!(case.request.resident_moves(&residents[1], false, OBJECT_WITHIN, at).is_empty());
        }
    }
}

#[test]
fn the_journey_runs_from_report_to_archive() {
    let (cast, me) = (cast(), resident(20, 50));
    let [coordinator, _, technician, _, supervisor, head, ..] = &cast[..] else { panic!("a cast of ten") };
    let mut case = new_case();
    let at = |minutes: i64| noon() + Duration::minutes(minutes);
    case.request.triage(coordinator, Urgency::Normal, at(2)).expect("triage");
    assert_eq!(case.request.accountable, Some(coordinator.id));
    let id = OrderId(uuid(1000));
    let issue = Issue {
        id,
        department: technician.department.id,
        assignee: None,
        supervisor: supervisor.id,
        vendor: None,
        instructions: None,
        asks: Vec::new(),
    };
    case.dispatch(coordinator, issue, at(3)).expect("dispatch");
    assert_eq!(case.orders[0].accountable, supervisor.id, "a team's order is its supervisor's until somebody accepts");
    case.order(id).and_then(|order| order.accept(technician, at(4))).expect("accept");
    assert_eq!((case.orders[0].accountable, case.orders[0].accepted_at), (technician.id, Some(at(4))));
    case.order(id).and_then(|order| order.set_out(technician, at(5))).expect("set out");
    case.order(id).and_then(|order| order.arrive(technician, at(20))).expect("arrive");
    assert!(case.follow(at(20)).is_some());
    assert_eq!(case.request.stage, Stage::InProgress);
    case.order(id).and_then(|order| order.complete(technician, "New washer".to_owned(), at(40))).expect("complete");
    assert!(case.follow(at(40)).is_none(), "completed without proof is not done");
    case.order(id).and_then(|order| order.prove(technician, Proof::Photo, at(40))).expect("prove");
    assert!(case.follow(at(40)).is_some());
    assert_eq!(case.request.stage, Stage::Done);
    case.request.dispute(&me, "It still drips".to_owned(), OBJECT_WITHIN, at(60)).expect("dispute");
    case.request.reopen(at(90), at(60)).expect("reopen");
    case.request.triage(coordinator, Urgency::Urgent, at(61)).expect("triage again");
    let again = OrderId(uuid(1001));
    let issue = Issue {
        id: again,
        department: technician.department.id,
        assignee: Some(technician.id),
        supervisor: supervisor.id,
        vendor: None,
        instructions: None,
        asks: Vec::new(),
    };
    case.dispatch(coordinator, issue, at(62)).expect("dispatch again");
    case.order(again).and_then(|order| order.refuse(technician, "Off sick".to_owned(), at(63))).expect("refuse");
    assert!(case.follow(at(63)).is_some());
    assert_eq!(case.request.stage, Stage::Triaged, "an earlier life's verified order does not finish this one");
    assert!(case.request.archive(head, at(64)).is_err());
}
