//! `steward dump` and `steward restore`: everything that must be kept, in one tar archive that
//! ordinary tools can read. Used by operators for backups and for moving house. What must never
//! happen in it: an archive that looks whole and is not, or a restore that leaves half a database.
//!
//! ```text
//! manifest.json                    migrations, tables with their columns, sequences
//! tables/<schema>.<table>/<nnnnnn> COPY text, cut at row ends
//! photos/<path>
//! sums.json                        rows and hash of every table, and of the photos; last, as the seal
//! ```

mod archive;
mod load;
mod save;
mod sum;
mod tables;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use load::restore;
pub use save::dump;
pub use sum::Sum;
pub use tables::{Sequence, Table};

/// The folder of the photos, in the data folder and in the archive.
const PHOTOS: &str = "photos";
const MANIFEST: &str = "manifest.json";
const SUMS: &str = "sums.json";
const FORMAT: u32 = 1;

#[derive(Debug, Deserialize, Serialize)]
struct Manifest {
    format: u32,
    written_by: String,
    migrations: Vec<Migration>,
    tables: Vec<Table>,
    sequences: Vec<Sequence>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
struct Migration {
    version: i64,
    /// Hexadecimal: an edited migration is another migration.
    checksum: String,
}

/// By table name; the photos under [`PHOTOS`].
type Sums = BTreeMap<String, Sum>;

#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    #[error("The archive cannot be read or written: {0}.")]
    Archive(#[from] std::io::Error),
    #[error("The archive is damaged: {0}.")]
    Damaged(String),
    #[error("The archive is not from Steward: {0}.")]
    Foreign(String),
    #[error("The database reports: {0}.")]
    Database(#[from] sqlx::Error),
    #[error("The database could not be brought to the archive's version: {0}.")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("The archive was written by a newer Steward (it knows the change {0}); restore it with that version.")]
    Newer(i64),
    #[error("The database is at a newer version than the archive; restore into a fresh, empty one.")]
    Ahead,
    #[error("The database is not empty ({0} holds rows); restore into a fresh, empty one.")]
    NotEmpty(String),
}
