use super::facility::Facility;
use crate::estate::Names;
use crate::ids::{AccountId, DrawId, EstateId, FacilityId, LotId, UnitId};
use crate::moment::{Moment, Wall};
use crate::people::Home;
use crate::requests::Version;
use serde::{Deserialize, Serialize};

/// How far a draw has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrawStage {
    /// It is told what is drawn, and when.
    Announced,
    /// 报名中
    Open,
    /// 已抽签
    Drawn,
    /// The office called it off, and said why.
    CalledOff,
}

impl DrawStage {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Open => "open",
            Self::Drawn => "drawn",
            Self::CalledOff => "called_off",
        }
    }
}

/// A draw of a facility's peak times, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The draw.
    pub id: DrawId,
    /// Where.
    pub estate: EstateId,
    /// Counts its changes.
    pub version: Version,
    /// How far it has come.
    pub stage: DrawStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// Of what.
    pub facility: FacilityId,
    /// From when
    #[serde(deserialize_with = "crate::moment::read")]
    pub opens_at: Moment,
    /// until when households enter it.
    #[serde(deserialize_with = "crate::moment::read")]
    pub closes_at: Moment,
    /// What is drawn, the earliest first.
    pub windows: Vec<Window>,
    /// SHA-256 of its seed as it is written, in hexadecimal digits: from when it opens on.
    pub seed_hash: Option<String>,
    /// 64 hexadecimal digits: once it is drawn.
    pub seed: Option<String>,
    /// Why the office called it off.
    pub reason: Option<String>,
    /// How many households are in it.
    pub lots: u32,
    /// How many of them have a time by it.
    pub won: u32,
}

impl Draw {
    /// Whether households enter it.
    pub fn is_open(&self, at: Moment) -> bool {
        self.stage == DrawStage::Open && at < self.closes_at
    }

    /// Whether it is to be drawn: nobody enters it any more.
    pub fn is_closed(&self, at: Moment) -> bool {
        self.stage == DrawStage::Open && self.closes_at <= at
    }
}

/// Times that are drawn: from an instant until another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first instant.
    #[serde(deserialize_with = "crate::moment::read")]
    pub starts_at: Moment,
    /// The instant that no longer belongs to it.
    #[serde(deserialize_with = "crate::moment::read")]
    pub ends_at: Moment,
}

/// What became of a household's lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LotStage {
    /// It is in.
    Entered,
    /// They took it back.
    Withdrawn,
    /// 中签
    Won,
    /// 未中签
    Lost,
}

impl LotStage {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Withdrawn => "withdrawn",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

/// What came of a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tried {
    /// They have it.
    Granted,
    /// Others have it.
    Taken,
    /// It cannot be booked any more: it closed, or its terms changed.
    Closed,
    /// The household has as many bookings in that time as it may.
    Quota,
    /// It missed too many lately.
    Missed,
    /// Whoever entered it was not shown around.
    Induction,
    /// Whoever entered it does not live there any more.
    Left,
}

impl Tried {
    /// The value in the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Taken => "taken",
            Self::Closed => "closed",
            Self::Quota => "quota",
            Self::Missed => "missed",
            Self::Induction => "induction",
            Self::Left => "left",
        }
    }
}

/// A household's lot in a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// The lot.
    pub id: LotId,
    /// Where.
    pub estate: EstateId,
    /// In which draw.
    pub draw: DrawId,
    /// Counts its changes.
    pub version: Version,
    /// What became of it.
    pub stage: LotStage,
    /// Since when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub stage_at: Moment,
    /// For which household,
    pub unit: UnitId,
    /// and who entered it last.
    pub account: AccountId,
    /// From when on they would have it, in seconds since 1970: one to three times, the dearest first.
    pub wishes: Vec<i64>,
    /// How many steps long.
    pub steps: u32,
    /// For how many people.
    pub heads: u32,
    /// In which place it was drawn, from 1 on.
    pub place: Option<u32>,
    /// What came of each wish, until one was granted; nothing before it is drawn.
    pub tried: Vec<Tried>,
    /// The code of the booking that was won.
    pub booking: Option<String>,
}

/// A draw in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawCard {
    /// The draw.
    pub draw: Draw,
    /// What the facility is called.
    pub facility: Names,
    /// Its symbol.
    pub icon: String,
    /// In addresses.
    pub slug: String,
}

/// A draw as a household sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawFile {
    /// The draw.
    pub draw: Draw,
    /// The facility, under the terms that hold now.
    pub facility: Facility,
    /// The reader's homes in its estate: each has a lot of its own.
    pub homes: Vec<Home>,
    /// The one whose lot this is.
    pub home: UnitId,
    /// Its lot, where it has one.
    pub lot: Option<Lot>,
    /// The times that can be wished for by whoever wants as few steps as there can be, in seconds since 1970.
    pub starts: Vec<i64>,
    /// The clock to show times by.
    pub wall: Wall,
}

/// The draws of a facility, as the office holds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawsFile {
    /// The facility, under the terms that hold now.
    pub facility: Facility,
    /// The last ones first; at most 20.
    pub draws: Vec<Draw>,
    /// The clock to show times by.
    pub wall: Wall,
}
