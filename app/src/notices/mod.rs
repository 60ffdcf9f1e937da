//! What an estate tells its people: public notices, from a draft to what no longer applies. Nobody may read one whom it
//! does not address, and nobody other words than those that were approved.

mod model;
mod rules;

pub use model::*;
pub use rules::MOVES;
