//! What the catalogue says about tables: which there are, their columns, and what must rest while
//! they are filled.

use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Executor, FromRow, PgConnection};

/// A table that holds rows of its own; of a partitioned one the root.
#[derive(Clone, Debug, Deserialize, FromRow, PartialEq, Eq, Serialize)]
pub struct Table {
    pub schema: String,
    pub name: String,
    /// Those that are stored, not computed.
    pub columns: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, FromRow, PartialEq, Eq, Serialize)]
pub struct Sequence {
    pub schema: String,
    pub name: String,
    pub last: i64,
}

impl Table {
    pub fn key(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    pub fn quoted(&self) -> String {
        format!("{}.{}", quote(&self.schema), quote(&self.name))
    }

    pub fn copy_out(&self) -> String {
        format!("copy (select {} from {}) to stdout", self.quoted_columns(), self.quoted())
    }

    pub fn copy_in(&self) -> String {
        format!("copy {} ({}) from stdin", self.quoted(), self.quoted_columns())
    }

    fn quoted_columns(&self) -> String {
        self.columns.iter().map(|column| quote(column)).collect::<Vec<_>>().join(", ")
    }
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every table but the record of migrations, which restoring writes by migrating.
pub async fn list(connection: &mut PgConnection) -> sqlx::Result<Vec<Table>> {
    sqlx::query_as(
        "select n.nspname::text as schema, c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
         from pg_class c
         join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         where c.relkind in ('r', 'p') and not c.relispartition and c.relname <> '_sqlx_migrations'
           and n.nspname <> 'information_schema' and n.nspname !~ '^(pg_|_sqlx)'
           and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
         group by n.nspname, c.relname order by 1, 2",
    )
    .fetch_all(connection)
    .await
}

/// The sequences that were used.
pub async fn sequences(connection: &mut PgConnection) -> sqlx::Result<Vec<Sequence>> {
    sqlx::query_as(
        "select schemaname::text as schema, sequencename::text as name, last_value as last
         from pg_sequences where last_value is not null and schemaname !~ '^_sqlx' order by 1, 2",
    )
    .fetch_all(connection)
    .await
}

pub async fn set_sequence(connection: &mut PgConnection, sequence: &Sequence) -> sqlx::Result<()> {
    let name = format!("{}.{}", quote(&sequence.schema), quote(&sequence.name));
    sqlx::query("select setval($1::regclass, $2)").bind(name).bind(sequence.last).execute(connection).await?;
    Ok(())
}

/// What refuses or changes rows on their way in: foreign keys and triggers. Taken away for the
/// length of a transaction and put back as it was, which also checks every key anew. Needs the
/// tables' owner, where switching off all triggers at once would need a superuser.
pub struct Rest {
    back: Vec<String>,
}

impl Rest {
    pub async fn begin(connection: &mut PgConnection) -> sqlx::Result<Self> {
        let statements: Vec<(String, String)> = sqlx::query_as(
            "select * from (
               select format('alter table %s drop constraint %I', conrelid::regclass, conname),
                      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
               from pg_constraint where contype = 'f' and conparentid = 0
               order by conrelid::regclass::text, conname
             ) keys union all select * from (
               select format('alter table only %s disable trigger %I', tgrelid::regclass, tgname),
                      format('alter table only %s enable %s trigger %I', tgrelid::regclass,
                             case tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, tgname)
               from pg_trigger where not tgisinternal and tgenabled <> 'D'
               order by tgrelid::regclass::text, tgname
             ) triggers",
        )
        .fetch_all(&mut *connection)
        .await?;
        let (away, back): (Vec<String>, Vec<String>) = statements.into_iter().unzip();
        each(connection, away).await?;
        Ok(Self { back })
    }

    pub async fn end(self, connection: &mut PgConnection) -> sqlx::Result<()> {
        each(connection, self.back).await
    }
}

async fn each(connection: &mut PgConnection, statements: Vec<String>) -> sqlx::Result<()> {
    for statement in statements {
        // Composed by Postgres itself from its catalogue, names quoted.
        connection.execute(AssertSqlSafe(statement)).await?;
    }
    Ok(())
}
