//! The private database that Steward starts when no `DATABASE_URL` is set: found or fetched
//! Postgres programs, one cluster in the data folder, one Unix socket in a folder that only
//! its user may enter. Used by the server and its subcommands. What must never happen: an open
//! port, a Postgres process run as root, two servers on one data folder, or data that a crash
//! of ours can harm.
//!
//! Everything here is plain blocking code; [`Embedded::start`] and [`Embedded::stop`] move it
//! off the async threads.

mod account;
mod check;
mod cluster;
mod error;
mod guard;
mod keeper;
mod npm;
mod postmaster;
mod search;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

pub use check::{check, connect};
pub use error::{BootError, reason};
pub use search::Search;

use account::Account;
use cluster::Durability;
use guard::Guard;
use keeper::Keeper;
use postmaster::{Postmaster, SocketFolder};

/// A running private cluster. Dropping it stops Postgres too, but blocks while it does.
#[derive(Debug)]
#[expect(dead_code, reason = "the parts are held for what their drops do")]
pub struct Embedded {
    url: String,
    // Declared in the order in which they must go: Postgres, its socket, the right to start it
    // again, and last the folder of a throw-away cluster.
    keeper: Keeper,
    socket: SocketFolder,
    guard: Guard,
    scratch: Option<TempDir>,
}

impl Embedded {
    /// Starts the cluster of the data folder, making it first when there is none.
    pub async fn start(data: &Path, search: &Search) -> Result<Self, BootError> {
        let (data, search) = (data.to_owned(), search.clone());
        blocking(move || start(&data, &search, Durability::Safe)).await
    }

    /// Starts an empty cluster in a temporary folder, without fsync, that vanishes at the end.
    pub async fn throw_away(search: &Search) -> Result<Self, BootError> {
        let search = search.clone();
        blocking(move || {
            let scratch = cluster::scratch_folder()?;
            let mut embedded = start(scratch.path(), &search, Durability::Fast)?;
            embedded.scratch = Some(scratch);
            Ok(embedded)
        })
        .await
    }

    /// Where the cluster of this data folder listens, if another Steward runs it now.
    pub fn running(data: &Path) -> Option<String> {
        if !Guard::is_taken(data) {
            return None;
        }
        postmaster::PidFile::read(&cluster::folder(data)).filter(|file| file.ready).map(|file| url(&file.socket))
    }

    /// A URL that sqlx and psql both understand. It holds no secret: the socket's folder is the lock.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends all sessions, writes everything down and waits until Postgres is gone.
    pub async fn stop(self) {
        // Joined, not detached: a caller that exits next must not outrun the shutdown.
        if let Err(panic) = tokio::task::spawn_blocking(move || drop(self)).await {
            tracing::error!(%panic, "stopping the database failed");
        }
    }
}

fn start(data: &Path, search: &Search, durability: Durability) -> Result<Embedded, BootError> {
    let account = Account::choose(search.account.as_deref(), &cluster::folder(data))?;
    let data = cluster::data_folder(data, &account)?;
    let guard = Guard::take(&data)?;
    let pgdata = cluster::folder(&data);
    guard::stop_orphan(&pgdata)?;
    let programs = search.find(cluster::version(&pgdata)?, &account)?;
    cluster::prepare(&data, &programs, &account, durability)?;
    let socket = SocketFolder::make(&account)?;
    let postmaster = Postmaster::new(&programs, account, pgdata, &socket, data.join("postgres.log"));
    let keeper = Keeper::start(postmaster)?;
    Ok(Embedded { url: url(socket.path()), keeper, socket, guard, scratch: None })
}

fn url(socket: &Path) -> String {
    // The port is spelled out because sqlx would otherwise take it from a PGPORT meant for others.
    format!("postgres://steward@localhost:{}/steward?host={}&sslmode=disable", postmaster::PORT, socket.display())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BootError> + Send + 'static,
) -> Result<T, BootError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|panic| Err(BootError::Bug(panic.to_string())))
}

/// The server programs of one Postgres installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    bin: PathBuf,
    major: u32,
}
