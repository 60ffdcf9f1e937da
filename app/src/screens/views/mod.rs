mod board;
mod enrol;
mod office;
mod office_row;
mod regularly;

pub use board::KioskPage;
pub use office::ScreensPage;
