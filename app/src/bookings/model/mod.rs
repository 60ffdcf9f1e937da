mod booking;
mod diary;
mod facility;
mod week;

pub use booking::*;
pub use diary::*;
pub use facility::*;
pub use week::*;
