//! Ninety days of reports at believable hours, and what is open at this moment.

use app::moment::Moment;
use app::requests::Channel;
use chrono::{Datelike, Duration, NaiveDate};

use super::super::cast;
use super::super::content::Kind;
use super::super::dice::Dice;
use super::super::places::Ground;
use super::super::stories::{End, Hour, Story};
use super::burst;
use super::clock::Clock;
use super::plan::{Drawer, Halt, Plan, Wish};

/// How far back the history goes.
const DAYS: i64 = 90;

/// From here on, only what is laid out by hand below.
const LAST: Duration = Duration::hours(27);

/// How many emergencies there are in all that time, by estate.
const EMERGENCIES: [(&str, usize); 2] = [("liyuan", 10), ("boyan", 4)];

/// How often something is reported in each hour of the day.
const HOME_HOURS: [u64; 24] = [2, 1, 1, 1, 1, 3, 9, 22, 30, 26, 22, 18, 16, 15, 14, 15, 17, 22, 30, 34, 30, 22, 12, 5];
const OFFICE_HOURS: [u64; 24] = [0, 0, 0, 0, 0, 0, 1, 5, 26, 40, 34, 24, 12, 24, 30, 26, 22, 14, 6, 3, 1, 0, 0, 0];

/// What is open now: stage, how many minutes ago it came in, how many of them, and whose they are if it matters.
type Open = (Halt, (i64, i64), usize, Option<&'static str>);

const NOW: [Open; 22] = [
    (Halt::Received, (2, 14), 5, None),
    (Halt::Received, (4, 19), 1, Some(cast::NEIGHBOUR)),
    (Halt::Received, (95, 130), 1, None),
    (Halt::Triaged, (9, 25), 2, None),
    (Halt::Promised, (20, 80), 3, None),
    (Halt::AtDesk, (200, 1500), 2, None),
    (Halt::WithTeam, (25, 150), 4, None),
    (Halt::Sent, (25, 120), 3, None),
    (Halt::Accepted, (45, 240), 6, None),
    (Halt::Accepted, (40, 90), 1, Some(cast::SPOUSE)),
    (Halt::EnRoute, (50, 70), 3, None),
    (Halt::OnSite, (62, 110), 6, None),
    (Halt::OnSite, (112, 120), 1, Some(cast::RESIDENT)),
    (Halt::Paused, (600, 1560), 4, None),
    (Halt::Unproved, (120, 220), 2, None),
    (Halt::Reopened, (240, 330), 2, None),
    (Halt::Done, (150, 1500), 7, None),
    (Halt::Done, (150, 420), 1, Some(cast::RESIDENT)),
    (Halt::Done, (150, 420), 1, Some(cast::BOYAN_CONTACT)),
    (Halt::Confirmed, (220, 1560), 12, None),
    (Halt::Confirmed, (300, 900), 1, Some(cast::NEIGHBOUR)),
    (Halt::Accepted, (40, 90), 1, Some(cast::BOYAN_CONTACT)),
];

/// All plans, oldest first.
pub fn lay_out<'a>(drawer: &mut Drawer<'a>, grounds: &'a [Ground], now: Moment) -> Vec<Plan<'a>> {
    let mut plans = Vec::new();
    // First of all: the few stories that wait or come back are needed here.
    present(drawer, grounds, now, &mut plans);
    for ground in grounds {
        let clock = Clock::new(&ground.zone, now);
        past(drawer, ground, &clock, &mut plans);
        emergencies(drawer, ground, &clock, &mut plans);
    }
    burst::lay_out(drawer, grounds, now, &mut plans);
    plans.sort_by_key(|plan| (plan.at, plan.key));
    from_offices(&mut plans, grounds);
    plans
}

/// A few of each estate's calls did not come from residents: another office of ours passed them on (B11).
fn from_offices(plans: &mut [Plan], grounds: &[Ground]) {
    for ground in grounds {
        let is_call = |plan: &&mut Plan| {
            let is_ordinary = plan.story.problem_is_ordinary(ground);
            plan.ground.id == ground.id && plan.channel == Channel::Phone && plan.halt.is_none() && is_ordinary
        };
        plans.iter_mut().filter(is_call).step_by(33).for_each(|plan| plan.channel = Channel::Branch);
    }
}

fn past<'a>(drawer: &mut Drawer<'a>, ground: &'a Ground, clock: &Clock, plans: &mut Vec<Plan<'a>>) {
    let today = clock.day(clock.now);
    let fits = |story: &Story| story.problem_is_ordinary(ground);
    for day in (0..DAYS).rev().map(|ago| today - Duration::days(ago)) {
        for _ in 0..reports_on(ground, day, &mut drawer.dice) {
            let wish = Wish { day, fits: &fits, teller: None, fresh: true };
            let Some(drawn) = drawer.draw(ground, &wish) else {
                continue;
            };
            let at = clock.at(day, minute(ground, drawn.story, &mut drawer.dice))
                + Duration::seconds(drawer.dice.between(0, 59));
            if at > clock.now - LAST {
                continue;
            }
            let key = plans.len();
            let repeats = drawn.story.end == Some(End::Duplicate);
            let plan = drawer.plan(drawn, at, day, key);
            if repeats {
                repeat(drawer, plan, day, plans);
            } else {
                plans.push(plan);
            }
        }
    }
}

/// A duplicate needs something that it repeats: a neighbour's report of a few minutes earlier.
fn repeat<'a>(drawer: &mut Drawer<'a>, mut plan: Plan<'a>, day: NaiveDate, plans: &mut Vec<Plan<'a>>) {
    let (problem, place) = (&plan.story.problem, &plan.story.place);
    let fits = |story: &Story| {
        story.problem == *problem
            && story.place == *place
            && story.end.is_none()
            && story.waiting.is_none()
            && story.when.is_none()
    };
    let wish = Wish { day, fits: &fits, teller: None, fresh: false };
    let Some(drawn) = drawer.draw(plan.ground, &wish) else {
        return;
    };
    let at = plan.at - Duration::seconds(drawer.dice.between(200, 500));
    let first = drawer.plan(drawn, at, day, plans.len());
    // The same lift, the same lawn; with homes each their own.
    if plan.place.unit().is_none() {
        plan.place = first.place;
    }
    plan.repeats = Some(first.key);
    plan.key = first.key + 1;
    plans.push(first);
    plans.push(plan);
}

fn emergencies<'a>(drawer: &mut Drawer<'a>, ground: &'a Ground, clock: &Clock, plans: &mut Vec<Plan<'a>>) {
    let count = EMERGENCIES.iter().find(|(slug, _)| *slug == ground.slug).map_or(0, |(_, count)| *count);
    let fits = |story: &Story| !story.problem_is_ordinary(ground) && story.end.is_none();
    for _ in 0..count {
        let day = clock.day(clock.now) - Duration::days(drawer.dice.between(2, DAYS - 1));
        let wish = Wish { day, fits: &fits, teller: None, fresh: true };
        let Some(drawn) = drawer.draw(ground, &wish) else {
            continue;
        };
        let at = clock.at(day, minute(ground, drawn.story, &mut drawer.dice))
            + Duration::seconds(drawer.dice.between(0, 59));
        plans.push(drawer.plan(drawn, at, day, plans.len()));
    }
}

/// What stands open at this moment, in every stage; some promises about to break, and a few broken.
fn present<'a>(drawer: &mut Drawer<'a>, grounds: &'a [Ground], now: Moment, plans: &mut Vec<Plan<'a>>) {
    let mut promises = 0_usize;
    for (halt, (least, most), count, teller) in NOW {
        for _ in 0..count {
            let minutes = drawer.dice.between(least, most);
            let weights: Vec<u64> = grounds
                .iter()
                .map(|ground| match (teller, ground.kind) {
                    (Some(cast::BOYAN_CONTACT), Kind::Residential) => 0,
                    (Some(cast::BOYAN_CONTACT), Kind::Office) => 1,
                    (Some(_), Kind::Office) => 0,
                    (_, Kind::Residential) => 4,
                    (_, Kind::Office) => 1,
                })
                .collect();
            let Some(ground) = drawer.dice.weighted(&weights).and_then(|place| grounds.get(place)) else {
                continue;
            };
            let clock = Clock::new(&ground.zone, now);
            let at = now - Duration::minutes(minutes) - Duration::seconds(drawer.dice.between(0, 50));
            let day = clock.day(at);
            let fits = |story: &Story| {
                story.problem_is_ordinary(ground)
                    && story.end.is_none()
                    && story.when.is_none()
                    && story.waiting.is_some() == (halt == Halt::Paused)
                    && story.dispute.is_some() == (halt == Halt::Reopened)
            };
            let told_anew = drawer.draw(ground, &Wish { day, fits: &fits, teller, fresh: true });
            let drawn = told_anew.or_else(|| drawer.draw(ground, &Wish { day, fits: &fits, teller, fresh: false }));
            let Some(drawn) = drawn else { continue };
            let mut plan = drawer.plan(drawn, at, day, plans.len());
            plan.halt = Some(halt);
            let is_promised =
                !matches!(halt, Halt::Received | Halt::Triaged | Halt::Reopened | Halt::Done | Halt::Confirmed);
            if is_promised {
                plan.due = due(promises, &clock, &mut drawer.dice);
                promises += 1;
            }
            plans.push(plan);
        }
    }
}

/// Every fifth promise is at risk, every fifteenth broken; the others lie well ahead.
fn due(nth: usize, clock: &Clock, dice: &mut Dice) -> Option<Moment> {
    let minutes = match (nth % 5, nth % 15) {
        (_, 7) => -dice.between(6, 18),
        (3, _) => dice.between(4, 13),
        _ => dice.between(40, 420),
    };
    Some(clock.round_up(clock.now + Duration::minutes(minutes), 5))
}

fn reports_on(ground: &Ground, day: NaiveDate, dice: &mut Dice) -> i64 {
    let is_weekend = day.weekday().number_from_monday() > 5;
    match (ground.kind, is_weekend) {
        (Kind::Residential, false) => dice.between(13, 22),
        (Kind::Residential, true) => dice.between(16, 25),
        (Kind::Office, false) => dice.between(3, 8),
        (Kind::Office, true) => dice.between(0, 2),
    }
}

/// The minute of the day at which a story is told.
fn minute(ground: &Ground, story: &Story, dice: &mut Dice) -> i64 {
    let mut between = |low: i64, high: i64| dice.between(low * 60, high * 60 - 1);
    match story.when {
        Some(Hour::Morning) => between(6, 11),
        Some(Hour::Day) => between(9, 18),
        Some(Hour::Evening) => between(18, 23),
        Some(Hour::Night) => between(23, 30) % (24 * 60),
        None => {
            let hours = if ground.kind == Kind::Residential { HOME_HOURS } else { OFFICE_HOURS };
            let hour = dice.weighted(&hours).and_then(|hour| i64::try_from(hour).ok()).unwrap_or(9);
            hour * 60 + dice.between(0, 59)
        }
    }
}

impl Story {
    /// Anything but an emergency.
    fn problem_is_ordinary(&self, ground: &Ground) -> bool {
        let problem = ground.problems.get(&self.problem);
        problem.is_some_and(|problem| problem.urgency != app::services::Urgency::Emergency)
    }
}
