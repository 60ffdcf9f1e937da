//! What happened on the demo estates in the last ninety days, made by calling the rules in order.

mod again;
mod burst;
mod calendar;
mod calls;
mod clock;
mod desk;
mod life;
mod office;
mod phrases;
mod plan;
mod tape;
mod visit;
mod voice;

use std::collections::HashMap;

use app::fault::Fault;
use app::ids::EstateId;
use app::moment::Moment;
use app::photos::Processed;
use app::requests::Request;
use sqlx::PgConnection;

use super::content::Content;
use super::people::Dweller;
use super::places::Ground;
use super::staff::{Colleague, duty_officer};
use super::store;
use super::stories::stories;
use crate::boot::Failure;
use calls::Register;
use life::{Life, Pause};
use office::Office;
use plan::Drawer;
use tape::Tape;

/// Lives all stories and stores them; `paper` is what other offices send.
pub async fn write(
    db: &mut PgConnection,
    content: &Content,
    grounds: &[Ground],
    colleagues: &[(EstateId, Colleague)],
    dwellers: &[Dweller],
    paper: &Processed,
    now: Moment,
) -> Result<(), Failure> {
    let stories = stories()?;
    let mut drawer = Drawer::new(&stories, dwellers);
    let plans = calendar::lay_out(&mut drawer, grounds, now);
    let mut offices = Vec::new();
    for ground in grounds {
        let duty_officer = duty_officer(content, &ground.slug).ok_or("An estate of the demo has no duty officer.")?;
        offices.push(Office::new(ground, colleagues, duty_officer, now));
    }
    let (mut tape, mut register) = (Tape::default(), Register::default());
    // What duplicates repeat, as it stood at each of its moments.
    let mut repeated: HashMap<usize, Vec<(Moment, Request)>> =
        plans.iter().filter_map(|plan| plan.repeats).map(|key| (key, Vec::new())).collect();
    let (mut number, mut burst) = (0, Vec::new());
    for plan in &plans {
        let office = offices.iter_mut().find(|office| office.ground.id == plan.ground.id);
        let office = office.ok_or("A story of the demo has no estate.")?;
        number += 1;
        let others = plan.repeats.and_then(|key| repeated.get(&key)).map_or(&[][..], Vec::as_slice);
        let mut life = Life::receive(office, plan, number, others).map_err(sentence)?;
        match life.run() {
            Ok(()) | Err(Pause::Here) => {}
            Err(pause) => return Err(sentence(pause)),
        }
        register.add(&life);
        life.reckon().map_err(sentence)?;
        if plan.is_burst {
            burst.push(life.case.request.clone());
        }
        let lived = life.tape;
        if let Some(kept) = repeated.get_mut(&plan.key) {
            *kept = lived.requests();
        }
        tape.append(lived);
    }
    tape.store(db, paper).await?;
    register.store(db).await?;
    burst::propose(db, &burst, grounds).await?;
    store::set_number(db, number).await
}

fn sentence(pause: Pause) -> Failure {
    match pause {
        Pause::Here => "A story of the demo ends before it began.".into(),
        Pause::Refused(fault) => refused(&fault),
        Pause::Nobody(what) => format!("A story of the demo needs a {what} that is not there.").into(),
    }
}

fn refused(fault: &Fault) -> Failure {
    format!("A story of the demo breaks the rules: {fault}.").into()
}
