//! A report of another program becomes a request like any other: with a promise, its clocks, and somebody who
//! answers for it.

use super::ask::Ask;
use super::places;
use super::read::{problem, program};
use super::reply::Trouble;
use super::store::{self, Sent};
use super::wire::{Filed, NewRequest};
use crate::backend::broken;
use crate::call::Call;
use crate::contention;
use crate::estate;
use crate::fault::{Fault, Notes};
use crate::people::{self, Limit, Program};
use crate::replay::{self, Once};
use crate::requests::{Channel, Happening, LONGEST_WORDS, Place, Report, Request, Sender, receive, record_of, tell};
use crate::services::{Whereabouts, store as services};

/// The arguments of which a report may have several.
const LISTS: [&str; 1] = ["attribute[times]"];

/// Files a report. Sent again under its `Idempotency-Key` it has the same answer and no second effect; without one,
/// every report counts.
pub async fn file(ask: &Ask) -> Result<Vec<Filed>, Trouble> {
    // Nothing waits for a second connection while it holds one.
    let mut db = ask.backend.pool.acquire().await.map_err(Fault::from)?;
    let program = program(&mut db, ask).await?;
    drop(db);
    let once = ask.key.map(|key| replay::once("open311/requests", key, &ask.fields));
    if let Some(filed) = replayed(ask, &program, once.as_ref()).await? {
        return Ok(filed);
    }
    let new: NewRequest = ask.read(&LISTS)?;
    let sent = sent(&new)?;
    let mut db = ask.backend.pool.acquire().await.map_err(Fault::from)?;
    let code = new.service_code.as_deref().ok_or_else(|| Trouble::bad("service_code was not provided"))?;
    let item = problem(&mut db, program.estate, code).await?;
    let place = new.place.as_deref().or(new.address_id.as_deref());
    let placed = places::find(&mut db, program.estate, place, sent.address.as_deref(), sent.lat.is_some()).await?;
    // A program need not ask for words; the problem's name says something then.
    let words = new.description.as_deref().unwrap_or(item.name(ask.lang));
    let report = Report::parse(&item.id.to_string(), &placed, new.floor.as_deref(), words, &[], &new.times)?;
    report.times_from(estate::wall(&program.zone, ask.backend.clock.now()).now().day())?;
    match (item.place, report.place) {
        (Whereabouts::Home, Place::Common { .. }) => {
            return Err(Trouble::bad("this service is for homes: address_id or address_string must name a unit"));
        }
        (Whereabouts::Common, Place::Home(_)) => {
            return Err(Trouble::bad("this service is for places in common, not for homes"));
        }
        _ => {}
    }
    people::allow(&mut db, Limit::PROGRAM_REPORT, &program.key.to_string(), ask.backend.clock.now()).await?;
    drop(db);
    let attempt = || filed(ask, &program, once.clone(), &report, &sent);
    match contention::persist(attempt, |filed| matches!(filed, Err(Fault::Contended))).await {
        // The same report came twice at once, and the other was faster, or soon will be.
        Err(fault @ (Fault::Stale | Fault::StillRunning)) => {
            Ok(replayed(ask, &program, once.as_ref()).await?.ok_or(fault)?)
        }
        filed => Ok(filed?),
    }
}

async fn filed(
    ask: &Ask,
    program: &Program,
    once: Option<Once>,
    report: &Report,
    sent: &Sent,
) -> Result<Vec<Filed>, Fault> {
    let mut call = Call::of_program(&ask.backend, program, once).await?;
    let (estate, now) = (program.estate, call.now);
    let problem = services::find_problem(call.db(), estate, report.item).await?.ok_or(Fault::NotFound)?;
    // On the web, says B15's list of channels; which program it was stands beside.
    let by = Sender {
        channel: Channel::Web,
        lang: ask.lang,
        account: None,
        party: None,
        taken_by: None,
        urgency: problem.urgency,
    };
    let (request, happening) = receive(&mut call, estate, report, &problem, by).await?;
    store::insert_report(call.db(), &request, program.key, ask.key, sent, now).await?;
    tell(&mut call, &request, &happening, &[]).await?;
    let noted = Happening::Noted { words: note(program, sent) };
    call.note(record_of(&request, &noted, &[])).await?;
    let notice = notice(ask, program, &request);
    call.commit(vec![Filed { service_request_id: request.code, service_notice: notice, account_id: None }]).await
}

/// What the reporter may be told: the promise, as the clock on the estate's wall shows it.
fn notice(ask: &Ask, program: &Program, request: &Request) -> Option<String> {
    let (t, wall) = (ask.texts(), estate::wall(&program.zone, request.received_at));
    request.promise.map(|promise| t.open311_notice(wall.at(promise.due_at).full(t)))
}

/// What staff read beside the report, and residents never: by which program it came, and how to reach whoever sent it.
/// Values alone, which read the same in every language.
fn note(program: &Program, sent: &Sent) -> String {
    let name =
        [sent.first_name.as_deref(), sent.last_name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let degrees = sent.lat.zip(sent.long).map(|(lat, long)| format!("{lat}, {long}"));
    let lines = [
        Some(format!("Open311 · {}", program.name)),
        Some(name).filter(|name| !name.is_empty()),
        sent.phone.clone(),
        sent.email.clone(),
        sent.address.clone(),
        degrees,
        sent.media_url.clone(),
    ];
    let note = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
    note.chars().take(LONGEST_WORDS as usize).collect()
}

/// What comes with a report, cleaned and held to its lengths.
fn sent(new: &NewRequest) -> Result<Sent, Trouble> {
    let mut notes = Notes::default();
    let sent = Sent {
        first_name: notes.optional("first_name", new.first_name.as_deref(), 60),
        last_name: notes.optional("last_name", new.last_name.as_deref(), 60),
        email: notes.optional("email", new.email.as_deref(), 120),
        phone: notes.optional("phone", new.phone.as_deref(), 40),
        account_id: notes.optional("account_id", new.account_id.as_deref(), 120),
        device_id: notes.optional("device_id", new.device_id.as_deref(), 120),
        address: notes.optional("address_string", new.address_string.as_deref(), 200),
        lat: degrees("lat", new.lat.as_deref(), 90.0)?,
        long: degrees("long", new.long.as_deref(), 180.0)?,
        media_url: notes.optional("media_url", new.media_url.as_deref(), 1000),
    };
    notes.check()?;
    if sent.lat.is_some() != sent.long.is_some() {
        return Err(Trouble::bad("lat and long belong together"));
    }
    let is_web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    match sent.media_url.as_deref() {
        Some(url) if !is_web(url) || url.contains(char::is_whitespace) => {
            Err(Trouble::bad("media_url is no http or https address"))
        }
        _ => Ok(sent),
    }
}

fn degrees(name: &str, typed: Option<&str>, most: f64) -> Result<Option<f64>, Trouble> {
    let Some(typed) = typed.map(str::trim) else { return Ok(None) };
    let read = typed.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
    read.map(Some).ok_or_else(|| Trouble::bad(format!("{name} is no number of degrees from -{most} to {most}")))
}

async fn replayed(ask: &Ask, program: &Program, once: Option<&Once>) -> Result<Option<Vec<Filed>>, Fault> {
    let Some(once) = once else { return Ok(None) };
    let Some(stored) = replay::find(&ask.backend, program.key.0, once).await? else { return Ok(None) };
    serde_json::from_str(&stored?).map(Some).map_err(|error| broken("a kept reply that is no report", &error))
}
