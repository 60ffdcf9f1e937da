//! The nouns of people that may cross the wire: who calls, as what they live or work here, how they come
//! in, and what their pages show. One file a noun. Proof of who somebody is comes only from a `Viewer`.

mod invitation;
mod key;
mod lapse;
mod manners;
mod me;
mod occupancy;
mod password;
mod role;
mod sign_in;
mod team;
mod viewer;

pub use invitation::*;
pub use key::*;
pub use lapse::*;
pub use manners::*;
pub use me::*;
pub use occupancy::*;
pub use password::*;
pub use role::*;
pub use sign_in::*;
pub use team::*;
pub use viewer::*;
