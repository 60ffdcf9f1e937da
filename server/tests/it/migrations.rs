//! Every migration runs over sample rows, and the schema keeps its promises.

use sqlx::PgPool;

#[sqlx::test(migrations = "../app/migrations")]
async fn business_tables_name_their_estate_first(pool: PgPool) {
    // Accounts, sessions and what hangs on a browser belong to no estate.
    let exempt = ["account", "session", "attempt", "draft", "replay", "estate", "legal_move", "_sqlx_migrations"];
    let keys: Vec<(String, String)> = sqlx::query_as(
        "select t.relname::text, a.attname::text from pg_index i
         join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
         join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
         where i.indisprimary and n.nspname = 'public'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(keys.len() > exempt.len());
    for (table, first) in keys {
        assert!(exempt.contains(&table.as_str()) || first == "estate_id", "{table} begins with {first}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn constraints_are_named_by_table_column_and_kind(pool: PgPool) {
    let odd: Vec<(String, String)> = sqlx::query_as(
        "select t.relname::text, c.conname::text from pg_constraint c join pg_class t on t.oid = c.conrelid
         join pg_namespace n on n.oid = t.relnamespace
         where n.nspname = 'public' and t.relname <> '_sqlx_migrations'
           and c.conname !~ ('^' || t.relname || '_(.+_)?(pkey|key|fkey|check|excl|fkey[0-9]+)$')",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(odd, []);
}
