use super::{Card, Entry, PreferredTime, Rating, Version};
use crate::ids::{EstateId, PhotoId};
use crate::moment::Wall;
use crate::work::Windows;
use serde::{Deserialize, Serialize};

/// All that a resident sees of one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Track {
    /// The matter in short.
    pub card: Card,
    /// The version that this page shows.
    pub version: Version,
    /// The full words.
    pub words: String,
    /// Photos of the report.
    pub photos: Vec<PhotoId>,
    /// When somebody may come.
    pub times: Vec<PreferredTime>,
    /// The times that were offered, and the appointment.
    pub windows: Windows,
    /// Everything public that happened.
    pub timeline: Vec<Entry>,
    /// How it was rated.
    pub rating: Option<Rating>,
    /// What the reader may do now.
    pub moves: Vec<ResidentMove>,
    /// The estate, for photos and phones.
    pub estate: EstateId,
    /// The clock to show times by.
    pub wall: Wall,
}

/// What a resident may do with a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResidentMove {
    /// It is fixed.
    Confirm,
    /// It is not.
    Dispute,
    /// Say how it went.
    Rate,
    /// Withdraw it.
    Cancel,
    /// Add a word.
    Comment,
}
