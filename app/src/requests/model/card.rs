use super::{PlaceName, PromiseLine};
use crate::estate::Names;
use crate::ids::RequestId;
use crate::moment::Moment;
use crate::services::Urgency;
use serde::{Deserialize, Serialize};

/// A matter on a resident's home page or in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The request.
    pub id: RequestId,
    /// For people and addresses.
    pub code: String,
    /// What kind of problem.
    pub item: Names,
    /// Its symbol.
    pub icon: String,
    /// Where.
    pub place: PlaceName,
    /// The first words.
    pub words: String,
    /// How pressing.
    pub urgency: Urgency,
    /// What happens next.
    pub line: PromiseLine,
    /// When it came in.
    #[serde(deserialize_with = "crate::moment::read")]
    pub received_at: Moment,
}
