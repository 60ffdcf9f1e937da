use super::super::model::{Made, ServiceBook, ServiceChapter};
use super::super::rules::read_since;
use super::desk;
use crate::call::Call;
use crate::estate::{self, Zone};
use crate::fault::{Fault, Note, Refusal};
use crate::happenings::Record;
use crate::ids::{EstateId, ItemId, StaffId};
use crate::live::Room;
use crate::people::{self, Colleague, Power, Staff};
use crate::services::{self, Deliverer, Line, NewService, Service, ServiceForm, ServiceTerms};
use crate::work;
use serde_json::{Value, json};

/// What the caller's estate offers, or did, and one of these services (its slug) to look at.
pub async fn book(slug: Option<String>) -> Result<ServiceBook, Fault> {
    let mut call = Call::read().await?;
    let staff = desk::those(&call)?;
    let now = call.now;
    let services = services::store::list_catalogue(call.db(), staff.estate, now).await?;
    let chosen = match slug.filter(|slug| !slug.is_empty()) {
        Some(slug) => {
            let service = services.iter().find(|one| one.slug == slug).cloned().ok_or(Fault::NotFound)?;
            Some(chapter(&mut call, service).await?)
        }
        None => None,
    };
    Ok(ServiceBook { services, chosen, may_publish: staff.can(Power::Policy), wall: call.wall() })
}

async fn chapter(call: &mut Call, service: Service) -> Result<ServiceChapter, Fault> {
    let estate = service.estate;
    Ok(ServiceChapter {
        versions: services::store::list_versions(call.db(), estate, service.id).await?,
        departments: estate::store::list_departments(call.db(), estate).await?,
        people: hands(call, estate).await?,
        vendors: work::store::list_vendors(call.db(), estate).await?,
        service,
    })
}

/// Those of the office who may deliver something: they receive people, or work on orders.
async fn hands(call: &mut Call, estate: EstateId) -> Result<Vec<(StaffId, String)>, Fault> {
    let may = |one: &Colleague| {
        let mut powers = one.roles.iter().flat_map(|role| Power::of(*role));
        powers.any(|power| matches!(power, Power::Reception | Power::Work))
    };
    let team = people::store::list_team(call.db(), estate).await?;
    Ok(team.into_iter().filter(may).map(|one| (one.id, one.name)).collect())
}

/// A service stands in the catalogue, under the department of whoever put it there until its terms say who delivers it.
pub async fn create(line: Line, [en, hans, hant]: [String; 3], slug: Option<String>) -> Result<Made, Fault> {
    let mut call = Call::open().await?;
    let staff = keeper(&call)?;
    let new = NewService::read(line, [&en, &hans, &hant], slug.as_deref())?;
    let id = call.id()?;
    services::store::insert_service(call.db(), (staff.estate, staff.department.id), id, &new).await?;
    call.record(record(&staff, id, "created", json!({ "slug": new.slug }))).await?;
    call.commit(Made { code: new.slug }).await
}

/// The next version of a service's terms holds from then on; what was ordered before keeps to its own.
pub async fn publish(service: ItemId, seen: i32, since: Option<String>, form: ServiceForm) -> Result<(), Fault> {
    let (mut call, staff, found) = theirs(service).await?;
    if found.terms.version != seen {
        return Err(Fault::Stale);
    }
    let now = call.now;
    let read = form.read(&found.terms);
    let since = read_since(since.as_deref(), &Zone::of(&staff.zone), found.terms.since, now);
    let ((mut terms, script), since) = match (read, since) {
        // Everything that is wrong is said at once.
        (Err(Fault::Invalid(mut wrong)), Err(Fault::Invalid(more))) => {
            wrong.extend(more);
            return Err(Fault::Invalid(wrong));
        }
        (read, since) => (read?, since?),
    };
    if !terms.says_its_price() && services::store::is_part(call.db(), &found).await? {
        return Err(Fault::field("terms[price_rule]", Note::NotAChoice));
    }
    terms.since = since;
    if terms.is_ordered() {
        check_deliverer(&mut call, &staff, &terms).await?;
    }
    services::store::insert_version(call.db(), &found, (&terms, script.as_ref()), staff.id, now).await?;
    let details = json!({ "version": terms.version, "since": terms.since, "price": terms.price });
    call.record(record(&staff, service, "published", details)).await?;
    call.commit(()).await
}

/// Whoever is to deliver it from then on works here, or is asked, now: who does not any more, not even as before.
async fn check_deliverer(call: &mut Call, staff: &Staff, next: &ServiceTerms) -> Result<(), Fault> {
    let is_known = match next.delivered_by {
        Deliverer::Department(id) => {
            estate::store::list_departments(call.db(), staff.estate).await?.iter().any(|one| one.id == id)
        }
        Deliverer::Person(id) => hands(call, staff.estate).await?.iter().any(|(one, _)| *one == id),
        Deliverer::Vendor(id) => work::store::is_asked(call.db(), staff.estate, id).await?,
    };
    if is_known { Ok(()) } else { Err(Fault::field("terms[delivered_by]", Note::NotAChoice)) }
}

/// It is offered here again, or not any more; what was ordered of it goes on.
pub async fn offer(service: ItemId, is_offered: bool) -> Result<(), Fault> {
    let (mut call, staff, found) = theirs(service).await?;
    if found.is_retired != is_offered {
        return Err(Refusal::AlreadyMoved.into());
    }
    let now = call.now;
    services::store::set_offered(call.db(), &found, is_offered, now).await?;
    let kind = if is_offered { "offered" } else { "retired" };
    call.record(record(&staff, service, kind, json!({}))).await?;
    call.commit(()).await
}

/// Those who write what the estate promises.
fn keeper(call: &Call) -> Result<Staff, Fault> {
    let staff = call.viewer.staff()?;
    staff.needs(Power::Policy)?;
    Ok(staff)
}

/// A service of the caller's estate, locked under its last version.
async fn theirs(service: ItemId) -> Result<(Call, Staff, Service), Fault> {
    let mut call = Call::open().await?;
    let staff = keeper(&call)?;
    let now = call.now;
    let found = services::store::lock_service(call.db(), staff.estate, service, now).await?.ok_or(Fault::NotFound)?;
    Ok((call, staff, found))
}

fn record(staff: &Staff, service: ItemId, kind: &'static str, details: Value) -> Record {
    Record { room: Room::Concierge, ..Record::of_office(staff.estate, service.0, kind, details) }
}
