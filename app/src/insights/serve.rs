//! The story of the one call: who looks, at how much of the estate, and what was counted of it.

use super::model::{ByClock, Dashboard, DepartmentFigures, Figures, ItemFigures, PersonFigures, SheetLine, Sort, Week};
use super::period::{Month, Period};
use super::store;
use crate::call::Call;
use crate::estate::{self, DepartmentRef, Zone};
use crate::fault::{Fault, Note};
use crate::ids::DepartmentId;
use crate::people::{self, Power, Scope, Staff};
use crate::requests::{self, Counts};
use crate::services;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::HashMap;

/// How many months may be chosen: this one and the eleven before it.
const MONTHS: usize = 12;

/// The figures of a period, of the estate or of a department. Whoever sees a department alone reads that one's.
pub async fn dashboard(
    days: Option<u16>,
    department: Option<String>,
    month: Option<String>,
) -> Result<Dashboard, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Oversee)?;
    let scope = staff.matters()?;
    let today = Zone::of(call.viewer.zone()).day_of(call.now);
    let period = period(days, month.as_deref(), today)?;
    let all = estate::store::list_departments(call.db(), scope.estate).await?;
    let department = chosen(&staff, &all, department.as_deref())?;
    let (from_on, until_on) = period.bounds(today);
    let monday =
        from_on.checked_sub_days(Days::new(from_on.weekday().num_days_from_monday().into())).unwrap_or(from_on);

    let whole = department.as_ref().map_or_else(|| "all".to_owned(), |one| of_department(one.id));
    let (items, team) =
        (items(&mut call, scope, department.as_ref()).await?, team(&mut call, scope, department.as_ref()).await?);
    let shown = if department.is_none() { all.clone() } else { Vec::new() };
    let mut facets = vec![whole.clone()];
    facets.extend(shown.iter().map(|one| of_department(one.id)));
    facets.extend(team.iter().map(|(facet, _)| facet.clone()));
    let open = open(&mut call, scope, &facets).await?;
    let open = |facet: &str| open.get(facet).copied().unwrap_or_default();
    facets.extend(items.iter().map(|(facet, _)| facet.clone()));
    let now = sums(&mut call, scope, &facets, (from_on, until_on)).await?;
    let before = sums(&mut call, scope, &facets[..1], period.before(today)).await?.of(&whole);
    let sheet = if department.is_none() { sheet(&mut call, scope, (from_on, until_on)).await? } else { Vec::new() };

    let weeks = weeks(&mut call, scope, &whole, (monday, until_on)).await?;
    let clocks = by_clock(&mut call, scope, department.as_ref()).await?;
    let items = items.into_iter().map(|(facet, item)| {
        let figures = now.of(&facet);
        ItemFigures { slug: item.slug, names: item.names, figures }
    });
    let by_department = shown.into_iter().map(|department| {
        let facet = of_department(department.id);
        DepartmentFigures { department, open: open(&facet), figures: now.of(&facet) }
    });
    let people = team.into_iter().map(|(facet, one)| {
        let (department, figures) = (one.department.names, now.of(&facet));
        PersonFigures { id: one.id, name: one.name, department, open: open(&facet), figures }
    });
    Ok(Dashboard {
        period,
        from_on,
        until_on,
        months: Month::of(today).back(MONTHS),
        open: open(&whole),
        clocks,
        now: now.of(&whole),
        before,
        weeks,
        sheet,
        items: items.filter(|item| item.figures.ended() + item.figures.rated > 0).collect(),
        by_department: by_department.collect(),
        people: people.filter(|one| one.open != 0 || !one.figures.is_empty()).collect(),
        departments: if scope.department().is_none() { all } else { Vec::new() },
        department,
    })
}

/// The department that is looked at: the one that is asked for, else all that the caller sees.
fn chosen(staff: &Staff, all: &[DepartmentRef], slug: Option<&str>) -> Result<Option<DepartmentRef>, Fault> {
    let asked = match (slug, staff.scope().department()) {
        (Some(slug), _) => all.iter().find(|one| one.slug == slug),
        (None, Some(own)) => all.iter().find(|one| one.id == own),
        (None, None) => return Ok(None),
    };
    let one = asked.ok_or(Fault::NotFound)?;
    if staff.oversees(one.id) { Ok(Some(one.clone())) } else { Err(Fault::NotAllowed) }
}

/// The period that is asked for: a month that has begun, else so many days.
fn period(days: Option<u16>, month: Option<&str>, today: NaiveDate) -> Result<Period, Fault> {
    match (month.filter(|month| !month.is_empty()), days) {
        (Some(tag), _) => {
            let month = Month::from_tag(tag).filter(|month| month.first_on() <= today);
            month.map(Period::Calendar).ok_or(Fault::field("month", Note::NotAChoice))
        }
        (None, Some(days)) => Period::from_days(days).ok_or(Fault::field("days", Note::NotAChoice)),
        (None, None) => Ok(Period::default()),
    }
}

fn of_department(id: DepartmentId) -> String {
    format!("department:{id}")
}

/// The problems of the catalogue, each with the facet under which it is counted here.
async fn items(
    call: &mut Call,
    scope: Scope,
    department: Option<&DepartmentRef>,
) -> Result<Vec<(String, services::Item)>, Fault> {
    let mut items = services::store::list_items(call.db(), scope.estate).await?;
    items.retain(|item| item.parent.is_some());
    let facet = |item: &services::Item| match department {
        None => format!("item:{}", item.slug),
        Some(one) => format!("item:{}@{}", item.slug, one.id),
    };
    Ok(items.into_iter().map(|item| (facet(&item), item)).collect())
}

/// Those who work there, each with the facet under which they are counted.
async fn team(
    call: &mut Call,
    scope: Scope,
    department: Option<&DepartmentRef>,
) -> Result<Vec<(String, people::Colleague)>, Fault> {
    let mut team = people::store::list_team(call.db(), scope.estate).await?;
    team.retain(|one| department.is_none_or(|department| department.id == one.department.id));
    Ok(team.into_iter().map(|one| (format!("person:{}", one.id), one)).collect())
}

/// Sums by facet and measure.
struct Sums(HashMap<String, HashMap<String, u64>>);

impl Sums {
    fn one(&self, facet: &str, measure: &str) -> u64 {
        self.0.get(facet).and_then(|sums| sums.get(measure)).copied().unwrap_or_default()
    }

    fn of(&self, facet: &str) -> Figures {
        Figures::of(|measure| self.one(facet, measure))
    }
}

async fn sums(call: &mut Call, scope: Scope, facets: &[String], days: (NaiveDate, NaiveDate)) -> Result<Sums, Fault> {
    summed(call, scope, &Figures::MEASURES, facets, days).await
}

async fn summed(
    call: &mut Call,
    scope: Scope,
    measures: &[&str],
    facets: &[String],
    days: (NaiveDate, NaiveDate),
) -> Result<Sums, Fault> {
    let mut all: HashMap<String, HashMap<String, u64>> = HashMap::new();
    for (measure, facet, n) in store::sum_days(call.db(), scope.estate, measures, facets, days).await? {
        all.entry(facet).or_default().insert(measure, u64::try_from(n).unwrap_or_default());
    }
    Ok(Sums(all))
}

/// What came in at the desk or by itself, by kind and by way, and what has become of it (C11).
async fn sheet(call: &mut Call, scope: Scope, days: (NaiveDate, NaiveDate)) -> Result<Vec<SheetLine>, Fault> {
    let facets: Vec<String> = Sort::all().map(Sort::facet).collect();
    let sums = summed(call, scope, &SheetLine::MEASURES, &facets, days).await?;
    let line = |of: Sort| SheetLine::new(of, |measure| sums.one(&of.facet(), measure));
    Ok(Sort::all().map(line).collect())
}

/// How many matters are open now, by facet.
async fn open(call: &mut Call, scope: Scope, facets: &[String]) -> Result<HashMap<String, i64>, Fault> {
    let of: Vec<(&str, String)> = facets.iter().map(|facet| ("open", facet.clone())).collect();
    let counted = store::count_now(call.db(), scope.estate, &of).await?;
    Ok(facets.iter().cloned().zip(counted).collect())
}

async fn weeks(
    call: &mut Call,
    scope: Scope,
    whole: &str,
    (monday, until_on): (NaiveDate, NaiveDate),
) -> Result<Vec<Week>, Fault> {
    let counted = store::sum_weeks(call.db(), scope.estate, &Figures::MEASURES, whole, (monday, until_on)).await?;
    let sums: HashMap<(NaiveDate, &str), u64> = counted
        .iter()
        .map(|(monday, measure, n)| ((*monday, measure.as_str()), u64::try_from(*n).unwrap_or_default()))
        .collect();
    let week = |from_on: NaiveDate| Week {
        from_on,
        figures: Figures::of(|measure| sums.get(&(from_on, measure)).copied().unwrap_or_default()),
    };
    Ok(monday.iter_weeks().take_while(|day| *day <= until_on).map(week).collect())
}

async fn by_clock(call: &mut Call, scope: Scope, department: Option<&DepartmentRef>) -> Result<ByClock, Fault> {
    let (now, department) = (call.now, department.map(|one| one.id));
    let counted = requests::store::count_clocks(call.db(), scope.estate, department, now, Counts::MOST_LATE).await?;
    let [late, risk, running, resting] = counted[..] else { return Ok(ByClock::default()) };
    Ok(ByClock { late, risk, running, resting })
}
