//! The nouns of a request that may cross the wire: the request itself and what happens to it, what a
//! report may say, and what each page is shown. One file a noun; nothing here decides or asks the database.

mod card;
mod clock;
mod closing;
mod happening;
mod happening_kind;
mod home;
mod limits;
mod listing;
mod matter;
mod place;
mod preferred_time;
mod promise;
mod queue;
mod rating;
mod report;
mod request;
mod saved_view;
mod sieve;
mod stage;
mod timeline;
mod track;

pub use card::*;
pub use clock::*;
pub use closing::*;
pub use happening::*;
pub use home::*;
pub use limits::*;
pub use listing::*;
pub use matter::*;
pub use place::*;
pub use preferred_time::*;
pub use promise::*;
pub use queue::*;
pub use rating::*;
pub use report::*;
pub use request::*;
pub use saved_view::*;
pub use sieve::*;
pub use stage::*;
pub use timeline::*;
pub use track::*;
