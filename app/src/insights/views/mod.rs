mod address;
mod alert;
mod behind;
mod dashboard;
mod rows;
mod tables;
mod tiles;
mod weeks;

pub use dashboard::DashboardPage;
pub use rows::RowsPage;
