use crate::ids::WaterReadingId;
use crate::moment::Moment;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is read of a pool's water.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 游离性余氯, in hundredths of mg/L
    Chlorine,
    /// pH值, in hundredths
    Ph,
    /// 浑浊度, in hundredths of NTU
    Turbidity,
    /// 水温, in tenths of °C
    Temperature,
}

impl Measure {
    /// All, in the order of the log.
    pub const ALL: [Measure; 4] = [Measure::Chlorine, Measure::Ph, Measure::Turbidity, Measure::Temperature];

    /// The field's name in forms.
    pub fn tag(self) -> &'static str {
        match self {
            Measure::Chlorine => "chlorine",
            Measure::Ph => "ph",
            Measure::Turbidity => "turbidity",
            Measure::Temperature => "temperature",
        }
    }
}

/// What somebody read of a facility's water (K4). It stands; a wrong one is corrected by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaterReading {
    /// The reading.
    pub id: WaterReadingId,
    /// When it was read.
    #[serde(deserialize_with = "crate::moment::read")]
    pub read_at: Moment,
    /// Free residual chlorine, in hundredths of mg/L.
    pub chlorine: i32,
    /// pH, in hundredths.
    pub ph: i32,
    /// Turbidity, in hundredths of NTU.
    pub turbidity: i32,
    /// Temperature, in tenths of °C.
    pub temperature: i32,
    /// How many people swam.
    pub heads: i32,
    /// What is to be said of it.
    pub note: Option<String>,
    /// Who read it; empty for residents.
    pub by: String,
    /// When it was written down.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
    /// Whether another corrects it.
    pub is_corrected: bool,
}

/// The water log of a facility, as the office keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaterLog {
    /// Whether it is kept now.
    pub is_kept: bool,
    /// What was read, the latest first; at most 60.
    pub readings: Vec<WaterReading>,
    /// The days of the last thirty on which nothing was read, the latest first, but for those on which it was closed.
    pub missing: Vec<NaiveDate>,
}
