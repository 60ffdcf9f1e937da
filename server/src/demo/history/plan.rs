//! Which story is told when, by whom, about which place.

use std::collections::HashMap;

use app::moment::Moment;
use app::people::Resident;
use app::requests::{Channel, DayPart, Place, PreferredTime};
use app::services::Urgency;
use app::texts::Lang;
use chrono::{Duration, NaiveDate};

use super::super::cast;
use super::super::dice::Dice;
use super::super::people::Dweller;
use super::super::places::Ground;
use super::super::stories::{End, Story, Voice};

/// Where a life is to be found when the demo is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    Received,
    Triaged,
    Promised,
    AtDesk,
    WithTeam,
    Sent,
    Accepted,
    EnRoute,
    OnSite,
    Paused,
    Unproved,
    Reopened,
    Done,
    Confirmed,
}

/// A story about to be lived.
pub struct Plan<'a> {
    pub at: Moment,
    pub story: &'a Story,
    pub ground: &'a Ground,
    pub teller: &'a Dweller,
    /// Who has the last word: the teller, else somebody of the same home with an account.
    pub confirms: Option<&'a Resident>,
    pub place: Place,
    pub channel: Channel,
    pub times: Vec<PreferredTime>,
    /// For a duplicate: the story that it repeats, by key.
    pub repeats: Option<usize>,
    pub key: usize,
    pub halt: Option<Halt>,
    /// The time that is promised, where it is not left to the course of things.
    pub due: Option<Moment>,
    /// One of the reports that look like one incident.
    pub is_burst: bool,
}

impl Plan<'_> {
    /// The teller wrote it themselves.
    pub fn is_online(&self) -> bool {
        self.channel == Channel::Web
    }
}

/// What a draw must respect.
pub struct Wish<'w> {
    pub day: NaiveDate,
    pub fits: &'w dyn Fn(&Story) -> bool,
    pub teller: Option<&'static str>,
    /// Whether the same words may have been used a few days ago.
    pub fresh: bool,
}

/// What a draw found.
pub struct Drawn<'a> {
    pub story: &'a Story,
    pub ground: &'a Ground,
    pub teller: &'a Dweller,
    pub place: Place,
}

/// Draws stories, and people to tell them.
pub struct Drawer<'a> {
    stories: &'a [Story],
    dwellers: &'a [Dweller],
    /// How often a story was told, and when last.
    told: HashMap<usize, (u64, NaiveDate)>,
    pub dice: Dice,
}

impl<'a> Drawer<'a> {
    pub fn new(stories: &'a [Story], dwellers: &'a [Dweller]) -> Self {
        Self { stories, dwellers, told: HashMap::new(), dice: Dice::of("plan") }
    }

    /// A story of this estate for a day, with a teller and a place; `None` where nothing fits.
    pub fn draw(&mut self, ground: &'a Ground, wish: &Wish) -> Option<Drawn<'a>> {
        for _ in 0..40 {
            let weights: Vec<u64> =
                self.stories.iter().enumerate().map(|(place, story)| self.weight(ground, place, story, wish)).collect();
            let choice = self.dice.weighted(&weights)?;
            let story = self.stories.get(choice)?;
            let Some(teller) = self.teller(ground, story, wish) else {
                continue;
            };
            let Some(place) = self.place(ground, story, teller) else {
                continue;
            };
            let (times, _) = self.told.get(&choice).copied().unwrap_or_default();
            self.told.insert(choice, (times + 1, wish.day));
            return Some(Drawn { story, ground, teller, place });
        }
        None
    }

    /// Neighbours of one riser who report the same, each in words of their own; the cast leaves it to the others.
    pub fn riser(
        &self,
        ground: &'a Ground,
        building: &str,
        stack: &str,
        problem: &str,
        day: NaiveDate,
    ) -> Vec<Drawn<'a>> {
        let mut stories: Vec<&'a Story> = self
            .stories
            .iter()
            .filter(|story| story.estate == ground.slug && story.problem == problem && story.place == "home")
            .filter(|story| story.end.is_none() && story.dispute.is_none() && story.waiting.is_none())
            .collect();
        let units = ground.units.iter().filter(|unit| unit.building == building && unit.refer.number.ends_with(stack));
        let mut drawn = Vec::new();
        for unit in units {
            let teller = self.dwellers.iter().find(|dweller| {
                let is_cast = cast::RESIDENTS.iter().any(|person| dweller.is(person.sign_in));
                dweller.unit == unit.refer.id && dweller.resident.is_some() && dweller.is_there(day) && !is_cast
            });
            let words = teller.and_then(|teller| stories.iter().position(|story| story.lang == teller.lang));
            if let (Some(teller), Some(words)) = (teller, words) {
                let story = stories.remove(words);
                drawn.push(Drawn { story, ground, teller, place: Place::Home(teller.unit) });
            }
        }
        drawn
    }

    fn weight(&self, ground: &Ground, place: usize, story: &Story, wish: &Wish) -> u64 {
        let told = self.told.get(&place);
        let worn = told.is_some_and(|(_, last)| (wish.day - *last).num_days().abs() < if wish.fresh { 16 } else { 3 });
        let used_up = told.is_some() && (story.once || story.end.is_some() || story.dispute.is_some());
        if story.estate != ground.slug || worn || used_up || !(wish.fits)(story) {
            return 0;
        }
        let lang = match story.lang {
            Lang::Hans => 10,
            Lang::Hant => 6,
            Lang::En => 4,
        };
        story.weight * lang * 60 / (2 + told.map_or(0, |(times, _)| *times) * 3)
    }

    fn teller(&mut self, ground: &Ground, story: &Story, wish: &Wish) -> Option<&'a Dweller> {
        let speaks = story.comments.iter().any(|comment| comment.by == Voice::Resident);
        let needs_account = speaks || story.dispute.is_some() || story.end == Some(End::Cancelled);
        let weights: Vec<u64> = self
            .dwellers
            .iter()
            .map(|dweller| {
                let fits = dweller.estate == ground.id
                    && dweller.lang == story.lang
                    && dweller.is_there(wish.day)
                    && (story.floor.is_none_or(|floor| floor == dweller.floor) || story.place != "home")
                    && (dweller.resident.is_some() || !needs_account)
                    && wish.teller.is_none_or(|teller| dweller.is(teller));
                match (fits, &dweller.sign_in) {
                    (false, _) => 0,
                    (true, None) => 1,
                    (true, Some(sign_in)) if cast::RESIDENTS.iter().any(|person| person.sign_in == sign_in) => 32,
                    (true, Some(_)) => 16,
                }
            })
            .collect();
        self.dwellers.get(self.dice.weighted(&weights)?)
    }

    fn place(&mut self, ground: &Ground, story: &Story, teller: &Dweller) -> Option<Place> {
        if story.place == "home" {
            return Some(Place::Home(teller.unit));
        }
        let (area, per_floor) = ground.area(&teller.building, &story.place)?;
        let floor = story.floor.or(Some(teller.floor)).filter(|_| per_floor);
        Some(Place::Common { area, floor })
    }

    /// A plan around what was drawn.
    pub fn plan(&mut self, drawn: Drawn<'a>, at: Moment, day: NaiveDate, key: usize) -> Plan<'a> {
        let Drawn { story, ground, teller, place } = drawn;
        let channel = match (&teller.resident, self.dice.below(100)) {
            (Some(_), 0..86) => Channel::Web,
            (Some(_), 86..96) | (None, 0..78) => Channel::Phone,
            _ => Channel::WalkIn,
        };
        let at_home = |dweller: &&Dweller| place.unit() == Some(dweller.unit) && dweller.is_there(day);
        let others = self.dwellers.iter().filter(at_home).find_map(|dweller| dweller.resident.as_ref());
        let mut times = Vec::new();
        let is_emergency =
            ground.problems.get(&story.problem).is_some_and(|problem| problem.urgency == Urgency::Emergency);
        if place.unit().is_some() && channel == Channel::Web && !is_emergency && self.dice.chance(30) {
            for _ in 0..self.dice.between(1, 2) {
                let on = day + Duration::days(self.dice.between(1, 3));
                times.extend(self.dice.pick(&DayPart::ALL).map(|part| PreferredTime { on, part: *part }));
            }
        }
        Plan {
            at,
            story,
            ground,
            teller,
            confirms: teller.resident.as_ref().or(others),
            place,
            channel,
            times,
            repeats: None,
            key,
            halt: None,
            due: None,
            is_burst: false,
        }
    }
}
