mod board;
mod desk;
mod entry;
mod entry_moves;
mod one;
mod parts;
mod plan;

pub use board::ActivitiesPage;
pub use desk::ActivityDeskPage;
