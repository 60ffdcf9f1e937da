//! Service requests: what residents report, what they are told, and what becomes of it. Residents,
//! the desk and the trades all live here. A request must never be without one accountable person while
//! it is open, never move off its table, and an internal note must never reach a resident.

mod api;
mod clock;
mod code;
#[cfg(feature = "ssr")]
mod courses;
#[cfg(test)]
mod histories;
#[cfg(feature = "ssr")]
mod ledger;
mod model;
mod offers;
mod rules;
mod satisfaction;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod words;

pub use api::*;
pub use code::{code, parse as parse_code};
#[cfg(feature = "ssr")]
pub use courses::Step;
#[cfg(feature = "ssr")]
pub use ledger::Outcome;
pub use model::*;
pub use rules::{MOVES, Received};
pub use satisfaction::*;
#[cfg(feature = "ssr")]
pub use serve::{
    Sender, answer_by, attempt_days, clocks_of, export_routes, keep, photo_ids, receive, record_of, report_photos,
    tell, tell_due, tell_of_itself,
};
#[cfg(feature = "ssr")]
pub use store::OpenCourse;
pub use views::*;
pub use words::*;
