mod address;
mod alert;
mod behind;
mod dashboard;
mod log;
mod log_address;
mod rows;
mod sheet;
mod tables;
mod tiles;
mod weeks;

pub use alert::{FEW, Measured, below};
pub use dashboard::DashboardPage;
pub use log::LogPage;
pub use rows::RowsPage;
