//! How other programs report matters and follow them: Open311 GeoReport v2, the field's convention, and an OpenAPI
//! document that describes it. A program knows the estate whose office gave it a key, and must never learn there who
//! lives where, who reported what, or what residents wrote.

mod ask;
mod document;
mod file;
mod places;
mod read;
mod reply;
mod routes;
pub mod store;
mod wire;
mod xml;

pub use document::document;
pub use reply::refused;
pub use routes::{ROUTES, routes};
