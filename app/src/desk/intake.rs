//! What the form says, checked as far as can be done without the database: by the server, and by browsers before it waits
//! for a network.

use super::model::{ContactKind, TransferTo};
use crate::fault::{Fault, Note, Notes};
use crate::forms::Fields;
use crate::ids::{PartyId, UnitId};
use crate::moment::parse_wall;
use crate::requests::{Channel, LONGEST_REASON, LONGEST_WORDS, Report};
use crate::services::Urgency;
use chrono::NaiveDateTime;

/// The intake form's fields, as they were sent.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub channel: String,
    pub kind: String,
    pub urgency: Option<String>,
    pub who: Option<String>,
    pub caller: Option<String>,
    pub phone: Option<String>,
    pub words: String,
    pub read_back: bool,
    pub rings_late: bool,
    pub outcome: String,
    pub answer: Option<String>,
    pub reply_by: Option<String>,
    pub item: Option<String>,
    pub place: Option<String>,
    pub to: Option<String>,
    pub note: Option<String>,
    pub photos: Vec<String>,
}

impl Typed {
    /// Of a form that has not been sent.
    pub fn of(fields: &Fields) -> Self {
        let get = |name: &str| fields.get(name).map(str::to_owned);
        let is = |name: &str| fields.get(name) == Some("true");
        Self {
            channel: get("channel").unwrap_or_default(),
            kind: get("kind").unwrap_or_default(),
            urgency: get("urgency"),
            who: get("who"),
            caller: get("caller"),
            phone: get("phone"),
            words: get("words").unwrap_or_default(),
            read_back: is("read_back"),
            rings_late: is("rings_late"),
            outcome: get("outcome").unwrap_or_default(),
            answer: get("answer"),
            reply_by: get("reply_by"),
            item: get("item"),
            place: get("place"),
            to: get("to"),
            note: get("note"),
            photos: fields.all("photos[]").into_iter().map(str::to_owned).collect(),
        }
    }
}

/// A contact as its form states it, checked as far as can be done without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// By which way it came.
    pub channel: Channel,
    /// What it is.
    pub kind: ContactKind,
    /// How pressing.
    pub urgency: Urgency,
    /// From which unit.
    pub unit: Option<UnitId>,
    /// From whom, where they are known here.
    pub party: Option<PartyId>,
    /// The caller's name.
    pub caller: Option<String>,
    /// Their number.
    pub phone: Option<String>,
    /// What they want.
    pub words: String,
    /// Whether it was read back.
    pub read_back: bool,
    /// Answered after more than three rings.
    pub rings_late: bool,
    /// What was done about it.
    pub outcome: Outcome,
}

/// What was done about a contact while it was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Solved: what was said.
    Answered(String),
    /// Explained, and a reply promised by a time on the estate's clock.
    Promised(Option<String>, NaiveDateTime),
    /// It becomes a request.
    Request(Report),
    /// Offered to somebody else.
    Offered(TransferTo, Option<String>),
}

impl Intake {
    /// Reads the form's fields. Only those that its outcome needs are looked at.
    pub fn parse(typed: &Typed) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let channel = Channel::from_tag(&typed.channel);
        if channel.is_none() {
            notes.add("channel", Note::NotAChoice);
        }
        let kind = ContactKind::from_tag(&typed.kind);
        if kind.is_none() {
            notes.add("kind", Note::NotAChoice);
        }
        let urgency = Urgency::from_tag(typed.urgency.as_deref().unwrap_or("normal"));
        if urgency.is_none() {
            notes.add("urgency", Note::NotAChoice);
        }
        let (unit, party) = who(typed.who.as_deref()).unwrap_or_else(|| {
            notes.add("who", Note::NotAChoice);
            (None, None)
        });
        let caller = notes.optional("caller", typed.caller.as_deref(), 120);
        let phone = notes.optional("phone", typed.phone.as_deref(), 40);
        let words = notes.text("words", &typed.words, LONGEST_WORDS);
        let outcome = outcome(&mut notes, typed, unit, &words);
        // What another office asks for becomes a request, and leaves evidence (B11).
        if channel == Some(Channel::Branch) {
            match typed.outcome.as_str() {
                "request" if typed.photos.is_empty() => notes.add("photos", Note::Missing),
                "answered" | "promised" | "offered" => notes.add("outcome", Note::NotAChoice),
                _ => {}
            }
        }
        notes.check()?;
        match (channel, kind, urgency, outcome) {
            (Some(channel), Some(kind), Some(urgency), Some(outcome)) => Ok(Self {
                channel,
                kind,
                urgency,
                unit,
                party,
                caller,
                phone,
                words,
                read_back: typed.read_back,
                rings_late: typed.rings_late,
                outcome,
            }),
            _ => Err(Fault::field("outcome", Note::NotAChoice)),
        }
    }
}

/// `<unit>` or `<unit>~<party>`; nothing is nobody.
fn who(value: Option<&str>) -> Option<(Option<UnitId>, Option<PartyId>)> {
    match value.map(str::trim).filter(|value| !value.is_empty()) {
        None => Some((None, None)),
        Some(value) => match value.split_once('~') {
            Some((unit, party)) => Some((Some(unit.parse().ok()?), Some(party.parse().ok()?))),
            None => Some((Some(value.parse().ok()?), None)),
        },
    }
}

fn outcome(notes: &mut Notes, typed: &Typed, unit: Option<UnitId>, words: &str) -> Option<Outcome> {
    match typed.outcome.as_str() {
        "answered" => {
            let answer = notes.text("answer", typed.answer.as_deref().unwrap_or_default(), LONGEST_WORDS);
            Some(Outcome::Answered(answer))
        }
        "promised" => {
            let answer = notes.optional("answer", typed.answer.as_deref(), LONGEST_WORDS);
            let by = reply_by(notes, typed.reply_by.as_deref().unwrap_or_default())?;
            Some(Outcome::Promised(answer, by))
        }
        "request" => {
            let home = unit.map(|unit| format!("unit:{unit}")).unwrap_or_default();
            let place = typed.place.as_deref().map(str::trim).filter(|place| !place.is_empty()).unwrap_or(&home);
            // The words were looked at already.
            let spoken = if words.is_empty() { "-" } else { words };
            match Report::parse(typed.item.as_deref().unwrap_or_default(), place, None, spoken, &typed.photos, &[]) {
                Ok(report) => Some(Outcome::Request(report)),
                Err(Fault::Invalid(wrong)) => {
                    wrong.into_iter().for_each(|note| notes.add(&note.field, note.note));
                    None
                }
                Err(_) => None,
            }
        }
        "offered" => {
            let to = transfer_to(typed.to.as_deref().unwrap_or_default());
            if to.is_none() {
                notes.add("to", Note::NotAChoice);
            }
            let note = notes.optional("note", typed.note.as_deref(), LONGEST_REASON);
            to.map(|to| Outcome::Offered(to, note))
        }
        _ => {
            notes.add("outcome", Note::NotAChoice);
            None
        }
    }
}

/// A time on the estate's clock, as a form carries it.
pub fn reply_by(notes: &mut Notes, typed: &str) -> Option<NaiveDateTime> {
    let by = parse_wall(typed);
    if by.is_none() {
        notes.add("reply_by", if typed.trim().is_empty() { Note::Missing } else { Note::Malformed });
    }
    by
}

/// `person:<staff>` or `team:<department>`.
pub fn transfer_to(value: &str) -> Option<TransferTo> {
    match value.split_once(':')? {
        ("person", id) => id.parse().ok().map(TransferTo::Person),
        ("team", id) => id.parse().ok().map(TransferTo::Department),
        _ => None,
    }
}
