//! The story of the one call: whose log, whether it is the caller's to read, and what it says of what they see.

use super::model::{Deed, Log, LogContact, LogEntry, LogMatter, LogPast};
use super::store::{self, Found};
use crate::call::Call;
use crate::estate::{self, DepartmentRef, Zone};
use crate::fault::{Fault, Note};
use crate::ids::{DepartmentId, StaffId};
use crate::insights::Whose;
use crate::people::{self, Colleague, Power, Reach, Scope, Staff};
use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use std::collections::HashMap;
use uuid::Uuid;

/// What somebody, or a department, did on a day. Everybody reads their own; who oversees others, theirs.
pub async fn log(
    day: Option<String>,
    staff: Option<StaffId>,
    department: Option<String>,
    after: Option<LogPast>,
) -> Result<Log, Fault> {
    let mut call = Call::read().await?;
    let me = call.viewer.staff()?;
    let (estate, scope, zone) = (me.estate, me.scope(), Zone::of(&me.zone));
    let on = match day.as_deref().map(str::trim) {
        None | Some("") => zone.day_of(call.now),
        Some(typed) => parse(typed)?,
    };
    let (departments, people) = overseen(&mut call, &me).await?;
    let (whose, who) = whose(&mut call, &me, staff, department.as_deref()).await?;

    let next_on = on.succ_opt().unwrap_or(on);
    let bounds = (zone.earliest(on, 0), zone.earliest(next_on, 0));
    let (found, next) = store::list(call.db(), estate, &who, bounds, after).await?;
    let (things, matters) = store::count(call.db(), estate, &who, bounds).await?;
    let seen = seen(&mut call, scope, &found).await?;
    let contacts = contacts(&mut call, &me, &found).await?;
    let entries = found.into_iter().map(|row| {
        let (at, by, deed) = (row.at, row.by.clone(), deed(&me, row, &seen, &contacts));
        LogEntry { at, by, deed }
    });
    Ok(Log {
        is_mine: matches!(&whose, Whose::Person { id, .. } if *id == me.id),
        entries: entries.collect(),
        wall: call.wall(),
        whose,
        on,
        things,
        matters,
        next,
        departments,
        people,
    })
}

/// `2026-11-23`
fn parse(typed: &str) -> Result<NaiveDate, Fault> {
    let day = typed.parse::<NaiveDate>().ok().filter(|day| (1970..=9999).contains(&day.year()));
    day.ok_or(Fault::field("day", Note::Malformed))
}

/// Whose logs the caller may choose from, beside their own.
async fn overseen(call: &mut Call, me: &Staff) -> Result<(Vec<DepartmentRef>, Vec<Colleague>), Fault> {
    if !me.can(Power::Oversee) {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut departments = estate::store::list_departments(call.db(), me.estate).await?;
    departments.retain(|one| me.oversees(one.id));
    let mut people = people::store::list_team(call.db(), me.estate).await?;
    people.retain(|one| me.oversees(one.department.id));
    Ok((departments, people))
}

/// Whose log it is, as far as the caller may read it, and who did what stands in it.
async fn whose(
    call: &mut Call,
    me: &Staff,
    staff: Option<StaffId>,
    slug: Option<&str>,
) -> Result<(Whose, Vec<StaffId>), Fault> {
    let allowed = |department: DepartmentId| if me.oversees(department) { Ok(()) } else { Err(Fault::NotAllowed) };
    match (staff, slug.filter(|slug| !slug.is_empty())) {
        (Some(id), _) if id != me.id => {
            me.needs(Power::Oversee)?;
            let found = people::store::find_person(call.db(), me.estate, id).await?;
            let Colleague { name, department, .. } = found.ok_or(Fault::NotFound)?;
            allowed(department.id)?;
            Ok((Whose::Person { id, name, department }, vec![id]))
        }
        (None, Some(slug)) => {
            me.needs(Power::Oversee)?;
            let all = estate::store::list_departments(call.db(), me.estate).await?;
            let one = all.into_iter().find(|one| one.slug == slug).ok_or(Fault::NotFound)?;
            allowed(one.id)?;
            let who = store::list_members(call.db(), me.estate, one.id).await?;
            Ok((Whose::Department(one), who))
        }
        _ => {
            let (name, department) = (me.person.name.clone(), me.department.clone());
            Ok((Whose::Person { id: me.id, name, department }, vec![me.id]))
        }
    }
}

/// Those of the matters that the caller sees.
async fn seen(call: &mut Call, scope: Scope, found: &[Found]) -> Result<HashMap<Uuid, LogMatter>, Fault> {
    let ids = subjects(found, "requests");
    if ids.is_empty() || scope.reach == Reach::Nothing {
        return Ok(HashMap::new());
    }
    store::list_matters(call.db(), scope, &ids).await
}

/// The contacts, for those who read the register.
async fn contacts(call: &mut Call, me: &Staff, found: &[Found]) -> Result<HashMap<Uuid, LogContact>, Fault> {
    let ids = subjects(found, "desk");
    if ids.is_empty() || !me.can(Power::Promise) {
        return Ok(HashMap::new());
    }
    store::list_contacts(call.db(), me.estate, &ids).await
}

fn subjects(found: &[Found], room: &str) -> Vec<Uuid> {
    found.iter().filter(|row| row.room == room).map(|row| row.subject).collect()
}

/// What was done. A happening of a kind that this build does not know is told by its room.
fn deed(me: &Staff, row: Found, seen: &HashMap<Uuid, LogMatter>, contacts: &HashMap<Uuid, LogContact>) -> Deed {
    let Found { room, kind, subject, details, .. } = row;
    match room.as_str() {
        "requests" => match (seen.get(&subject).cloned(), serde_json::from_value(details)) {
            (None, _) => Deed::Hidden,
            (Some(matter), Ok(happening)) => Deed::Matter { matter, happening: Box::new(happening) },
            (Some(_), Err(_)) => Deed::Other { room },
        },
        "desk" => match serde_json::from_value(details) {
            Ok(happening) => Deed::Desk { happening, contact: contacts.get(&subject).cloned() },
            Err(_) => Deed::Other { room },
        },
        "people" if kind == "unsent_discarded" => {
            let text = |name: &str| details.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            // Of a caller, in the words that would stand in the register.
            let may_read = subject == me.id.0 || me.can(Power::Promise);
            Deed::Discarded { words: may_read.then(|| text("words")), reason: text("reason") }
        }
        _ => Deed::Other { room },
    }
}
