mod figures;
mod news;
mod order;
mod pages;
mod part;

pub use figures::*;
pub use news::*;
pub use order::*;
pub use pages::*;
pub use part::*;
