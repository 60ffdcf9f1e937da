use super::super::model::{Audience, NoticeForm, NoticeText, Priority};
use super::notice::{LONGEST_BODY, LONGEST_TITLE};
use crate::estate::{BuildingRef, Names, UnitKind, instant};
use crate::fault::{Fault, Note, Notes};
use crate::ids::BuildingId;
use crate::moment::{Moment, parse_wall};
use crate::people::OccupancyKind;

/// So many floors, stacks or units at most: more than that is everybody.
const MOST: usize = 200;
/// Floors below and above which nobody builds.
const FLOORS: std::ops::RangeInclusive<i32> = -20..=300;

/// The name of one of its fields.
fn name(field: &str) -> String {
    format!("notice[{field}]")
}

/// The parts of a list as people type one.
fn parts(typed: &str) -> impl Iterator<Item = &str> {
    typed.split([',', '，', '、', ';', '；', ' ', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// `7`, `-1` or `5-8`.
fn floors(part: &str) -> Option<std::ops::RangeInclusive<i32>> {
    if let Ok(one) = part.parse() {
        return Some(one..=one);
    }
    let at = part.char_indices().skip(1).find(|(_, char)| matches!(char, '-' | '–'))?.0;
    let (from, rest) = part.split_at(at);
    let until = rest.strip_prefix(['-', '–'])?;
    Some(from.parse().ok()?..=until.parse().ok()?)
}

impl NoticeForm {
    /// The notice, and the numbers of the units that it names, where nothing is wrong with it: it is written in one language
    /// at least, with title and text in each, and is over later than now.
    pub fn read(self, zone: &str, buildings: &[BuildingRef], now: Moment) -> Result<(NoticeText, Vec<String>), Fault> {
        let mut notes = Notes::default();
        let title = Names {
            en: self.part(&mut notes, "title_en", &self.title_en, &self.body_en, LONGEST_TITLE),
            hans: self.part(&mut notes, "title_hans", &self.title_hans, &self.body_hans, LONGEST_TITLE),
            hant: self.part(&mut notes, "title_hant", &self.title_hant, &self.body_hant, LONGEST_TITLE),
        };
        let body = Names {
            en: self.part(&mut notes, "body_en", &self.body_en, &self.title_en, LONGEST_BODY),
            hans: self.part(&mut notes, "body_hans", &self.body_hans, &self.title_hans, LONGEST_BODY),
            hant: self.part(&mut notes, "body_hant", &self.body_hant, &self.title_hant, LONGEST_BODY),
        };
        let priority = Priority::from_tag(&self.priority);
        if priority.is_none() {
            notes.add(&name("priority"), Note::NotAChoice);
        }
        let expires = self.expires.trim();
        let expires_at = parse_wall(expires).and_then(|shown| instant(zone, shown));
        match expires_at {
            None if !expires.is_empty() => notes.add(&name("expires"), Note::Malformed),
            Some(at) if at <= now => notes.add(&name("expires"), Note::InThePast),
            _ => {}
        }
        let audience = Audience {
            buildings: chosen(&mut notes, "buildings", &self.buildings, |id| {
                id.parse::<BuildingId>().ok().filter(|id| buildings.iter().any(|one| one.id == *id))
            }),
            floors: self.floors(&mut notes),
            stacks: words(&mut notes, "stacks", &self.stacks),
            units: Vec::new(),
            uses: chosen(&mut notes, "uses", &self.uses, |tag| {
                UnitKind::ALL.into_iter().find(|kind| kind.tag() == tag)
            }),
            kinds: chosen(&mut notes, "kinds", &self.kinds, OccupancyKind::from_tag),
        };
        let numbers = words(&mut notes, "units", &self.units);
        notes.check()?;
        let priority = priority.unwrap_or(Priority::Ordinary);
        Ok((NoticeText { priority, title, body, expires_at, audience }, numbers))
    }

    /// The title or the text of one language: missing only where the other is, and not in all of them.
    fn part(&self, notes: &mut Notes, field: &str, typed: &str, other: &str, longest: u32) -> String {
        let titles = [&self.title_en, &self.title_hans, &self.title_hant];
        let bodies = [&self.body_en, &self.body_hans, &self.body_hant];
        let is_empty = titles.into_iter().chain(bodies).all(|text| text.trim().is_empty());
        let is_first = matches!(field, "title_en" | "body_en");
        let is_needed = !other.trim().is_empty() || is_first && is_empty;
        if is_needed {
            notes.text(&name(field), typed, longest)
        } else {
            notes.optional(&name(field), Some(typed), longest).unwrap_or_default()
        }
    }

    fn floors(&self, notes: &mut Notes) -> Vec<i32> {
        let mut all = Vec::new();
        for part in parts(&self.floors) {
            let range = floors(part).filter(|range| FLOORS.contains(range.start()) && FLOORS.contains(range.end()));
            match range {
                Some(range) if !range.is_empty() => all.extend(range),
                _ => {
                    notes.add(&name("floors"), Note::Malformed);
                    return Vec::new();
                }
            }
        }
        all.sort_unstable();
        all.dedup();
        if all.len() > MOST {
            notes.add(&name("floors"), Note::TooMany(MOST as u32));
        }
        all
    }
}

/// What was ticked.
fn chosen<T>(notes: &mut Notes, field: &str, typed: &[String], read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let all: Option<Vec<T>> = typed.iter().map(|one| read(one)).collect();
    all.unwrap_or_else(|| {
        notes.add(&name(field), Note::NotAChoice);
        Vec::new()
    })
}

/// Stacks or numbers, as they stand on doors.
fn words(notes: &mut Notes, field: &str, typed: &str) -> Vec<String> {
    let mut all: Vec<String> = parts(typed).map(str::to_uppercase).collect();
    all.sort_unstable();
    all.dedup();
    if all.iter().any(|word| word.chars().count() > 12 || word.chars().any(char::is_control)) {
        notes.add(&name(field), Note::Malformed);
    } else if all.len() > MOST {
        notes.add(&name(field), Note::TooMany(MOST as u32));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::super::model::{NoticeForm, Priority};
    use crate::fault::{Fault, Note};
    use crate::moment::Moment;

    fn form() -> NoticeForm {
        NoticeForm {
            title_hans: "停水".to_owned(),
            body_hans: "九点起停水".to_owned(),
            priority: "important".to_owned(),
            ..NoticeForm::default()
        }
    }

    fn now() -> Moment {
        "2026-11-23T01:00:00Z".parse().expect("an instant")
    }

    fn refused(change: impl FnOnce(&mut NoticeForm)) -> Option<Fault> {
        let mut form = form();
        change(&mut form);
        form.read("Asia/Shanghai", &[], now()).err()
    }

    #[test]
    fn one_language_is_enough_and_each_has_a_title_and_a_text() {
        let (text, _) = form().read("Asia/Shanghai", &[], now()).expect("nothing is wrong");
        assert_eq!((text.priority, text.title.en.as_str()), (Priority::Important, ""));
        let lonely = refused(|form| form.title_en = "Water".to_owned());
        assert_eq!(lonely, Some(Fault::field("notice[body_en]", Note::Missing)));
        let nothing = refused(|form| (form.title_hans, form.body_hans) = (String::new(), String::new()));
        let nothing = nothing.expect("refused");
        assert_eq!(nothing.note("notice[title_en]"), Some(Note::Missing));
        assert_eq!(nothing.note("notice[body_en]"), Some(Note::Missing));
    }

    #[test]
    fn floors_and_numbers_are_read_as_people_write_them() {
        let mut form = form();
        form.floors = "3、5-7, -2--1".to_owned();
        form.units = "1203，1204 1203".to_owned();
        let (text, numbers) = form.read("Asia/Shanghai", &[], now()).expect("nothing is wrong");
        assert_eq!(text.audience.floors, [-2, -1, 3, 5, 6, 7]);
        assert_eq!(numbers, ["1203", "1204"]);
        for wrong in ["x", "8-5", "1-999", "-"] {
            let fault = refused(|form| form.floors = wrong.to_owned());
            assert_eq!(fault, Some(Fault::field("notice[floors]", Note::Malformed)), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_choice_and_what_is_over_is_refused() {
        let priority = refused(|form| form.priority = "shout".to_owned());
        assert_eq!(priority, Some(Fault::field("notice[priority]", Note::NotAChoice)));
        let kinds = refused(|form| form.kinds = vec!["king".to_owned()]);
        assert_eq!(kinds, Some(Fault::field("notice[kinds]", Note::NotAChoice)));
        let over = refused(|form| form.expires = "2026-11-23T08:00".to_owned());
        assert_eq!(over, Some(Fault::field("notice[expires]", Note::InThePast)));
    }
}
