//! Where photos are shown and picked.

mod grid;
mod picker;
mod upload;

pub use grid::PhotoGrid;
pub use picker::PhotoPicker;
