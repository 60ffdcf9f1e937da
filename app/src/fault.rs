//! The one error that crosses the wire. It never carries what a person typed, nor anything internal.

mod clash;
mod refusal;

pub use clash::{Clash, Obstacle};
pub use refusal::Refusal;

use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use std::fmt;

/// Why a call had no effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// No session, or one that has ended.
    SignedOut,
    /// Visible to the caller, but not theirs to change.
    NotAllowed,
    /// Does not exist, or not within the caller's scope: the two look the same.
    NotFound,
    /// Someone else moved it first.
    Stale,
    /// The rules forbid it now.
    Refused(Refusal),
    /// Somebody else was faster.
    Taken {
        /// When else it can be had, the nearest first: at most three times, in seconds since 1970.
        instead: Vec<i64>,
        /// When it was wanted: that can be waited for. An older server does not say it.
        #[serde(default)]
        wanted: Option<i64>,
    },
    /// Of several times that were wanted together some cannot be had.
    Clash {
        /// Which, the earliest first.
        times: Vec<Clash>,
    },
    /// Fields that need another look.
    Invalid(Vec<FieldNote>),
    /// The key of this form was already used for something else.
    KeyReused,
    /// The same form, sent before, is still at work: its answer may be had in a moment.
    StillRunning,
    /// Others wrote to the same at the same moment and went first, each time that it was tried: nothing is wrong with it, and
    /// it may be sent again.
    Contended,
    /// Too many tries; worth another after that many seconds.
    TooMany {
        /// Seconds until the next try may succeed.
        wait: u32,
    },
    /// The server could not be reached.
    Offline,
    /// Our fault. The reference finds it in the log.
    Broken {
        /// Short, random, and only in the log beside the cause.
        reference: String,
    },
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNote {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong with it.
    pub note: Note,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Note {
    /// Nothing was given.
    Missing,
    /// Longer than the limit, in characters.
    TooLong(u32),
    /// Shorter than the least, in characters.
    TooShort(u32),
    /// Not one of the choices.
    NotAChoice,
    /// A number that units in several buildings have, where no building is chosen.
    InManyBuildings,
    /// Does not exist, or not within the caller's scope: the two look the same.
    NotYours,
    /// Not a value of the kind that the field takes.
    Malformed,
    /// Lies in the past.
    InThePast,
    /// A day that has not come yet.
    NotYet,
    /// A last day before the first.
    BeforeTheFirst,
    /// More than so many.
    TooMany(u32),
    /// No whole number from the first to the second.
    NotBetween(u32, u32),
    /// Not behind what stands before it.
    NotInOrder,
    /// A day that stands in the list already.
    DayTaken,
    /// Days of office hours: no such day is as long as another.
    NoOfficeDays,
    /// Begins in fewer than so many minutes.
    TooSoon(u32),
    /// Further ahead than can be chosen.
    TooFarAhead,
    /// Cannot be booked yet when its draw closes.
    NotBookable,
    /// A time at which nobody is there to do it.
    NotOpen,
    /// A time in which the household has as many bookings as it may.
    QuotaUsed,
    /// A time that is given away by lot, and that nobody books until it is drawn.
    IsDrawn,
    /// Before the beginning of a version that was published already.
    BeforeTheLast,
    /// The code is not known, was used, or has expired; which of these is not told.
    BadCode,
    /// The name or the password is wrong; which of these is not told.
    BadSignIn,
    /// The code is not known, the PIN is wrong, or both were tried too often; which of these is not told.
    BadPin,
    /// A PIN that is easy to guess.
    WeakPin,
    /// The present password is wrong.
    WrongPassword,
    /// Easy to guess.
    WeakPassword,
    /// Somebody has this sign-in name.
    Taken,
    /// Not an image that can be read.
    NotAnImage,
    /// An image of more megapixels than the limit.
    TooManyPixels(u32),
    /// A file of more megabytes than the limit.
    TooHeavy(u32),
    /// Not somebody's photo to attach.
    NotYourPhoto,
    /// Photos that came with a form which could not keep them.
    ChooseAgain,
}

impl Fault {
    /// One field is wrong.
    pub fn field(field: &str, note: Note) -> Self {
        Fault::Invalid(vec![FieldNote { field: field.to_owned(), note }])
    }

    /// What is wrong with one field.
    pub fn note(&self, field: &str) -> Option<Note> {
        match self {
            Fault::Invalid(notes) => notes.iter().find(|note| note.field == field).map(|note| note.note),
            _ => None,
        }
    }

    /// What cannot be found because of one field stands beside that, and tells no more.
    pub fn beside(self, field: &str) -> Self {
        if self == Fault::NotFound { Fault::field(field, Note::NotYours) } else { self }
    }

    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Fault::SignedOut => 401,
            Fault::NotAllowed => 403,
            Fault::NotFound => 404,
            Fault::Stale
            | Fault::Refused(_)
            | Fault::Taken { .. }
            | Fault::Clash { .. }
            | Fault::StillRunning
            | Fault::Contended => 409,
            Fault::Invalid(_) | Fault::KeyReused => 422,
            Fault::TooMany { .. } => 429,
            Fault::Offline => 503,
            Fault::Broken { .. } => 500,
        }
    }

    /// After how many seconds the same may be sent again, where it was not refused but came at the wrong moment.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Fault::StillRunning | Fault::Contended => Some(1),
            Fault::TooMany { wait } => Some(*wait),
            _ => None,
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(refusal)
    }
}

/// Field notes, gathered before a draft is refused whole.
#[derive(Debug, Default)]
pub struct Notes(Vec<FieldNote>);

impl Notes {
    /// Adds a note to a field.
    pub fn add(&mut self, field: &str, note: Note) {
        self.0.push(FieldNote { field: field.to_owned(), note });
    }

    /// Cleans a required text and holds it to its longest length, in characters.
    pub fn text(&mut self, field: &str, value: &str, longest: u32) -> String {
        let value = clean(value);
        if value.is_empty() {
            self.add(field, Note::Missing);
        } else if value.chars().count() > longest as usize {
            self.add(field, Note::TooLong(longest));
        }
        value
    }

    /// The same for a text that may be absent.
    pub fn optional(&mut self, field: &str, value: Option<&str>, longest: u32) -> Option<String> {
        let value = value.map(clean).filter(|value| !value.is_empty())?;
        Some(self.text(field, &value, longest))
    }

    /// Takes over what is wrong with a part, or its value; any other fault stands for the whole.
    pub fn gather<T>(&mut self, part: Result<T, Fault>) -> Result<Option<T>, Fault> {
        match part {
            Err(Fault::Invalid(notes)) => {
                self.0.extend(notes);
                Ok(None)
            }
            part => part.map(Some),
        }
    }

    /// `Ok` where nothing was noted.
    pub fn check(self) -> Result<(), Fault> {
        if self.0.is_empty() { Ok(()) } else { Err(Fault::Invalid(self.0)) }
    }
}

/// A text as it is counted and stored: trimmed, with line ends of one kind (browsers send two characters), and
/// without other control characters, some of which Postgres cannot hold.
pub fn clean(text: &str) -> String {
    let text: String =
        text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    text.trim().to_owned()
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Fault {}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Fault::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Fault::field("", Note::Malformed),
            _ => Fault::Broken { reference: String::new() },
        }
    }
}

#[cfg(test)]
mod tests;
