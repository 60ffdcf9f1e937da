//! The server under test: the release as it is run, on an address of this machine only, in a folder of its own.

use std::env;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use server::boot::Failure;
use server::postgres::{self, Embedded};
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgConnection, PgPool};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const READY_WITHIN: Duration = Duration::from_mins(2);
const STOPPED_WITHIN: Duration = Duration::from_secs(30);

/// A data folder that vanishes; on a disk, because /tmp may be memory, where fsync costs nothing.
pub fn folder() -> Result<TempDir, Failure> {
    let disk = PathBuf::from("/var/tmp");
    let base = if disk.is_dir() { disk } else { env::temp_dir() };
    Ok(tempfile::Builder::new().prefix("steward-bench-").tempdir_in(base)?)
}

/// The demo estate as nobody has touched it yet. Its parts go in the order in which they stand here.
pub struct House {
    pub db: PgConnection,
    pub server: Server,
    data: TempDir,
}

impl House {
    pub async fn demo(root: &Path) -> Result<Self, Failure> {
        let data = folder()?;
        let server = Server::start(root, data.path(), &["--demo"]).await?;
        let db = database(data.path()).await?;
        Ok(Self { db, server, data })
    }

    /// Where its database listens.
    pub fn url(&self) -> Result<String, Failure> {
        url(self.data.path())
    }

    /// What its database says.
    pub fn log(&self) -> PathBuf {
        self.data.path().join("postgres.log")
    }

    /// Connections for what the server would do by itself, done here.
    pub async fn pool(&self) -> Result<PgPool, Failure> {
        let (options, _) = postgres::connect(&url(self.data.path())?).await?;
        Ok(PgPoolOptions::new().max_connections(4).connect_lazy_with(options))
    }
}

fn url(data: &Path) -> Result<String, Failure> {
    Ok(Embedded::running(data).ok_or("The server runs no database of its own.")?)
}

/// The database of the server that runs on this folder. Refuses one that could forget what it has acknowledged.
async fn database(data: &Path) -> Result<PgConnection, Failure> {
    let (_, mut db) = postgres::connect(&url(data)?).await?;
    let is_safe = "select current_setting('fsync')::bool and current_setting('synchronous_commit') = 'on'";
    let is_safe: bool = sqlx::query_scalar(is_safe).fetch_one(&mut db).await?;
    if is_safe { Ok(db) } else { Err("The database does not wait for the disk.".into()) }
}

/// A running `steward serve`. Dropping it stops the server and its database, and waits for that.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Waits until it says that it is ready.
    pub async fn start(root: &Path, data: &Path, arguments: &[&str]) -> Result<Self, Failure> {
        let program = env::var_os("STEWARD").map_or_else(|| root.join("target/bin/steward"), PathBuf::from);
        let mut command = Command::new(program);
        // The residents come from addresses of their own, by way of us, so that limits stay on.
        command.args(["serve", "--host", "127.0.0.1", "--port", "0", "--trusted-proxy", "127.0.0.1", "--data"]);
        command.arg(data).args(arguments).current_dir(root).stdin(Stdio::null()).stdout(Stdio::piped());
        for meant_for_others in ["DATABASE_URL", "DATABASE_URL_FILE", "DEMO", "RUST_LOG", "LOG_JSON"] {
            command.env_remove(meant_for_others);
        }
        let mut server = Self { child: command.spawn()?, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        server.address = tokio::time::timeout(READY_WITHIN, server.ready()).await??;
        Ok(server)
    }

    /// Reads `Residents  http://127.0.0.1:40123/`.
    async fn ready(&mut self) -> Result<SocketAddr, Failure> {
        let said = self.child.stdout.take().ok_or("The server says nothing.")?;
        let mut lines = BufReader::new(said).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some(address) = line.trim().strip_prefix("Residents").and_then(|rest| rest.split('/').nth(2)) {
                return Ok(address.parse()?);
            }
        }
        Err("The server did not start.".into())
    }

    /// The memory that it holds without its database, in MB; unknown outside Linux.
    pub fn memory(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(resident.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for signal in [Signal::SIGTERM, Signal::SIGKILL] {
            // None: it ended, and the number may be another's by now.
            let Some(pid) = self.child.id() else { return };
            let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
            let deadline = Instant::now() + STOPPED_WITHIN;
            while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(10));
            }
        }
    }
}
