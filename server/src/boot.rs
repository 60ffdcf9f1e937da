//! Opening and closing what every subcommand stands on: log, database, signals.

use std::error::Error;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use app::photos::PhotoStore;
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
    /// Opens it for the length of this work, which a signal cuts short, and closes it however that ends.
    pub async fn during(
        settings: &config::Database,
        share: Share,
        work: impl AsyncFnOnce(&Self) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        Self::attended(settings, share, async |database: &Self, signals: &mut Signals| {
            signals.cut(work(database)).await
        })
        .await
    }

    /// Where photos are kept.
    pub fn photos(&self) -> std::io::Result<PhotoStore> {
        PhotoStore::folder(&self.data.join("photos"))
    }

    /// The same for work that looks after the signals itself.
    pub async fn attended(
        settings: &config::Database,
        share: Share,
        work: impl AsyncFnOnce(&Self, &mut Signals) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut signals = Signals::listen()?;
        let database = Self::open(settings, share).await?;
        let outcome = work(&database, &mut signals).await;
        database.close(&mut signals).await;
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

    async fn close(self, signals: &mut Signals) {
        tokio::select! {
            () = self.pool.close() => {}
            // What still waits for an answer ends with the database, or with us.
            _ = signals.next() => {}
        }
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
    /// None for who was started to outlive the terminal.
    hang_up: Option<Signal>,
}

impl Signals {
    pub fn listen() -> Result<Self, Failure> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: (!outlives_terminal()).then(|| signal(SignalKind::hangup())).transpose()?,
        })
    }

    /// The next one, remembered if it came before the call.
    pub async fn next(&mut self) -> nix::sys::signal::Signal {
        let Self { interrupt, terminate, hang_up } = self;
        let hung_up = async {
            match hang_up {
                Some(hang_up) => hang_up.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = interrupt.recv() => nix::sys::signal::Signal::SIGINT,
            _ = terminate.recv() => nix::sys::signal::Signal::SIGTERM,
            _ = hung_up => nix::sys::signal::Signal::SIGHUP,
        }
    }

    /// The outcome of this work, unless a signal comes first: then it is dropped where it stands.
    pub async fn cut<T>(&mut self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        tokio::select! {
            // One that came while the database was started counts before the work begins.
            biased;
            signal = self.next() => Err(Failure::from(format!("Broken off by {signal} before it was done."))),
            outcome = work => outcome,
        }
    }
}

/// Whether SIGHUP was ignored before us, as `nohup` does: listening to it would undo that.
fn outlives_terminal() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The lowest bit is that of signal 1, SIGHUP.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}
