//! Follow-ups: some of the requests that ended are drawn, and their residents asked again how it went. The desk and
//! other departments' supervisors and heads use it, headquarters read it. Whoever had a hand in a matter must never ask
//! about it, nobody may foresee who is drawn, and the department that did it must always hear the answer.

mod api;
#[cfg(feature = "ssr")]
mod draw;
mod model;
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod words;

pub use api::*;
#[cfg(feature = "ssr")]
pub use draw::{is_drawn, month_of};
pub use model::*;
pub use rules::{MOVES, TRIES, may_read, rate};
#[cfg(feature = "ssr")]
pub use serve::draw;
pub use views::*;
pub use words::*;
