//! The story of the one call: who looks, at which part of the estate, and what was counted of it.

use super::model::{Figure, FigureRow, FigureRows, Part, Past, RowAbout, Whose};
use super::store::{self, Found};
use crate::call::Call;
use crate::estate::{self, DepartmentRef};
use crate::fault::{Fault, Note};
use crate::ids::{ContactId, DepartmentId, RequestId};
use crate::insights;
use crate::people::{self, Power, Scope, Staff};
use crate::requests::{self, Card};
use crate::services;
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

/// The most days of one list: a year, and the day with which it leaps.
const MOST_DAYS: u32 = 366;

/// A page of the rows behind a figure. Whoever reads the figure reads them: who sees a department alone, that one's.
pub async fn rows(
    figure: String,
    from: String,
    until: String,
    of: Option<String>,
    after: Option<Past>,
) -> Result<FigureRows, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Oversee)?;
    let scope = staff.matters()?;
    let figure = Figure::from_tag(&figure).ok_or(Fault::field("figure", Note::NotAChoice))?;
    let days = days(&from, &until)?;
    let part = Part::from_tag(of.as_deref().unwrap_or("all")).ok_or(Fault::field("of", Note::NotAChoice))?;
    let (whose, key) = whose(&mut call, &staff, part).await?;

    let (found, next) = store::list(call.db(), scope.estate, figure, &key, days, after).await?;
    let matters = matters(&mut call, scope, &found).await?;
    let ids: Vec<ContactId> = found.iter().filter_map(|row| row.contact).collect();
    let contacts = if staff.can(Power::Promise) && !ids.is_empty() {
        store::list_contacts(call.db(), scope.estate, &ids).await?
    } else {
        HashMap::new()
    };
    let about = |row: &Found| {
        let matter = row.request.and_then(|id| matters.get(&id)).map(|card| RowAbout::Matter(Box::new(card.clone())));
        let contact = row.contact.and_then(|id| contacts.get(&id)).map(|one| RowAbout::Contact(Box::new(one.clone())));
        matter.or(contact).unwrap_or(RowAbout::Hidden)
    };
    let rows = found.iter().map(|row| FigureRow {
        id: row.id,
        on: row.on,
        at: (figure != Figure::Closed).then_some(row.at),
        stars: row.stars.and_then(|stars| u8::try_from(stars).ok()),
        about: about(row),
    });
    let rows = rows.collect();
    let total = total(&mut call, scope, figure, &whose.part(), days).await?;
    let (from_on, until_on) = days;
    Ok(FigureRows { figure, from_on, until_on, whose, total, rows, next, wall: call.wall() })
}

/// From which day to which: `2026-11-23`.
fn days(from: &str, until: &str) -> Result<(NaiveDate, NaiveDate), Fault> {
    let day = |field: &'static str, typed: &str| {
        let day = typed.parse::<NaiveDate>().ok().filter(|day| (1970..=9999).contains(&day.year()));
        day.ok_or(Fault::field(field, Note::Malformed))
    };
    let (from, until) = (day("from", from)?, day("until", until)?);
    if until < from {
        return Err(Fault::field("until", Note::BeforeTheFirst));
    }
    if (until - from).num_days() >= i64::from(MOST_DAYS) {
        return Err(Fault::field("until", Note::TooMany(MOST_DAYS)));
    }
    Ok((from, until))
}

/// The part of the estate that is asked for, as far as the caller sees it, and the key under which its rows stand.
async fn whose(call: &mut Call, staff: &Staff, part: Part) -> Result<(Whose, String), Fault> {
    let scope = staff.scope();
    let all = estate::store::list_departments(call.db(), scope.estate).await?;
    let named = |id: DepartmentId| {
        let one = all.iter().find(|one| one.id == id).cloned().ok_or(Fault::NotFound)?;
        if staff.oversees(one.id) { Ok(one) } else { Err(Fault::NotAllowed) }
    };
    // Who sees a department alone need not name it.
    let or_own = |id: Option<DepartmentId>| id.or(scope.department()).map(named).transpose();
    match part {
        Part::All | Part::Department(_) => {
            let id = if let Part::Department(id) = part { Some(id) } else { None };
            let whose = or_own(id)?.map_or(Whose::Estate, Whose::Department);
            let key = whose.part().tag();
            Ok((whose, key))
        }
        Part::Person(id) => {
            let team = people::store::list_team(call.db(), scope.estate).await?;
            let one = team.into_iter().find(|one| one.id == id).ok_or(Fault::NotFound)?;
            let department: DepartmentRef = named(one.department.id)?;
            let whose = Whose::Person { id, name: one.name, department };
            let key = whose.part().tag();
            Ok((whose, key))
        }
        Part::Item(slug, department) => {
            let department = or_own(department)?;
            let items = services::store::list_items(call.db(), scope.estate).await?;
            let is_it = |item: &services::Item| item.parent.is_some() && item.slug == slug;
            let item = items.into_iter().find(is_it).ok_or(Fault::NotFound)?;
            let key = match &department {
                None => format!("item:{}", item.id),
                Some(one) => format!("item:{}@{}", item.id, one.id),
            };
            Ok((Whose::Item { slug: item.slug, names: item.names, department }, key))
        }
    }
}

/// Those of the matters that the caller sees.
async fn matters(call: &mut Call, scope: Scope, found: &[Found]) -> Result<HashMap<RequestId, Card>, Fault> {
    let ids: Vec<RequestId> = found.iter().filter_map(|row| row.request).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let seen = store::list_seen(call.db(), scope, &ids).await?;
    let cards = requests::store::list_cards(call.db(), scope.estate, &seen).await?;
    Ok(cards.into_iter().map(|card| (card.id, card)).collect())
}

/// What the figure says.
async fn total(
    call: &mut Call,
    scope: Scope,
    figure: Figure,
    part: &Part,
    days: (NaiveDate, NaiveDate),
) -> Result<u64, Fault> {
    let facets = [part.tag()];
    let measures = match figure {
        Figure::Unsatisfied => vec!["rated", "satisfied"],
        _ => vec![figure.tag()],
    };
    let sums = insights::store::sum_days(call.db(), scope.estate, &measures, &facets, days).await?;
    let sum = |measure: &str| {
        let n: i64 = sums.iter().filter(|(one, ..)| one == measure).map(|(_, _, n)| *n).sum();
        u64::try_from(n).unwrap_or_default()
    };
    Ok(match figure {
        Figure::Unsatisfied => sum("rated").saturating_sub(sum("satisfied")),
        _ => sum(figure.tag()),
    })
}
