//! The statements of one call after another, as Postgres logs them, and the same again from pgbench: what the database alone
//! would bear. They are read from its log, so that they are those of the product, whatever it asks.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use server::boot::Failure;
use sqlx::{AssertSqlSafe, Executor, PgConnection};
use tempfile::NamedTempFile;
use tokio::process::Command;

/// Until all of the database's processes have read their settings.
const SETTLED: Duration = Duration::from_secs(1);
/// As many connections as the server keeps.
const CLIENTS: &str = "--client=24";

/// What in a parameter is another's each time: its text, and how pgbench says it.
pub struct Changing {
    pub text: String,
    /// An expression of `:booking`, a large random number, or `:client_id`, which is from 0 on.
    pub becomes: &'static str,
}

pub const OWN_ID: &str = "lpad(to_hex(:client_id + 1), 32, '0')::uuid";
pub const NEW_ID: &str = "lpad(to_hex(:booking::bigint), 32, '0')::uuid";
pub const NEW_CODE: &str = "('B' || :booking::bigint)";

/// Whether the database logs every statement.
pub async fn log_all(db: &mut PgConnection, is_on: bool) -> Result<(), Failure> {
    let word = if is_on { "all" } else { "none" };
    db.execute(AssertSqlSafe(format!("alter system set log_statement = '{word}'"))).await?;
    db.execute("select pg_reload_conf()").await?;
    tokio::time::sleep(SETTLED).await;
    Ok(())
}

/// How long the log is.
pub fn end_of(log: &Path) -> Result<usize, Failure> {
    Ok(fs::read(log)?.len())
}

/// What was executed since the log was so long, with the parameters put in; what changes, changes.
pub fn since(log: &Path, from: usize, changing: &[Changing]) -> Result<Vec<String>, Failure> {
    let text = fs::read(log)?;
    let text = String::from_utf8_lossy(text.get(from..).unwrap_or_default());
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix('\t'), entries.last_mut()) {
            (Some(more), Some(entry)) => {
                entry.push('\n');
                entry.push_str(more);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    let mut statements: Vec<String> = Vec::new();
    for entry in &entries {
        if let Some((_, sql)) = entry.split_once("LOG:  statement: ") {
            statements.push(sql.to_owned());
        } else if let Some((_, sql)) = entry.split_once("LOG:  execute ").and_then(|(_, rest)| rest.split_once(": ")) {
            statements.push(sql.to_owned());
        } else if let (Some((_, given)), Some(sql)) = (entry.split_once("arameters: "), statements.last_mut()) {
            let given = parameters(given);
            // From the last on: `$12` begins like `$1`.
            for (before, value) in given.iter().enumerate().rev() {
                *sql = sql.replace(&format!("${}", before + 1), &literal(value.as_deref(), changing));
            }
        }
    }
    // The live line's: where many commit, it says and reads many at once.
    statements.retain(|sql| !sql.contains("pg_notify") && !sql.contains("pg_snapshot_xmin"));
    Ok(statements)
}

/// Of `$1 = 'it''s', $2 = NULL`.
fn parameters(mut text: &str) -> Vec<Option<String>> {
    let mut all = Vec::new();
    while let Some((_, rest)) = text.split_once(" = ") {
        if let Some(rest) = rest.strip_prefix("NULL") {
            all.push(None);
            text = rest;
            continue;
        }
        let (mut value, mut rest) = (String::new(), rest.strip_prefix('\'').unwrap_or_default());
        while let Some((part, after)) = rest.split_once('\'') {
            value.push_str(part);
            rest = after;
            // Two of them are one within.
            let Some(more) = after.strip_prefix('\'') else { break };
            value.push('\'');
            rest = more;
        }
        all.push(Some(value));
        text = rest;
    }
    all
}

fn literal(value: Option<&str>, changing: &[Changing]) -> String {
    let Some(value) = value else { return "NULL".to_owned() };
    if let Some(whole) = changing.iter().find(|one| one.text == value) {
        return whole.becomes.to_owned();
    }
    let quoted = format!("'{}'", value.replace('\'', "''"));
    let Some(part) = changing.iter().find(|one| one.becomes == OWN_ID && value.contains(&one.text)) else {
        return quoted;
    };
    let joined = quoted.replace(&part.text, &format!("' || {}::text || '", part.becomes));
    if value.starts_with('{') { format!("({joined})::uuid[]") } else { format!("({joined})") }
}

/// The pgbench beside the running server's own programs, if it is there.
pub async fn pgbench(db: &mut PgConnection) -> Result<Option<PathBuf>, Failure> {
    let folder: String =
        sqlx::query_scalar("select setting from pg_config where name = 'BINDIR'").fetch_one(db).await?;
    Ok(Some(Path::new(&folder).join("pgbench")).filter(|program| program.is_file()))
}

/// How often a second all of them are done, by as many connections as the server has.
pub async fn repeat(pgbench: &Path, url: &str, statements: &[String], lasting: Duration) -> Result<f64, Failure> {
    let mut script = NamedTempFile::new()?;
    writeln!(script, "\\set booking random(1, 9000000000000000)")?;
    for statement in statements {
        writeln!(script, "{};", statement.trim().trim_end_matches(';'))?;
    }
    let mut command = Command::new(pgbench);
    command
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", CLIENTS])
        .arg(format!("--time={}", lasting.as_secs()));
    let output = command.arg("--file").arg(script.path()).arg(url).stdin(Stdio::null()).output().await?;
    let said = String::from_utf8_lossy(&output.stdout);
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    match rate {
        Some(rate) if output.status.success() => Ok(rate),
        _ => Err(format!("WRONG: pgbench says: {}", String::from_utf8_lossy(&output.stderr)).into()),
    }
}
