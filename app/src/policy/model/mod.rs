//! The nouns of policy that may cross the wire: what a version says, what a clock reckoned by it, and what its pages
//! show.

mod book;
mod calendar;
mod clocks;
mod deadline;
mod terms;

pub use book::*;
pub use calendar::*;
pub use clocks::*;
pub use deadline::*;
pub use terms::*;
