//! The load: many connections, either as fast as the server answers, or at a fixed rate of arrivals. At a fixed rate
//! the latency counts from the moment at which a request was due, so that a server that falls behind is not forgiven.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use server::boot::Failure;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use crate::client::{Connection, Reply};
use crate::figures::{median, p99};

const CONNECTIONS: usize = 64;
const ROUNDS: usize = 5;

/// What is asked, and what a right answer is.
pub trait Errand: Send + Sync + 'static {
    /// The next request and its number; none when no more may be sent.
    fn next(&self) -> Option<(usize, Vec<u8>)>;

    /// Refuses a wrong answer, which ends the whole bench.
    fn judge(&self, number: usize, reply: &Reply) -> Result<(), Failure>;
}

#[derive(Clone, Copy)]
pub struct Load {
    /// Requests due a second; none: each connection asks again as soon as it is answered.
    pub arrivals: Option<u32>,
    pub lasting: Duration,
}

impl Load {
    pub fn saturating(seconds: u64) -> Self {
        Self { arrivals: None, lasting: Duration::from_secs(seconds) }
    }

    pub fn arriving(a_second: u32, seconds: u64) -> Self {
        Self { arrivals: Some(a_second), lasting: Duration::from_secs(seconds) }
    }
}

/// The medians of five rounds.
pub struct Outcome {
    /// Answers a second.
    pub rate: f64,
    /// The 99th percentile of latency, in milliseconds.
    pub p99: f64,
}

pub async fn five_rounds<E: Errand>(address: SocketAddr, errand: &Arc<E>, load: Load) -> Result<Outcome, Failure> {
    let (mut rates, mut p99s) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let latencies = drive(address, errand, load).await?;
        if latencies.is_empty() {
            break;
        }
        rates.push(latencies.len() as f64 / begun.elapsed().as_secs_f64());
        p99s.push(p99(latencies)?);
    }
    Ok(Outcome { rate: median(rates)?, p99: median(p99s)? })
}

/// One round; the latencies in milliseconds. Whatever was sent has been answered when it returns.
pub async fn drive<E: Errand>(address: SocketAddr, errand: &Arc<E>, load: Load) -> Result<Vec<f64>, Failure> {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Connection::open(address).await?);
    }
    let (turns, begun) = (Arc::new(AtomicU32::new(0)), Instant::now());
    let mut at_work = JoinSet::new();
    for connection in connections {
        at_work.spawn(work(connection, Arc::clone(errand), Arc::clone(&turns), load, begun));
    }
    let mut all = Vec::new();
    while let Some(done) = at_work.join_next().await {
        all.extend(done??);
    }
    Ok(all)
}

/// One connection: takes the next turn, waits until it is due, asks, judges.
async fn work<E: Errand>(
    mut connection: Connection,
    errand: Arc<E>,
    turns: Arc<AtomicU32>,
    load: Load,
    begun: Instant,
) -> Result<Vec<f64>, Failure> {
    let mut latencies = Vec::new();
    loop {
        let due = match load.arrivals {
            Some(a_second) => begun + Duration::from_secs(1) * turns.fetch_add(1, Ordering::Relaxed) / a_second,
            None => Instant::now(),
        };
        if due >= begun + load.lasting {
            return Ok(latencies);
        }
        let Some((number, request)) = errand.next() else { return Ok(latencies) };
        if load.arrivals.is_some() {
            sleep_until(due).await;
        }
        let reply = connection.ask(&request).await?;
        latencies.push(due.elapsed().as_secs_f64() * 1000.0);
        errand.judge(number, &reply)?;
    }
}
