//! The one binary: the server and everything an operator does to its data. A library only so that
//! the tests can call the router and the parts.
#![recursion_limit = "512"]

pub mod address;
pub mod boot;
pub mod config;
pub mod demo;
pub mod dump;
pub mod floods;
pub mod found;
pub mod http;
pub mod jobs;
pub mod live;
pub mod postgres;
pub mod serve;
pub mod tls;
pub mod with_database;
pub mod worker;

use std::process::ExitCode;

use app::clock::Clock;
use boot::{Database, Failure, Share};
use config::Command;

/// Carries out one subcommand.
pub async fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(settings) => serve::serve(settings).await?,
        Command::Migrate(settings) => {
            Database::during(&settings, Share::Yes, async |database| database.migrate().await).await?;
        }
        Command::Seed { demo: _, database } => {
            Database::during(&database, Share::Yes, async |database| {
                database.migrate().await?;
                let photos = database.photos()?;
                demo::seed(&database.pool, &photos, Clock::System.now()).await
            })
            .await?;
        }
        Command::Found { estate, database } => {
            Database::during(&database, Share::Yes, async |database| {
                database.migrate().await?;
                let password = found::found(&database.pool, &estate, Clock::System.now()).await?;
                println!("Sign in on /sign-in as {} with the password {password}", estate.admin_sign_in);
                println!("It is shown only this once; change it on your own page.");
                Ok(())
            })
            .await?;
        }
        Command::Dump { file, database } => {
            Database::during(&database, Share::Yes, async |database| {
                Ok(dump::dump(&database.pool, &database.data, &file).await?)
            })
            .await?;
        }
        Command::Restore { file, database } => {
            Database::during(&database, Share::No, async |database| {
                Ok(dump::restore(&database.pool, &app::migrator(), &database.data, &file).await?)
            })
            .await?;
        }
        Command::Endpoints => http::endpoints().iter().for_each(|endpoint| println!("{endpoint}")),
        Command::WithDatabase { migrate, search, command } => {
            return with_database::with_database(migrate.as_deref(), &search, &command).await;
        }
    }
    Ok(ExitCode::SUCCESS)
}
