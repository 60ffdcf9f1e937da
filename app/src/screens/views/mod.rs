mod board;
mod enrol;
mod office;
mod office_row;
mod regularly;
mod watch;

pub use board::KioskPage;
pub use office::ScreensPage;
pub use watch::Watch;
