//! Random histories of a contact: whatever people do, the wall that is stored is the wall that the history tells, and
//! nobody holds what they have not accepted.

use super::super::model::{Contact, ContactKind, ContactStage, Transfer, TransferTo};
use super::{WallStep, stopped_at};
use crate::estate::{DepartmentRef, Names};
use crate::ids::StaffId;
use crate::moment::Moment;
use crate::people::{Manners, Person, Role, Staff};
use crate::policy::{StopsAt, standard};
use crate::requests::{Channel, Happening};
use crate::services::Urgency;
use chrono::Duration;
use proptest::prelude::*;
use uuid::Uuid;

fn start() -> Moment {
    Moment::UNIX_EPOCH + Duration::days(20_000)
}

fn staff(number: u128) -> Staff {
    let nil = Uuid::nil();
    Staff {
        person: Person { account: Uuid::from_u128(number).into(), name: String::new(), manners: Manners::default() },
        id: Uuid::from_u128(number).into(),
        estate: nil.into(),
        zone: "UTC".to_owned(),
        department: DepartmentRef {
            id: nil.into(),
            slug: String::new(),
            names: Names { en: String::new(), hans: String::new(), hant: String::new() },
        },
        roles: vec![Role::Receptionist],
    }
}

fn contact(is_request: bool) -> Contact {
    let nil = Uuid::nil();
    Contact {
        id: nil.into(),
        estate: nil.into(),
        version: 1,
        channel: Channel::Phone,
        kind: ContactKind::Repair,
        urgency: Urgency::Normal,
        stage: if is_request { ContactStage::Requested } else { ContactStage::Open },
        received_at: start(),
        received_by: Some(staff(1).id),
        holder: staff(1).id,
        unit: None,
        party: None,
        caller: None,
        phone: None,
        words: String::new(),
        answer: None,
        read_back: false,
        rings_late: false,
        request: is_request.then(|| nil.into()),
        policy_version: 1,
        wall_due_at: start() + Duration::minutes(3),
        wall_stopped_at: None,
        offer: None,
    }
}

fn offer_to(number: u128) -> Transfer {
    Transfer { id: Uuid::nil().into(), to: TransferTo::Person(staff(number).id), note: None }
}

#[derive(Clone, Debug)]
enum Deed {
    Answer(u128),
    Promise(u128),
    Offer(u128, u128),
    Accept(u128),
    Refuse(u128),
    Request(Happening, u128),
}

fn deeds() -> impl Strategy<Value = Vec<(i64, Deed)>> {
    let order = Uuid::nil();
    let who = || 1..5_u128;
    let happening = prop_oneof![
        Just(Happening::Triaged { urgency: Urgency::Normal }),
        Just(Happening::TakenOver),
        Just(Happening::Dispatched { order: order.into(), department: order.into(), assignee: None }),
        Just(Happening::OrderAccepted { order: order.into() }),
        Just(Happening::SetOut { order: order.into() }),
        Just(Happening::Arrived { order: order.into() }),
        Just(Happening::Done),
        Just(Happening::BackAtDesk),
    ];
    let deed = prop_oneof![
        who().prop_map(Deed::Answer),
        who().prop_map(Deed::Promise),
        (who(), who()).prop_map(|(by, to)| Deed::Offer(by, to)),
        who().prop_map(Deed::Accept),
        who().prop_map(Deed::Refuse),
        (happening, who()).prop_map(|(happening, by)| Deed::Request(happening, by)),
    ];
    prop::collection::vec((0..90_i64, deed), 0..24)
}

fn stops() -> impl Strategy<Value = StopsAt> {
    prop::sample::select(StopsAt::ALL.to_vec())
}

/// Does it; what the wall hears of it, if it could be done.
fn live(contact: &mut Contact, stops_at: StopsAt, deed: Deed, at: Moment) -> Option<WallStep> {
    let is_request = contact.request.is_some();
    match deed {
        Deed::Answer(by) => contact.answer(&staff(by), "Said.".to_owned(), at).ok().map(|_| WallStep::Answered),
        Deed::Promise(by) => {
            let by_then = at + Duration::hours(1);
            contact.promise(&staff(by), None, by_then, at).ok().map(|_| WallStep::Promised)
        }
        Deed::Offer(by, to) => {
            let _ = contact.offer(&staff(by), offer_to(to), is_request);
            None
        }
        Deed::Accept(by) => contact.accept(&staff(by), at).ok().map(|_| WallStep::Accepted),
        Deed::Refuse(by) => {
            let _ = contact.refuse(&staff(by), "Not mine.".to_owned());
            None
        }
        Deed::Request(happening, by) if is_request => {
            let moves = matches!(happening, Happening::Triaged { .. } | Happening::TakenOver);
            let accountable = if moves { staff(by).id } else { contact.holder };
            contact.follow(stops_at, &happening, Some(accountable), at);
            Some(WallStep::Request(happening))
        }
        Deed::Request(..) => None,
    }
}

proptest! {
    #[test]
    fn the_stored_wall_is_the_one_that_the_history_tells(
        is_request: bool, stops_at in stops(), deeds in deeds(),
    ) {
        let mut contact = contact(is_request);
        let (mut at, mut history) = (start(), Vec::new());
        for (pause, deed) in deeds {
            at += Duration::seconds(pause);
            history.extend(live(&mut contact, stops_at, deed, at).map(|step| (at, step)));
            prop_assert_eq!(contact.wall_stopped_at, stopped_at(stops_at, is_request, &history));
        }
    }

    #[test]
    fn nobody_holds_what_they_have_not_accepted(deeds in deeds()) {
        let mut contact = contact(false);
        let mut at = start();
        for (pause, deed) in deeds {
            at += Duration::seconds(pause);
            let (before, offered) = (contact.holder, contact.offer.clone());
            let accepter = match deed { Deed::Accept(by) => Some(StaffId::from(Uuid::from_u128(by))), _ => None };
            live(&mut contact, StopsAt::Accepted, deed, at);
            if contact.holder != before {
                prop_assert_eq!(Some(contact.holder), accepter);
                prop_assert_eq!(offered.map(|offer| offer.to), Some(TransferTo::Person(contact.holder)));
            }
        }
    }
}

#[test]
fn an_offer_stops_nothing_and_three_minutes_are_three_minutes() {
    let mut open = contact(false);
    assert!(open.offer(&staff(1), offer_to(2), false).is_ok());
    assert_eq!((open.wall_stopped_at, open.holder), (None, staff(1).id));
    let due = open.wall_due_at;
    assert!(!open.is_breached(due - Duration::seconds(1)));
    assert!(open.is_breached(due), "at 3:00, on whoever holds it");
    assert!(open.accept(&staff(2), due).is_ok());
    assert!(!open.is_breached(due + Duration::hours(1)), "accepted on the stroke");
}

#[test]
fn the_chain_is_climbed_rung_by_rung() {
    let desk = standard::terms().desk;
    let open = contact(false);
    let after = |minutes| open.wall_due_at + Duration::minutes(minutes);
    assert_eq!(open.next_look(&desk, start()), Some(after(0)));
    assert_eq!((open.due_rungs(&desk, after(0)), open.next_look(&desk, after(0))), (vec![0], Some(after(5))));
    assert_eq!((open.due_rungs(&desk, after(7)), open.next_look(&desk, after(7))), (vec![0, 1], Some(after(15))));
    assert_eq!((open.due_rungs(&desk, after(20)), open.next_look(&desk, after(20))), (vec![0, 1, 2], None));
}
