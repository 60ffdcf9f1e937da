//! A thousand households want one time at once, five times over: one has it each time, and every other is told when else it
//! can be had.

use std::net::SocketAddr;
use std::sync::Arc;

use app::fault::Fault;
use server::boot::Failure;
use sqlx::PgConnection;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::bookings::{Place, household};
use crate::client::Reply;
use crate::figures::{Figures, p99};
use crate::member::Member;

pub const CLIENTS: usize = 1000;
const ROUNDS: i64 = 5;

const KEPT: &str = "
select count(*) from booking b join facility f on f.estate_id = b.estate_id and f.id = b.facility_id where f.slug = $1";

pub async fn measure(
    address: SocketAddr,
    db: &mut PgConnection,
    place: &Place,
    figures: &mut Figures,
) -> Result<(), Failure> {
    let mut members = Vec::new();
    for number in 1..=CLIENTS {
        members.push((number, household(address, number).await?));
    }
    let mut all = Vec::new();
    for round in 0..ROUNDS {
        let (returned, took) = race(members, &Arc::new(place.later(round))).await?;
        members = returned;
        all.extend(took);
    }
    let kept: i64 = sqlx::query_scalar(KEPT).bind(&place.slug).fetch_one(db).await?;
    if kept != ROUNDS {
        return Err(format!("WRONG: {ROUNDS} times were raced for, and {kept} bookings are there.").into());
    }
    figures.at_most("booking_race_p99", p99(all)? / 1000.0, "s", 1.0);
    Ok(())
}

type Members = Vec<(usize, Member)>;

/// All of them at once; how many milliseconds each took.
async fn race(members: Members, place: &Arc<Place>) -> Result<(Members, Vec<f64>), Failure> {
    let (start, mut racing) = (Arc::new(Barrier::new(members.len())), JoinSet::new());
    for (number, mut member) in members {
        let (start, place) = (Arc::clone(&start), Arc::clone(place));
        racing.spawn(async move {
            start.wait().await;
            let (took, reply) = place.hold(&mut member, number).await?;
            Ok::<_, Failure>((number, member, took, is_served(&reply)?))
        });
    }
    let (mut members, mut all, mut served) = (Vec::new(), Vec::new(), 0);
    while let Some(done) = racing.join_next().await {
        let (number, member, took, is_served) = done??;
        members.push((number, member));
        all.push(took);
        served += usize::from(is_served);
    }
    if served != 1 {
        return Err(format!("WRONG: {served} of {CLIENTS} have the same time.").into());
    }
    Ok((members, all))
}

/// Whether they have it; whoever has not is told what is free instead.
fn is_served(reply: &Reply) -> Result<bool, Failure> {
    let text = reply.text()?;
    match (reply.status, serde_json::from_str(&text)) {
        (200, _) => Ok(true),
        (409, Ok(Fault::Taken { instead, .. })) if !instead.is_empty() => Ok(false),
        (status, _) => Err(format!("WRONG: whoever was slower was answered with {status}: {text}").into()),
    }
}
