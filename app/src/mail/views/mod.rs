mod day;
mod desk;
mod letters;
mod own;
mod shelf;
mod take;

pub use desk::MailDeskPage;
pub use own::OwnMailPage;
