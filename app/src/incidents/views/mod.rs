mod join;
mod list;
mod page;
mod reports;

pub use join::JoinField;
pub use list::IncidentsPage;
pub use page::IncidentPage;
