//! Who is who: accounts, sessions, invitations, staff and their roles, keys of programs. Every other room asks here for
//! proof (`Resident`, `Staff`) before it looks anything up. A password, a code or a token must never be
//! stored or logged as it is, and whether an account exists must never show.

mod api;
#[cfg(feature = "ssr")]
mod limits;
mod model;
#[cfg(feature = "ssr")]
mod passwords;
mod rules;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
mod session;
#[cfg(feature = "ssr")]
pub mod store;
mod views;
mod words;

pub use api::*;
#[cfg(feature = "ssr")]
pub use limits::{Limit, allow};
pub use model::*;
#[cfg(feature = "ssr")]
pub use passwords::{hash as hash_password, verify as verify_password};
pub use rules::{Power, Reach, Scope};
#[cfg(feature = "ssr")]
pub use serve::{address, end_here, manners, origin, program, qr};
#[cfg(feature = "ssr")]
pub use session::{
    DEVICE, cookie, device_cookie, gone, hash as hash_token, layer, manners_of, new_token, set_cookie, sweep,
};
pub use views::*;
pub use words::{lapse_word, occupancy_word, role_word};
