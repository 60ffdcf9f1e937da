//! Reading an archive into an empty database: all of it and verified, or nothing.

use std::io::Read;
use std::path::{Component, Path};

use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgConnection, PgPool};

use super::save::{migrations, stable_text, sum};
use super::tables::{self, Rest, Table};
use super::{DumpError, FORMAT, MANIFEST, Manifest, PHOTOS, SUMS, Sum, Sums, archive};

/// Restores `file`, then brings the database from the archive's version to this one.
pub async fn restore(pool: &PgPool, migrator: &Migrator, data: &Path, file: &Path) -> Result<(), DumpError> {
    let mut archive = archive::open(file)?;
    let mut entries = archive.entries()?;
    // The tar reader would quote the bytes of whatever it was given.
    let first = match entries.next() {
        Some(Ok(first)) => first,
        _ => return Err(DumpError::Foreign("it is no tar archive".to_owned())),
    };
    if first.path()?.to_str() != Some(MANIFEST) {
        return Err(DumpError::Foreign(format!("it does not begin with {MANIFEST}")));
    }
    let manifest: Manifest = serde_json::from_reader(first).map_err(|error| DumpError::Foreign(error.to_string()))?;
    if manifest.format != FORMAT {
        return Err(DumpError::Foreign(format!("its format is {}, not {FORMAT}", manifest.format)));
    }
    // A statement over a whole database may take its time without a warning.
    pool.set_connect_options(pool.connect_options().as_ref().clone().disable_statement_logging());
    // Before a table is touched, and again below where nobody can come in between.
    refuse_unless_empty(&mut *pool.acquire().await?).await?;
    meet(pool, migrator, &manifest).await?;

    let mut transaction = pool.begin().await?;
    stable_text(&mut transaction).await?;
    refuse_unless_empty(&mut transaction).await?;
    let rest = Rest::begin(&mut transaction).await?;
    // What migrations wrote is in the archive too, as it was there.
    let all: Vec<String> = manifest.tables.iter().map(Table::quoted).collect();
    if !all.is_empty() {
        let truncate = format!("truncate {} restart identity", all.join(", "));
        transaction.execute(AssertSqlSafe(truncate)).await?;
    }
    let (mut photos, mut seal) = (Sum::default(), None);
    for entry in entries {
        let entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        let plain = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
        match name.split('/').collect::<Vec<_>>()[..] {
            _ if !plain => return Err(DumpError::Foreign(format!("it holds the path {name}"))),
            [SUMS] => {
                seal = Some(serde_json::from_str(&text(entry)?).map_err(|error| DumpError::Damaged(error.to_string()))?)
            }
            ["tables", key, _] => load(&mut transaction, &manifest, key, entry).await?,
            [PHOTOS, ..] => archive::keep_photo(data, &name, entry, &mut photos)?,
            _ => return Err(DumpError::Foreign(format!("it holds {name}"))),
        }
    }
    let seal: Sums = seal.ok_or_else(|| DumpError::Damaged("its end is missing".to_owned()))?;
    for sequence in &manifest.sequences {
        tables::set_sequence(&mut transaction, sequence).await?;
    }
    verify(&mut transaction, &manifest, &seal, &photos).await?;
    rest.end(&mut transaction).await?;
    transaction.commit().await?;
    Ok(migrator.run(pool).await?)
}

/// Brings an empty database to exactly the archive's version.
async fn meet(pool: &PgPool, migrator: &Migrator, manifest: &Manifest) -> Result<(), DumpError> {
    for archived in &manifest.migrations {
        let known = migrator.iter().find(|known| known.version == archived.version);
        if known.is_none_or(|known| hex(&known.checksum) != archived.checksum) {
            return Err(DumpError::Newer(archived.version));
        }
    }
    if let Some(last) = manifest.migrations.last() {
        migrator.run_to(last.version, pool).await?;
    }
    let mut connection = pool.acquire().await?;
    if migrations(&mut connection).await? == manifest.migrations { Ok(()) } else { Err(DumpError::Ahead) }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every row that people made belongs to an estate; what migrations write belongs to none.
async fn refuse_unless_empty(connection: &mut PgConnection) -> Result<(), DumpError> {
    for table in tables::list(&mut *connection).await? {
        if table.name != "estate" && !table.columns.iter().any(|column| column == "estate_id") {
            continue;
        }
        let any = AssertSqlSafe(format!("select exists (select from {})", table.quoted()));
        if sqlx::query_scalar(any).fetch_one(&mut *connection).await? {
            return Err(DumpError::NotEmpty(table.name));
        }
    }
    Ok(())
}

async fn load(
    connection: &mut PgConnection,
    manifest: &Manifest,
    key: &str,
    mut rows: tar::Entry<'_, impl Read>,
) -> Result<(), DumpError> {
    let table = manifest.tables.iter().find(|table| table.key() == key);
    let table = table.ok_or_else(|| DumpError::Damaged(format!("it does not describe the table {key}")))?;
    // At most one piece; see `save`.
    let mut piece = Vec::new();
    rows.read_to_end(&mut piece)?;
    if piece.len() as u64 != rows.size() {
        return Err(DumpError::Damaged("its end is missing".to_owned()));
    }
    let mut copy = connection.copy_in_raw(&table.copy_in()).await?;
    copy.send(piece).await?;
    copy.finish().await?;
    Ok(())
}

fn text(mut entry: impl Read) -> std::io::Result<String> {
    let mut text = String::new();
    entry.read_to_string(&mut text)?;
    Ok(text)
}

async fn verify(
    connection: &mut PgConnection,
    manifest: &Manifest,
    seal: &Sums,
    photos: &Sum,
) -> Result<(), DumpError> {
    for table in &manifest.tables {
        let (expected, found) = (seal.get(&table.key()), sum(connection, table).await?);
        if expected != Some(&found) {
            let expected = expected.map_or(0, |expected| expected.count);
            let counts = format!("{} came out with {} of {expected} rows, or changed ones", table.key(), found.count);
            return Err(DumpError::Damaged(counts));
        }
    }
    if seal.get(PHOTOS) == Some(photos) {
        Ok(())
    } else {
        Err(DumpError::Damaged("a photo is missing or changed".to_owned()))
    }
}
