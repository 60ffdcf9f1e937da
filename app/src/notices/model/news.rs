use serde::{Deserialize, Serialize};

/// What residents, or the office, are told of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeNews {
    /// The manager: it waits for their yes.
    Drafted,
    /// Whoever drafted it: the manager said yes.
    Approved,
    /// Whom it addresses: it came out.
    Published,
}
