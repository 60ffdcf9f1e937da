//! The command line. Every option for running has an environment variable; `--help` is the manual.

use std::ffi::OsString;
use std::fs;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand};

use crate::postgres::{Search, reason};

/// One estate's front desk: in every resident's pocket, on every staff tablet, on the lobby screen.
#[derive(Debug, Parser)]
#[command(name = "steward", version, arg_required_else_help = true)]
pub struct Config {
    #[command(subcommand)]
    pub command: Command,
    /// What to log, as in "warn,server=debug"
    #[arg(long, env = "RUST_LOG", global = true, default_value = "warn,app=info,server=info,steward=info")]
    pub log: String,
    /// Log one JSON object a line
    #[arg(long, env = "LOG_JSON", global = true, value_parser = FalseyValueParser::new())]
    pub log_json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server; without DATABASE_URL also a private Postgres in the data folder
    Serve(Serve),
    /// Bring the database to this version's schema
    Migrate(Database),
    /// Load data into an empty database
    Seed {
        /// The demo estate, its people and their history
        #[arg(long, required = true)]
        demo: bool,
        #[command(flatten)]
        database: Database,
    },
    /// Make an estate with its departments and the administrator who lets everybody else in
    Found {
        #[command(flatten)]
        estate: Box<NewEstate>,
        #[command(flatten)]
        database: Database,
    },
    /// Write all data and photos into one archive file; the server may run meanwhile
    Dump {
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Read an archive written by `dump` into an empty database
    Restore {
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// List the server functions and routes that this binary answers
    Endpoints,
    /// Run a command with DATABASE_URL naming a throw-away Postgres, for tests
    #[command(hide = true)]
    WithDatabase {
        /// Apply the migrations of this folder first
        #[arg(long, value_name = "FOLDER")]
        migrate: Option<PathBuf>,
        #[command(flatten)]
        search: Search,
        #[arg(last = true, required = true)]
        command: Vec<OsString>,
    },
}

#[derive(Args, Debug)]
pub struct Serve {
    /// Address to listen on; 0.0.0.0 for all
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Port to listen on; 0 for any free one
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,
    /// Load the demo estate if the database is empty and offer one-tap sign-in to it; other data is served as usual
    #[arg(long, env = "DEMO", value_parser = FalseyValueParser::new())]
    pub demo: bool,
    /// Serve HTTPS with a certificate of our own, to try other devices: their browsers warn once
    #[arg(long, env = "TLS", value_parser = FalseyValueParser::new())]
    pub tls: bool,
    /// Switch the service worker off: browsers that have one drop it, and pages come from the network alone
    #[arg(long, env = "NO_WORKER", value_parser = FalseyValueParser::new())]
    pub no_worker: bool,
    /// Proxies whose X-Forwarded-For is believed, by comma; otherwise the peer's address counts
    #[arg(long = "trusted-proxy", env = "TRUSTED_PROXY", value_name = "ADDRESS", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    #[command(flatten)]
    pub database: Database,
}

/// An estate about to be made, and who runs it.
#[derive(Args, Clone, Debug)]
pub struct NewEstate {
    /// Two capital letters that the codes of its requests begin with
    #[arg(long, value_name = "XX")]
    pub prefix: String,
    /// Its name in English
    #[arg(long, value_name = "NAME")]
    pub name_en: String,
    /// Its name in Simplified Chinese
    #[arg(long, value_name = "NAME")]
    pub name_hans: String,
    /// Its name in Traditional Chinese
    #[arg(long, value_name = "NAME")]
    pub name_hant: String,
    /// The zone of its clocks, as in Asia/Shanghai
    #[arg(long)]
    pub zone: String,
    /// Whom to call with a question
    #[arg(long, value_name = "PHONE")]
    pub desk_phone: String,
    /// Whom to call with a complaint; the desk unless said otherwise
    #[arg(long, value_name = "PHONE")]
    pub complaint_phone: Option<String>,
    /// Where to write to
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// Whom to call when it burns
    #[arg(long, value_name = "PHONE")]
    pub emergency_phone: String,
    /// The administrator's full name
    #[arg(long, value_name = "NAME")]
    pub admin_name: String,
    /// What the administrator signs in with
    #[arg(long, value_name = "NAME")]
    pub admin_sign_in: String,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "Database")]
pub struct Database {
    /// Postgres 15 or newer, postgres://user:password@host/database; without it a private one is started
    #[arg(long = "database-url", env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    url: Option<String>,
    /// File that holds the URL, to keep it out of the environment
    #[arg(long = "database-url-file", env = "DATABASE_URL_FILE", value_name = "FILE", id = "url_file")]
    url_file: Option<PathBuf>,
    /// Folder for everything that must be kept: database, photos, keys
    /// [default: ~/.local/share/steward; for root /var/lib/steward]
    #[arg(long, env = "STEWARD_DATA", value_name = "FOLDER")]
    data: Option<PathBuf>,
    #[command(flatten)]
    pub search: Search,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("The file {file} named by DATABASE_URL_FILE cannot be read: {reason}.")]
    UrlFile { file: PathBuf, reason: String },
    #[error("There is no home folder to keep data in; name a folder with STEWARD_DATA.")]
    NoHome,
}

impl Database {
    /// The database to use, if it is not our own.
    pub fn url(&self) -> Result<Option<String>, ConfigError> {
        let url = match &self.url_file {
            Some(file) => Some(
                fs::read_to_string(file)
                    .map_err(|error| ConfigError::UrlFile { file: file.clone(), reason: reason(&error) })?,
            ),
            None => self.url.clone(),
        };
        // An empty variable is how a shell or a compose file says "not set".
        Ok(url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty()))
    }

    /// The folder that is kept.
    pub fn data(&self) -> Result<PathBuf, ConfigError> {
        if let Some(data) = &self.data {
            return Ok(data.clone());
        }
        if nix::unistd::geteuid().is_root() {
            // Not below /root, which the account that Postgres runs as could not enter.
            return Ok("/var/lib/steward".into());
        }
        let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let share = absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")));
        share.map(|share| share.join("steward")).ok_or(ConfigError::NoHome)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Config::command().debug_assert();
    }

    #[test]
    fn an_empty_url_counts_as_none() {
        let parsed = Config::try_parse_from(["steward", "migrate", "--database-url", " "]).unwrap();
        let Command::Migrate(database) = parsed.command else { panic!("not migrate") };
        assert_eq!(database.url().unwrap(), None);
    }
}
