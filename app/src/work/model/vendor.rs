use super::Category;
use crate::ids::{ItemId, VendorId};
use serde::{Deserialize, Serialize};

/// A firm that repairs for the estate: the maker of a lift, of a pump (C10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vendor {
    /// The firm.
    pub id: VendorId,
    /// What it is called.
    pub name: String,
    /// Its trade: a category of the catalogue; none for any.
    pub trade: Option<ItemId>,
    /// Whom to ask for.
    pub contact: Option<String>,
    /// Their phone.
    pub phone: Option<String>,
    /// Where a repair notice is mailed.
    pub email: Option<String>,
}

/// The vendors of an estate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vendors {
    /// Those that are asked now, by name.
    pub all: Vec<Vendor>,
    /// What the trades are called.
    pub categories: Vec<Category>,
    /// Whether the caller may add and end them.
    pub may_change: bool,
}
