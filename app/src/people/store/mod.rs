//! SQL of people: accounts, sessions, invitations, occupants, staff, their lapses and
//! keys beside it, limits and the sweep here.

mod accounts;
mod demo;
mod invitations;
mod keys;
mod lapses;
mod occupants;
mod sessions;
mod staff;

pub use accounts::*;
pub use demo::*;
pub use invitations::*;
pub use keys::*;
pub use lapses::*;
pub use occupants::*;
pub use sessions::*;
pub use staff::*;

use crate::fault::Fault;
use crate::moment::Moment;
use sqlx::PgConnection;

/// Counts a try and returns how many there were in the window.
pub async fn count_attempt(db: &mut PgConnection, subject: &str, window_at: Moment) -> Result<i32, Fault> {
    Ok(sqlx::query_scalar!(
        "insert into attempt (subject, window_at, tries) values ($1, $2, 1)
         on conflict (subject, window_at) do update set tries = attempt.tries + 1 returning tries",
        subject,
        window_at,
    )
    .fetch_one(db)
    .await?)
}

/// Forgets what ended long ago.
pub async fn sweep(db: &mut PgConnection, sessions: Moment, attempts: Moment, replays: Moment) -> Result<(), Fault> {
    sqlx::query!("delete from session where seen_at < $1", sessions).execute(&mut *db).await?;
    sqlx::query!("delete from attempt where window_at < $1", attempts).execute(&mut *db).await?;
    sqlx::query!("delete from replay where at < $1", replays).execute(db).await?;
    Ok(())
}
