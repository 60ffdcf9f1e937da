//! What any database must offer, embedded or not, before the server relies on it.

use std::io::ErrorKind::{InvalidData, UnexpectedEof};
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, Executor, PgConnection};

use super::BootError;
use super::error::reason;

const ANSWER_WITHIN: Duration = Duration::from_secs(10);
const EXTENSIONS: [&str; 2] = ["pg_trgm", "btree_gist"];

/// Connects once, to say in one sentence what is wrong. Never prints the password.
pub async fn connect(url: &str) -> Result<(PgConnectOptions, PgConnection), BootError> {
    let schemes = ["postgres://", "postgresql://"];
    if !schemes.iter().any(|scheme| url.starts_with(scheme)) {
        return Err(BootError::BadUrl);
    }
    let options = PgConnectOptions::from_str(url).map_err(|_| BootError::BadUrl)?;
    let place = match options.get_socket() {
        Some(folder) => folder.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let attempt = tokio::time::timeout(ANSWER_WITHIN, PgConnection::connect_with(&options)).await;
    let no_answer = |reason| BootError::NoAnswer { place: place.clone(), reason };
    match attempt {
        Ok(Ok(connection)) => Ok((options, connection)),
        // "Unexpected end" and its like come from a program that is no Postgres.
        Ok(Err(sqlx::Error::Io(error))) if !matches!(error.kind(), UnexpectedEof | InvalidData) => {
            Err(no_answer(reason(&error)))
        }
        Ok(Err(sqlx::Error::Database(error))) => {
            Err(BootError::Refused { place, reason: error.message().trim_end_matches('.').to_owned() })
        }
        Ok(Err(sqlx::Error::Tls(_))) => Err(BootError::Refused { place, reason: "no secure connection".to_owned() }),
        Ok(Err(_)) => Err(no_answer("what answers there does not speak Postgres".to_owned())),
        Err(_) => Err(no_answer(format!("nothing within {} seconds", ANSWER_WITHIN.as_secs()))),
    }
}

/// Version, encoding, extensions (created where they are missing) and a locale that finds Chinese.
pub async fn check(connection: &mut PgConnection) -> Result<(), BootError> {
    let failed = |error: sqlx::Error| BootError::Check(words(&error));

    let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    if version < 150_000 {
        return Err(BootError::TooOld { found: format!("{}.{}", version / 10_000, version % 10_000) });
    }
    let encoding: String =
        sqlx::query_scalar("show server_encoding").fetch_one(&mut *connection).await.map_err(failed)?;
    if encoding != "UTF8" {
        return Err(BootError::Encoding(encoding));
    }
    for name in EXTENSIONS {
        extension(connection, name).await?;
    }
    let finds_chinese: bool = sqlx::query_scalar("select cardinality(show_trgm('电梯故障')) > 0")
        .fetch_one(&mut *connection)
        .await
        .map_err(failed)?;
    if !finds_chinese {
        let locale = "select datctype from pg_database where datname = current_database()";
        let locale = sqlx::query_scalar(locale).fetch_one(&mut *connection).await.map_err(failed)?;
        return Err(BootError::ChineseSearch(locale));
    }
    Ok(())
}

async fn extension(connection: &mut PgConnection, name: &'static str) -> Result<(), BootError> {
    let failed = |error: sqlx::Error| BootError::Check(words(&error));
    let installed: Option<bool> =
        sqlx::query_scalar("select installed_version is not null from pg_available_extensions where name = $1")
            .bind(name)
            .fetch_optional(&mut *connection)
            .await
            .map_err(failed)?;
    match installed {
        Some(true) => return Ok(()),
        Some(false) => {}
        None => return Err(BootError::ExtensionMissing(name)),
    }
    let mut transaction = connection.begin().await.map_err(failed)?;
    // Two servers that start at once would both create it, and one would fail.
    let lock = "select pg_advisory_xact_lock(hashtext('steward extensions'))";
    transaction.execute(lock).await.map_err(failed)?;
    let create = match name {
        "pg_trgm" => "create extension if not exists pg_trgm",
        _ => "create extension if not exists btree_gist",
    };
    let created = transaction.execute(create).await;
    created.map_err(|error| BootError::ExtensionRefused { name, reason: words(&error) })?;
    transaction.commit().await.map_err(failed)
}

fn words(error: &sqlx::Error) -> String {
    let said = error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
    said.trim_end_matches('.').to_owned()
}
