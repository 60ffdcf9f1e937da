//! What may become of an activity, and of a household's part in it.

mod activity;
#[cfg(test)]
mod histories;
mod participation;
#[cfg(feature = "ssr")]
mod plan;

pub use activity::*;
pub use participation::*;
