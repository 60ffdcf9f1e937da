//! What programs read: which problems there are, what a report of each may say, and what became of reports.

use super::ask::Ask;
use super::places::{self, Spot};
use super::reply::Trouble;
use super::store::{self, Filter, Row};
use super::wire::{
    Attribute, AttributeValue, Datatype, Discovery, Endpoint, Found, Kind, Service, ServiceDefinition, ServiceRequest,
    Status, Wanted, Where,
};
use crate::estate;
use crate::fault::Fault;
use crate::ids::{EstateId, Key};
use crate::moment::{Moment, Wall, day};
use crate::people::{self, Limit, Program};
use crate::requests::{DayPart, Stage, parse_code, part_word, place_text, stage_word};
use crate::services::{Item, Urgency, Whereabouts, store as services};
use crate::texts::Texts;
use chrono::{DateTime, Days, Duration};
use sqlx::PgConnection;

/// The longest time that one call may ask for.
const LONGEST_SPAN: Duration = Duration::days(90);
/// The most ids of one call.
const MOST_IDS: usize = 50;
/// How many days ahead a definition offers times on.
const DAYS_AHEAD: u64 = 7;
/// Since when this interface is as it is.
const CHANGESET: &str = "2026-11-27T00:00:00Z";

/// Where this server's interfaces stand.
pub fn discovery(ask: &Ask) -> Discovery {
    let endpoint = Endpoint {
        specification: "http://wiki.open311.org/GeoReport_v2".to_owned(),
        url: format!("{}/open311/v2", ask.origin),
        changeset: CHANGESET.to_owned(),
        kind: if ask.backend.demo { "test" } else { "production" }.to_owned(),
        formats: vec!["application/json".to_owned(), "text/xml".to_owned()],
    };
    Discovery {
        changeset: CHANGESET.to_owned(),
        contact: "The office of the estate that you report to.".to_owned(),
        key_service: format!("The estate's site manager makes keys on {}/staff/keys.", ask.origin),
        endpoints: vec![endpoint],
    }
}

/// All problems that can be reported. Nobody has to say who asks.
pub async fn services(ask: &Ask) -> Result<Vec<Service>, Trouble> {
    let mut db = ask.backend.pool.acquire().await.map_err(Fault::from)?;
    let estate = estate_of(&mut db, ask).await?;
    let items = services::list_items(&mut db, estate).await?;
    let group = |item: &Item| items.iter().find(|group| Some(group.id) == item.parent);
    let problems = items.iter().filter_map(|item| Some((item, group(item)?)));
    Ok(problems.map(|(item, group)| service(ask, item, group)).collect())
}

fn service(ask: &Ask, item: &Item, group: &Item) -> Service {
    let keywords: Vec<_> = item.keywords.split_whitespace().collect();
    Service {
        service_code: item.slug.clone(),
        service_name: item.name(ask.lang).to_owned(),
        description: told(ask.texts(), item),
        metadata: true,
        kind: Kind::Realtime,
        keywords: keywords.join(", "),
        group: group.name(ask.lang).to_owned(),
    }
}

/// Where a problem can be; of an emergency what to do at once.
fn told(t: Texts, item: &Item) -> String {
    let place = match item.place {
        Whereabouts::Home => t.open311_in_homes(),
        Whereabouts::Common => t.open311_in_common(),
        Whereabouts::Both => t.open311_anywhere(),
    };
    match (&item.call_number, &item.advice) {
        (Some(number), Some(advice)) if item.urgency == Urgency::Emergency => {
            t.open311_emergency(advice.of(t.lang), number)
        }
        _ => place.to_owned(),
    }
}

/// What a report of one problem may say.
pub async fn definition(ask: &Ask) -> Result<ServiceDefinition, Trouble> {
    let mut db = ask.backend.pool.acquire().await.map_err(Fault::from)?;
    let estate = estate_of(&mut db, ask).await?;
    let item = problem(&mut db, estate, &ask.name).await?;
    let (_, zone) = estate::store::find(&mut db, estate).await?;
    let t = ask.texts();
    let mut attributes = Vec::new();
    let mut put = |code: &str, datatype, how: Option<&str>, description: &str, values| {
        attributes.push(Attribute {
            variable: true,
            code: code.to_owned(),
            datatype,
            required: false,
            datatype_description: how.map(str::to_owned),
            order: 0,
            description: description.to_owned(),
            values,
        });
    };
    if item.place != Whereabouts::Home {
        let spots = places::list(&mut db, estate).await?;
        let value =
            |spot: &Spot| AttributeValue { key: format!("area:{}", spot.area), name: place_text(t, &spot.name) };
        let spots = spots.iter().map(value).collect();
        put("place", Datatype::SingleValueList, None, t.open311_ask_place(), spots);
        put("floor", Datatype::Number, Some("-9 to 200"), t.open311_ask_floor(), Vec::new());
    }
    if item.place != Whereabouts::Common {
        let today = estate::wall(&zone, ask.backend.clock.now()).now().day();
        let days = (0..DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
        let times = days.flat_map(|on| {
            let parts = [DayPart::Morning, DayPart::Afternoon, DayPart::Evening];
            parts.map(|part| AttributeValue {
                key: format!("{on}.{}", part.tag()),
                name: format!("{} {}", day(t, on), part_word(t, part)),
            })
        });
        put("times", Datatype::MultiValueList, None, t.open311_ask_times(), times.collect());
    }
    for (order, attribute) in (1..).zip(&mut attributes) {
        attribute.order = order;
    }
    Ok(ServiceDefinition { service_code: item.slug, attributes })
}

/// Requests that this key may see: those that came through it, and those in places that belong to everybody.
pub async fn requests(ask: &Ask) -> Result<Vec<ServiceRequest>, Trouble> {
    let wanted: Wanted = ask.read(&[])?;
    let mut db = ask.backend.pool.acquire().await.map_err(Fault::from)?;
    let program = program(&mut db, ask).await?;
    let filter = match wanted.service_request_id.as_deref() {
        Some(ids) => by_ids(ids)?,
        None => filter(&wanted, ask.backend.clock.now())?,
    };
    let rows = store::list_requests(&mut db, program.estate, program.key, &filter).await?;
    shown(ask, &program, rows)
}

/// One of them.
pub async fn request(ask: &Ask) -> Result<Vec<ServiceRequest>, Trouble> {
    let mut db = ask.backend.pool.acquire().await.map_err(Fault::from)?;
    let program = program(&mut db, ask).await?;
    let code = parse_code(&ask.name).ok_or_else(|| Trouble::missing("service_request_id was not found"))?;
    let filter = Filter { codes: Some(vec![code]), ..Filter::default() };
    let rows = store::list_requests(&mut db, program.estate, program.key, &filter).await?;
    if rows.is_empty() {
        return Err(Trouble::missing("service_request_id was not found"));
    }
    shown(ask, &program, rows)
}

/// What became of a report whose answer was lost: its token is the key under which it was sent.
pub async fn token(ask: &Ask) -> Result<Vec<Found>, Trouble> {
    let mut db = ask.backend.pool.acquire().await.map_err(Fault::from)?;
    let program = program(&mut db, ask).await?;
    let unknown = || Trouble::missing("token was not found");
    let token: Key = ask.name.parse().map_err(|_| unknown())?;
    let code = store::find_by_token(&mut db, program.estate, program.key, token).await?.ok_or_else(unknown)?;
    Ok(vec![Found { service_request_id: code, token: ask.name.clone() }])
}

/// The program that calls, counted, in the estate that it names.
pub async fn program(db: &mut PgConnection, ask: &Ask) -> Result<Program, Trouble> {
    let secret = ask.secret.as_deref().ok_or_else(|| Trouble::new(403, "api_key was not provided"))?;
    let now = ask.backend.clock.now();
    let program = people::program(db, secret, now).await?.ok_or_else(|| Trouble::new(403, "api_key is not valid"))?;
    people::allow(db, Limit::PROGRAM, &program.key.to_string(), now).await?;
    let named: Where = ask.read(&[])?;
    match named.jurisdiction_id {
        Some(named) if named != program.jurisdiction => {
            estate_named(db, &named).await?;
            Err(Trouble::new(403, "api_key is not valid for this jurisdiction_id"))
        }
        _ => Ok(program),
    }
}

/// The estate of the key where there is one, else the one that is named, else the only one.
async fn estate_of(db: &mut PgConnection, ask: &Ask) -> Result<EstateId, Trouble> {
    if ask.secret.is_some() {
        return Ok(program(db, ask).await?.estate);
    }
    let named: Where = ask.read(&[])?;
    match named.jurisdiction_id {
        Some(named) => estate_named(db, &named).await,
        None => {
            let only = estate::store::find_by_prefix(db, None).await?;
            let (only, _) = only.ok_or_else(|| Trouble::bad("jurisdiction_id was not provided"))?;
            Ok(only.id)
        }
    }
}

async fn estate_named(db: &mut PgConnection, named: &str) -> Result<EstateId, Trouble> {
    let unknown = || Trouble::missing("jurisdiction_id was not found");
    if !named.chars().all(|c| c.is_ascii_lowercase()) {
        return Err(unknown());
    }
    let found = estate::store::find_by_prefix(db, Some(&named.to_ascii_uppercase())).await?;
    let (found, _) = found.ok_or_else(unknown)?;
    Ok(found.id)
}

/// A problem that is offered now, by its code.
pub async fn problem(db: &mut PgConnection, estate: EstateId, code: &str) -> Result<Item, Trouble> {
    let items = services::list_items(db, estate).await?;
    let found = items.into_iter().find(|item| item.parent.is_some() && item.slug == code);
    found.ok_or_else(|| Trouble::missing("service_code was not found"))
}

fn by_ids(ids: &str) -> Result<Filter, Trouble> {
    let ids: Vec<_> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    if ids.len() > MOST_IDS {
        return Err(Trouble::bad(format!("service_request_id names more than {MOST_IDS} requests")));
    }
    Ok(Filter { codes: Some(ids.into_iter().filter_map(parse_code).collect()), ..Filter::default() })
}

fn filter(wanted: &Wanted, now: Moment) -> Result<Filter, Trouble> {
    let start = wanted.start_date.as_deref().map(|typed| moment("start_date", typed)).transpose()?;
    let end = wanted.end_date.as_deref().map(|typed| moment("end_date", typed)).transpose()?;
    let (from, until) = match (start, end) {
        (Some(start), Some(end)) => (start, end),
        (Some(start), None) => (start, start + LONGEST_SPAN),
        (None, Some(end)) => (end - LONGEST_SPAN, end),
        (None, None) => (now - LONGEST_SPAN, now),
    };
    if until < from || until - from > LONGEST_SPAN {
        return Err(Trouble::bad("end_date lies at most 90 days after start_date"));
    }
    let (mut open, mut closed) = (wanted.status.is_none(), wanted.status.is_none());
    for status in wanted.status.as_deref().unwrap_or_default().split(',').map(str::trim).filter(|one| !one.is_empty()) {
        match status {
            "open" => open = true,
            "closed" => closed = true,
            _ => return Err(Trouble::bad("status is open, closed, or both with a comma between")),
        }
    }
    let is_code = |code: &&str| code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let codes = |codes: &str| codes.split(',').map(str::trim).filter(is_code).map(str::to_owned).collect();
    Ok(Filter {
        codes: None,
        from: Some(from),
        until: Some(until),
        services: wanted.service_code.as_deref().map(codes),
        open,
        closed,
    })
}

/// A moment of an argument. A plus sign that was not encoded arrives as a blank.
fn moment(name: &str, typed: &str) -> Result<Moment, Trouble> {
    let read = DateTime::parse_from_rfc3339(&typed.trim().replace(' ', "+")).map(|at| at.to_utc());
    let is_near = |at: &Moment| (1970..=9000).contains(&chrono::Datelike::year(at));
    read.ok().filter(is_near).ok_or_else(|| Trouble::bad(format!("{name} is no moment like 2026-11-23T09:00:00+08:00")))
}

fn shown(ask: &Ask, program: &Program, rows: Vec<Row>) -> Result<Vec<ServiceRequest>, Trouble> {
    let (t, wall) = (ask.texts(), estate::wall(&program.zone, ask.backend.clock.now()));
    Ok(rows.into_iter().map(|row| line(t, &wall, row)).collect())
}

fn line(t: Texts, wall: &Wall, row: Row) -> ServiceRequest {
    let at = |moment: Moment| wall.at(moment).machine();
    let own = row.own;
    let notes = match (&row.stage, &own) {
        (Stage::Declined { reason }, Some(_)) => format!("{}: {reason}", stage_word(t, &row.stage)),
        _ => stage_word(t, &row.stage).to_owned(),
    };
    let status = if is_closed(&row.stage) { Status::Closed } else { Status::Open };
    let (lat, long, media_url) =
        own.as_ref().map_or((None, None, None), |own| (own.lat, own.long, own.media_url.clone()));
    ServiceRequest {
        service_request_id: row.code,
        status,
        status_notes: Some(notes),
        service_name: row.service.of(t.lang).to_owned(),
        service_code: row.service_code,
        description: own.map(|_| row.words),
        agency_responsible: Some(row.department.of(t.lang).to_owned()),
        service_notice: None,
        requested_datetime: at(row.received_at),
        updated_datetime: at(row.stage_at),
        expected_datetime: row.promised_at.filter(|_| status == Status::Open).map(at),
        address: Some(place_text(t, &row.place)),
        address_id: Some(row.address_id),
        zipcode: None,
        lat,
        long,
        media_url,
    }
}

fn is_closed(stage: &Stage) -> bool {
    matches!(
        stage,
        Stage::Confirmed
            | Stage::Unconfirmed
            | Stage::Archived
            | Stage::Declined { .. }
            | Stage::Cancelled
            | Stage::Duplicate { .. }
    )
}
