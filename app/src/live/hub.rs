use super::Beat;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, broadcast};

/// Beats that this process announced itself are remembered so far back.
const REMEMBERED: usize = 4096;

/// Where committed happenings are announced to this process's screens, and hinted to other replicas.
#[derive(Clone)]
pub struct Live {
    beats: broadcast::Sender<Beat>,
    own: Arc<Mutex<VecDeque<i64>>>,
    committed: Arc<Notify>,
}

impl Default for Live {
    fn default() -> Self {
        Self { beats: broadcast::channel(1024).0, own: Arc::default(), committed: Arc::default() }
    }
}

impl Live {
    /// What this process just committed.
    pub fn announce(&self, beats: &[Beat]) {
        if beats.is_empty() {
            return;
        }
        {
            let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
            own.extend(beats.iter().map(|beat| beat.id));
            let surplus = own.len().saturating_sub(REMEMBERED);
            own.drain(..surplus);
        }
        for beat in beats {
            // Nobody listening is no fault.
            let _ = self.beats.send(*beat);
        }
        self.committed.notify_one();
    }

    /// What a tailer read: announced unless this process did so when it committed it.
    pub fn relay(&self, beat: Beat) {
        let known = self.own.lock().unwrap_or_else(PoisonError::into_inner).contains(&beat.id);
        if !known {
            let _ = self.beats.send(beat);
        }
    }

    /// The beats from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Beat> {
        self.beats.subscribe()
    }

    /// Resolves once something was committed here since the last time.
    pub async fn committed(&self) {
        self.committed.notified().await;
    }
}
