//! Where the server's time comes from; tests freeze it.

use crate::moment::Moment;
use std::sync::{Arc, Mutex, PoisonError};

/// The system's clock, or one that stands still until it is moved.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own.
    System,
    /// Shows what it was set to.
    Frozen(Arc<Mutex<Moment>>),
}

impl Clock {
    /// A clock that stands still.
    pub fn frozen(at: Moment) -> Self {
        Clock::Frozen(Arc::new(Mutex::new(at)))
    }

    /// The present instant, in whole microseconds as Postgres keeps them.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Moment {
        let now = match self {
            Clock::System => chrono::Utc::now(),
            Clock::Frozen(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        };
        chrono::SubsecRound::trunc_subsecs(now, 6)
    }

    /// Moves a frozen clock on; the system's cannot be moved.
    pub fn advance(&self, by: chrono::Duration) {
        if let Clock::Frozen(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}
