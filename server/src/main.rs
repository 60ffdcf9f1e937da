//! Reads the command line, runs the subcommand, and turns a failure into one sentence.

use std::process::ExitCode;

use clap::Parser;
use server::boot;
use server::config::Config;

#[tokio::main]
async fn main() -> ExitCode {
    let config = Config::parse();
    let outcome = match boot::observe(&config) {
        Ok(()) => server::run(config.command).await,
        Err(failure) => Err(failure),
    };
    outcome.unwrap_or_else(|failure| {
        eprintln!("{failure}");
        ExitCode::FAILURE
    })
}
