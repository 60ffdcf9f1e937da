use crate::asking::Reply;
use crate::fault::Fault;
use crate::forms::Fields;
use serde::{Deserialize, Serialize};

/// For so long the server knows a key, in milliseconds; an hour less than it says.
const KEPT_FOR: i64 = 71 * 3_600_000;

/// A clock that was set right by no more than that, in milliseconds, tells how long ago something was all the same: the
/// hour that is left of what the server says.
const SET_RIGHT: i64 = 3_600_000;

/// Begins what stands in a form's `photos[]` for a photo that has not arrived.
const STAND_IN: char = '@';

/// A form in the outbox: sent on this device, and not answered by the server yet. What an earlier build put there is read
/// by every later one: a field that is added has a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the outbox.
    pub place: u32,
    /// The key under which it has one effect, however often it is sent.
    pub key: String,
    /// The path of the server function.
    pub to: String,
    /// Its fields.
    pub fields: Fields,
    /// What it is about.
    #[serde(default)]
    pub matter: String,
    /// The account of whoever made it.
    pub person: String,
    /// When, by the device's own clock: milliseconds since 1970.
    #[serde(default)]
    pub made_at: i64,
    /// The photos that go with it.
    #[serde(default)]
    pub photos: Vec<PhotoFile>,
    /// When it was sent first, by the same clock; 0 until then.
    #[serde(default)]
    pub sent_at: i64,
    /// Whether its photos were sent once more, for the server had given them up.
    #[serde(default)]
    pub is_resent: bool,
    /// How often it was sent in vain.
    #[serde(default)]
    pub tries: u32,
    /// Why it is still here: the fault that came back, as JSON; empty where nothing did, or it was never sent.
    #[serde(default)]
    pub fault: String,
    /// Whether the server refused it. Somebody decides what becomes of it, and what was made after it about the same
    /// waits.
    #[serde(default)]
    pub is_refused: bool,
}

/// A photo that goes with an entry; its bytes lie beside it on the device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoFile {
    /// The key under which it arrives once.
    pub key: String,
    /// Whose photo: the estate.
    pub estate: String,
    /// How many bytes.
    pub size: i64,
    /// The id that the server gave it: it is never sent again. Empty until then.
    pub arrived: String,
}

/// A form about to go into the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The path of the server function: `Accept::PATH`.
    pub to: &'static str,
    /// Its fields, urlencoded. The field `key` is the key under which it has one effect.
    pub body: String,
    /// What it is about: entries about the same are sent in the order in which they were made. With a colon at its end it
    /// is the kind of what is new and stands for itself: `report:`.
    pub matter: String,
}

/// What became of a form that may wait.
#[derive(Clone, Debug)]
pub enum Sent {
    /// The server answered.
    Answered(Reply),
    /// The server refused it. It stands in the outbox until whoever still has its form open takes it back from there.
    Refused(Reply, u32),
    /// It is in the outbox.
    Kept,
}

impl PhotoFile {
    /// A photo that has not arrived, by what stands in a form for it: `@`, the estate, `/`, the key of its file.
    pub fn from_stand_in(value: &str) -> Option<Self> {
        let (estate, key) = value.strip_prefix(STAND_IN)?.split_once('/')?;
        Some(Self { key: key.to_owned(), estate: estate.to_owned(), size: 0, arrived: String::new() })
    }

    /// What stands in a form for it.
    pub fn stand_in(&self) -> String {
        format!("{STAND_IN}{}/{}", self.estate, self.key)
    }
}

impl Entry {
    /// How many bytes are still to be sent, the photos' above all.
    pub fn size(&self) -> i64 {
        let words: usize = self.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
        let photos: i64 = self.photos.iter().filter(|photo| photo.arrived.is_empty()).map(|photo| photo.size).sum();
        photos.saturating_add(i64::try_from(words).unwrap_or(i64::MAX))
    }

    /// Why it is still here, where the server said so.
    pub fn why(&self) -> Option<Fault> {
        if self.fault.is_empty() { None } else { Reply::fault(&self.fault).json().err() }
    }

    /// What somebody wrote in it, for a line in a list.
    pub fn said(&self) -> String {
        let told = [
            "words",
            "answer",
            "reply_by",
            "note",
            "reason",
            "no_proof_reason",
            "name",
            "quantity",
            "unit",
            "result",
            "remark",
            "hours",
            "minutes",
            "signer",
            "caller",
            "phone",
        ];
        let said = told.into_iter().filter_map(|name| self.fields.get(name)).filter(|value| !value.is_empty());
        said.collect::<Vec<_>>().join(", ")
    }

    /// The version on which it was decided, where it was decided on one.
    pub fn seen(&self) -> Option<i32> {
        self.fields.get("seen")?.parse().ok()
    }

    /// Whether nobody can tell any more if it has had its effect: it may have had when it was sent first, the server has
    /// forgotten the key since, and no version keeps it from having another one.
    pub fn is_doubtful(&self, now: i64) -> bool {
        // A clock that was set back by more tells nothing.
        let since = now - self.sent_at;
        self.sent_at > 0 && self.seen().is_none() && !(-SET_RIGHT..=KEPT_FOR).contains(&since)
    }

    /// A photo has arrived, and is never sent again.
    pub fn arrive(&mut self, key: &str, id: &str) {
        self.photos.iter_mut().filter(|photo| photo.key == key).for_each(|photo| id.clone_into(&mut photo.arrived));
    }

    /// Its fields as they are sent: photos by the ids under which they arrived.
    pub fn to_send(&self) -> Fields {
        let named = |value: &str| {
            let photo = self.photos.iter().find(|photo| photo.stand_in() == value)?;
            Some(photo.arrived.clone())
        };
        Fields(
            self.fields
                .iter()
                .map(|(name, value)| (name.to_owned(), named(value).unwrap_or_else(|| value.to_owned())))
                .collect(),
        )
    }
}
