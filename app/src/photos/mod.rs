//! Photos, wherever they hang. They come in once, are made anew from their pixels (nothing else of the
//! file survives), lie under their content's hash, and go out only to whoever may see their matter.

#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod image;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
pub mod store;
mod views;

#[cfg(feature = "ssr")]
pub use form::{LONGEST_FORM, receive_form};
#[cfg(feature = "ssr")]
pub use image::{Processed, process};
#[cfg(feature = "ssr")]
pub use serve::routes;
#[cfg(feature = "ssr")]
pub use store::{PhotoStore, sweep};
pub use views::*;
