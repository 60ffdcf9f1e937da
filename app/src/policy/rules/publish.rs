use super::super::model::{Policy, Terms};
use crate::estate;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::moment::Moment;
use chrono::{Duration, NaiveDate, NaiveTime};

/// How soon *at once* is: what comes in while a version is being written stays under the one before, and no write
/// takes so long.
const AT_ONCE: Duration = Duration::seconds(2);
const FURTHEST_AHEAD: Duration = Duration::days(366);

/// When a version begins, as its form states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// `now`, `later`.
    pub start: String,
    /// `2026-12-01`, on the estate's wall.
    pub on: String,
    /// `08:00`, on the estate's wall.
    pub time: String,
}

impl Beginning {
    /// The instant; refuses the past, and what lies more than a year ahead.
    pub fn read(&self, zone: &str, now: Moment) -> Result<Moment, Fault> {
        match self.start.as_str() {
            "now" => return Ok(now + AT_ONCE),
            "later" => {}
            _ => return Err(Fault::field("start", Note::NotAChoice)),
        }
        let mut notes = Notes::default();
        let note = |typed: &str| if typed.trim().is_empty() { Note::Missing } else { Note::Malformed };
        let on = self.on.trim().parse::<NaiveDate>().ok();
        let time = super::minute(self.time.trim());
        if on.is_none() {
            notes.add("on", note(&self.on));
        }
        if time.is_none() {
            notes.add("time", note(&self.time));
        }
        notes.check()?;
        let shown = on.zip(time).map(|(on, time)| on.and_time(NaiveTime::MIN) + Duration::minutes(time.into()));
        let begins = shown.and_then(|shown| estate::instant(zone, shown));
        let begins = begins.ok_or(Fault::field("time", Note::Malformed))?;
        match begins - now {
            ahead if ahead < AT_ONCE => Err(Fault::field("on", Note::InThePast)),
            ahead if ahead > FURTHEST_AHEAD => Err(Fault::field("on", Note::TooFarAhead)),
            _ => Ok(begins),
        }
    }
}

/// The version that follows the last one; refuses one that says the same, cannot be reckoned by, or would begin
/// before the last one does.
pub fn next(latest: &Policy, terms: Option<Terms>, begins: Moment) -> Result<Policy, Fault> {
    let terms = terms.filter(|terms| *terms != latest.terms).ok_or(Refusal::NothingDrafted)?;
    terms.check()?;
    if begins < latest.valid_from {
        return Err(Fault::field("start", Note::BeforeTheLast));
    }
    Ok(Policy { estate: latest.estate, version: latest.version + 1, valid_from: begins, terms })
}

#[cfg(test)]
mod tests {
    use super::super::super::standard::terms;
    use super::*;
    use uuid::Uuid;

    fn at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    fn begins(on: &str, time: &str) -> Result<Moment, Fault> {
        let beginning = Beginning { start: "later".into(), on: on.into(), time: time.into() };
        beginning.read("Asia/Shanghai", at("2026-11-23T04:00:00Z"))
    }

    #[test]
    fn a_version_begins_on_the_estates_wall_and_not_in_the_past() {
        assert_eq!(begins("2026-12-01", "08:00"), Ok(at("2026-12-01T00:00:00Z")));
        assert_eq!(begins("2026-11-23", "12:00"), Err(Fault::field("on", Note::InThePast)));
        assert_eq!(begins("2028-01-01", "08:00"), Err(Fault::field("on", Note::TooFarAhead)));
        assert_eq!(begins("", "25:00"), {
            let mut notes = Notes::default();
            notes.add("on", Note::Missing);
            notes.add("time", Note::Malformed);
            notes.check().map(|()| Moment::UNIX_EPOCH)
        });
    }

    #[test]
    fn versions_follow_each_other_and_say_something_new() {
        let (first, second) = (at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"));
        let latest = Policy { estate: Uuid::nil().into(), version: 1, valid_from: second, terms: terms() };
        assert_eq!(next(&latest, None, second), Err(Refusal::NothingDrafted.into()));
        assert_eq!(next(&latest, Some(terms()), second), Err(Refusal::NothingDrafted.into()));
        let mut drafted = terms();
        drafted.sampling.complaints = 15;
        assert_eq!(next(&latest, Some(drafted.clone()), first), Err(Fault::field("start", Note::BeforeTheLast)));
        assert_eq!(next(&latest, Some(drafted), second).map(|next| next.version), Ok(2));
    }
}
