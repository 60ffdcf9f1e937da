mod activity;
mod news;
mod pages;
mod participation;
mod plan;

pub use activity::*;
pub use news::*;
pub use pages::*;
pub use participation::*;
pub use plan::*;
