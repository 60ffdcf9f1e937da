mod booking;
mod facility;
mod week;

pub use booking::*;
pub use facility::*;
pub use week::*;
