mod board;
mod desk;
mod entry;
mod fields;
mod parts;
mod posted;

pub use board::NoticesPage;
pub use desk::NoticeDeskPage;
pub use posted::PostedPage;
