use super::super::model::{ServiceFile, ServiceMove, ServicePlace, ServiceSheet, Shelf};
use super::super::store;
use super::{own, place, service_of};
use crate::call::Call;
use crate::estate;
use crate::fault::Fault;
use crate::ids::EstateId;
use crate::people::Resident;
use crate::requests::parse_code;
use crate::services;

/// What the caller can order, and what they have ordered.
pub async fn shelf() -> Result<Shelf, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let estates = estates_of(&resident);
    let now = call.now;
    let all = services::store::list_services(call.db(), &estates, now).await?;
    let names = estate::store::list_of(call.db(), &estates).await?;
    let place = |estate: &EstateId| {
        let services = all.iter().filter(|service| service.estate == *estate).cloned().collect();
        let names = names.iter().find(|one| one.id == *estate)?.names.clone();
        Some(ServicePlace { estate: *estate, names, services })
    };
    let places = estates.iter().filter_map(place).collect();
    let orders = store::list_cards(call.db(), resident.person.account).await?;
    Ok(Shelf { places, orders, wall: call.wall() })
}

fn estates_of(resident: &Resident) -> Vec<EstateId> {
    let mut estates = Vec::new();
    for home in &resident.homes {
        if !estates.contains(&home.estate) {
            estates.push(home.estate);
        }
    }
    estates
}

/// A service where the caller has a home: in an estate, by default that of their first home; perhaps as one of their
/// orders (its code) had it.
pub async fn sheet(slug: String, estate: Option<EstateId>, again: Option<String>) -> Result<ServiceSheet, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let first = resident.homes.first().ok_or(Fault::NotAllowed)?.estate;
    let wanted = estate.unwrap_or(first);
    let homes: Vec<_> = resident.homes.iter().filter(|home| home.estate == wanted).cloned().collect();
    let zone = homes.first().ok_or(Fault::NotFound)?.zone.clone();
    let now = call.now;
    let service = services::store::find_service(call.db(), wanted, &slug, now).await?.ok_or(Fault::NotFound)?;
    let again = match again.as_deref().and_then(parse_code) {
        Some(code) => store::find_card(call.db(), resident.person.account, &code).await?,
        None => None,
    };
    let mut again = again.map(|(card, _)| card.order).filter(|order| order.item == service.id);
    if let Some(order) = &mut again {
        for part in store::list_lines(call.db(), order.estate, order.id).await? {
            let asked = part.answers.into_iter().map(|(name, answer)| (format!("{}.{name}", part.slug), answer));
            order.answers.extend(asked);
        }
        order.answers = place::still_asked(&service, &order.answers);
    }
    Ok(ServiceSheet { service, homes, again, wall: estate::wall(&zone, call.now) })
}

/// One order of the caller's.
pub async fn file(typed: String) -> Result<ServiceFile, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let account = resident.person.account;
    let code = parse_code(&typed).ok_or(Fault::NotFound)?;
    let (card, home) = store::find_card(call.db(), account, &code).await?.ok_or(Fault::NotFound)?;
    let (estate, id) = (card.order.estate, card.order.id);
    let service = service_of(&mut call, &card.order).await?;
    let parts = store::list_lines(call.db(), estate, id).await?;
    let notice = store::find_notice(call.db(), estate, id).await?;
    let promises = store::list_promises(call.db(), estate, id).await?;
    let zone = estate::store::zone(call.db(), estate).await?;
    let mut moves = card.order.moves(account, call.now);
    if !own::is_at_home(&resident, &card.order) {
        moves.retain(|what| *what != ServiceMove::Sign);
    }
    if parts.iter().any(|part| part.has_begun(call.now)) {
        moves.retain(|what| *what != ServiceMove::Withdraw);
    }
    Ok(ServiceFile { card, home, service, parts, notice, promises, moves, wall: estate::wall(&zone, call.now) })
}
