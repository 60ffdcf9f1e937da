//! Writing an archive: one snapshot of the database, then the photos it may name.

use std::path::Path;

use futures::TryStreamExt;
use sqlx::{Executor, PgConnection, PgPool};

use super::archive::Writer;
use super::{DumpError, FORMAT, MANIFEST, Manifest, Migration, PHOTOS, SUMS, Sum, Sums, Table, tables};

/// How much of a table goes into one entry.
const PIECE: usize = 4 << 20;

/// Writes everything to `file`, while others go on working.
pub async fn dump(pool: &PgPool, data: &Path, file: &Path) -> Result<(), DumpError> {
    let mut connection = pool.acquire().await?;
    // One moment for all tables.
    connection.execute("begin isolation level repeatable read read only").await?;
    stable_text(&mut connection).await?;
    let manifest = Manifest {
        format: FORMAT,
        written_by: concat!("steward ", env!("CARGO_PKG_VERSION")).to_owned(),
        migrations: migrations(&mut connection).await?,
        tables: tables::list(&mut connection).await?,
        sequences: tables::sequences(&mut connection).await?,
    };
    let mut writer = Writer::create(file)?;
    writer.json(MANIFEST, &manifest)?;
    let mut sums = Sums::new();
    for table in &manifest.tables {
        sums.insert(table.key(), save(&mut connection, table, &mut writer).await?);
    }
    connection.execute("commit").await?;
    // After the rows: a photo is stored before the row that names it, and never changes.
    sums.insert(PHOTOS.to_owned(), writer.photos(data)?);
    writer.json(SUMS, &sums)?;
    Ok(writer.finish(file)?)
}

async fn save(connection: &mut PgConnection, table: &Table, writer: &mut Writer) -> Result<Sum, DumpError> {
    let (mut sum, mut piece, mut pieces) = (Sum::default(), Vec::new(), 0_u32);
    let mut rows = connection.copy_out_raw(&table.copy_out()).await?;
    loop {
        // Postgres sends one row a message.
        let row = rows.try_next().await?;
        if piece.len() >= PIECE || (row.is_none() && !piece.is_empty()) {
            writer.bytes(&format!("tables/{}/{pieces:06}", table.key()), &piece)?;
            piece.clear();
            pieces += 1;
        }
        let Some(row) = row else { return Ok(sum) };
        sum.add(&row);
        piece.extend_from_slice(&row);
    }
}

/// The record of migrations; empty before the first.
pub async fn migrations(connection: &mut PgConnection) -> sqlx::Result<Vec<Migration>> {
    let there: bool =
        sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null").fetch_one(&mut *connection).await?;
    if !there {
        return Ok(Vec::new());
    }
    let applied: Vec<(i64, String)> =
        sqlx::query_as("select version, encode(checksum, 'hex') from _sqlx_migrations where success order by version")
            .fetch_all(connection)
            .await?;
    Ok(applied.into_iter().map(|(version, checksum)| Migration { version, checksum }).collect())
}

/// The sum of a table's rows as they are now.
pub async fn sum(connection: &mut PgConnection, table: &Table) -> sqlx::Result<Sum> {
    let mut sum = Sum::default();
    let mut rows = connection.copy_out_raw(&table.copy_out()).await?;
    while let Some(row) = rows.try_next().await? {
        sum.add(&row);
    }
    Ok(sum)
}

/// Equal values must print equally here and on the server that restores them.
pub async fn stable_text(connection: &mut PgConnection) -> sqlx::Result<()> {
    let settings = "set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
                    set local bytea_output = 'hex'; set local extra_float_digits = 1; set local xmloption = 'content'";
    connection.execute(settings).await?;
    Ok(())
}
