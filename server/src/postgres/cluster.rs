//! The cluster on disk: `<data>/postgres`, made in a folder beside it and renamed when complete, so
//! that it is either whole or not there.

use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use super::account::Account;
use super::error::reason;
use super::guard::{self, Guard};
use super::{BootError, Programs};

/// In the file rather than on the command line, so that an operator may tune them.
const SETTINGS: &str = "
# Steward's settings; change them here.
timezone = 'UTC'
log_timezone = 'UTC'
max_connections = 100
shared_buffers = '256MB'
effective_cache_size = '1GB'
work_mem = '8MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
random_page_cost = 1.1
jit = off
# Refused statements are the application's to report; the log keeps what concerns the server.
log_min_messages = log
log_checkpoints = off
";

const SETTINGS_OF_A_THROW_AWAY: &str = "
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
shared_buffers = '128MB'
";

const HALF_MADE: &str = "half-made-";
const SCRATCH: &str = "steward-scratch-";

/// Whether the data must survive the power plug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    Safe,
    Fast,
}

/// Where the cluster of a data folder is.
pub fn folder(data: &Path) -> PathBuf {
    data.join("postgres")
}

/// Makes the data folder if need be, and returns its full path.
pub fn data_folder(data: &Path, account: &Account) -> Result<PathBuf, BootError> {
    let mode = if account.changes() { 0o711 } else { 0o700 };
    DirBuilder::new().recursive(true).mode(mode).create(data).map_err(BootError::on(data))?;
    let data = data.canonicalize().map_err(BootError::on(data))?;
    if account.changes() {
        let mut permissions = fs::metadata(&data).map_err(BootError::on(&data))?.permissions();
        permissions.set_mode(permissions.mode() | 0o011);
        fs::set_permissions(&data, permissions).map_err(BootError::on(&data))?;
    }
    match account.blocked_on_the_way_to(&data) {
        Some(blocked) => {
            Err(BootError::Unreachable { account: account.name().to_owned(), blocked, option: "STEWARD_DATA" })
        }
        None => Ok(data),
    }
}

/// The Postgres version that made the cluster, if there is one.
pub fn version(pgdata: &Path) -> Result<Option<u32>, BootError> {
    if is_absent_or_empty(pgdata) {
        return Ok(None);
    }
    let text = fs::read_to_string(pgdata.join("PG_VERSION")).unwrap_or_default();
    let version = text.trim().parse().map_err(|_| BootError::DataFolder {
        folder: pgdata.to_owned(),
        reason: "it holds files that are no Postgres database".to_owned(),
    })?;
    Ok(Some(version))
}

fn is_absent_or_empty(folder: &Path) -> bool {
    fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

/// Makes the cluster with its empty database, unless it is there.
pub fn prepare(data: &Path, programs: &Programs, account: &Account, durability: Durability) -> Result<(), BootError> {
    let pgdata = folder(data);
    sweep(data, HALF_MADE, |left| {
        let _ = fs::remove_dir_all(left);
    });
    if !is_absent_or_empty(&pgdata) {
        return Ok(());
    }
    // A fresh name each time: a half-made one may still be written to by an initdb left behind.
    let fresh = tempfile::Builder::new().prefix(HALF_MADE).tempdir_in(data).map_err(BootError::on(data))?;
    account.give(fresh.path()).map_err(BootError::on(fresh.path()))?;
    let failed = |reason| BootError::Initdb { folder: pgdata.clone(), reason };

    run(&mut initdb(programs, account, fresh.path()), "").map_err(failed)?;
    configure(fresh.path(), durability).map_err(BootError::on(fresh.path()))?;
    let mut single = account.command(programs.bin.join("postgres"));
    single.args(["--single", "-c", "fsync=off", "-D"]).arg(fresh.path()).arg("postgres");
    run(&mut single, "create database steward\n").map_err(failed)?;
    if durability == Durability::Safe {
        // Once, at the end, instead of at each step: half the time to the first start.
        let mut sync = account.command(programs.bin.join("initdb"));
        run(sync.arg("--sync-only").arg("-D").arg(fresh.path()), "").map_err(failed)?;
    }

    fs::rename(fresh.path(), &pgdata).map_err(BootError::on(&pgdata))?;
    // The rename itself must survive the power plug too.
    File::open(data).and_then(|folder| folder.sync_all()).map_err(BootError::on(data))
}

fn initdb(programs: &Programs, account: &Account, folder: &Path) -> Command {
    let mut command = account.command(programs.bin.join("initdb"));
    command.arg("-D").arg(folder).args([
        "-U",
        "steward",
        "-E",
        "UTF8",
        "--data-checksums",
        "--no-instructions",
        "--no-sync",
    ]);
    // Entering the socket's folder is the proof of who you are; nothing comes in by network.
    command.args(["--auth-local=trust", "--auth-host=reject"]);
    // pg_trgm looks at the C library's character classes even under the builtin provider, so both
    // are set. macOS knows no C.UTF-8.
    command.arg(if cfg!(target_os = "macos") { "--locale=en_US.UTF-8" } else { "--locale=C.UTF-8" });
    if programs.major >= 17 {
        command.args(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
    }
    command
}

fn configure(folder: &Path, durability: Durability) -> std::io::Result<()> {
    let mut file = File::options().append(true).open(folder.join("postgresql.conf"))?;
    file.write_all(SETTINGS.as_bytes())?;
    if durability == Durability::Fast {
        file.write_all(SETTINGS_OF_A_THROW_AWAY.as_bytes())?;
    }
    Ok(())
}

/// Runs to the end with this input; the error is what the program said last.
fn run(command: &mut Command, input: &str) -> Result<(), String> {
    let mut attempt = || -> std::io::Result<Output> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        child.wait_with_output()
    };
    let output = attempt().map_err(|error| reason(&error))?;
    let said = String::from_utf8_lossy(&output.stderr);
    // The single-user server exits with 0 even when a statement fails.
    let complaint = said.lines().find(|line| ["error:", "ERROR:", "FATAL:"].iter().any(|mark| line.contains(mark)));
    match complaint {
        None if output.status.success() => Ok(()),
        complaint => {
            Err(complaint.or(said.lines().last()).unwrap_or("no reason given").trim_end_matches('.').to_owned())
        }
    }
}

/// A folder for a throw-away cluster. Those of runs that were killed are cleared away first.
pub fn scratch_folder() -> Result<TempDir, BootError> {
    let base = std::env::temp_dir();
    sweep(&base, SCRATCH, |left| {
        if Guard::is_stale(left)
            && let Ok(_guard) = Guard::take(left)
            && guard::stop_orphan(&folder(left)).is_ok()
        {
            let _ = fs::remove_dir_all(left);
        }
    });
    tempfile::Builder::new().prefix(SCRATCH).tempdir_in(&base).map_err(BootError::on(&base))
}

/// Applies `clear` to the folders whose names begin so.
pub fn sweep(base: &Path, prefix: &str, clear: impl Fn(&Path)) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(prefix.as_bytes()) {
            clear(&entry.path());
        }
    }
}
