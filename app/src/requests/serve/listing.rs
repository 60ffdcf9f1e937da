use super::super::model::{After, Card, Channel, Listing, MOST_CHOSEN, Registered, SentOut, Sieve, Version, View};
use super::super::store;
use super::desk::send_out;
use super::queue::{Asked, Search};
use super::reason_if_any;
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note};
use crate::ids::RequestId;
use crate::insights;
use crate::people::{self, Power, Staff};
use sqlx::PgConnection;
use std::collections::HashMap;

/// A page of the queue as a sheet.
pub async fn listing(
    view: Option<String>,
    typed: Option<String>,
    after: Option<After>,
    sieve: Vec<String>,
) -> Result<Listing, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let now = call.now;
    let asked = Asked::of(view.as_deref(), typed.as_deref(), Sieve::parse(&sieve));
    let search = Search::of(call.db(), staff.clone(), asked, now).await?;
    let (cards, next) = search.page(call.db(), after, MOST_CHOSEN.into()).await?;
    let total = search.total(call.db()).await?;
    let (mut teams, mut hands) = (Vec::new(), Vec::new());
    if may_send(&staff) {
        teams = estate::store::list_departments(call.db(), staff.estate).await?;
        teams.retain(|team| staff.can(Power::Dispatch) || team.id == staff.department.id);
        hands = people::store::list_hands(call.db(), staff.estate).await?;
        hands.retain(|hand| teams.iter().any(|team| team.id == hand.department.id));
    }
    let ids: Vec<RequestId> = cards.iter().map(|card| card.id).collect();
    let versions = store::list_versions(call.db(), staff.estate, &ids).await?;
    let mut register = register(call.db(), &staff, &cards).await?;
    let row = |card: Card| versions.get(&card.id).map(|version| (card, *version));
    Ok(Listing {
        register: cards.iter().filter_map(|card| register.remove(&card.id)).map(|(line, _)| line).collect(),
        rows: cards.into_iter().filter_map(row).collect(),
        next,
        total,
        names: search.names(),
        teams,
        hands,
        wall: call.wall(),
    })
}

/// What the register says of these matters. Trades see a client's phone only while there is something to do (domain.md,
/// *Powers*).
pub(super) async fn register(
    db: &mut PgConnection,
    staff: &Staff,
    cards: &[Card],
) -> Result<HashMap<RequestId, (Registered, Channel)>, Fault> {
    let ids: Vec<RequestId> = cards.iter().map(|card| card.id).collect();
    let mut found = store::list_register(db, staff.estate, &ids).await?;
    if !staff.can(Power::Reception) {
        for card in cards.iter().filter(|card| !card.line.stage.is_open()) {
            let client = found.get_mut(&card.id).and_then(|(line, _)| line.client.as_mut());
            if let Some(client) = client {
                client.phone = None;
            }
        }
    }
    Ok(found)
}

/// Whether they send orders out at all.
fn may_send(staff: &Staff) -> bool {
    staff.can(Power::Dispatch) || staff.can(Power::Assign)
}

/// Several matters go to a team or a person: each by the same rule as alone, at the version that the list showed. Those
/// that may go do, in one transaction; of the others the reply says why they stayed. Whether the caller may send to that
/// team at all is no matter's own: where not, none goes.
pub async fn dispatch_many(
    chosen: Vec<String>,
    to: String,
    instructions: Option<String>,
) -> Result<Vec<SentOut>, Fault> {
    let instructions = reason_if_any("instructions", instructions.as_deref())?;
    let parse = |one: &String| -> Option<(RequestId, Version)> {
        let (id, seen) = one.split_once(':')?;
        Some((id.parse().ok()?, seen.parse().ok()?))
    };
    let mut matters =
        chosen.iter().map(parse).collect::<Option<Vec<_>>>().ok_or(Fault::field("chosen", Note::Malformed))?;
    matters.sort_unstable();
    matters.dedup_by_key(|(id, _)| *id);
    match matters.len() {
        0 => return Err(Fault::field("chosen", Note::Missing)),
        n if n > MOST_CHOSEN as usize => return Err(Fault::field("chosen", Note::TooMany(MOST_CHOSEN))),
        _ => {}
    }
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    if !may_send(&staff) {
        return Err(Fault::NotAllowed);
    }
    let ids: Vec<RequestId> = matters.iter().map(|(id, _)| *id).collect();
    // One order of locks for all: no two calls hold what the other one waits for.
    store::lock_leads(call.db(), scope.estate, &ids).await?;
    store::lock_together(call.db(), scope, &ids).await?;
    let mut sent = Vec::new();
    for (id, seen) in matters {
        let Some(case) = store::lock(call.db(), scope, id).await? else {
            sent.push(SentOut { code: None, fault: Some(Fault::NotFound) });
            continue;
        };
        let code = Some(case.request.code.clone());
        store::set_mark(call.db()).await?;
        let went = match case.request.seen_at(seen) {
            Ok(()) => send_out(&mut call, &staff, case, &to, instructions.clone(), Vec::new()).await,
            Err(fault) => Err(fault),
        };
        match went {
            Ok(()) => {
                store::keep_since_mark(call.db()).await?;
                sent.push(SentOut { code, fault: None });
            }
            // Refused by the rule or by the database, before it wrote anything or in the midst of it.
            Err(fault @ (Fault::Stale | Fault::Refused(_))) => {
                store::undo_since_mark(call.db()).await?;
                sent.push(SentOut { code, fault: Some(fault) });
            }
            Err(fault) => return Err(fault),
        }
    }
    call.commit(sent).await
}

impl Search {
    /// How many there are in all, where nothing narrows a part of the queue that is counted.
    pub async fn total(&self, db: &mut PgConnection) -> Result<Option<i64>, Fault> {
        let Some(measures) = self.measures() else { return Ok(None) };
        let of: Vec<_> = measures.iter().map(|(measure, facet)| (*measure, facet.clone())).collect();
        Ok(Some(insights::store::count_now(db, self.estate(), &of).await?.iter().sum()))
    }
}

/// What a part of the queue counts under.
pub(super) fn measures_of(view: View, seen: &str, mine: String) -> Vec<(&'static str, String)> {
    match view {
        View::Open => vec![("open", seen.to_owned())],
        View::New => vec![("new", seen.to_owned())],
        View::Mine => vec![("open", mine)],
        View::Done => vec![("done", seen.to_owned())],
        View::All => vec![("received", seen.to_owned())],
    }
}
