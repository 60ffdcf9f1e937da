//! More than anybody could report, written straight into the tables.

use app::clock::Clock;
use server::boot::Failure;
use sqlx::{AssertSqlSafe, Executor, PgConnection};

const MULTIPLY: &str = include_str!("multiply.sql");
const OWE: &str = include_str!("owe.sql");
const CROWD: &str = include_str!("crowd.sql");
const BOOKINGS: &str = include_str!("bookings.sql");

/// More requests of the demo's kind, with these numbers; one in so many is open.
pub async fn multiply(db: &mut PgConnection, from: u32, until: u32, open_one_in: u32) -> Result<(), Failure> {
    let script = MULTIPLY.replace("$FROM", &from.to_string()).replace("$UNTIL", &until.to_string());
    run(db, &script.replace("$OPEN", &open_one_in.to_string())).await
}

/// Promises and clocks for all of them, which must be open.
pub async fn owe(db: &mut PgConnection) -> Result<(), Failure> {
    run(db, OWE).await
}

/// So many households more, whose sessions have begun, and what they can book: much of it is booked.
pub async fn book(db: &mut PgConnection, households: i32) -> Result<(), Failure> {
    sqlx::query(CROWD).bind(households).bind(Clock::System.now()).execute(&mut *db).await?;
    run(db, BOOKINGS).await
}

async fn run(db: &mut PgConnection, script: &str) -> Result<(), Failure> {
    // One by one: a vacuum stands alone.
    for statement in script.split(";\n").filter(|statement| !statement.trim().is_empty()) {
        db.execute(AssertSqlSafe(statement.to_owned())).await?;
    }
    Ok(())
}
