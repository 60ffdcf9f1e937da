//! Parts that know no room: forms, icons, dialogs, pickers. A room's word must never stand in here.

mod changing;
mod choices;
mod fault;
mod field;
mod fresh;
mod grouped;
mod icon;
mod opened;
mod post;
mod rating;
mod shortcuts;
mod signature;
mod tel;
mod wall_clock;

pub use changing::{awaited, changing};
pub use choices::{Checkbox, Choice, Choices, Radios, Select};
pub use fault::{FaultPage, SetStatus, fault_text, note_text};
pub use field::{Field, Hidden, form_state};
pub use fresh::{fresh, watch};
pub use grouped::{ChoiceGroup, GroupedSelect};
pub use icon::icon;
pub use opened::opened;
pub use post::{FormState, Post, random_key};
pub use rating::Stars;
pub use shortcuts::{remember_shortcuts, shortcuts};
pub use signature::SignaturePad;
pub use tel::tel;
pub use wall_clock::{WallClock, ticking};
