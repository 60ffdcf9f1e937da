//! What is counted, for whoever looks at the whole: supervisors, managers, headquarters. Counts must never make a
//! write wait, never scan what they count, and always equal a recount; nobody reads figures of what they do not see.

mod api;
mod model;
mod period;
mod rows;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod work_log;

pub use api::*;
pub use model::*;
pub use period::*;
pub use rows::*;
pub use views::*;
pub use work_log::*;
