//! `make bench`: what the release weighs, how fast it starts, and what it bears. The servers are the release's own,
//! each with its own Postgres (fsync on) in a temporary folder; the load comes over real connections, and every
//! answer is read. Prints a table and writes `target/bench.json`. A missed target is no failure; a wrong answer is.

mod client;
mod driver;
mod figures;
mod homes;
mod house;
mod queues;
mod reports;
mod residents;
mod sizes;
mod starts;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use figures::Figures;
use house::Server;
use residents::Resident;
use server::boot::{Failure, Signals};

/// Nothing here may run longer.
const LONGEST: Duration = Duration::from_mins(30);

#[tokio::main]
async fn main() -> ExitCode {
    bounded().await.map_or_else(
        |failure| {
            eprintln!("{failure}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

/// Whatever ends the measurement early: dropping it ends the servers that it started and removes their folders.
async fn bounded() -> Result<(), Failure> {
    let mut signals = Signals::listen()?;
    tokio::select! {
        outcome = measure() => outcome,
        signal = signals.next() => Err(format!("Stopped by {signal}.").into()),
        () = tokio::time::sleep(LONGEST) => Err("The measurement took too long and was stopped.".into()),
    }
}

async fn measure() -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let mut figures = Figures::default();
    let outcome = everything(&root, &mut figures).await;
    // What was measured before something went wrong is still true.
    figures.write(&root.join("target/bench.json"))?;
    println!("\n{figures}");
    outcome
}

async fn everything(root: &Path, figures: &mut Figures) -> Result<(), Failure> {
    say("sizes");
    sizes::measure(root, figures)?;
    say("starts");
    starts::measure(root, figures).await?;
    say("the demo estate moves in");
    let data = house::folder()?;
    let server = Server::start(root, data.path(), &["--demo"]).await?;
    let mut db = house::database(data.path()).await?;
    let residents: Arc<[Resident]> = residents::sign_in(&mut db, server.address).await?.into();
    say(&format!("{} residents look at their homes", residents.len()));
    homes::measure(server.address, &residents, figures).await?;
    say("they report");
    reports::measure(server.address, &residents, &mut db, figures).await?;
    say("staff look at a hundred thousand requests");
    queues::measure(&server, &mut db, figures).await
}

fn say(what: &str) {
    println!("== {what}");
}
