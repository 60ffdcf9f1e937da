//! Orders of all kinds, moved at random: whatever anybody does, in whatever order, nothing that is paid begins without a
//! signature, what was signed stays, and what was ended without a word counts for nobody.

use super::super::model::{ServiceMove, ServiceOrder, ServiceStage};
use super::order::{Due, MOVES};
use crate::fault::{Fault, Note, Refusal};
use crate::ids::{AccountId, StaffId};
use crate::moment::Moment;
use crate::policy::Orders;
use crate::requests::Rating;
use crate::services::{Answers, PriceRule, Reckoned};
use chrono::Duration;
use proptest::prelude::*;
use uuid::Uuid;

fn instant(minutes: i64) -> Moment {
    Moment::from_timestamp(1_800_000_000 + minutes * 60, 0).unwrap_or_default()
}

pub fn somebody() -> AccountId {
    AccountId(Uuid::from_u128(1))
}

/// An order that was just made, to be answered within a quarter of an hour.
pub fn order(price_rule: PriceRule, rate: i64) -> ServiceOrder {
    let now = instant(0);
    ServiceOrder {
        id: Uuid::nil().into(),
        estate: Uuid::nil().into(),
        code: String::new(),
        version: 1,
        stage: ServiceStage::Requested,
        stage_at: now,
        item: Uuid::nil().into(),
        terms: 1,
        unit: Uuid::nil().into(),
        account: somebody(),
        ordered_by: None,
        by_office: false,
        accountable: StaffId(Uuid::from_u128(2)),
        answers: Answers::new(),
        note: None,
        needed_at: None,
        price_rule,
        rate,
        currency: "CNY".to_owned(),
        minutes: None,
        pieces: None,
        amount: (price_rule == PriceRule::Free).then_some(0),
        quote_note: None,
        promised_at: None,
        arrived_at: None,
        owed_since: now,
        first_in_time: None,
        agency: None,
        due_at: Some(now + Duration::minutes(15)),
        told_late_at: None,
        reason: None,
        accepted_at: None,
        unconfirmed_at: None,
        rating: None,
        rated_words: None,
        made_at: now,
    }
}

fn waits() -> Orders {
    Orders::default()
}

const STARS: Rating = Rating { attitude: 5, conduct: 5, speed: 4, result: 5 };

/// One of the things that anybody may try, by its number.
fn attempt(order: &mut ServiceOrder, what: u8, at: Moment) -> bool {
    let mut next = order.clone();
    let done = match what {
        0 => next.quote([Some("2"), Some("30"), None], waits(), at),
        1 => next.sign(30, at),
        2 => next.start(30, at),
        3 => next.deliver(None, waits(), at),
        4 => next.accept(at).and_then(|()| next.bill(at).map(drop)),
        5 => next.send_back("It wilted.", waits(), at),
        6 => next.refer("Too late.", at),
        7 => next.decline("Nobody can.", at),
        8 => next.withdraw(at),
        9 => next.archive(at),
        10 => next.rate(STARS, None),
        11 => next.promise(at + Duration::minutes(40), Some("A jam."), at).map(drop),
        12 => next.take(StaffId(Uuid::from_u128(3))),
        13 => next.refuse("Never.", at),
        _ => match next.due(at) {
            Some(Due::Late) => {
                next.told_late_at = Some(at);
                Ok(())
            }
            Some(Due::Lapse) => next.lapse(at),
            Some(Due::Unconfirm) => next.unconfirm(at).and_then(|()| next.bill(at).map(drop)),
            None => return false,
        },
    };
    if done.is_ok() {
        *order = next;
    }
    done.is_ok()
}

const ITS_PERSONS: [ServiceMove; 6] = [
    ServiceMove::Sign,
    ServiceMove::Withdraw,
    ServiceMove::Accept,
    ServiceMove::SendBack,
    ServiceMove::Refuse,
    ServiceMove::Rate,
];
const THE_OFFICES: [ServiceMove; 9] = [
    ServiceMove::Quote,
    ServiceMove::SignHere,
    ServiceMove::Start,
    ServiceMove::Deliver,
    ServiceMove::Promise,
    ServiceMove::Decline,
    ServiceMove::Refer,
    ServiceMove::Archive,
    ServiceMove::Take,
];

/// Whether a move can be made then.
fn can(order: &ServiceOrder, what: ServiceMove, by: StaffId, at: Moment) -> bool {
    let mut next = order.clone();
    let done = match what {
        ServiceMove::Sign | ServiceMove::SignHere => next.sign(30, at),
        ServiceMove::Withdraw => next.withdraw(at),
        ServiceMove::Accept => next.accept(at),
        ServiceMove::SendBack => next.send_back("It wilted.", waits(), at),
        ServiceMove::Refuse => next.refuse("Never.", at),
        ServiceMove::Rate => next.rate(STARS, Some("Slow.")),
        ServiceMove::Quote => next.quote([Some("1"), Some("40"), None], waits(), at),
        ServiceMove::Start => next.start(30, at),
        ServiceMove::Deliver => next.deliver(Some(at), waits(), at),
        ServiceMove::Promise => next.promise(at + Duration::minutes(10), Some("A jam."), at).map(drop),
        ServiceMove::Decline => next.decline("Nobody can.", at),
        ServiceMove::Refer => next.refer("They do not pay.", at),
        ServiceMove::Archive => next.archive(at),
        ServiceMove::Take => next.take(by),
    };
    done.is_ok()
}

proptest! {
    #[test]
    fn whatever_anybody_does(
        rule in 0_usize..4,
        needed in prop::option::of(1_i64..9000),
        tries in prop::collection::vec((0_u8..16, 1_i64..4000), 1..40),
    ) {
        let rule = PriceRule::ALL[rule];
        let rate = if matches!(rule, PriceRule::Fixed | PriceRule::Hourly) { 900 } else { 0 };
        let mut order = order(rule, rate);
        order.needed_at = needed.map(instant);
        if rule == PriceRule::Fixed {
            let reckoned = Reckoned { minutes: None, pieces: None, amount: Some(900) };
            order.quote_itself(reckoned, waits(), order.made_at).expect("a price");
        }
        let (mut minutes, mut was_signed, mut signed_over, mut first) = (0, false, None, None);
        let colleague = StaffId(Uuid::from_u128(4));
        for (what, pause) in tries {
            minutes += pause;
            let (before, now) = (order.clone(), instant(minutes));
            let is_done = attempt(&mut order, what, now);
            if before.stage != order.stage {
                let (from, to) = (before.stage.tag(), order.stage.tag());
                // Accepted and billed in one step.
                let is_legal = MOVES.contains(&(from, to))
                    || MOVES.iter().any(|(first, via)| *first == from && MOVES.contains(&(*via, to)));
                prop_assert!(is_done && is_legal, "{from} to {to}");
            }
            was_signed |= order.stage == ServiceStage::Signed;
            if was_signed {
                let over = (order.amount, order.minutes, order.pieces);
                prop_assert_eq!(*signed_over.get_or_insert(over), over, "what was signed stays");
            }
            let is_at_work = matches!(order.stage, ServiceStage::Delivering | ServiceStage::Delivered);
            prop_assert!(!is_at_work || was_signed || order.is_free(), "nothing paid begins without a signature");
            prop_assert_eq!(order.due_at.is_some(), order.stage.is_open(), "{:?}", order.stage);
            prop_assert!(!(order.accepted_at.is_some() && order.unconfirmed_at.is_some()));
            prop_assert!(order.stage != ServiceStage::Billed || order.amount.is_some_and(|amount| amount > 0));
            first = first.or(order.first_in_time);
            prop_assert_eq!(order.first_in_time, first, "when it came first stays");
            let offered = (order.moves(somebody(), now), order.office_moves(colleague, now));
            for what in ITS_PERSONS {
                let is_offered = offered.0.contains(&what);
                prop_assert_eq!(is_offered, can(&order, what, colleague, now), "{:?} {:?}", order.stage, what);
            }
            for what in THE_OFFICES {
                let is_offered = offered.1.contains(&what);
                prop_assert_eq!(is_offered, can(&order, what, colleague, now), "{:?} {:?}", order.stage, what);
            }
            prop_assert!(order.moves(AccountId(Uuid::from_u128(9)), now).is_empty(), "somebody else's");
        }
    }
}

#[test]
fn what_is_free_needs_no_signature_and_what_is_paid_does() {
    let mut free = order(PriceRule::Free, 0);
    free.start(30, instant(5)).expect("free");
    assert_eq!((free.promised_at, free.due_at), (Some(instant(35)), Some(instant(35))));
    free.deliver(Some(instant(20)), waits(), instant(25)).expect("it came");
    assert_eq!(free.came_in_time(), Some(true));
    free.accept(instant(30)).expect("delivered");
    assert_eq!((free.bill(instant(30)), free.stage), (Ok(false), ServiceStage::Accepted));
    free.archive(instant(31)).expect("nothing to bill");

    let mut paid = order(PriceRule::Quote, 0);
    assert!(paid.start(30, instant(1)).is_err());
    paid.quote([None, Some("60"), None], waits(), instant(2)).expect("a price");
    assert!(paid.start(30, instant(3)).is_err());
    paid.sign(30, instant(4)).expect("signed");
    paid.start(30, instant(5)).expect("begun");
    assert!(paid.deliver(Some(instant(9)), waits(), instant(8)).is_err(), "not yet");
    paid.deliver(None, waits(), instant(50)).expect("it came");
    assert_eq!(paid.came_in_time(), Some(false));
    paid.accept(instant(60)).expect("delivered");
    assert!(paid.archive(instant(60)).is_err(), "it is billed first");
    assert_eq!((paid.bill(instant(60)), paid.stage), (Ok(true), ServiceStage::Billed));
}

#[test]
fn a_time_that_moves_needs_a_reason() {
    let mut taxi = order(PriceRule::Free, 0);
    assert_eq!(taxi.promise(instant(60), None, instant(1)), Ok(None));
    assert_eq!(taxi.due_at, Some(instant(15)), "an answer is still owed");
    assert!(taxi.promise(instant(90), None, instant(2)).is_err());
    assert!(taxi.promise(instant(1), Some("A jam"), instant(2)).is_err());
    taxi.start(30, instant(3)).expect("free");
    assert_eq!(taxi.due_at, Some(instant(60)), "as it was told");
    assert_eq!(taxi.due(instant(60)), Some(Due::Late));
    taxi.told_late_at = Some(instant(60));
    assert_eq!(taxi.due(instant(61)), None, "once");
    assert!(taxi.is_late(instant(61)));
    taxi.promise(instant(90), Some("A jam"), instant(62)).expect("with a reason");
    assert!(!taxi.is_late(instant(63)) && taxi.told_late_at.is_none());
}

#[test]
fn how_long_it_waits_is_the_policys() {
    let waits = Orders { quote_days: 2, word_days: 3, rework_hours: 5 };
    let mut paid = order(PriceRule::Quote, 0);
    paid.quote([None, Some("60"), None], waits, instant(0)).expect("a price");
    assert_eq!(paid.due_at, Some(instant(2 * 1440)));
    paid.sign(30, instant(1)).expect("signed");
    assert_eq!(paid.deliverer_moves(StaffId(Uuid::from_u128(2)), instant(1)), [ServiceMove::Start]);
    paid.start(30, instant(2)).expect("begun");
    assert_eq!(paid.deliverer_moves(StaffId(Uuid::from_u128(2)), instant(2)), [ServiceMove::Deliver]);
    paid.deliver(None, waits, instant(20)).expect("it came");
    assert_eq!(paid.due_at, Some(instant(20 + 3 * 1440)));
    paid.send_back("It wilted.", waits, instant(30)).expect("delivered");
    assert_eq!(paid.due_at, Some(instant(30 + 5 * 60)));
}

#[test]
fn a_price_holds_until_the_time_that_it_is_for() {
    let mut cleaning = order(PriceRule::Hourly, 9000);
    cleaning.needed_at = Some(instant(600));
    cleaning.quote([Some("2"), None, None], waits(), instant(0)).expect("a price");
    assert_eq!(cleaning.due_at, Some(instant(600)));
    assert_eq!(cleaning.clone().sign(30, instant(599)), Ok(()));
    assert_eq!(cleaning.sign(30, instant(600)), Err(Refusal::PriceOver.into()));
    cleaning.quote([Some("2"), None, None], waits(), instant(700)).expect("said anew");
    assert_eq!(cleaning.due_at, Some(instant(700 + 7 * 1440)));
}

#[test]
fn what_is_begun_has_ways_out() {
    let mut taxi = order(PriceRule::Free, 0);
    taxi.needed_at = Some(instant(600));
    taxi.start(30, instant(5)).expect("free");
    assert_eq!(taxi.clone().decline("No car.", instant(6)), Ok(()));
    assert_eq!(taxi.clone().withdraw(instant(599)), Ok(()));
    assert!(taxi.withdraw(instant(600)).is_err(), "it is there");
    let mut paid = order(PriceRule::Quote, 0);
    paid.needed_at = Some(instant(600));
    paid.quote([None, Some("60"), None], waits(), instant(2)).expect("a price");
    paid.sign(30, instant(4)).expect("signed");
    paid.start(30, instant(5)).expect("begun");
    assert!(paid.clone().withdraw(instant(6)).is_err(), "it is paid");
    paid.deliver(None, waits(), instant(50)).expect("it came");
    paid.send_back("It wilted.", waits(), instant(60)).expect("delivered");
    for go in [ServiceOrder::decline, ServiceOrder::refer, ServiceOrder::refuse] {
        assert_eq!(go(&mut paid.clone(), "Not again.", instant(70)), Ok(()));
    }
}

#[test]
fn nothing_arrives_before_it_is_owed_and_the_first_time_counts() {
    let mut paid = order(PriceRule::Quote, 0);
    paid.quote([None, Some("60"), None], waits(), instant(2)).expect("a price");
    let signed_at = instant(10) + Duration::seconds(40);
    paid.sign(30, signed_at).expect("signed");
    paid.start(30, instant(11)).expect("begun");
    let early = Err(Fault::field("arrived", Note::NotInOrder));
    assert_eq!(paid.clone().deliver(Some(instant(9)), waits(), instant(60)), early);
    paid.deliver(Some(instant(10)), waits(), instant(60)).expect("a field has minutes only");
    assert_eq!(paid.first_in_time, Some(true));
    paid.send_back("It wilted.", waits(), instant(70)).expect("delivered");
    paid.start(30, instant(71)).expect("again");
    assert_eq!(paid.clone().deliver(Some(instant(69)), waits(), instant(9000)), early);
    paid.deliver(None, waits(), instant(9000)).expect("it came, late");
    assert_eq!((paid.came_in_time(), paid.first_in_time), (Some(false), Some(true)));
}
