mod check;
mod form;
mod issue;
mod own_pin;
mod report;
mod slip;
mod state;

pub use check::{CheckPage, StatePage};
pub use form::ReportHerePage;
pub use issue::PinSlip;
pub use own_pin::HouseholdPins;
pub use report::ProblemsPage;
