mod item;
mod question;
mod service;
mod version;

pub use item::*;
pub use question::*;
pub use service::*;
pub use version::*;
