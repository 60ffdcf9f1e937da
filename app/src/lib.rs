//! Steward (管家): one estate's front desk, in every resident's pocket, on every staff tablet and on the
//! lobby screen. Compiled twice: `ssr` for the server, `hydrate` for the browser.
#![recursion_limit = "512"]
#![warn(missing_docs)]

pub mod activities;
pub mod asking;
pub mod bookings;
pub mod calendar;
pub mod concierge;
pub mod desk;
pub mod estate;
pub mod fault;
pub mod followups;
pub mod forms;
pub mod ids;
pub mod incidents;
pub mod insights;
pub mod live;
pub mod lobby;
pub mod mail;
pub mod messages;
pub mod moment;
pub mod notices;
pub mod offline;
mod page;
pub mod pause;
pub mod people;
pub mod photos;
pub mod policy;
pub mod requests;
pub mod routes;
pub mod screens;
pub mod services;
pub mod surfaces;
pub mod texts;
pub mod ui;
pub mod visitors;
pub mod work;

#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "ssr")]
pub mod call;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
mod contention;
#[cfg(feature = "ssr")]
mod crowd;
#[cfg(feature = "ssr")]
pub mod device_time;
#[cfg(feature = "ssr")]
mod due;
#[cfg(feature = "ssr")]
pub mod happenings;
#[cfg(feature = "ssr")]
pub mod open311;
#[cfg(feature = "ssr")]
mod paging;
#[cfg(feature = "ssr")]
pub mod replay;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
pub use shell::{away, opening, shell};

pub use routes::App;

/// The migrations that make a database Steward's.
#[cfg(feature = "ssr")]
pub fn migrator() -> sqlx::migrate::Migrator {
    sqlx::migrate!("./migrations")
}

/// Whether a database is exactly at this binary's version.
#[cfg(feature = "ssr")]
pub async fn is_migrated(pool: &sqlx::PgPool) -> Result<bool, fault::Fault> {
    happenings::is_migrated(pool, migrator().iter().map(|migration| migration.version).max().unwrap_or(0)).await
}

#[cfg(feature = "hydrate")]
mod browser;
