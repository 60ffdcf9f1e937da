//! The story of each call: what a screen offers and takes, how a matter is looked up, how a household gets its PIN.

mod check;
mod pins;
mod report;

pub use check::check;
pub use pins::{issue_pin, set_pin};
pub use report::{carry, form, problems, report};

use super::model::MatterState;
use super::rules::Pin;
use super::store;
use crate::backend::random;
use crate::estate;
use crate::fault::Fault;
use crate::moment::Moment;
use crate::requests::Request;
use chrono::Duration;
use sqlx::PgConnection;

/// A PIN that nobody guesses first.
fn new_pin() -> Result<Pin, Fault> {
    loop {
        let number = u64::from_be_bytes(random::<8>()?) % 1_000_000;
        if let Some(pin) = Pin::parse(&format!("{number:06}")).filter(|pin| !pin.is_easily_guessed()) {
            return Ok(pin);
        }
    }
}

/// How a matter stands, and nothing else of it.
fn state_of(request: &Request, zone: &str, now: Moment) -> MatterState {
    MatterState { stage: request.state_alone(), promise: request.promise, wall: estate::wall(zone, now) }
}

/// Forgets tries of a week ago.
pub async fn sweep(db: &mut PgConnection, now: Moment) -> Result<(), Fault> {
    store::sweep(db, now - Duration::days(7)).await
}
