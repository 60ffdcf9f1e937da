mod edit;
mod edit_calendar;
mod edit_clocks;
mod edit_desk;
mod policy;
mod preview;
mod preview_publish;
mod sections;
mod sheet;

pub use edit::EditPolicyPage;
pub use policy::PolicyPage;
pub use preview::PreviewPolicyPage;
