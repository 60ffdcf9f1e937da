//! Where photos are shown and picked.

mod grid;
mod picked;
mod picker;
mod upload;

pub use grid::PhotoGrid;
pub use picker::PhotoPicker;
pub use upload::{photo_of, send_photo, smaller_photo};
