//! The thread that owns the running Postgres: starts it again when it dies, ends it when asked.

use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::BootError;
use super::postmaster::{Postmaster, stop};

const GLANCE: Duration = Duration::from_millis(200);
/// Between tries, once several in a row have failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Dropping it ends Postgres and waits for that: also when a panic unwinds, also without a runtime.
#[derive(Debug)]
pub struct Keeper {
    // Dropping the sender is the request to stop.
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    pub fn start(postmaster: Postmaster) -> Result<Self, BootError> {
        let child = postmaster.launch()?;
        let (stop, stopped) = channel();
        let thread = std::thread::Builder::new().name("postgres-keeper".into());
        let thread = thread.spawn(move || keep(&postmaster, Some(child), &stopped));
        let thread = thread.map_err(|error| BootError::Bug(error.to_string()))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.stop.take();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was printed by it already.
            let _ = thread.join();
        }
    }
}

fn keep(postmaster: &Postmaster, mut child: Option<Child>, stopped: &Receiver<()>) {
    let mut pause = GLANCE;
    while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(pause) {
        let alive = child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)));
        if alive {
            pause = GLANCE;
            continue;
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
        tracing::warn!("the database ended unexpectedly; starting it again");
        child = postmaster.launch().inspect_err(|error| tracing::error!("{error}")).ok();
    }
    if let Some(mut child) = child {
        stop(&mut child);
    }
}
