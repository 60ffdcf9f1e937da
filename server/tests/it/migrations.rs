//! Every migration runs over sample rows, and the schema keeps its promises.

use crate::house::noon;
use sqlx::PgPool;
use sqlx::migrate::{Migration, Migrator};

#[sqlx::test(migrations = "../app/migrations")]
async fn business_tables_name_their_estate_first(pool: PgPool) {
    // Accounts, sessions, what hangs on a browser, and how a language is written belong to no estate.
    let exempt = [
        "account",
        "session",
        "person_feed",
        "screen_ask",
        "attempt",
        "draft",
        "replay",
        "estate",
        "legal_move",
        "hanzi",
        "_sqlx_migrations",
    ];
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

/// Rows as the first three migrations knew them: a home, its owner, an invitation, a report that was fixed and rated.
const SAMPLE: &str = "
    insert into estate (id, name_en, name_hans, name_hant, zone, desk_phone, emergency_phone, code_prefix)
      values (id(1), 'Elsewhere', '别处', '別處', 'Asia/Shanghai', '1', '2', 'EL');
    insert into building values (id(1), id(2), 1, 'residential', 'Building 1', '1号楼', '1座', 18);
    insert into unit values (id(1), id(3), id(2), 12, '03', '1203', 'flat', 890000);
    insert into department values (id(1), id(4), 'engineering', 1, 'Engineering', '工程部', '工程部');
    insert into account (id, sign_in, password_hash, name, lang, created_at) values
      (id(5), 'resident', 'x', 'Noor Haddad', 'en', now()), (id(6), 'plumber', 'x', 'Lin Yue', 'zh-Hans', now());
    insert into party (estate_id, id, kind, name) values (id(1), id(7), 'person', 'Noor Haddad');
    insert into party_account values (id(1), id(7), id(5));
    insert into occupancy values (id(1), id(8), id(3), id(7), 'owner', '2020-01-01');
    insert into staff_member (estate_id, id, account_id, department_id) values (id(1), id(9), id(6), id(4));
    insert into staff_role (estate_id, staff_id, role, granted_at) values (id(1), id(9), 'technician', now());
    insert into invitation (estate_id, id, unit_id, party_id, code_hash, issued_by, issued_at, expires_at)
      values (id(1), id(10), id(3), id(7), 'x', id(9), now(), now() + interval '1 day');
    insert into catalogue_item (estate_id, id, slug, kind, position, icon, name_en, name_hans, name_hant, place, urgency,
      department_id, answer_minutes)
      values (id(1), id(11), 'tap', 'problem', 1, 'water', 'Tap', '水龙头', '水喉', 'home', 'normal', id(4), 60);
    insert into request (estate_id, id, code, stage, stage_at, item_id, urgency, channel, unit_id, words, lang, reporter_id,
      party_id, department_id, accountable_id, promised_at, promise_kind, received_at)
      values (id(1), id(12), 'EL-00001-A', 'received', now(), id(11), 'normal', 'web', id(3), 'It drips.', 'en', id(5),
        id(7), id(4), id(9), now(), 'answer', now());
    insert into happening (estate_id, room, subject_id, kind, is_public, at, details)
      values (id(1), 'requests', id(12), 'received', true, now(), '{\"kind\": \"received\"}');
    insert into rating (estate_id, request_id, attitude, conduct, speed, result, rated_by, rated_at)
      values (id(1), id(12), 5, 5, 4, 5, id(5), now());";

/// Postgres plans those in SQL anew in each statement that calls them.
#[sqlx::test(migrations = "../app/migrations")]
async fn what_makes_json_of_a_query_is_planned_once(pool: PgPool) {
    let slow: Vec<String> = sqlx::query_scalar(
        r"select p.proname::text from pg_proc p join pg_language l on l.oid = p.prolang
          where p.pronamespace = current_schema()::regnamespace and l.lanname = 'sql' and p.proname ~ '_json$'
            and p.prosrc ~ '\mfrom\M'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(slow.is_empty(), "{slow:?} belong in PL/pgSQL");
}

#[sqlx::test(migrations = false)]
async fn every_migration_runs_over_sample_rows(pool: PgPool) {
    let all: Vec<Migration> = app::migrator().iter().cloned().collect();
    let upto = |count: usize| Migrator::with_migrations(all[..count].to_vec());
    upto(3).run(&pool).await.unwrap();
    let id = "create function id(n int) returns uuid language sql as
              $$ select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid $$";
    for sql in [id, SAMPLE, "drop function id"] {
        sqlx::raw_sql(sql).execute(&pool).await.unwrap();
    }
    for count in 4..=all.len() {
        upto(count).run(&pool).await.unwrap_or_else(|error| panic!("{}: {error}", all[count - 1].description));
    }
    let kept: (i64, i64, i64) = sqlx::query_as(
        "select (select count(*) from request), (select count(*) from rating where life = 0),
                (select count(*) from invitation where unit_id is not null)",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(kept, (1, 1, 1));
    // The resident's word of before: a report whose catalogue's urgency nobody wrote down.
    let told: serde_json::Value = sqlx::query_scalar("select details from happening").fetch_one(&pool).await.unwrap();
    let told: app::requests::Happening = serde_json::from_value(told).unwrap();
    assert_eq!(told, app::requests::Happening::Received { urgency: None });
    let mut db = pool.acquire().await.unwrap();
    let estate = sqlx::query_scalar::<_, uuid::Uuid>("select id from estate").fetch_one(&mut *db).await.unwrap();
    let (policy, _) = app::policy::store::in_force(&mut db, estate.into(), noon()).await.unwrap();
    assert_eq!((policy.version, policy.terms.check()), (1, Ok(())), "estates that were there have terms to go by");
}
