//! What any form may do to the terms: every one of them either changes what it is there for, or nothing.

use super::super::model::{Calendar, Hours, Rung, Terms, clock_rows};
use super::super::standard::terms;
use super::super::words::clock_face;
use super::{DeskEntry, QualityEntry};
use crate::estate::Zone;
use crate::ids::ItemId;
use crate::moment::Moment;
use crate::policy::{Policy, Section, reckon};
use proptest::prelude::*;
use uuid::Uuid;

/// A form as somebody may send it.
#[derive(Clone, Debug)]
enum Form {
    Week(Vec<String>, Vec<String>),
    Day([String; 5]),
    NoDay(String),
    Clocks(Option<u128>, Vec<String>, Vec<String>, Vec<String>),
    Desk(DeskEntry),
    Duty([String; 4]),
    Quality([String; 10]),
}

impl Form {
    fn send(&self, terms: &mut Terms) -> bool {
        let sent = match self {
            Form::Week(from, until) => terms.set_week(from, until),
            Form::Day([from_on, until_on, name, from, until]) => terms.add_day(from_on, until_on, name, (from, until)),
            Form::NoDay(from_on) => terms.remove_day(from_on),
            Form::Clocks(category, amount, unit, counts) => {
                terms.set_clocks(category.map(|id| ItemId(Uuid::from_u128(id))), amount, unit, counts)
            }
            Form::Desk(typed) => terms.set_desk(typed),
            Form::Duty([from, until, other_from, other_until]) => {
                terms.set_duty((from, until), (other_from, other_until))
            }
            Form::Quality(typed) => {
                let [complaints, on_site, requests, object_days, attempts, reports, within_minutes, waits @ ..] =
                    typed.clone();
                let [quote_days, word_days, rework_hours] = waits.map(Some);
                let typed = QualityEntry {
                    complaints,
                    on_site,
                    requests,
                    object_days,
                    attempts,
                    reports,
                    within_minutes,
                    quote_days,
                    word_days,
                    rework_hours,
                };
                terms.set_quality(&typed)
            }
        };
        sent.is_ok()
    }

    fn section(&self) -> Section {
        match self {
            Form::Week(..) | Form::Day(_) | Form::NoDay(_) | Form::Duty(_) => Section::Calendar,
            Form::Clocks(..) => Section::Clocks,
            Form::Desk(_) => Section::Desk,
            Form::Quality(_) => Section::Quality,
        }
    }
}

fn time() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        8 => (0..24_u32, 0..60_u32).prop_map(|(hour, minute)| format!("{hour:02}:{minute:02}")),
        1 => "[0-9:]{0,6}",
    ]
}

fn day() -> impl Strategy<Value = String> {
    prop_oneof![8 => (1..13_u32, 1..31_u32).prop_map(|(month, day)| format!("2026-{month:02}-{day:02}")), 1 => "[-0-9]{0,10}"]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![8 => (0..120_u32).prop_map(|number| number.to_string()), 1 => "[-0-9]{0,11}"]
}

fn one_of(tags: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(tags).prop_map(str::to_owned)
}

fn form() -> impl Strategy<Value = Form> {
    use proptest::collection::vec;
    let week = (vec(time(), 0..16), vec(time(), 0..16)).prop_map(|(from, until)| Form::Week(from, until));
    let days = (day(), prop_oneof![Just(String::new()), day()], "[a-z]{0,4}", time(), time());
    let days =
        days.prop_map(|(from_on, until_on, name, from, until)| Form::Day([from_on, until_on, name, from, until]));
    let units = one_of(&["minutes", "hours", "days", "weeks"]);
    let clocks =
        (prop::option::of(0..3_u128), vec(number(), 0..13), vec(units, 12), vec(one_of(&["always", "working"]), 12));
    let clocks = clocks.prop_map(|(category, amount, unit, counts)| Form::Clocks(category, amount, unit, counts));
    let roles = one_of(&["", "receptionist", "supervisor", "head", "site_manager", "hq", "king"]);
    let desk = (
        number(),
        one_of(&["dispatched", "accepted", "never"]),
        time(),
        number(),
        prop::option::of(number()),
        vec(roles, 0..7),
        vec(number(), 0..7),
    );
    let desk = desk.prop_map(|(minutes, stops_at, answer_until, orphan_hours, mail_days, role, after)| {
        Form::Desk(DeskEntry { minutes, stops_at, answer_until, orphan_hours, mail_days, role, after })
    });
    let duty = [time(), time(), time(), time()].prop_map(Form::Duty);
    let quality = std::array::from_fn::<_, 10, _>(|_| number()).prop_map(Form::Quality);
    prop_oneof![week, days, day().prop_map(Form::NoDay), clocks, desk, duty, quality]
}

fn is_in_order(hours: &[Hours]) -> bool {
    hours.iter().all(|hours| hours.from < hours.until && hours.until <= 1440)
        && hours.windows(2).all(|pair| pair[0].until <= pair[1].from)
}

fn is_sound(calendar: &Calendar) -> bool {
    calendar.week.iter().all(|hours| is_in_order(hours))
        && calendar.days.iter().all(|day| day.from_on <= day.until_on && is_in_order(&day.hours))
        && calendar.days.windows(2).all(|pair| pair[0].until_on < pair[1].from_on)
}

proptest! {
    #[test]
    fn whatever_is_sent_the_terms_stay_good(forms in proptest::collection::vec(form(), 1..24)) {
        let mut now = terms();
        for form in forms {
            let before = now.clone();
            let is_taken = form.send(&mut now);
            if !is_taken {
                prop_assert_eq!(&now, &before, "a refused form changed something: {:?}", form);
            }
            for section in Section::ALL.into_iter().filter(|section| *section != form.section()) {
                prop_assert!(!now.differs(&before, section), "{:?} changed {:?}", form, section);
            }
            prop_assert_eq!(now.check(), Ok(()));
            prop_assert!(is_sound(&now.calendar));
            let chain = &now.desk.chain;
            let climbs = |pair: &[Rung]| pair[0].role < pair[1].role && pair[0].after_minutes <= pair[1].after_minutes;
            prop_assert!(!chain.is_empty() && chain.windows(2).all(climbs));
        }
        // By terms that forms made, every clock ends some time.
        let policy = Policy { estate: Uuid::nil().into(), version: 1, valid_from: Moment::UNIX_EPOCH, terms: now.clone() };
        for (kind, urgency) in clock_rows() {
            let mut rule = now.clock(kind, None, urgency).expect("a general rule");
            rule.minutes = rule.minutes.min(600);
            let reckoned = reckon(&policy, &Zone::of("Asia/Shanghai"), rule, Moment::UNIX_EPOCH, Vec::new(), None);
            prop_assert!(reckoned.due_at.is_some() || now.calendar.week.iter().flatten().all(|hours| hours.until - hours.from < 5));
        }
    }

    #[test]
    fn what_a_form_shows_is_what_it_sends(forms in proptest::collection::vec(form(), 0..12)) {
        let mut now = terms();
        for form in forms {
            form.send(&mut now);
        }
        let mut again = now.clone();
        let hours = (0..14).map(|at| now.calendar.week[at / 2].get(at % 2).copied());
        let (from, until) = hours
            .map(|hours| hours.map_or_else(Default::default, |hours| (clock_face(hours.from), clock_face(hours.until % 1440))))
            .unzip::<_, _, Vec<_>, Vec<_>>();
        prop_assert_eq!(again.set_week(&from, &until), Ok(()));
        for category in [None, Some(ItemId(Uuid::from_u128(1)))] {
            let own = |(kind, urgency)| {
                let found = now.clocks.iter().find(|rule| (rule.kind, rule.urgency, rule.category) == (kind, urgency, category));
                found.map_or_else(Default::default, |rule| {
                    let (amount, unit) = rule.amount();
                    (amount.to_string(), unit.tag().to_owned(), rule.counts.tag().to_owned())
                })
            };
            let rows: Vec<(String, String, String)> = clock_rows().map(own).collect();
            let column = |pick: fn(&(String, String, String)) -> &String| rows.iter().map(|row| pick(row).clone()).collect::<Vec<_>>();
            let sent = again.set_clocks(category, &column(|row| &row.0), &column(|row| &row.1), &column(|row| &row.2));
            prop_assert_eq!(sent, Ok(()));
        }
        prop_assert_eq!(again, now);
    }
}
