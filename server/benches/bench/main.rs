//! `make bench`: what the release weighs, how fast it starts, and what it bears. The servers are the release's own,
//! each with its own Postgres (fsync on) in a temporary folder; the load comes over real connections, and every
//! answer is read. Prints a table and writes `target/bench.json`. A missed target is no failure; a wrong answer is.

mod bookings;
mod client;
mod clocks;
mod dashboards;
mod driver;
mod figures;
mod fill;
mod homes;
mod house;
mod member;
mod moves;
mod queues;
mod race;
mod record;
mod reports;
mod residents;
mod sizes;
mod staff;
mod starts;
mod statements;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use figures::Figures;
use house::House;
use residents::Resident;
use server::boot::{Failure, Signals};

/// Nothing here may run longer.
const LONGEST: Duration = Duration::from_mins(45);

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

/// All parts, or those that were named: `cargo bench -p server -- queues clocks`.
async fn everything(root: &Path, figures: &mut Figures) -> Result<(), Failure> {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let is_asked = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    if is_asked("sizes") {
        say("sizes");
        sizes::measure(root, figures)?;
    }
    if is_asked("starts") {
        say("starts");
        starts::measure(root, figures).await?;
    }
    if is_asked("load") {
        say("the demo estate moves in");
        load(House::demo(root).await?, figures).await?;
    }
    // In houses of their own: what the residents reported would be watched over meanwhile.
    if is_asked("queues") {
        say("staff look at a hundred thousand requests");
        queues::measure(House::demo(root).await?, figures).await?;
    }
    if is_asked("clocks") {
        say("a hundred thousand open matters are watched over");
        clocks::measure(House::demo(root).await?, figures).await?;
    }
    if is_asked("bookings") {
        say("a thousand households book");
        bookings::measure(House::demo(root).await?, figures).await?;
    }
    Ok(())
}

/// Residents look and report, and staff move what they reported.
async fn load(mut house: House, figures: &mut Figures) -> Result<(), Failure> {
    let address = house.server.address;
    let residents: Arc<[Resident]> = residents::sign_in(&mut house.db, address).await?.into();
    say(&format!("{} residents look at their homes", residents.len()));
    homes::measure(address, &residents, figures).await?;
    say("they report");
    reports::measure(address, &residents, &mut house.db, figures).await?;
    say("fifty of the office move two hundred of their reports");
    staff::measure(address, &mut house.db, figures).await
}

fn say(what: &str) {
    println!("== {what}");
}
