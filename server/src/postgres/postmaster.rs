//! One Postgres server process: its command line, its readiness and its end.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use super::account::Account;
use super::error::reason;
use super::{BootError, Programs};

/// Only part of the socket's file name: nothing listens on it.
pub const PORT: u16 = 5432;

/// Long, because recovery after a crash may have much to replay.
const READY_WITHIN: Duration = Duration::from_mins(5);
const STOPPED_WITHIN: Duration = Duration::from_secs(30);
/// How long processes of a killed postmaster may keep its shared memory.
const LEFTOVERS_GONE_WITHIN: Duration = Duration::from_secs(10);
const SOCKET_FOLDER: &str = "steward-";
const OLD_LOG: u64 = 8 << 20;

#[derive(Debug)]
pub struct Postmaster {
    program: PathBuf,
    account: Account,
    pgdata: PathBuf,
    socket: PathBuf,
    log: PathBuf,
}

impl Postmaster {
    pub fn new(programs: &Programs, account: Account, pgdata: PathBuf, socket: &SocketFolder, log: PathBuf) -> Self {
        let (program, socket) = (programs.bin.join("postgres"), socket.path().to_owned());
        Self { program, account, pgdata, socket, log }
    }

    /// Starts the server and waits until it takes connections.
    pub fn launch(&self) -> Result<Child, BootError> {
        let deadline = Instant::now() + LEFTOVERS_GONE_WITHIN;
        loop {
            match self.try_launch() {
                Err(BootError::NotStarted { reason, .. })
                    if reason.contains("still in use") && Instant::now() < deadline =>
                {
                    std::thread::sleep(Duration::from_millis(100));
                }
                outcome => return outcome,
            }
        }
    }

    fn try_launch(&self) -> Result<Child, BootError> {
        let log = self.open_log().map_err(|error| self.not_started(reason(&error)))?;
        let read_from = log.metadata().map_or(0, |log| log.len());
        let mut child = self
            .account
            .command(&self.program)
            .arg("-D")
            .arg(&self.pgdata)
            .arg("-k")
            .arg(&self.socket)
            .args(["-c", "listen_addresses=", "-p", &PORT.to_string()])
            // A terminal's Ctrl-C goes to the whole foreground group: Postgres must outlive it
            // until the server has answered its last request.
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|error| self.not_started(reason(&error)))?;
        let deadline = Instant::now() + READY_WITHIN;
        loop {
            let file = PidFile::read(&self.pgdata);
            if file.is_some_and(|file| file.ready && file.pid.cast_unsigned() == child.id()) {
                return Ok(child);
            }
            match child.try_wait() {
                Ok(None) if Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Ok(None) => {
                    stop(&mut child);
                    return Err(self.not_started("it took too long".to_owned()));
                }
                Ok(Some(status)) => {
                    return Err(self.not_started(self.complaint(read_from).unwrap_or(status.to_string())));
                }
                Err(error) => return Err(self.not_started(reason(&error))),
            }
        }
    }

    fn open_log(&self) -> std::io::Result<File> {
        if fs::metadata(&self.log).is_ok_and(|log| log.len() > OLD_LOG) {
            fs::rename(&self.log, self.log.with_extension("log.old"))?;
        }
        File::options().create(true).append(true).open(&self.log)
    }

    fn not_started(&self, reason: String) -> BootError {
        BootError::NotStarted { reason, log: self.log.clone() }
    }

    /// What the server wrote last before it gave up.
    fn complaint(&self, read_from: u64) -> Option<String> {
        let log = fs::read(&self.log).ok()?;
        let log = String::from_utf8_lossy(log.get(usize::try_from(read_from).ok()?..)?).into_owned();
        let line = log.lines().rev().find(|line| line.contains("FATAL:") || line.contains("PANIC:"));
        let line = line.or_else(|| log.lines().next_back())?;
        Some(line.rsplit_once(":  ").map_or(line, |(_, words)| words).trim().to_owned())
    }
}

/// Fast shutdown; immediate when that hangs; by force when even that does.
pub fn stop(child: &mut Child) {
    for signal in [Signal::SIGINT, Signal::SIGQUIT, Signal::SIGKILL] {
        // The child is not reaped yet, so the pid is still its own.
        let _ = kill(Pid::from_raw(child.id().cast_signed()), signal);
        if wait_until(STOPPED_WITHIN, || !matches!(child.try_wait(), Ok(None))) {
            return;
        }
        tracing::warn!(%signal, "the database does not stop");
    }
}

/// True as soon as `done` is, false after `patience`.
pub fn wait_until(patience: Duration, mut done: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + patience;
    loop {
        if done() {
            return true;
        }
        if Instant::now() >= deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The folder of the Unix socket: 0700, so that entering it is the only way in.
#[derive(Debug)]
pub struct SocketFolder(TempDir);

impl SocketFolder {
    pub fn make(account: &Account) -> Result<Self, BootError> {
        let mut failure = "no folder fits".to_owned();
        for base in every_base().filter(|base| account.blocked_on_the_way_to(base).is_none()) {
            let made = tempfile::Builder::new().prefix(SOCKET_FOLDER).tempdir_in(base);
            match made.and_then(|folder| account.give(folder.path()).map(|()| folder)) {
                Ok(folder) if fits(folder.path()) => return Ok(Self(folder)),
                Ok(folder) => failure = format!("{} is too long", folder.path().display()),
                Err(error) => failure = reason(&error),
            }
        }
        Err(BootError::Socket(failure))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Best first: they must be short, which rules out most temporary folders of a user.
fn every_base() -> impl Iterator<Item = PathBuf> {
    let own = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|own| own.is_absolute());
    own.into_iter().chain(["/run".into(), "/tmp".into()])
}

fn fits(folder: &Path) -> bool {
    // sun_path less its closing zero.
    let limit = if cfg!(target_os = "linux") { 107 } else { 103 };
    folder.join(format!(".s.PGSQL.{PORT}.lock")).as_os_str().len() <= limit
}

/// What a running server says about itself in its data folder.
#[derive(Debug)]
pub struct PidFile {
    path: PathBuf,
    pub pid: i32,
    pub socket: PathBuf,
    pub ready: bool,
}

impl PidFile {
    pub fn read(pgdata: &Path) -> Option<Self> {
        let path = pgdata.join("postmaster.pid");
        let text = fs::read_to_string(&path).ok()?;
        let mut lines = text.lines();
        // Unreadable (a crash in the middle of writing) counts as nobody: zero is no process.
        let pid = lines.next().and_then(|pid| pid.trim().parse().ok()).unwrap_or(0);
        let socket = lines.nth(3).unwrap_or_default().into();
        let ready = lines.nth(2).is_some_and(|status| status.trim() == "ready");
        Some(Self { path, pid, socket, ready })
    }

    /// Removes the file and the socket folder that the server can no longer remove itself.
    pub fn forget(self) {
        // The server wrote this file, and we may be root: remove nothing but a folder of our making.
        let name = self.socket.file_name().unwrap_or_default().as_encoded_bytes();
        let base = self.socket.parent();
        if name.starts_with(SOCKET_FOLDER.as_bytes()) && every_base().any(|ours| base == Some(&ours)) {
            let _ = fs::remove_dir_all(&self.socket);
        }
        let _ = fs::remove_file(&self.path);
    }
}
