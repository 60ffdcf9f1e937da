use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// What a household, or the desk, is told of something that came for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum MailNews {
    /// It waits for them.
    Waits {
        /// Until when.
        #[serde(deserialize_with = "crate::moment::read")]
        until: Moment,
    },
    /// Somebody signed for it.
    HandedOut {
        /// Who.
        signer: String,
    },
    /// It was kept as long as it is kept.
    Over,
    /// It went back.
    SentBack {
        /// Why.
        reason: String,
    },
}
