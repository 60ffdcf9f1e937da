use super::super::model::{AfterOrder, OrderPart, ServiceDesk, ServiceEntry, ServiceEntryFile, ServiceSheetFor};
use super::super::store::{self, Sight};
use super::service_of;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::Fault;
use crate::ids::UnitId;
use crate::moment::Moment;
use crate::paging::page_of;
use crate::people::{self, Power, Staff};
use crate::requests::parse_code;
use crate::services::{self, Deliverer};
use crate::work;
use chrono::{Datelike, Duration, Months, NaiveDate};

/// How many orders a page shows.
const PAGE: u8 = 30;
/// Over how many days its figures go.
const FIGURE_DAYS: i64 = 90;

/// Those who receive people: they take orders, and see them through.
pub(super) fn those(call: &Call) -> Result<Staff, Fault> {
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    Ok(staff)
}

/// How far into the estate's orders the caller sees: the desk into all of them, whoever works on orders into what is theirs
/// to deliver.
pub(super) fn sight(call: &Call) -> Result<(Staff, Sight), Fault> {
    let staff = call.viewer.staff()?;
    if staff.can(Power::Reception) {
        let sight = Sight::all(staff.estate);
        return Ok((staff, sight));
    }
    staff.needs(Power::Work)?;
    let sight = own(&staff);
    Ok((staff, sight))
}

/// Into what they or their department deliver.
fn own(staff: &Staff) -> Sight {
    Sight { estate: staff.estate, deliverer: Some((staff.id, staff.department.id)) }
}

/// What the list is asked for.
pub struct Page {
    /// What is over; else what is owed.
    pub is_over: bool,
    /// Only what the caller delivers.
    pub is_mine: bool,
    /// Behind which order.
    pub after: Option<AfterOrder>,
    /// Whether it says how what is over was found, too; on the first page alone.
    pub is_found: bool,
}

/// What is owed, the next one first; or what is over, the latest first, and how it was found on its first page.
pub async fn desk(page: Page) -> Result<ServiceDesk, Fault> {
    let mut call = Call::read().await?;
    let (staff, sight) = sight(&call)?;
    let (estate, now, is_desk) = (staff.estate, call.now, sight.deliverer.is_none());
    let (is_mine, is_over) = (page.is_mine || !is_desk, page.is_over && is_desk && !page.is_mine);
    let sight = if is_mine { own(&staff) } else { sight };
    let rows = match sight.deliverer {
        _ if is_over => store::list_over(call.db(), estate, page.after, PAGE).await?,
        None => store::list_owed(call.db(), estate, page.after, PAGE).await?,
        Some(whose) => store::list_to_deliver(call.db(), estate, whose, page.after, PAGE).await?,
    };
    let place = |entry: &ServiceEntry| {
        let order = &entry.card.order;
        AfterOrder { at: order.due_at.unwrap_or(order.stage_at), id: order.id }
    };
    let (entries, next) = page_of(rows, PAGE, place);
    let (first_month, since) = year_until(&Zone::of(&staff.zone), now);
    let (figures, years) = if is_over && page.is_found && page.after.is_none() {
        let figures = store::list_figures(call.db(), estate, now - Duration::days(FIGURE_DAYS)).await?;
        (figures, store::list_years(call.db(), estate, (first_month, since)).await?)
    } else {
        Default::default()
    };
    Ok(ServiceDesk { is_over, is_mine, is_desk, entries, next, figures, years, first_month, wall: call.wall() })
}

/// The first of twelve months of which this is the last, and when it began.
fn year_until(zone: &Zone, now: Moment) -> (NaiveDate, Moment) {
    let today = zone.day_of(now);
    let first = today.with_day(1).and_then(|day| day.checked_sub_months(Months::new(11))).unwrap_or(today);
    (first, zone.earliest(first, 0))
}

/// One order, as the office sees it.
pub async fn entry(typed: String) -> Result<ServiceEntryFile, Fault> {
    let mut call = Call::read().await?;
    let (staff, sight) = sight(&call)?;
    let is_desk = sight.deliverer.is_none();
    let code = parse_code(&typed).ok_or(Fault::NotFound)?;
    let (entry, may_write) = store::find_entry(call.db(), sight, &code).await?.ok_or(Fault::NotFound)?;
    let id = entry.card.order.id;
    let service = service_of(&mut call, &entry.card.order).await?;
    let parts = store::list_lines(call.db(), staff.estate, id).await?;
    let notice = store::find_notice(call.db(), staff.estate, id).await?;
    let promises = store::list_promises(call.db(), staff.estate, id).await?;
    let notes = store::list_notes(call.db(), staff.estate, id).await?;
    let order = &entry.card.order;
    let script = services::store::find_script(call.db(), staff.estate, order.item, order.terms).await?;
    let vendor = match service.terms.delivered_by {
        Deliverer::Vendor(id) if is_desk => {
            work::store::find_vendors(call.db(), staff.estate, &[id.0]).await?.into_iter().next()
        }
        _ => None,
    };
    let firm = |part: &OrderPart| match part.terms.as_ref()?.delivered_by {
        Deliverer::Vendor(id) => Some(id.0),
        _ => None,
    };
    let mut firms: Vec<_> = if is_desk { parts.iter().filter_map(firm).collect() } else { Vec::new() };
    firms.retain(|id| vendor.as_ref().is_none_or(|vendor| vendor.id.0 != *id));
    let part_vendors = work::store::find_vendors(call.db(), staff.estate, &firms).await?;
    let moves = match (is_desk, may_write) {
        (true, _) => order.office_moves(staff.id, call.now),
        (false, true) => order.deliverer_moves(staff.id, call.now),
        // Of a part they only read when it is.
        (false, false) => Vec::new(),
    };
    let wall = call.wall();
    Ok(ServiceEntryFile {
        entry,
        service,
        parts,
        script,
        vendor,
        part_vendors,
        is_desk,
        may_write,
        notice,
        promises,
        notes,
        moves,
        wall,
    })
}

/// What the office can order for a household, and one of these services (its slug) to fill in.
pub async fn sheet_for(unit: UnitId, slug: Option<String>) -> Result<ServiceSheetFor, Fault> {
    let mut call = Call::read().await?;
    let estate = those(&call)?.estate;
    let now = call.now;
    let home = people::store::find_unit(call.db(), estate, unit).await?.ok_or(Fault::NotFound)?;
    let mut services = services::store::list_services(call.db(), &[estate], now).await?;
    services.retain(|service| service.terms.is_ordered());
    let chosen = match slug.filter(|slug| !slug.is_empty()) {
        Some(slug) => Some(services.iter().find(|one| one.slug == slug).cloned().ok_or(Fault::NotFound)?),
        None => None,
    };
    let people = store::list_people(call.db(), estate, unit, now).await?;
    Ok(ServiceSheetFor { home, services, chosen, people, wall: call.wall() })
}
