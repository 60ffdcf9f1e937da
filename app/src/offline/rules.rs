//! In which order the outbox is sent, and what an answer means for it. Nothing here knows a clock, a network or a
//! database: the device does what [`next_step`] says, and tells [`judge`] what came back.

#[cfg(test)]
mod histories;

use super::model::{Entry, PhotoFile};
use crate::fault::Fault;

/// What is sent next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// A photo that has not arrived; its entry waits for it.
    Photo(&'a Entry, &'a PhotoFile),
    /// An entry whose photos have all arrived.
    Entry(&'a Entry),
}

/// What is sent next, of entries in the order in which they were made: the first whose matter has none before it, leaving
/// out those that were sent in vain just now.
pub fn next_step<'a>(entries: &'a [Entry], in_vain: &[u32]) -> Option<Step<'a>> {
    let is_next = |at: usize, entry: &Entry| {
        let before = entries.iter().take(at);
        !entry.is_refused && !in_vain.contains(&entry.place) && before.into_iter().all(|one| one.matter != entry.matter)
    };
    let (_, entry) = entries.iter().enumerate().find(|(at, entry)| is_next(*at, entry))?;
    Some(match entry.photos.iter().find(|photo| photo.arrived.is_empty()) {
        Some(photo) => Step::Photo(entry, photo),
        None => Step::Entry(entry),
    })
}

/// What a fault means for an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nobody is there, or nobody who is signed in: everything waits.
    Rest,
    /// It is sent again later; others may go meanwhile.
    Later,
    /// It was decided on something that is no longer so, or must never be: somebody decides anew.
    Refused,
}

/// What a fault means for an entry. The server has done nothing of what it refuses, whatever it says.
pub fn judge(fault: &Fault) -> Answer {
    match fault {
        Fault::Offline | Fault::SignedOut => Answer::Rest,
        Fault::TooMany { .. } | Fault::Broken { .. } | Fault::StillRunning | Fault::Contended => Answer::Later,
        Fault::NotAllowed
        | Fault::NotFound
        | Fault::Stale
        | Fault::Refused(_)
        | Fault::Taken { .. }
        | Fault::Clash { .. }
        | Fault::Invalid(_)
        | Fault::KeyReused => Answer::Refused,
    }
}
