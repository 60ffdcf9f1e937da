//! From nothing, and from a folder that is there, to the first answered page.

use std::path::Path;
use std::time::{Duration, Instant};

use server::boot::Failure;

use crate::client::{Connection, get};
use crate::figures::{Figures, median};
use crate::house::{self, Server};

const ROUNDS: usize = 5;
/// Until a server that answered has nothing left to do.
const SETTLED: Duration = Duration::from_secs(1);

pub async fn measure(root: &Path, figures: &mut Figures) -> Result<(), Failure> {
    let (mut cold, mut again, mut memory) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let data = house::folder()?;
        let (server, took) = first_answer(root, data.path()).await?;
        cold.push(took);
        drop(server);
        let (server, took) = first_answer(root, data.path()).await?;
        again.push(took);
        tokio::time::sleep(SETTLED).await;
        memory.extend(server.memory());
    }
    figures.at_most("cold_start", median(cold)?, "s", 5.0);
    figures.at_most("restart", median(again)?, "s", 1.5);
    // Only Linux says it in a file.
    if let Ok(memory) = median(memory) {
        figures.at_most("restart_idle_rss", memory, "MB", 80.0);
    }
    Ok(())
}

async fn first_answer(root: &Path, data: &Path) -> Result<(Server, f64), Failure> {
    let begun = Instant::now();
    let server = Server::start(root, data, &[]).await?;
    let reply = Connection::open(server.address).await?.ask(&get("/", "br", "")).await?;
    match reply.status {
        200 => Ok((server, begun.elapsed().as_secs_f64())),
        status => Err(format!("The first answer was {status}.").into()),
    }
}
