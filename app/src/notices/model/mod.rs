mod form;
mod news;
mod notice;
mod pages;

pub use form::*;
pub use news::*;
pub use notice::*;
pub use pages::*;
