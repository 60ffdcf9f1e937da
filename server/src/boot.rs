//! Opening and closing what every subcommand stands on: log, database, signals.

use std::error::Error;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use sqlx::{Connection, PgPool};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::config;
use crate::postgres::{self, BootError, Embedded};

/// What a subcommand may fail with: shown to the person as it is, so it must be one sentence.
pub type Failure = Box<dyn Error + Send + Sync>;

const CONNECTIONS: u32 = 24;
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(5);

pub fn observe(config: &config::Config) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log)
        .map_err(|error| format!("The log filter \"{}\" is not understood: {error}.", config.log))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json {
        log.json().init();
    } else {
        log.with_ansi(std::io::stderr().is_terminal()).init();
    }
    Ok(())
}

/// Whether a database that another Steward runs on the same data folder will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    No,
    Yes,
}

/// An open, checked database.
pub struct Database {
    pub pool: PgPool,
    /// The folder for what is kept beside the database.
    pub data: PathBuf,
    embedded: Option<Embedded>,
}

impl Database {
    /// Opens it for the length of this work, and closes it however that ends.
    pub async fn during(
        settings: &config::Database,
        share: Share,
        work: impl AsyncFnOnce(&Self) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let database = Self::open(settings, share).await?;
        let outcome = work(&database).await;
        database.close().await;
        outcome
    }

    /// The one that DATABASE_URL names, or a private one.
    async fn open(settings: &config::Database, share: Share) -> Result<Self, Failure> {
        let data = settings.data()?;
        let (url, embedded) = match settings.url()? {
            Some(url) => (url, None),
            None => match Embedded::start(&data, &settings.search).await {
                Ok(embedded) => (embedded.url().to_owned(), Some(embedded)),
                Err(in_use @ BootError::DataInUse { .. }) if share == Share::Yes => {
                    (Embedded::running(&data).ok_or(in_use)?, None)
                }
                Err(error) => return Err(error.into()),
            },
        };
        let (options, mut connection) = postgres::connect(&url).await?;
        postgres::check(&mut connection).await?;
        // A failing goodbye changes nothing.
        let _ = connection.close().await;
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(WAIT_FOR_CONNECTION);
        Ok(Self { pool: pool.connect_lazy_with(options), data, embedded })
    }

    pub async fn migrate(&self) -> Result<(), Failure> {
        let outcome = app::migrator().run(&self.pool).await;
        outcome.map_err(|error| format!("The database could not be brought to this version: {error}.").into())
    }

    async fn close(self) {
        self.pool.close().await;
        if let Some(embedded) = self.embedded {
            embedded.stop().await;
        }
    }
}

/// A wish to stop, from the terminal or from whoever supervises us. Listening from the start
/// means that no signal ends the process before the database was closed.
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    pub fn listen() -> Result<Self, Failure> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// The next one, remembered if it came before the call.
    pub async fn next(&mut self) -> nix::sys::signal::Signal {
        tokio::select! {
            _ = self.interrupt.recv() => nix::sys::signal::Signal::SIGINT,
            _ = self.terminate.recv() => nix::sys::signal::Signal::SIGTERM,
        }
    }
}
