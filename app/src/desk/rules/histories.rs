//! Random histories of a contact: whatever people do, the wall that is stored is the wall that the history tells, and
//! nobody holds what they have not accepted.

use super::super::model::{Contact, ContactKind, ContactStage, DeskHappening, Transfer, TransferTo};
use super::{WallStep, stopped_at};
use crate::estate::{DepartmentRef, Names, Zone};
use crate::fault::{Fault, Note};
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
        is_unclaimed: false,
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
    Withdraw(u128),
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
        who().prop_map(Deed::Withdraw),
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
            let why = Some("Not found yet.".to_owned());
            contact.promise(&staff(by), None, by_then, why, at, at).ok().map(|_| WallStep::Promised)
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
        Deed::Withdraw(by) => {
            let _ = contact.withdraw(&staff(by));
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
fn the_chain_is_climbed_rung_by_rung_and_the_day_has_an_end() {
    let desk = standard::terms().desk;
    let zone = Zone::of("UTC");
    let mut open = contact(false);
    let after = |minutes: i64| start() + Duration::minutes(3 + minutes);
    let look = |contact: &Contact, at| contact.next_look(&desk, &zone, at);
    let evening = start() + Duration::hours(20);
    assert_eq!(look(&open, start()), Some(after(0)));
    assert_eq!((open.due_rungs(&desk, after(0)), look(&open, after(0))), (vec![0], Some(after(5))));
    assert_eq!((open.due_rungs(&desk, after(7)), look(&open, after(7))), (vec![0, 1], Some(after(15))));
    assert_eq!((open.due_rungs(&desk, after(20)), look(&open, after(20))), (vec![0, 1, 2], Some(evening)));
    assert_eq!(look(&open, evening), None);
    assert!(open.offer(&staff(1), offer_to(2), false).is_ok() && open.accept(&staff(2), after(0)).is_ok());
    assert_eq!(look(&open, after(0)), Some(evening), "accepted is not answered");
    assert!(open.answer(&staff(2), "At nine.".to_owned(), after(1)).is_ok());
    assert_eq!(look(&open, after(1)), None);
    let late = Contact { received_at: evening, ..contact(false) };
    assert_eq!(late.answer_by(&desk, &zone), evening + Duration::days(1), "too late for its own day");
}

#[test]
fn an_offer_falls_with_its_request_and_with_another_holder() {
    let offered = || {
        let mut contact = contact(true);
        contact.offer = Some(offer_to(2));
        contact
    };
    let follow = |contact: &mut Contact, happening: Happening, holder: u128| {
        contact.follow(StopsAt::Accepted, &happening, Some(staff(holder).id), start())
    };
    let mut done = offered();
    assert_eq!(follow(&mut done, Happening::Done, 1), [DeskHappening::WallStopped, DeskHappening::TransferWithdrawn]);
    let mut triaged = offered();
    let raised = DeskHappening::Raised { urgency: Urgency::Urgent };
    assert_eq!(
        follow(&mut triaged, Happening::Triaged { urgency: Urgency::Urgent }, 3),
        [DeskHappening::FollowedRequest, DeskHappening::TransferWithdrawn, raised]
    );
    assert_eq!(follow(&mut triaged, Happening::Triaged { urgency: Urgency::Normal }, 3), []);
    assert_eq!((triaged.urgency, triaged.offer), (Urgency::Urgent, None));
    let mut sent = offered();
    let order = Uuid::nil().into();
    assert_eq!(follow(&mut sent, Happening::SetOut { order }, 1), [DeskHappening::WallStopped]);
    assert!(sent.offer.is_some(), "what is on its way may be handed over");
    assert_eq!(sent.lose(staff(3).id), None, "offered to somebody else");
    assert_eq!(sent.lose(staff(2).id), Some(DeskHappening::TransferWithdrawn));
}

#[test]
fn a_promise_moves_with_a_reason() {
    let mut open = contact(false);
    let later = |minutes| start() + Duration::minutes(minutes);
    assert!(open.promise(&staff(1), None, later(60), None, start(), start()).is_ok(), "the first one needs none");
    let bare = open.promise(&staff(1), None, later(90), None, start(), start());
    assert_eq!(bare, Err(Fault::field("reason", Note::Missing)));
    assert_eq!(open.stage, ContactStage::Promised { reply_by: later(60) });
    assert!(open.promise(&staff(1), None, later(90), Some("Not found yet.".to_owned()), start(), start()).is_ok());
    assert_eq!((open.missed_reply(later(89)), open.missed_reply(later(90))), (None, Some(later(90))));
}
