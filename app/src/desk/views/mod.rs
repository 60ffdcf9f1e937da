mod callers;
mod contacts;
mod counter;
mod desk;
mod extras;
mod intake;
mod phrases;
mod wall;
mod wall_card;

pub use contacts::ContactsPage;
pub use desk::DeskPage;
pub use wall::WallPage;
