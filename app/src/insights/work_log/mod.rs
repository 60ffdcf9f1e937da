//! The work log (N6): what somebody, or a department, did on a day, read from the record of what happened. It must never
//! say of a matter what its reader would not find on the matter's own page, nor of a colleague whom they do not oversee.

mod model;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
mod store;

pub use model::*;
#[cfg(feature = "ssr")]
pub(super) use serve::log;
