//! The story of each call: an address is made, taken back, and asked by a program; a booking is taken along as a file.

use super::ics::{of_activity, of_facility, own, written};
use super::model::IssuedFeed;
use super::store::{self, FacilityFeed};
use crate::activities;
use crate::backend::{Backend, random};
use crate::bookings;
use crate::call::Call;
use crate::estate;
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::FacilityId;
use crate::live::Room;
use crate::people::{Limit, Power, Staff, Viewer, allow, origin};
use crate::requests::parse_code;
use crate::texts::{Texts, language};
use chrono::Duration;
use serde_json::json;
use sha2::{Digest, Sha256};

/// How far back a calendar goes.
const BACK: Duration = Duration::days(60);

/// An address for the caller's own bookings.
pub async fn make() -> Result<IssuedFeed, Fault> {
    let mut call = Call::open().await?;
    let account = call.as_resident()?.person.account;
    let (secret, now) = (new_secret()?, call.now);
    store::save_person(call.db(), account, &hash(&secret), now).await?;
    issue(call, &secret).await
}

/// An address of the caller's for a facility.
pub async fn make_for(facility: FacilityId) -> Result<IssuedFeed, Fault> {
    let mut call = Call::open().await?;
    let staff = desk(&mut call, facility).await?;
    let (secret, now) = (new_secret()?, call.now);
    store::save_facility(call.db(), staff.estate, facility, staff.id, &hash(&secret), now).await?;
    call.record(record(&staff, facility, "calendar_made")).await?;
    issue(call, &secret).await
}

/// Nothing is behind the caller's address any more.
pub async fn revoke() -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let account = call.as_resident()?.person.account;
    store::delete_person(call.db(), account).await?;
    call.commit(()).await
}

/// Nothing is behind the caller's address for a facility any more.
pub async fn revoke_for(facility: FacilityId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = desk(&mut call, facility).await?;
    if store::delete_facility(call.db(), staff.estate, facility, staff.id).await? {
        call.record(record(&staff, facility, "calendar_revoked")).await?;
    }
    call.commit(()).await
}

/// Those who receive people, where the facility is their estate's.
async fn desk(call: &mut Call, facility: FacilityId) -> Result<Staff, Fault> {
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    if store::has_facility(call.db(), staff.estate, facility).await? { Ok(staff) } else { Err(Fault::NotFound) }
}

fn record(staff: &Staff, facility: FacilityId, kind: &'static str) -> Record {
    Record { room: Room::Bookings, ..Record::of_office(staff.estate, facility.0, kind, json!({})) }
}

/// The address leaves this function once, and is stored nowhere.
async fn issue(call: Call, secret: &str) -> Result<IssuedFeed, Fault> {
    let address = format!("{}/calendar/{secret}.ics", origin()?);
    call.commit_once(IssuedFeed { address }, &IssuedFeed { address: String::new() }).await
}

fn new_secret() -> Result<String, Fault> {
    Ok(random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Only this is stored. 256 random bits need no salt and no slow hash.
fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// The calendar behind a secret. One that was replaced, taken back or never made is not found, and neither is that of
/// somebody who may not sign in any more: an empty calendar would say that nothing is booked. What programs ask is counted by
/// whose it is, and what leads nowhere by the line from which it is tried.
pub async fn feed(backend: &Backend, secret: &str, line: &str, origin: &str) -> Result<String, Fault> {
    let (now, hash) = (backend.clock.now(), hash(secret));
    let mut db = backend.pool.acquire().await?;
    if let Some((account, lang)) = store::find_person(&mut db, &hash).await? {
        allow(&mut db, Limit::FEED, &account.to_string(), now).await?;
        let t = language(lang).texts(lang);
        let all = store::list_of_person(&mut db, account, now - BACK, now).await?;
        let events = all.iter().filter_map(|(card, estate)| own(t, card, estate, origin, now));
        return Ok(written(Some(t.calendar_own()), events));
    }
    if let Some(feed) = store::find_facility(&mut db, &hash).await?.filter(is_open) {
        allow(&mut db, Limit::FEED, &feed.staff.to_string(), now).await?;
        let t = language(feed.lang).texts(feed.lang);
        let all = store::list_of_facility(&mut db, feed.estate, feed.facility, now - BACK, now).await?;
        let events = all.iter().filter_map(|entry| of_facility(t, entry, origin, now));
        return Ok(written(Some(&name(t, &feed)), events));
    }
    allow(&mut db, Limit::FEED_FROM, line, now).await?;
    Err(Fault::NotFound)
}

/// Whether whoever made the address still receives people.
fn is_open(feed: &FacilityFeed) -> bool {
    feed.roles.iter().any(|role| Power::of(*role).contains(&Power::Reception))
}

fn name(t: Texts, feed: &FacilityFeed) -> String {
    t.calendar_of(feed.estate_names.of(t.lang), feed.facility_names.of(t.lang))
}

/// One booking of the caller's: its code, and a calendar that holds it alone.
pub async fn file(backend: &Backend, viewer: &Viewer, typed: &str, origin: &str) -> Result<(String, String), Fault> {
    let person = viewer.resident()?.person;
    let code = parse_code(typed).ok_or(Fault::NotFound)?;
    let mut db = backend.pool.acquire().await?;
    let (card, _) = bookings::store::find_card(&mut db, person.account, &code).await?.ok_or(Fault::NotFound)?;
    let (there, _) = estate::store::find(&mut db, card.booking.estate).await?;
    let lang = person.manners.lang;
    let event =
        own(language(lang).texts(lang), &card, &there.names, origin, backend.clock.now()).ok_or(Fault::NotFound)?;
    Ok((code, written(None, [event])))
}

/// An activity for which the caller has signed up: its code, and a calendar that holds it alone.
pub async fn activity(
    backend: &Backend,
    viewer: &Viewer,
    typed: &str,
    origin: &str,
) -> Result<(String, String), Fault> {
    let resident = viewer.resident()?;
    let code = parse_code(typed).ok_or(Fault::NotFound)?;
    let mut db = backend.pool.acquire().await?;
    let estates: Vec<_> = resident.homes.iter().map(|home| home.estate).collect();
    let found = activities::store::find_by_code(&mut db, &estates, &code).await?.ok_or(Fault::NotFound)?;
    let account = resident.person.account;
    let own = activities::store::list_own(&mut db, std::slice::from_ref(&found), &resident.homes, account).await?;
    let own = own.first().filter(|own| own.is_live()).ok_or(Fault::NotFound)?;
    let (there, _) = estate::store::find(&mut db, found.estate).await?;
    let lang = resident.person.manners.lang;
    let event = of_activity(language(lang).texts(lang), &found, own, &there.names, origin, backend.clock.now());
    Ok((code, written(None, [event])))
}
