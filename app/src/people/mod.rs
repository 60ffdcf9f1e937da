//! Who is who: accounts, sessions, invitations, staff and their roles. Every other room asks here for
//! proof (`Resident`, `Staff`) before it looks anything up. A password, a code or a token must never be
//! stored or logged as it is, and whether an account exists must never show.

mod api;
mod model;
mod rules;
mod views;
mod words;
#[cfg(feature = "ssr")]
mod limits;
#[cfg(feature = "ssr")]
mod passwords;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
mod session;
#[cfg(feature = "ssr")]
pub mod store;

pub use api::*;
pub use model::*;
pub use rules::{Power, Reach, Scope};
pub use views::*;
pub use words::{occupancy_word, role_word};
#[cfg(feature = "ssr")]
pub use limits::{Limit, allow};
#[cfg(feature = "ssr")]
pub use passwords::hash as hash_password;
#[cfg(feature = "ssr")]
pub use session::{cookie, layer, manners_of, sweep};
