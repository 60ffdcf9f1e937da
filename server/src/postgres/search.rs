//! Where the Postgres programs come from: those on this machine first, the npm package otherwise.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, ValueEnum};

use super::account::Account;
use super::{BootError, Programs, npm};

const OLDEST: u32 = 15;

/// How to find Postgres; all of it can be left to the defaults.
#[derive(Args, Clone, Debug)]
pub struct Search {
    /// Folder with the programs `postgres` and `initdb` to use
    #[arg(long, env = "PG_BIN_DIR", value_name = "FOLDER")]
    pub pg_bin_dir: Option<PathBuf>,
    /// Take Postgres from this machine, from the npm package, or from whichever is there
    #[arg(long, env = "STEWARD_PG_SOURCE", value_enum, default_value = "auto")]
    pub pg_source: Source,
    /// Account that Postgres runs as when Steward is started by root [default: postgres, else nobody]
    #[arg(long = "pg-account", env = "STEWARD_PG_ACCOUNT", value_name = "NAME")]
    pub account: Option<String>,
    /// Folder for a fetched Postgres [default: ~/.cache/steward/tools; for root /var/cache/steward/tools]
    #[arg(long, env = "STEWARD_TOOLS", value_name = "FOLDER")]
    pub tools: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Source {
    Auto,
    Found,
    Npm,
}

impl Search {
    /// Programs that the account can run and that fit the cluster: `made_by` is the version of an
    /// existing one, whose files no other major version can read.
    pub fn find(&self, made_by: Option<u32>, account: &Account) -> Result<Programs, BootError> {
        let fits = |programs: &Programs| match made_by {
            Some(major) => programs.major == major,
            None => programs.major >= OLDEST,
        };
        if let Some(folder) = &self.pg_bin_dir
            && self.pg_source != Source::Npm
        {
            let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
            return named(&folder, account, made_by, fits);
        }
        if self.pg_source != Source::Npm {
            let found = installed().iter().filter_map(|bin| programs(bin, account)).find(fits);
            if let Some(programs) = found {
                return Ok(programs);
            }
        }
        let wanted = made_by.map_or("15 or newer".to_owned(), |major| format!("{major} (which made the data)"));
        if self.pg_source == Source::Found {
            return Err(BootError::NoPrograms { wanted, also: String::new() });
        }
        let tools = self.tools(account);
        if let Some(blocked) = account.blocked_on_the_way_to(&tools) {
            return Err(BootError::Unreachable {
                account: account.name().to_owned(),
                blocked,
                option: "STEWARD_TOOLS",
            });
        }
        let fetched = || npm::unpacked(&tools).iter().filter_map(|bin| programs(bin, account)).find(fits);
        if let Some(programs) = fetched() {
            return Ok(programs);
        }
        let outcome = npm::fetch(&tools, made_by);
        let also =
            outcome.err().map_or(String::new(), |reason| format!(", and the npm package did not help ({reason})"));
        fetched().ok_or(BootError::NoPrograms { wanted, also })
    }

    fn tools(&self, account: &Account) -> PathBuf {
        let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        if let Some(tools) = &self.tools {
            return std::path::absolute(tools).unwrap_or_else(|_| tools.clone());
        }
        if account.changes() {
            // Root's own cache is closed to the account that must run these programs.
            return "/var/cache/steward/tools".into();
        }
        let cache = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")));
        cache.unwrap_or_else(std::env::temp_dir).join("steward/tools")
    }
}

/// A folder that a person named must fit, or they are told why it does not.
fn named(
    folder: &Path,
    account: &Account,
    made_by: Option<u32>,
    fits: impl Fn(&Programs) -> bool,
) -> Result<Programs, BootError> {
    let refuse = |reason: String| BootError::BinDir { folder: folder.to_owned(), reason };
    if let Some(blocked) = account.blocked_on_the_way_to(folder) {
        return Err(refuse(format!(
            "the user {}, as whom the database runs, cannot enter {}",
            account.name(),
            blocked.display()
        )));
    }
    let programs = programs(folder, account)
        .ok_or_else(|| refuse("it holds no working programs named postgres and initdb".to_owned()))?;
    if fits(&programs) {
        return Ok(programs);
    }
    Err(refuse(match made_by {
        Some(major) => format!("that is version {}, and the data was made by version {major}", programs.major),
        None => format!("that is version {}, and Steward needs {OLDEST} or newer", programs.major),
    }))
}

/// Folders where Postgres is usually installed, best first.
fn installed() -> Vec<PathBuf> {
    let asked = Command::new("pg_config").arg("--bindir").output().ok().filter(|asked| asked.status.success());
    let asked = asked.map(|asked| PathBuf::from(String::from_utf8_lossy(&asked.stdout).trim()));
    let homebrew = ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"];
    asked
        .into_iter()
        .chain(versions("/usr/lib/postgresql", ""))
        .chain(versions("/usr", "pgsql-"))
        .chain(homebrew.iter().flat_map(|folder| versions(folder, "postgresql@")))
        .chain(versions("/Applications/Postgres.app/Contents/Versions", ""))
        .chain(["/usr/local/pgsql/bin".into(), "/usr/bin".into(), "/usr/local/bin".into()])
        .collect()
}

/// `<folder>/<prefix><version>/bin`, highest version first.
fn versions(folder: &str, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, bin)| bin).collect()
}

/// The programs in this folder, if the account can run them.
fn programs(bin: &Path, account: &Account) -> Option<Programs> {
    if !bin.join("initdb").is_file() || account.blocked_on_the_way_to(bin).is_some() {
        return None;
    }
    let version = account.command(bin.join("postgres")).arg("--version").output().ok()?;
    let major = major(&String::from_utf8_lossy(&version.stdout))?;
    Some(Programs { bin: bin.to_owned(), major })
}

/// `postgres (PostgreSQL) 17.2 (Debian …)`, `postgres (PostgreSQL) 19beta1`.
fn major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    number.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major("bash: postgres: command not found"), None);
    }

    #[test]
    fn puts_the_highest_version_first() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["9", "15", "17", "common"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let found = versions(folder.path().to_str().unwrap(), "");
        let expected = ["17", "15", "9"].map(|version| folder.path().join(version).join("bin"));
        assert_eq!(found, expected);
    }
}
