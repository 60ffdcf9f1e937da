use crate::ids::{ApiKeyId, EstateId};
use crate::moment::{Moment, Wall};
use serde::{Deserialize, Serialize};

/// A key by which another program comes in, as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// For revoking it.
    pub id: ApiKeyId,
    /// What the office calls the program.
    pub name: String,
    /// How its secret begins.
    pub prefix: String,
    /// Who made it.
    pub made_by: String,
    /// When.
    #[serde(deserialize_with = "crate::moment::read")]
    pub made_at: Moment,
    /// The hour in which it was last used.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub used_at: Option<Moment>,
    /// Since when it is worthless.
    #[serde(deserialize_with = "crate::moment::read_option")]
    pub revoked_at: Option<Moment>,
}

/// The page on which the office lets other programs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keys {
    /// Those in use first, then the newest; at most 100.
    pub keys: Vec<ApiKey>,
    /// What programs call the estate: `ly`.
    pub jurisdiction: String,
    /// The clock to show times by.
    pub wall: Wall,
}

/// A key just made: the only time that its secret is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedKey {
    /// The key.
    pub id: ApiKeyId,
    /// What the office calls the program.
    pub name: String,
    /// What the program sends with every call; empty when a form is sent again.
    pub secret: String,
}

/// Proof that another program calls, let in by a key of the estate. On the server only its secret makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its key.
    pub key: ApiKeyId,
    /// The estate whose office made the key.
    pub estate: EstateId,
    /// What the office calls it.
    pub name: String,
    /// What it calls the estate.
    pub jurisdiction: String,
    /// The estate's time zone.
    pub zone: String,
}
