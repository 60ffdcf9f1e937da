//! Activities of all kinds, moved at random, with households that sign up, give up and come: whatever anybody does, in
//! whatever order, there are never more people than places, and none begins that is not safe.

use super::super::model::{
    Activity, ActivityStage, Measure, Participation, ParticipationMove, ParticipationStage, Plan,
};
use super::activity::{Hand, MOVES};
use crate::estate::Names;
use crate::fault::{Fault, Refusal};
use crate::ids::{AccountId, MeasureId, StaffId, UnitId};
use crate::moment::Moment;
use chrono::Duration;
use proptest::prelude::*;
use uuid::Uuid;

fn instant(minutes: i64) -> Moment {
    Moment::from_timestamp(1_800_000_000 + minutes * 60, 0).unwrap_or_default()
}

fn names() -> Names {
    Names { en: String::new(), hans: String::new(), hant: String::new() }
}

const ORGANISER: u128 = 1;
const GUARD: u128 = 2;

/// A draft for ten people, of a household at most four, in a day.
fn activity() -> Activity {
    let nil = Uuid::nil();
    Activity {
        id: nil.into(),
        estate: nil.into(),
        code: String::new(),
        version: 1,
        stage: ActivityStage::Draft,
        stage_at: instant(0),
        plan: Plan {
            title: names(),
            about: names(),
            starts_at: instant(1440),
            ends_at: instant(1560),
            facility: None,
            place: Some("The lawn".to_owned()),
            capacity: 10,
            quota: 4,
            price: 0,
            currency: "CNY".to_owned(),
            opens_at: instant(60),
            closes_at: instant(1380),
        },
        room: None,
        closure: None,
        organiser: StaffId(Uuid::from_u128(ORGANISER)),
        organiser_name: String::new(),
        approved_by: None,
        reason: None,
        came: None,
        went_well: None,
        made_at: instant(0),
        measures: Vec::new(),
        taken: 0,
        in_line: 0,
    }
}

fn measure(id: u128) -> Measure {
    Measure {
        id: MeasureId(Uuid::from_u128(id)),
        words: "A first-aider".to_owned(),
        responsible: StaffId(Uuid::from_u128(GUARD)),
        name: String::new(),
        ticked_at: None,
    }
}

fn part(nth: usize, heads: u32, stage: ParticipationStage, at: Moment) -> Participation {
    Participation {
        id: Uuid::from_u128(nth as u128).into(),
        estate: Uuid::nil().into(),
        activity: Uuid::nil().into(),
        version: 1,
        stage,
        stage_at: at,
        unit: Uuid::from_u128(nth as u128).into(),
        account: AccountId(Uuid::from_u128(nth as u128)),
        heads,
        came: None,
        stars: None,
        stars_words: None,
        made_at: at,
    }
}

/// One of the things that anybody may try, by its number.
fn attempt(activity: &mut Activity, parts: &mut Vec<Participation>, what: u8, which: usize, at: Moment) {
    let by = StaffId(Uuid::from_u128(GUARD));
    match what {
        0 => {
            if activity.add_measure("A first-aider").is_ok() {
                activity.measures.push(measure(activity.measures.len() as u128));
            }
        }
        1 => drop(activity.drop_measure(MeasureId(Uuid::from_u128(which as u128)))),
        2 => drop(activity.tick(MeasureId(Uuid::from_u128(which as u128)), by, at)),
        3 => drop(activity.approve(by, at)),
        4 => drop(activity.publish(at)),
        5 => drop(activity.begin(at)),
        6 if which == 0 => drop(activity.call_off("Rain.", at)),
        7 => drop(activity.close(Some("10"), Some("All of it."), 0, at)),
        8..=10 => {
            let heads = which as u32 % 5;
            if let Ok(stage) = activity.sign_up(heads, at) {
                parts.push(part(parts.len(), heads, stage, at));
            }
        }
        11 => {
            if let Some(part) = parts.get_mut(which) {
                drop(part.give_up(activity, at));
            }
            activity.taken = parts.iter().map(Participation::takes).sum();
            let waiting = |part: &&mut Participation| part.stage == ParticipationStage::Waiting;
            if activity.moves_up(at) {
                let line: Vec<_> = parts.iter_mut().filter(waiting).collect();
                let heads: Vec<_> = line.iter().map(|part| part.heads).collect();
                let up = activity.moving_up(&heads);
                for (_, part) in line.into_iter().enumerate().filter(|(nth, _)| up.contains(nth)) {
                    part.move_up(at).expect("who waits may move up");
                }
            }
        }
        12 => {
            if let Some(part) = parts.get_mut(which) {
                drop(part.attend(activity, which as u32 % 3, at));
            }
        }
        _ => {
            if let Some(part) = parts.get_mut(which) {
                drop(part.rate(4, None));
            }
        }
    }
    activity.taken = parts.iter().map(Participation::takes).sum();
}

proptest! {
    #[test]
    fn whatever_anybody_does(tries in prop::collection::vec((0_u8..14, 0_usize..6, 1_i64..120), 1..60)) {
        let (mut activity, mut parts, mut minutes) = (activity(), Vec::new(), 0);
        for (what, which, pause) in tries {
            minutes += pause;
            let before = activity.stage;
            attempt(&mut activity, &mut parts, what, which, instant(minutes));
            if before != activity.stage {
                prop_assert!(MOVES.contains(&(before.tag(), activity.stage.tag())));
                let is_live = !matches!(activity.stage, ActivityStage::CalledOff | ActivityStage::Closed);
                prop_assert!(!is_live || !activity.measures.is_empty(), "nothing goes on without a measure");
            }
            if activity.stage == ActivityStage::Held {
                prop_assert!(activity.measures.iter().all(|measure| measure.ticked_at.is_some()));
            }
            prop_assert!(activity.taken <= activity.plan.capacity);
            for part in &parts {
                prop_assert_eq!(part.came.is_some(), part.stage == ParticipationStage::Came);
                prop_assert!(part.stars.is_none() || part.stage == ParticipationStage::Came);
            }
            let is_over = activity.stage == ActivityStage::Closed;
            prop_assert_eq!(is_over && activity.reason.is_none(), activity.came.is_some());
            let hand = Hand { plans: true, approves: true };
            prop_assert!(!is_over || activity.office_moves(hand, instant(minutes)).is_empty());
            let nobody = Hand { plans: false, approves: false };
            prop_assert!(activity.office_moves(nobody, instant(minutes)).is_empty());
        }
    }
}

#[test]
fn nothing_is_published_without_a_measure_nor_begun_with_an_open_one() {
    let mut lanterns = activity();
    assert_eq!(lanterns.approve(lanterns.organiser, instant(1)), Err(Refusal::NoMeasures.into()));
    lanterns.measures.push(measure(7));
    lanterns.approve(lanterns.organiser, instant(1)).expect("it has a measure");
    lanterns.publish(instant(2)).expect("approved");
    assert_eq!(lanterns.begin(instant(1440)), Err(Refusal::MeasuresOpen.into()));
    let id = lanterns.measures[0].id;
    assert_eq!(lanterns.tick(id, lanterns.organiser, instant(1400)), Err(Fault::NotAllowed), "somebody else's");
    lanterns.tick(id, StaffId(Uuid::from_u128(GUARD)), instant(1400)).expect("theirs");
    assert_eq!(lanterns.begin(instant(1379)), Err(Refusal::TooEarly.into()));
    lanterns.begin(instant(1380)).expect("an hour before");
    assert!(lanterns.call_off("Rain.", instant(1381)).is_err(), "it has begun");
    assert!(lanterns.close(Some("3"), Some("-"), 4, instant(1560)).is_err(), "four were ticked at the door");
    lanterns.close(Some("4"), Some("The lanterns."), 4, instant(1560)).expect("over");
}

#[test]
fn who_waits_moves_up_in_order_as_far_as_there_is_room() {
    let mut lanterns = activity();
    lanterns.taken = 7;
    assert_eq!(lanterns.moving_up(&[3, 1, 2, 1]), [0]);
    lanterns.taken = 8;
    assert_eq!(lanterns.moving_up(&[3, 1, 2, 1]), [1, 3]);
    assert_eq!(lanterns.moving_up(&[]), Vec::<usize>::new());
    lanterns.stage = ActivityStage::Published;
    (lanterns.taken, lanterns.plan.closes_at) = (9, instant(1440));
    assert_eq!(lanterns.sign_up(1, instant(60)), Ok(ParticipationStage::Signed));
    assert_eq!(lanterns.sign_up(2, instant(60)), Ok(ParticipationStage::Waiting));
    assert_eq!(lanterns.sign_up(1, instant(59)), Err(Refusal::SignUpShut.into()));
    let own = part(3, 2, ParticipationStage::Signed, instant(60));
    let housemate = AccountId(Uuid::from_u128(99));
    for by in [own.account, housemate] {
        assert_eq!(lanterns.part_moves(&own, by, instant(70)), [ParticipationMove::GiveUp], "any of them may give up");
    }
    let later = instant(0) + Duration::minutes(1440);
    assert!(lanterns.part_moves(&own, own.account, later).is_empty());
    // Each home has a part of its own.
    let (home, other) = (own.unit, UnitId(Uuid::from_u128(98)));
    assert_eq!(lanterns.free_homes(&[home, other], std::slice::from_ref(&own), instant(70)), [other]);
    assert!(lanterns.free_homes(&[home, other], &[], later).is_empty(), "it has closed");
    let came = Participation { stage: ParticipationStage::Came, came: Some(2), ..own };
    assert_eq!(lanterns.part_moves(&came, came.account, later), [ParticipationMove::Rate]);
    assert!(lanterns.part_moves(&came, housemate, later).is_empty(), "whoever signed up says how it was");
}
