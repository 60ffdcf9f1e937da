//! The nouns of policy that may cross the wire: what a version says, and what a clock reckoned by it.

mod calendar;
mod clocks;
mod deadline;
mod terms;

pub use calendar::*;
pub use clocks::*;
pub use deadline::*;
pub use terms::*;
