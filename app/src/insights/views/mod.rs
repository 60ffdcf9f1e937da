mod address;
mod dashboard;
mod tables;
mod tiles;
mod weeks;

pub use dashboard::DashboardPage;
