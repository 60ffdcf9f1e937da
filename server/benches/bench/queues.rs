//! Staff look at a queue of a hundred thousand requests, and of a million: first pages, pages far behind, words of two
//! characters, and a sheet of everything. Every reply must hold as many rows as it should.

use std::time::{Duration, Instant};

use serde_json::Value;
use server::boot::Failure;
use server::demo::cast;
use sqlx::PgConnection;

use crate::client::{Connection, get};
use crate::figures::{Figures, median, p99};
use crate::house::{House, Server};
use crate::member::Member;
use crate::{dashboards, fill};

/// As often is each page asked for.
const ROUNDS: u32 = 200;
/// What is looked for: in every tenth request, in hardly any, and in none.
const WORDS: [&str; 6] = ["电梯", "電梯", "漏水", "水喉", "楼梯", "鑫鑫"];
/// Rows before the page that is called deep, the thousandth.
const DEEP: i64 = 29_970;
/// One request in so many is open, as in an office that keeps up.
const OPEN_ONE_IN: u32 = 200;

/// How the queue of one size is called in the figures.
struct Names {
    first: &'static str,
    deep: &'static str,
    search: &'static str,
}

pub async fn measure(mut house: House, figures: &mut Figures) -> Result<(), Failure> {
    let House { db, server, .. } = &mut house;
    let mut desk = Desk(Member::sign_in(server.address, cast::COORDINATOR).await?);
    fill::multiply(db, 1, 100_000, OPEN_ONE_IN).await?;
    let names =
        Names { first: "queue_first_page_p99_100k", deep: "queue_page_1000_100k", search: "queue_search_2_chars_100k" };
    desk.look(db, figures, &names).await?;
    dashboards::measure(server.address, db, figures, "dashboard_p99_100k").await?;
    export(server, &desk, db, figures).await?;
    println!("   it grows to a million, which takes some minutes");
    fill::multiply(db, 100_001, 1_000_000, OPEN_ONE_IN).await?;
    // The server hung up on whoever said nothing for minutes.
    desk = Desk(Member::sign_in(server.address, cast::COORDINATOR).await?);
    let names =
        Names { first: "queue_first_page_p99_1m", deep: "queue_page_1000_1m", search: "queue_search_2_chars_1m" };
    desk.look(db, figures, &names).await?;
    dashboards::measure(server.address, db, figures, "dashboard_p99_1m").await
}

/// A coordinator at work.
struct Desk(Member);

impl Desk {
    /// One page; how many milliseconds it took, and its rows.
    async fn page(&mut self, fields: &[(&str, &str)]) -> Result<(f64, usize), Failure> {
        let (took, reply) = self.0.ask("requests/queue", fields).await?;
        let page: Value = serde_json::from_str(&reply.text()?)?;
        let rows = page["cards"].as_array().ok_or_else(|| format!("WRONG: the queue was answered with {page}"))?;
        Ok((took, rows.len()))
    }

    /// How long the same page takes, again and again.
    async fn pages(&mut self, fields: &[(&str, &str)], rows: usize) -> Result<Vec<f64>, Failure> {
        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            let (time, found) = self.page(fields).await?;
            if found != rows {
                return Err(format!("WRONG: {fields:?} found {found} rows instead of {rows}.").into());
            }
            took.push(time);
        }
        Ok(took)
    }

    async fn look(&mut self, db: &mut PgConnection, figures: &mut Figures, names: &Names) -> Result<(), Failure> {
        let mut slowest: f64 = 0.0;
        for view in ["open", "new", "mine", "done", "all"] {
            let (_, rows) = self.page(&[("view", view)]).await?;
            let took = self.pages(&[("view", view)], rows).await?;
            slowest = slowest.max(p99(took)?);
        }
        figures.at_most(names.first, slowest, "ms", 60.0);

        let (at, id): (String, String) = sqlx::query_as(
            "select to_char(received_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), id::text from request
             where estate_id = (select estate_id from request group by estate_id order by count(*) desc limit 1)
             order by received_at desc, id desc offset $1 limit 1",
        )
        .bind(DEEP)
        .fetch_one(db)
        .await?;
        let first = median(self.pages(&[("view", "all")], 30).await?)?;
        let deep = median(self.pages(&[("view", "all"), ("after[at]", &at), ("after[id]", &id)], 30).await?)?;
        figures.at_most(names.deep, deep / first, "×", 1.3);

        let mut slowest: f64 = 0.0;
        for words in WORDS {
            for view in ["open", "all"] {
                let fields = [("view", view), ("words", words)];
                let (_, rows) = self.page(&fields).await?;
                let took = self.pages(&fields, rows).await?;
                slowest = slowest.max(p99(took)?);
            }
        }
        figures.at_most(names.search, slowest, "ms", 150.0);
        Ok(())
    }
}

/// A sheet of a hundred thousand rows: how long, and how much memory it takes meanwhile.
async fn export(server: &Server, desk: &Desk, db: &mut PgConnection, figures: &mut Figures) -> Result<(), Failure> {
    let rows: i64 = sqlx::query_scalar(
        "select count(*) from request where estate_id =
        (select estate_id from request group by estate_id order by count(*) desc limit 1)",
    )
    .fetch_one(db)
    .await?;
    for (ending, time, memory) in
        [("csv", "export_csv_100k", "export_csv_memory"), ("xlsx", "export_xlsx_100k", "export_xlsx_memory")]
    {
        let before = server.memory().unwrap_or_default();
        let mut connection = Connection::open(server.address).await?;
        let headers = format!("x-forwarded-for: 10.8.0.1\r\ncookie: {}\r\n", desk.0.cookie);
        let ask = get(&format!("/staff/export.{ending}?view=all"), "identity", &headers);
        let (begun, mut most) = (Instant::now(), before);
        let reply = {
            let mut asked = std::pin::pin!(connection.ask(&ask));
            loop {
                tokio::select! {
                    reply = &mut asked => break reply?,
                    () = tokio::time::sleep(Duration::from_millis(50)) => most = most.max(server.memory().unwrap_or_default()),
                }
            }
        };
        let took = begun.elapsed().as_secs_f64();
        let lines = reply.body.iter().filter(|byte| **byte == b'\n').count();
        if reply.status != 200 || (ending == "csv" && lines as i64 != rows + 1) {
            return Err(format!("WRONG: the sheet has {lines} lines for {rows} rows ({}).", reply.status).into());
        }
        figures.at_most(time, took, "s", 8.0);
        figures.at_most(memory, most - before, "MB", 60.0);
    }
    Ok(())
}
