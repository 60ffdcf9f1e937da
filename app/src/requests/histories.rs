//! Random histories: whatever people call in whatever order, a request stays on its table, has one
//! accountable person while it is open, a promise while something is owed, and follows its orders.

use super::model::{Case, Channel, Place, Promise, PromiseKind, Rating, Report, Request, Stage, WaitingOn};
use super::rules::{MOVES, Received};
use crate::estate::{DepartmentRef, Names, UnitKind, UnitRef};
use crate::ids::{AccountId, DepartmentId, EstateId, ItemId, OrderId, PartyId, RequestId, StaffId, UnitId};
use crate::moment::Moment;
use crate::people::{Home, Manners, OccupancyKind, Person, Resident, Role, Staff};
use crate::services::Urgency;
use crate::texts::Lang;
use crate::work::{self, Issue, OrderStage, Proof};
use chrono::{Duration, NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use uuid::Uuid;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn names(name: &str) -> Names {
    Names { en: name.to_owned(), hans: name.to_owned(), hant: name.to_owned() }
}

fn person(n: u128) -> Person {
    Person { account: AccountId(uuid(n)), name: format!("person {n}"), manners: Manners::default() }
}

fn staff(n: u128, department: u128, slug: &str, role: Role) -> Staff {
    let department = DepartmentRef { id: DepartmentId(uuid(department)), slug: slug.to_owned(), names: names(slug) };
    Staff {
        person: person(n),
        id: StaffId(uuid(n)),
        estate: EstateId(uuid(1)),
        zone: "Asia/Shanghai".to_owned(),
        department,
        roles: vec![role],
    }
}

fn cast() -> Vec<Staff> {
    vec![
        staff(10, 100, "customer-service", Role::Coordinator),
        staff(11, 100, "customer-service", Role::Receptionist),
        staff(12, 200, "engineering", Role::Technician),
        staff(13, 200, "engineering", Role::Technician),
        staff(14, 200, "engineering", Role::Supervisor),
        staff(15, 200, "engineering", Role::Head),
        staff(16, 100, "customer-service", Role::SiteManager),
        staff(17, 300, "finance-admin", Role::Administrator),
    ]
}

fn resident(n: u128, unit: u128) -> Resident {
    let unit = UnitRef {
        id: UnitId(uuid(unit)),
        building: names("Building"),
        number: "1203".to_owned(),
        kind: UnitKind::Flat,
    };
    let home = Home {
        estate: EstateId(uuid(1)),
        zone: "Asia/Shanghai".to_owned(),
        unit,
        party: PartyId(uuid(n)),
        kind: OccupancyKind::Owner,
        from_on: NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day"),
    };
    Resident { person: person(n), homes: vec![home] }
}

fn noon() -> Moment {
    Utc.with_ymd_and_hms(2026, 11, 21, 4, 0, 0).single().expect("a moment")
}

fn new_case() -> Case {
    let report = Report {
        item: ItemId(uuid(5)),
        place: Place::Home(UnitId(uuid(50))),
        words: "The tap drips".to_owned(),
        photos: Vec::new(),
        times: Vec::new(),
    };
    let new = Received {
        id: RequestId(uuid(6)),
        estate: EstateId(uuid(1)),
        code: super::code("LY", 6),
        channel: Channel::Web,
        lang: Lang::En,
        reporter: Some(AccountId(uuid(20))),
        party: Some(PartyId(uuid(20))),
        urgency: Urgency::Normal,
        department: DepartmentId(uuid(200)),
        answer_within: Duration::minutes(30),
        duty_officer: StaffId(uuid(10)),
    };
    Case { request: Request::receive(&report, new, noon()).0, orders: Vec::new() }
}

#[derive(Clone, Debug)]
enum Call {
    Triage(usize),
    Promise(usize, i64),
    Dispatch(usize, bool),
    Decline(usize),
    Wait(usize),
    Resume(usize),
    Archive(usize),
    Order(usize, usize, u8),
    Cancel(usize),
    Confirm(usize),
    Dispute(usize),
    Rate(usize),
}

fn call() -> impl Strategy<Value = Call> {
    let who = 0..8_usize;
    let resident = 0..2_usize;
    prop_oneof![
        3 => who.clone().prop_map(Call::Triage),
        1 => (who.clone(), -30..600_i64).prop_map(|(who, minutes)| Call::Promise(who, minutes)),
        4 => (who.clone(), any::<bool>()).prop_map(|(who, team)| Call::Dispatch(who, team)),
        1 => who.clone().prop_map(Call::Decline),
        1 => who.clone().prop_map(Call::Wait),
        1 => who.clone().prop_map(Call::Resume),
        1 => who.clone().prop_map(Call::Archive),
        24 => (who, 0..4_usize, 0..11_u8).prop_map(|(who, order, what)| Call::Order(who, order, what)),
        1 => resident.clone().prop_map(Call::Cancel),
        3 => resident.clone().prop_map(Call::Confirm),
        2 => resident.clone().prop_map(Call::Dispute),
        1 => resident.prop_map(Call::Rate),
    ]
}

/// Every stage that the request went through, in order; moves that were refused leave it as it was.
fn play(case: &mut Case, call: &Call, cast: &[Staff], residents: &[Resident], at: Moment) -> Vec<&'static str> {
    let before = case.clone();
    let reason = || "a reason".to_owned();
    let mut stages = Vec::new();
    let result = match call {
        Call::Triage(who) => case.request.triage(&cast[*who], Urgency::Urgent, at),
        Call::Promise(who, minutes) => {
            let promise = Promise { kind: PromiseKind::Visit, due_at: at + Duration::minutes(*minutes) };
            case.request.promise(&cast[*who], promise, Some(reason()), false, at)
        }
        Call::Dispatch(who, team) => {
            let id = OrderId(uuid(1000 + case.orders.len() as u128));
            let assignee = (!team).then_some(StaffId(uuid(12)));
            let department = DepartmentId(uuid(200));
            let issue = Issue { id, department, assignee, supervisor: StaffId(uuid(14)), instructions: None };
            case.dispatch(&cast[*who], issue, at)
        }
        Call::Decline(who) => case.request.decline(&cast[*who], reason(), at),
        Call::Wait(who) => case.request.wait(&cast[*who], WaitingOn::Parts, at),
        Call::Resume(who) => case.request.resume(&cast[*who], at),
        Call::Archive(who) => case.request.archive(&cast[*who], at),
        Call::Order(who, order, what) => {
            let by = &cast[*who];
            let Some(order) = case.orders.get_mut(*order) else { return stages };
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
                case.order(id).and_then(|order| order.withdraw(reason(), at)).expect("open orders can be withdrawn");
            }
        }),
        Call::Confirm(who) => case.request.confirm(&residents[*who], at),
        Call::Dispute(who) => case.request.dispute(&residents[*who], reason(), at).and_then(|_| {
            stages.push(case.request.stage.tag());
            case.request.reopen(Duration::minutes(30), at)
        }),
        Call::Rate(who) => {
            case.request.rate(&residents[*who], Rating { attitude: 5, conduct: 4, speed: 3, result: 5 }, false)
        }
    };
    if result.is_err() {
        *case = before;
        return Vec::new();
    }
    stages.push(case.request.stage.tag());
    while case.follow(at).is_some() {
        stages.push(case.request.stage.tag());
    }
    stages
}

fn check(case: &Case, at: Moment) {
    let request = &case.request;
    if !matches!(request.stage, Stage::Archived | Stage::Declined { .. } | Stage::Cancelled | Stage::Duplicate { .. }) {
        assert!(request.accountable.is_some(), "nobody answers for {:?}", request.stage);
    }
    assert_eq!(request.stage.is_open(), request.promise.is_some(), "promise of {:?}", request.stage);
    let current = |order: &&work::Order| request.reopened_at.is_none_or(|reopened_at| order.issued_at > reopened_at);
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
            for to in play(&mut case, call, &cast, &residents, at) {
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
                prop_assert_eq!(offered.contains(&super::model::StaffMove::Triage), triage);
            }
            // The neighbour may do nothing with it, whatever its stage.
            prop_assert!(case.request.resident_moves(&residents[1], false, at).is_empty());
        }
    }
}

#[test]
fn the_journey_runs_from_report_to_archive() {
    let (cast, me) = (cast(), resident(20, 50));
    let [coordinator, _, technician, _, supervisor, head, ..] = &cast[..] else { panic!("a cast of eight") };
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
        instructions: None,
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
    case.request.dispute(&me, "It still drips".to_owned(), at(60)).expect("dispute");
    case.request.reopen(Duration::minutes(30), at(60)).expect("reopen");
    case.request.triage(coordinator, Urgency::Urgent, at(61)).expect("triage again");
    let again = OrderId(uuid(1001));
    let issue = Issue {
        id: again,
        department: technician.department.id,
        assignee: Some(technician.id),
        supervisor: supervisor.id,
        instructions: None,
    };
    case.dispatch(coordinator, issue, at(62)).expect("dispatch again");
    case.order(again).and_then(|order| order.refuse(technician, "Off sick".to_owned(), at(63))).expect("refuse");
    assert!(case.follow(at(63)).is_some());
    assert_eq!(case.request.stage, Stage::Triaged, "an earlier life's verified order does not finish this one");
    assert!(case.request.archive(head, at(64)).is_err());
}
