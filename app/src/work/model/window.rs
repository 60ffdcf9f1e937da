use crate::ids::WindowId;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// The most windows that are offered at once.
pub const MOST_WINDOWS: usize = 12;

/// A time in which somebody may come, as the office offers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The window.
    pub id: WindowId,
    /// Its beginning.
    #[serde(deserialize_with = "crate::moment::read")]
    pub from: Moment,
    /// Its end.
    #[serde(deserialize_with = "crate::moment::read")]
    pub until: Moment,
    /// Whether it is the appointment.
    pub is_picked: bool,
}

/// The windows of a matter that still stand, and what the reader may do with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Windows {
    /// In the order in which they come; those that have passed are left out, but for the appointment.
    pub all: Vec<Window>,
    /// Whether the reader may pick one now.
    pub may_pick: bool,
    /// Whether the reader may offer and withdraw.
    pub may_offer: bool,
}

impl Windows {
    /// The one that was picked.
    pub fn appointment(&self) -> Option<&Window> {
        self.all.iter().find(|window| window.is_picked)
    }
}
