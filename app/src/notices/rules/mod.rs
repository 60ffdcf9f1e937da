//! What may become of a notice, and what its form may say.

#[cfg(feature = "ssr")]
mod form;
mod notice;

pub use notice::*;
