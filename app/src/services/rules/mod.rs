//! What an order of the catalogue must say, what it costs, and when it can be done: the same in the browser and on the
//! server.

mod answers;
#[cfg(feature = "ssr")]
mod asked;
mod bundle;
mod hours;
#[cfg(feature = "ssr")]
mod item;
mod price;
#[cfg(test)]
mod tests;
#[cfg(feature = "ssr")]
mod version;

pub use answers::*;
pub use bundle::*;
#[cfg(feature = "ssr")]
pub use item::*;
pub use price::*;
