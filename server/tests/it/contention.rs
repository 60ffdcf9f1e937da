//! Writes in whose way others stood are run again, and stand once; whoever loses each time is told, and leaves nothing.

use crate::bookings::{free, held, wants, week};
use crate::house::{Caller, House, key};
use crate::open311;
use crate::replays::is_still_running;
use serde_json::json;
use server::demo::cast;
use sqlx::{AssertSqlSafe, PgPool};

/// What a hold leaves: bookings, places, happenings, kept replies.
const LEFT: &str = "
    select (select count(*) from booking), (select count(*) from unit_claim),
      (select count(*) from happening where room = 'bookings'),
      (select count(*) from replay where endpoint = '/api/bookings/hold')";

/// From now on Postgres ends what is written to a table as where writes stand in each other's way: of these attempts, the
/// `nth` of which that is. They are counted by a sequence, which no rollback turns back.
pub async fn contend(house: &House, table: &str, code: &str, which: &str) {
    let contend = format!(
        "create sequence attempts;
         create function contend() returns trigger language plpgsql as $$
         declare nth bigint := nextval('attempts');
         begin
           if {which} then raise exception 'others went first' using errcode = '{code}'; end if;
           return new;
         end $$;
         create trigger contend before insert on {table} for each row execute function contend()"
    );
    sqlx::raw_sql(AssertSqlSafe(contend)).execute(&house.pool).await.unwrap();
}

/// How often it was written since.
pub async fn attempts(house: &House) -> i64 {
    house.value("select last_value from attempts").await
}

async fn left(house: &House) -> (i64, i64, i64, i64) {
    sqlx::query_as(LEFT).fetch_one(&house.pool).await.unwrap()
}

/// The fields of a hold, with their key.
async fn hold(resident: &Caller<'_>) -> Vec<(&'static str, String)> {
    let shown = week(resident, "tennis-court", "2026-11-30").await;
    let mut fields = wants(&shown, free(&shown)[2]);
    fields.push(("key", key()));
    fields
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_hold_that_a_deadlock_ended_succeeds_and_stands_once(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    contend(&house, "booking", "40P01", "nth = 1").await;
    let fields = hold(&emma).await;
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let held = emma.post_exactly("bookings/hold", &fields).await.ok();
    assert_eq!((attempts(&house).await, left(&house).await), (2, (1, 1, 1, 1)));
    let counted = "select tries from attempt where subject like 'booking:%'";
    assert_eq!(house.value::<i32>(counted).await, 1, "one try of hers");
    assert_eq!(emma.post_exactly("bookings/hold", &fields).await.ok(), held, "and one answer");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn whoever_loses_each_time_is_told_and_leaves_nothing(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    contend(&house, "booking", "40001", "nth > 0").await;
    let fields = hold(&emma).await;
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let reply = emma.post_exactly("bookings/hold", &fields).await;
    // With the answer that makes a browser come again in a moment.
    assert!(is_still_running(&reply), "{reply:?}");
    assert_eq!(reply.json(), json!("Contended"));
    assert_eq!((attempts(&house).await, left(&house).await), (3, (0, 0, 0, 0)));
    // Without scripts, too.
    let reply = emma.submit("/book/tennis-court", "bookings/hold", &fields[..5]).await;
    let browser = emma.clone().with_cookie("__Host-draft", &reply.cookie("__Host-draft").unwrap());
    let page = browser.get(reply.location().split('#').next().unwrap()).await.text();
    assert!(page.contains("Several people changed the same thing at the same moment."), "{page}");
    assert_eq!((attempts(&house).await, left(&house).await), (6, (0, 0, 0, 0)));

    sqlx::raw_sql("drop trigger contend on booking").execute(&house.pool).await.unwrap();
    emma.post_exactly("bookings/hold", &fields).await.ok();
    assert_eq!(left(&house).await, (1, 1, 1, 1));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_programs_report_is_filed_once_all_the_same(pool: PgPool) {
    let house = House::open(pool).await;
    let secret = open311::secret(&house).await;
    let code = open311::problem(&house, |service| service["attribute"] == "place").await;
    contend(&house, "request", "40P01", "nth < 3").await;
    let fields = [("api_key", secret.as_str()), ("service_code", &code), ("lat", "1"), ("long", "2")];
    open311::post(&house, "/open311/v2/requests.json", &fields).await.ok();
    assert_eq!(attempts(&house).await, 3);
    assert_eq!(house.value::<i64>("select count(*) from request").await, 1);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_due_has_its_turn_in_the_same_look(pool: PgPool) {
    let house = House::open(pool).await;
    let emma = house.as_person(cast::RESIDENT).await;
    held(&emma).await;
    house.advance(6);
    contend(&house, "happening", "40P01", "nth = 1").await;
    assert!(app::bookings::settle_due(&house.backend).await.unwrap());
    assert_eq!(house.value::<String>("select stage from booking").await, "expired");
    assert_eq!(attempts(&house).await, 2);
    assert_eq!(house.value::<i64>("select count(*) from happening where kind = 'expired'").await, 1);
}
