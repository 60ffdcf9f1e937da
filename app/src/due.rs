//! What is due whoever asks: it is told one by one, each in a transaction of its own. One that fails keeps no other from
//! its turn, and has its own again at the next look; one in whose way others stood, at once.

use crate::contention;
use crate::fault::Fault;
use uuid::Uuid;

/// What came of one turn.
pub enum Turn {
    /// Nothing more is due.
    Over,
    /// It was done.
    Done,
    /// The row of this id could not be done.
    Failed(Uuid, Fault),
}

impl Turn {
    /// The turn of a row: what was done with it took effect, or nothing of it.
    pub fn of(id: Uuid, done: Result<(), Fault>) -> Self {
        match done {
            Ok(()) => Turn::Done,
            Err(fault) => Turn::Failed(id, fault),
        }
    }
}

/// One look at all that is due of one kind; whether anything was done. A turn is given the ids of those that failed in
/// this look, and must leave them aside.
pub async fn look<F>(what: &'static str, turn: impl Fn(Vec<Uuid>) -> F) -> Result<bool, Fault>
where
    F: Future<Output = Result<Turn, Fault>>,
{
    let mut aside: Vec<Uuid> = Vec::new();
    let mut is_any = false;
    loop {
        let done = contention::persist(|| turn(aside.clone()), is_contended).await?;
        match done {
            Turn::Over => return Ok(is_any),
            Turn::Done => is_any = true,
            Turn::Failed(id, fault) => {
                tracing::error!(what, %id, %fault, "what is due could not be done; the next look tries it again");
                aside.push(id);
            }
        }
    }
}

fn is_contended(turn: &Result<Turn, Fault>) -> bool {
    matches!(turn, Ok(Turn::Failed(_, Fault::Contended)) | Err(Fault::Contended))
}
