//! The rows behind a figure, for whoever reads the figure: as many as it says, page by page. What somebody does not see
//! must never be told by a row, though it counts.

mod model;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
mod store;

pub use model::*;
#[cfg(feature = "ssr")]
pub(super) use serve::rows;
