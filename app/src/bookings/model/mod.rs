mod booking;
mod care;
mod diary;
mod facility;
mod find;
mod series;
mod waiting;
mod week;

pub use booking::*;
pub use care::*;
pub use diary::*;
pub use facility::*;
pub use find::*;
pub use series::*;
pub use waiting::*;
pub use week::*;
