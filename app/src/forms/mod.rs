//! Plain forms: what a browser posts when no script runs, and what is kept when such a post is refused.
//! Every page with a form opens it here. Nothing typed may ever stand in a URL or be lost.

mod api;
#[cfg(not(feature = "ssr"))]
mod browser;
mod model;
#[cfg(feature = "ssr")]
mod plain;
#[cfg(feature = "ssr")]
mod reply;
#[cfg(feature = "ssr")]
mod sealed;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
mod store;

pub use api::{OpenForm, open_form};
pub use model::{Fields, Kept, Opened, is_kiosk, is_local};
#[cfg(feature = "ssr")]
pub use plain::{HOLDER, layer};
#[cfg(feature = "ssr")]
pub use reply::{reply_for, reply_of};
#[cfg(feature = "ssr")]
pub use store::sweep;
