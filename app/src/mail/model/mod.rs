mod day;
mod item;
mod news;
mod pages;
mod relay;

pub use day::*;
pub use item::*;
pub use news::*;
pub use pages::*;
pub use relay::*;
