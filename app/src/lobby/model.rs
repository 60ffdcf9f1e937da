use crate::estate::{EstateRef, UnitRef};
use crate::moment::Wall;
use crate::requests::{Promise, Stage};
use crate::screens::Place;
use crate::services::Item;
use serde::{Deserialize, Serialize};

/// The digits of a PIN.
pub const PIN_LENGTH: u32 = 6;
/// The longest words of a report at a screen, in characters.
pub const LONGEST_HERE: u32 = 200;
/// The longest words that go over to a phone: a QR code of more is hard to read.
pub const LONGEST_CARRIED: usize = 120;
/// The longest name and phone of whoever may be asked.
pub const LONGEST_CONTACT: u32 = 60;

/// What can be reported at a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problems {
    /// Where it stands.
    pub place: Place,
    /// The problems that places in common can have: dangers first, then those that only they have.
    pub items: Vec<Item>,
}

/// One problem's form at a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemForm {
    /// Where the screen stands.
    pub place: Place,
    /// The problem.
    pub item: Item,
    /// Whom to call.
    pub estate: EstateRef,
    /// The way to go on on a phone, as an SVG: place and problem, and nothing that was typed.
    pub qr: String,
}

/// How a matter stands: all that a screen, or a stranger's phone, is ever told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatterState {
    /// Its state, without the reason that was told to its reporter.
    pub stage: Stage,
    /// What was promised.
    pub promise: Option<Promise>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What a report at a screen became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSlip {
    /// Its code.
    pub code: String,
    /// Its PIN; only in the first answer.
    pub pin: Option<String>,
    /// The address where a phone asks for the PIN, as an SVG.
    pub qr: String,
    /// How it stands.
    pub state: MatterState,
}

impl ReportSlip {
    /// What a second answer says.
    pub fn without_pin(&self) -> Self {
        Self { pin: None, ..self.clone() }
    }
}

/// A household's PIN that the office made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedPin {
    /// Of which unit.
    pub unit: UnitRef,
    /// The PIN; only in the first answer.
    pub pin: Option<String>,
}

impl IssuedPin {
    /// What a second answer says.
    pub fn without_pin(&self) -> Self {
        Self { pin: None, ..self.clone() }
    }
}
