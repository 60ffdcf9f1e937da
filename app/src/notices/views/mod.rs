mod board;
mod desk;
mod entry;
mod fields;
mod parts;

pub use board::NoticesPage;
pub use desk::NoticeDeskPage;
