mod board;
mod booking;
mod diary;
mod entry;
mod grid;
mod parts;
mod week;

pub use board::BookPage;
pub use booking::BookingPage;
pub use diary::DiaryPage;
pub use entry::EntryPage;
pub use week::WeekPage;
