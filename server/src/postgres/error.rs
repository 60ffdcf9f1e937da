//! What can go wrong before the server runs, each as one sentence for the person who started it.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum BootError {
    #[error(
        "Another Steward{by} is already using the data folder {data}; stop it, or choose another folder with STEWARD_DATA."
    )]
    DataInUse { data: PathBuf, by: String },
    #[error("{folder} cannot be used for the data of Steward: {reason}.")]
    DataFolder { folder: PathBuf, reason: String },
    #[error(
        "The database runs as the user {account}, who cannot enter {blocked}; choose another folder with {option}."
    )]
    Unreachable { account: String, blocked: PathBuf, option: &'static str },
    #[error("There is no user named {0} for the database to run as; set STEWARD_PG_ACCOUNT to one that exists.")]
    NoAccount(String),
    #[error("The database must not run as root; set STEWARD_PG_ACCOUNT to another user.")]
    RootAccount,
    #[error("PG_BIN_DIR is {folder}, but {reason}.")]
    BinDir { folder: PathBuf, reason: String },
    #[error(
        "No Postgres {wanted} was found on this machine{also}; install one, point PG_BIN_DIR at its programs, or set DATABASE_URL."
    )]
    NoPrograms { wanted: String, also: String },
    #[error("Making the database in {folder} failed: {reason}.")]
    Initdb { folder: PathBuf, reason: String },
    #[error("The database did not start: {reason} (its log is {log}).")]
    NotStarted { reason: String, log: PathBuf },
    #[error("The database left behind by an earlier Steward (process {pid}) does not stop; end it and start again.")]
    Orphan { pid: i32 },
    #[error("No short enough folder for the database's socket could be made: {0}.")]
    Socket(String),

    #[error("DATABASE_URL is not a Postgres address; it looks like postgres://user:password@host/database.")]
    BadUrl,
    #[error("No Postgres answers at {place}: {reason}.")]
    NoAnswer { place: String, reason: String },
    #[error("Postgres at {place} refused the connection: {reason}.")]
    Refused { place: String, reason: String },
    #[error("Postgres is version {found}, but Steward needs 15 or newer.")]
    TooOld { found: String },
    #[error("The database is encoded in {0}, but Steward needs UTF8; create it with ENCODING 'UTF8'.")]
    Encoding(String),
    #[error("Postgres lacks the extension {0}; install the contrib package that belongs to this server.")]
    ExtensionMissing(&'static str),
    #[error("The extension {name} cannot be created: {reason}; let an administrator run CREATE EXTENSION {name}.")]
    ExtensionRefused { name: &'static str, reason: String },
    #[error(
        "The database's locale ({0}) hides Chinese from search; create it with a UTF-8 locale such as LOCALE 'C.UTF-8' TEMPLATE template0."
    )]
    ChineseSearch(String),
    #[error("Postgres answered the start-up check with an error: {0}.")]
    Check(String),

    #[error("Starting the database failed for a reason that is a bug in Steward: {0}.")]
    Bug(String),
}

impl BootError {
    /// For `map_err`: a file-system error on a folder of ours.
    pub fn on(folder: &Path) -> impl FnOnce(io::Error) -> Self {
        let folder = folder.to_owned();
        move |error| Self::DataFolder { folder, reason: reason(&error) }
    }
}

/// An I/O error without its "(os error 13)" tail and in the middle of a sentence.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text).trim_end_matches('.');
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => "unknown error".to_owned(),
    }
}
