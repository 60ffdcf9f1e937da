//! One Steward per data folder, also after crashes: a lock that the kernel frees with its process,
//! and the orderly end of a Postgres that outlived its Steward.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, geteuid};

use super::BootError;
use super::postmaster::{PidFile, wait_until};

const LOCK: &str = "steward.lock";
const PATIENCE: Duration = Duration::from_secs(30);
const JUST_STARTING: Duration = Duration::from_mins(1);

/// Held as long as this process may touch the cluster.
#[derive(Debug)]
pub struct Guard(#[expect(dead_code, reason = "the lock lives as long as the open file")] File);

impl Guard {
    pub fn take(data: &Path) -> Result<Self, BootError> {
        let path = data.join(LOCK);
        let file = File::options().create(true).truncate(false).read(true).write(true).open(&path);
        let mut file = file.map_err(BootError::on(data))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                let by = match file.read_to_string(&mut pid) {
                    Ok(_) if !pid.trim().is_empty() => format!(" (process {})", pid.trim()),
                    _ => String::new(),
                };
                return Err(BootError::DataInUse { data: data.to_owned(), by });
            }
            Err(TryLockError::Error(error)) => return Err(BootError::on(data)(error)),
        }
        let signed = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
        signed.map_err(BootError::on(data))?;
        Ok(Self(file))
    }

    /// Whether a run of ours, not one of another user or one that is just starting, left this folder.
    pub fn is_stale(data: &Path) -> bool {
        let lock = fs::symlink_metadata(data.join(LOCK));
        lock.is_ok_and(|lock| {
            let age = lock.modified().ok().and_then(|written| written.elapsed().ok());
            lock.is_file() && lock.uid() == geteuid().as_raw() && age.is_some_and(|age| age > JUST_STARTING)
        })
    }

    /// Whether a living process holds the guard of this folder.
    pub fn is_taken(data: &Path) -> bool {
        File::open(data.join(LOCK)).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

/// Ends a Postgres that an earlier, killed Steward left running, and removes a pid file whose
/// process is gone or is someone else by now (Postgres itself would refuse to start then).
/// Call it with the guard held.
pub fn stop_orphan(pgdata: &Path) -> Result<(), BootError> {
    let Some(left) = PidFile::read(pgdata) else {
        return Ok(());
    };
    let pid = Pid::from_raw(left.pid);
    if serves(left.pid, pgdata) {
        tracing::warn!(pid = left.pid, "stopping the database that an earlier run left behind");
        // Fast first; immediate (recovered from the log at the next start) when it hangs.
        for signal in [Signal::SIGINT, Signal::SIGQUIT] {
            // A refusal means that it ended meanwhile, which the wait sees.
            let _ = kill(pid, signal);
            if wait_until(PATIENCE, || !serves(left.pid, pgdata)) {
                break;
            }
        }
        if serves(left.pid, pgdata) {
            return Err(BootError::Orphan { pid: left.pid });
        }
    }
    left.forget();
    Ok(())
}

/// Whether this process is a postmaster of this very folder: pids are used again.
fn serves(pid: i32, pgdata: &Path) -> bool {
    let command = if cfg!(target_os = "linux") {
        fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default()
    } else {
        let ps = std::process::Command::new("ps").args(["-o", "args=", "-p", &pid.to_string()]).output();
        ps.map(|ps| ps.stdout).unwrap_or_default()
    };
    let folder = pgdata.as_os_str().as_encoded_bytes();
    command.windows(folder.len()).any(|part| part == folder)
}
