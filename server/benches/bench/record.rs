//! The checker of what staff did: reads the record, and follows it along the tables of moves.

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use server::boot::Failure;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::moves;
use crate::staff::Accepted;

/// What was done by hand, and by whom.
const BY_HAND: &str = "
select h.subject_id, h.kind, a.sign_in from happening h join account a on a.id = h.by_account_id
where h.room = 'requests' and h.subject_id = any($1) and h.by_staff_id is not null and h.kind = any($2)";
const TABLE: &str = "select matter, from_stage, to_stage from legal_move";
const HISTORY: &str = "
select subject_id, kind, details from happening where room = 'requests' and subject_id = any($1) order by id";
const STORED: &str = "
select id, stage, version from request where id = any($1)
union all select id, stage, version from work_order where request_id = any($1)";

/// A row of the tables of moves: of what, from where, to where.
type Step = (String, String, String);

/// Where a request or an order stands, and how often it was written.
#[derive(Debug, Default, PartialEq, Eq)]
struct Standing {
    stage: String,
    version: i32,
}

/// What a happening does to what it happened to.
enum Effect<'a> {
    /// Nothing is written to it.
    Nothing,
    /// It is written where it stands.
    Stays,
    Moves(&'a str),
}

/// Requests that came in and were moved by nobody before, and all that was accepted of them since.
pub async fn check(db: &mut PgConnection, requests: &[Uuid], accepted: &[Accepted]) -> Result<(), Failure> {
    each_saw_another_version(accepted)?;
    each_is_recorded(db, requests, accepted).await?;
    all_stand_where_the_record_leads(db, requests).await
}

/// Of two that write what one of them has not seen the other write, one is lost.
fn each_saw_another_version(accepted: &[Accepted]) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    match accepted.iter().find(|done| !seen.insert((done.attempt.subject, done.attempt.seen))) {
        None => Ok(()),
        Some(Accepted { by, attempt }) => {
            let (what, subject, version) = (attempt.what.endpoint, attempt.subject, attempt.seen);
            Err(format!("WRONG: {what} of {by} wrote over version {version} of {subject}, as another did.").into())
        }
    }
}

/// Once each, and nothing besides.
async fn each_is_recorded(db: &mut PgConnection, requests: &[Uuid], accepted: &[Accepted]) -> Result<(), Failure> {
    let mut stored: Vec<(Uuid, String, String)> =
        sqlx::query_as(BY_HAND).bind(requests).bind(moves::kinds()).fetch_all(db).await?;
    let mut told: Vec<(Uuid, String, String)> = Vec::new();
    for Accepted { by, attempt } in accepted {
        told.extend(attempt.what.records.iter().map(|kind| (attempt.request, (*kind).to_owned(), by.clone())));
    }
    stored.sort();
    told.sort();
    if told == stored {
        return Ok(());
    }
    let first = told.iter().zip(&stored).find(|(told, stored)| told != stored);
    let (told, stored) = (told.len(), stored.len());
    Err(format!("WRONG: {told} happenings were accepted, {stored} are recorded; they part at {first:?}.").into())
}

/// No stage off the tables, and as many versions as the record has writes.
async fn all_stand_where_the_record_leads(db: &mut PgConnection, requests: &[Uuid]) -> Result<(), Failure> {
    let table: Vec<Step> = sqlx::query_as(TABLE).fetch_all(&mut *db).await?;
    let table: HashSet<Step> = table.into_iter().collect();
    let history: Vec<(Uuid, String, Value)> = sqlx::query_as(HISTORY).bind(requests).fetch_all(&mut *db).await?;
    let stored: Vec<(Uuid, String, i32)> = sqlx::query_as(STORED).bind(requests).fetch_all(db).await?;
    let led = follow(&table, &history)?;
    if led.len() != stored.len() {
        return Err(format!("WRONG: {} requests and orders are stored, {} recorded.", stored.len(), led.len()).into());
    }
    for (id, stage, version) in stored {
        let (stands, leads) = (Standing { stage, version }, led.get(&id));
        if leads != Some(&stands) {
            return Err(format!("WRONG: {id} is {stands:?}; its record leads to {leads:?}.").into());
        }
    }
    Ok(())
}

fn follow(table: &HashSet<Step>, history: &[(Uuid, String, Value)]) -> Result<HashMap<Uuid, Standing>, Failure> {
    let mut all: HashMap<Uuid, Standing> = HashMap::new();
    for (request, kind, details) in history {
        let standing = all.entry(*request).or_default();
        let effect = on_request(kind, details, &standing.stage);
        standing.take("request", effect, table)?;
        if let Some(stage) = on_order(kind) {
            let order: Uuid = details["order"].as_str().ok_or("WRONG: a happening without its order.")?.parse()?;
            all.entry(order).or_default().take("order", Effect::Moves(stage), table)?;
        }
    }
    Ok(all)
}

impl Standing {
    fn take(&mut self, matter: &str, effect: Effect<'_>, table: &HashSet<Step>) -> Result<(), Failure> {
        match effect {
            Effect::Nothing => return Ok(()),
            Effect::Stays => {}
            Effect::Moves(to) => {
                let step = (matter.to_owned(), self.stage.clone(), to.to_owned());
                if !table.contains(&step) {
                    return Err(format!("WRONG: the record has a move that is not on the table: {step:?}.").into());
                }
                to.clone_into(&mut self.stage);
            }
        }
        self.version += 1;
        Ok(())
    }
}

fn on_request<'a>(kind: &'a str, details: &'a Value, stage: &str) -> Effect<'a> {
    match kind {
        "promised" | "appointed" | "taken_over" => Effect::Stays,
        // Another order, beside those that are out.
        "dispatched" if matches!(stage, "dispatched" | "in_progress") => Effect::Stays,
        "followed" | "shared" => Effect::Moves(details["stage"].as_str().unwrap_or_default()),
        "went_on" | "back_at_desk" => Effect::Moves("triaged"),
        "marked_duplicate" => Effect::Moves("duplicate"),
        "received" | "triaged" | "dispatched" | "waiting" | "done" | "confirmed" | "unconfirmed" | "disputed"
        | "reopened" | "archived" | "declined" | "cancelled" => Effect::Moves(kind),
        _ => Effect::Nothing,
    }
}

/// The stage in which a happening leaves the order that it names.
fn on_order(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "dispatched" => "issued",
        "order_accepted" => "accepted",
        "order_refused" => "refused",
        "set_out" => "en_route",
        "arrived" | "resumed" => "on_site",
        "paused" => "paused",
        "completed" => "completed",
        "verified" => "verified",
        "sent_back" => "rework",
        "order_cancelled" => "cancelled",
        _ => return None,
    })
}
