mod board;
mod booking;
mod grid;
mod parts;
mod week;

pub use board::BookPage;
pub use booking::BookingPage;
pub use week::WeekPage;
