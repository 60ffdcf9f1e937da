use super::order::{LONGEST_AGENCY, LONGEST_NOTE};
use crate::estate::Zone;
use crate::fault::{Fault, Note, Notes};
use crate::moment::{Moment, parse_wall};
use crate::requests::Rating;
use chrono::{Duration, Timelike};

/// Reads a time on an estate's wall, `2026-11-23T09:00`; `None` where nothing was typed.
pub fn read_time(field: &str, typed: Option<&str>, zone: &Zone) -> Result<Option<Moment>, Fault> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else { return Ok(None) };
    let at = parse_wall(typed).ok_or(Fault::field(field, Note::Malformed))?;
    let minute = at.hour() * 60 + at.minute();
    Ok(Some(zone.earliest(at.date(), u16::try_from(minute).unwrap_or(0))))
}

/// Who brings it: an agency's name, which must be given where it is gotten from one.
pub fn read_agency(typed: Option<&str>, is_agency: bool) -> Result<Option<String>, Fault> {
    let mut notes = Notes::default();
    let agency = notes.optional("agency", typed, LONGEST_AGENCY);
    if is_agency && agency.is_none() {
        notes.add("agency", Note::Missing);
    }
    notes.check().map(|()| agency)
}

/// Words about an order: 1 to 500 characters.
pub fn read_words(field: &str, typed: &str) -> Result<String, Fault> {
    let mut notes = Notes::default();
    let words = notes.text(field, typed, LONGEST_NOTE);
    notes.check().map(|()| words)
}

/// Who signs at the desk: a name of 1 to 80 characters, with a drawing on glass or a tick beside it.
pub fn read_signer(signer: &str, has_signed: bool, is_drawing_broken: bool) -> Result<String, Fault> {
    let mut notes = Notes::default();
    let name = notes.text("signer", signer, 80);
    if is_drawing_broken {
        notes.add("strokes", Note::Malformed);
    } else if !has_signed {
        notes.add("signed", Note::Missing);
    }
    notes.check().map(|()| name)
}

/// Nothing on any axis.
pub const UNRATED: Rating = Rating { attitude: 0, conduct: 0, speed: 0, result: 0 };

/// A rating from a form; none where no axis was given, and one that is left out is told from those that were.
pub fn rating_of(typed: [Option<i32>; 4]) -> Option<Rating> {
    let [attitude, conduct, speed, result] = typed.map(Option::unwrap_or_default);
    typed.iter().any(Option::is_some).then_some(Rating { attitude, conduct, speed, result })
}

/// From when on a version holds: now where nothing was typed, else then; never before one that was published already.
pub fn read_since(typed: Option<&str>, zone: &Zone, last: Moment, now: Moment) -> Result<Moment, Fault> {
    let since = read_time("since", typed, zone)?.unwrap_or(now);
    let note = if since < last {
        Note::BeforeTheLast
    } else if since < now {
        Note::InThePast
    } else if since > now + Duration::days(366) {
        Note::TooFarAhead
    } else {
        return Ok(since);
    };
    Err(Fault::field("since", note))
}

#[cfg(test)]
mod tests {
    use super::{rating_of, read_since};
    use crate::estate::Zone;
    use crate::fault::{Fault, Note};

    #[test]
    fn versions_follow_one_another() {
        let zone = Zone::of("Asia/Shanghai");
        let at = |text: &str| text.parse::<crate::moment::Moment>().expect("an instant");
        let (last, now) = (at("2026-11-20T00:00:00Z"), at("2026-11-23T04:00:00Z"));
        let note = |note| Err(Fault::field("since", note));
        assert_eq!(read_since(Some(" "), &zone, last, now), Ok(now));
        assert_eq!(read_since(Some("2026-12-01T08:00"), &zone, last, now), Ok(at("2026-12-01T00:00:00Z")));
        assert_eq!(read_since(Some("2026-11-23T11:00"), &zone, last, now), note(Note::InThePast));
        assert_eq!(read_since(Some("2028-01-01T08:00"), &zone, last, now), note(Note::TooFarAhead));
        assert_eq!(read_since(None, &zone, at("2026-12-01T00:00:00Z"), now), note(Note::BeforeTheLast));
        assert_eq!(read_since(Some("soon"), &zone, last, now), note(Note::Malformed));
    }

    #[test]
    fn an_axis_that_is_left_out_is_told_from_those_that_were_given() {
        assert_eq!(rating_of([None; 4]), None);
        let partly = rating_of([Some(5), None, Some(4), Some(5)]).map(|rating| rating.parse());
        assert_eq!(partly, Some(Err(Fault::field("conduct", Note::Missing))));
    }
}
