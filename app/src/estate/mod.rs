//! Places: estates, buildings, floors and stacks, units, common areas, and the departments that look
//! after them. Everybody reads it; a place of one estate must never be named in another's record.

mod model;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
#[cfg(feature = "ssr")]
mod zones;

pub use model::{AreaRef, BuildingRef, DepartmentRef, EstateRef, Names, UnitKind, UnitRef};
pub use views::ReachUs;
#[cfg(feature = "ssr")]
pub use zones::{Zone, instant, is_zone, wall};
