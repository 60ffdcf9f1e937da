use super::moves::{LONGEST_NAME, LONGEST_NOTE, LONGEST_NUMBER, LONGEST_PLACE};
use crate::estate::Zone;
use crate::fault::{Fault, Note, Notes};
use crate::ids::{PartyId, StaffId, UnitId};
use crate::mail::{MailKind, Way};
use crate::moment::{Moment, parse_wall};
use crate::requests::{Channel, LONGEST_WORDS};
use chrono::{Days, NaiveDate, Timelike};

/// The most pieces of one count.
const MOST_PIECES: u32 = 100_000;
/// So many days afterwards a day may still be counted.
const COUNT_DAYS: u64 = 31;

/// For whom something is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// A household, perhaps one of it.
    Home(UnitId, Option<PartyId>),
    /// Somebody of the office.
    Colleague(StaffId),
}

/// `<unit>`, `<unit>~<party>` or `person:<staff>`.
pub fn read_whom(typed: &str) -> Option<Whom> {
    let typed = typed.trim();
    if let Some(id) = typed.strip_prefix("person:") {
        return id.parse().ok().map(Whom::Colleague);
    }
    match typed.split_once('~') {
        Some((unit, party)) => Some(Whom::Home(unit.parse().ok()?, Some(party.parse().ok()?))),
        None => typed.parse().ok().map(|unit| Whom::Home(unit, None)),
    }
}

fn whom(notes: &mut Notes, typed: &str) -> Option<Whom> {
    let whom = read_whom(typed);
    if whom.is_none() {
        notes.add("who", if typed.trim().is_empty() { Note::Missing } else { Note::NotAChoice });
    }
    whom
}

/// The form of a message, as it was sent.
pub struct MessageForm {
    pub channel: String,
    pub who: String,
    pub caller: String,
    pub phone: Option<String>,
    pub words: String,
    pub is_urgent: bool,
    pub call_by: Option<String>,
    pub read_back: bool,
}

/// Words that are left for somebody.
pub struct Message {
    pub channel: Channel,
    pub whom: Whom,
    pub caller: String,
    pub phone: Option<String>,
    pub words: String,
    pub is_urgent: bool,
    pub call_by: Option<Moment>,
    pub read_back: bool,
}

impl MessageForm {
    /// Reads the form. Whoever wants to be called leaves a number, and a time that is to come.
    pub fn read(self, zone: &Zone, now: Moment) -> Result<Message, Fault> {
        let mut notes = Notes::default();
        let channel = Channel::from_tag(&self.channel);
        if channel.is_none() {
            notes.add("channel", Note::NotAChoice);
        }
        let whom = whom(&mut notes, &self.who);
        let caller = notes.text("caller", &self.caller, LONGEST_NAME);
        let phone = notes.optional("phone", self.phone.as_deref(), 40);
        let words = notes.text("words", &self.words, LONGEST_WORDS);
        let typed = self.call_by.as_deref().map(str::trim).filter(|typed| !typed.is_empty());
        let call_by = typed.and_then(parse_wall).map(|at| {
            let minute = u16::try_from(at.hour() * 60 + at.minute()).unwrap_or_default();
            zone.earliest(at.date(), minute)
        });
        match (typed, call_by) {
            (Some(_), None) => notes.add("call_by", Note::Malformed),
            (_, Some(by)) if by <= now => notes.add("call_by", Note::InThePast),
            (_, Some(_)) if phone.is_none() => notes.add("phone", Note::Missing),
            _ => {}
        }
        notes.check()?;
        let (channel, whom) = channel.zip(whom).ok_or(Fault::field("who", Note::NotAChoice))?;
        let (is_urgent, read_back) = (self.is_urgent, self.read_back);
        Ok(Message { channel, whom, caller, phone, words, is_urgent, call_by, read_back })
    }
}

/// The form of an item, as it was sent.
pub struct ItemForm {
    pub kind: String,
    pub who: String,
    pub addressee: Option<String>,
    pub carrier: String,
    pub number: Option<String>,
    pub place: String,
}

/// An item that is taken in.
pub struct TakenIn {
    pub kind: MailKind,
    pub unit: UnitId,
    pub party: Option<PartyId>,
    pub addressee: Option<String>,
    pub carrier: String,
    pub number: Option<String>,
    pub place: String,
}

impl ItemForm {
    /// Reads the form. A registered item has a number.
    pub fn read(self) -> Result<TakenIn, Fault> {
        let mut notes = Notes::default();
        let kind = MailKind::from_tag(&self.kind).filter(|kind| MailKind::SIGNED.contains(kind));
        if kind.is_none() {
            notes.add("kind", Note::NotAChoice);
        }
        let whom = whom(&mut notes, &self.who);
        if matches!(whom, Some(Whom::Colleague(_))) {
            notes.add("who", Note::NotAChoice);
        }
        let addressee = notes.optional("addressee", self.addressee.as_deref(), LONGEST_NAME);
        let carrier = notes.text("carrier", &self.carrier, LONGEST_PLACE);
        let number = notes.optional("number", self.number.as_deref(), LONGEST_NUMBER);
        if kind == Some(MailKind::Registered) && number.is_none() {
            notes.add("number", Note::Missing);
        }
        let place = notes.text("place", &self.place, LONGEST_PLACE);
        notes.check()?;
        match (kind, whom) {
            (Some(kind), Some(Whom::Home(unit, party))) => {
                Ok(TakenIn { kind, unit, party, addressee, carrier, number, place })
            }
            _ => Err(Fault::field("who", Note::NotAChoice)),
        }
    }
}

/// Until when something is kept that came now: the end of the last of so many days, by the estate's wall.
pub fn kept_until(days: u32, zone: &Zone, now: Moment) -> Moment {
    let today = zone.day_of(now);
    zone.earliest(today.checked_add_days(Days::new(u64::from(days) + 1)).unwrap_or(today), 0)
}

/// A count: the day, of what, in or out, how many, and a note, which a correction must have.
pub fn read_count(
    [on, kind, way, pieces]: [&str; 4],
    note: Option<&str>,
    today: NaiveDate,
) -> Result<(NaiveDate, MailKind, Way, i32, Option<String>), Fault> {
    let mut notes = Notes::default();
    let on = on.trim().parse::<NaiveDate>().ok();
    match on {
        None => notes.add("on", Note::Malformed),
        Some(on) if on > today => notes.add("on", Note::NotYet),
        Some(on) if on < today - Days::new(COUNT_DAYS) => notes.add("on", Note::InThePast),
        Some(_) => {}
    }
    let kind = MailKind::from_tag(kind).filter(|kind| MailKind::COUNTED.contains(kind));
    if kind.is_none() {
        notes.add("kind", Note::NotAChoice);
    }
    let way = Way::from_tag(way);
    if way.is_none() {
        notes.add("way", Note::NotAChoice);
    }
    let number =
        pieces.trim().parse::<i32>().ok().filter(|number| *number != 0 && number.unsigned_abs() <= MOST_PIECES);
    if number.is_none() {
        notes.add("pieces", if pieces.trim().is_empty() { Note::Missing } else { Note::Malformed });
    }
    let note = notes.optional("note", note, LONGEST_NOTE);
    if number.is_some_and(|number| number < 0) && note.is_none() {
        notes.add("note", Note::Missing);
    }
    notes.check()?;
    match (on, kind, way, number) {
        (Some(on), Some(kind), Some(way), Some(number)) => Ok((on, kind, way, number, note)),
        _ => Err(Fault::field("on", Note::Malformed)),
    }
}

/// How many of so many letters went out; why, where it was not all of them.
pub fn read_letters_sent(pieces: &str, note: Option<&str>, of: u32) -> Result<(u32, Option<String>), Fault> {
    let mut notes = Notes::default();
    let number = pieces.trim().parse::<u32>().ok().filter(|number| *number <= of);
    if number.is_none() {
        let is_empty = pieces.trim().is_empty();
        notes.add("pieces", if is_empty { Note::Missing } else { Note::NotBetween(0, of) });
    }
    let note = notes.optional("note", note, LONGEST_NOTE);
    if number.is_some_and(|number| number < of) && note.is_none() {
        notes.add("note", Note::Missing);
    }
    notes.check().map(|()| (number.unwrap_or_default(), note))
}

#[cfg(test)]
mod tests {
    use super::{Whom, kept_until, read_count, read_letters_sent, read_whom};
    use crate::estate::Zone;
    use crate::fault::{Fault, Note};
    use crate::ids::{PartyId, StaffId, UnitId};
    use crate::mail::{MailKind, Way};
    use crate::moment::Moment;
    use uuid::Uuid;

    #[test]
    fn something_is_left_for_a_household_one_of_it_or_a_colleague() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(read_whom(&one.to_string()), Some(Whom::Home(UnitId(one), None)));
        assert_eq!(read_whom(&format!("{one}~{two}")), Some(Whom::Home(UnitId(one), Some(PartyId(two)))));
        assert_eq!(read_whom(&format!("person:{two}")), Some(Whom::Colleague(StaffId(two))));
        assert_eq!(read_whom("nobody"), None);
    }

    #[test]
    fn it_is_kept_for_whole_days_on_the_wall() {
        let now: Moment = "2026-11-23T15:59:00Z".parse().expect("an instant");
        let until: Moment = "2026-12-08T16:00:00Z".parse().expect("an instant");
        assert_eq!(kept_until(15, &Zone::of("Asia/Shanghai"), now), until);
    }

    #[test]
    fn a_correction_says_why() {
        let today = "2026-11-23".parse().expect("a day");
        let count = |pieces: &str, note: Option<&str>| read_count(["2026-11-23", "letter", "in", pieces], note, today);
        assert_eq!(count("12", None), Ok((today, MailKind::Letter, Way::In, 12, None)));
        assert_eq!(count("-2", None), Err(Fault::field("note", Note::Missing)));
        assert_eq!(count("0", None), Err(Fault::field("pieces", Note::Malformed)));
        let parcel = read_count(["2026-11-23", "parcel", "in", "1"], None, today);
        assert_eq!(parcel, Err(Fault::field("kind", Note::NotAChoice)), "parcels are registered one by one");
    }

    #[test]
    fn letters_that_stayed_have_a_reason() {
        assert_eq!(read_letters_sent("12", None, 12), Ok((12, None)));
        assert_eq!(read_letters_sent("13", None, 12), Err(Fault::field("pieces", Note::NotBetween(0, 12))));
        assert_eq!(read_letters_sent("11", Some(" "), 12), Err(Fault::field("note", Note::Missing)));
    }
}
