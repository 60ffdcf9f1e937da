//! Work orders: what technicians, cleaners, guards and gardeners carry out. One order has one person who
//! answers for it at any time, and never counts as verified without a proof or a stated reason.

mod api;
mod foresight;
mod model;
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod words;

pub use api::*;
pub use foresight::{foresee_sheet, matter_of, order_of, versions_of};
pub use model::*;
pub use rules::{MOVES, check_form};
#[cfg(feature = "ssr")]
pub use serve::{adopt, cards, issue_due, may_be_sent, orphan, routes, tell_due, windows_at_home, windows_of};
#[cfg(feature = "ssr")]
pub(crate) use serve::{drawing, parse_strokes};
pub use views::*;
pub use words::*;
