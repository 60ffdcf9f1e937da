//! `steward with-database -- <command>`: a throw-away Postgres for tests and for query metadata.

use std::ffi::OsString;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitCode;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::migrate::Migrator;
use tokio::process::Command;

use crate::boot::{Failure, Signals};
use crate::postgres::{self, Embedded, Search};

/// Runs the command to its end; its exit code is ours.
pub async fn with_database(
    migrations: Option<&Path>,
    search: &Search,
    command: &[OsString],
) -> Result<ExitCode, Failure> {
    let mut signals = Signals::listen()?;
    let embedded = Embedded::throw_away(search).await?;
    let outcome = async {
        signals.cut(migrate(migrations, embedded.url())).await?;
        run(command, embedded.url(), &mut signals).await
    }
    .await;
    embedded.stop().await;
    outcome
}

/// From the files, not from this binary: it may be older than they are.
async fn migrate(migrations: Option<&Path>, url: &str) -> Result<(), Failure> {
    if let Some(folder) = migrations {
        let (_, mut connection) = postgres::connect(url).await?;
        Migrator::new(folder).await?.run(&mut connection).await?;
    }
    Ok(())
}

async fn run(command: &[OsString], url: &str, signals: &mut Signals) -> Result<ExitCode, Failure> {
    let [program, arguments @ ..] = command else {
        return Err("There is no command to run.".into());
    };
    let mut child = Command::new(program)
        .args(arguments)
        .env("DATABASE_URL", url)
        .spawn()
        .map_err(|error| format!("{} cannot be run: {error}.", program.display()))?;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status?,
            // A terminal's Ctrl-C reached the command too; what was meant for us alone is passed on.
            signal = signals.next() => {
                if let (Signal::SIGTERM | Signal::SIGHUP, Some(pid)) = (signal, child.id()) {
                    let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
                }
            }
        }
    };
    let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
    Ok(code.and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
