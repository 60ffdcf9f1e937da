mod news;
mod pages;
mod ring;
mod visit;

pub use news::*;
pub use pages::*;
pub use ring::*;
pub use visit::*;
