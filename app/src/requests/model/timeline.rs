use super::Happening;
use crate::estate::Names;
use crate::ids::PhotoId;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// One line of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub at: Moment,
    /// When it was done on a device without signal, where that was a while before it arrived; for staff only.
    #[serde(default, deserialize_with = "crate::moment::read_option", skip_serializing_if = "Option::is_none")]
    pub done_at: Option<Moment>,
    /// Who did it.
    pub by: By,
    /// What happened.
    pub happening: Happening,
    /// Whether the resident sees it too.
    pub is_public: bool,
    /// Photos that came with it.
    pub photos: Vec<PhotoId>,
}

/// Who did something, as the reader may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// The reader.
    You,
    /// The resident who reported it, or one of the same home.
    Resident(Option<String>),
    /// Somebody of the office: a department, and a name as far as the reader may know it.
    Staff {
        /// Their department.
        department: Names,
        /// Full for staff, first name for residents.
        name: String,
    },
    /// Nobody: the product itself.
    Clockwork,
}
