use super::super::model::{BookBoard, BookPlace, BookingFile, BookingMove};
use super::super::store;
use crate::calendar;
use crate::call::Call;
use crate::estate;
use crate::fault::Fault;
use crate::ids::EstateId;
use crate::people::Resident;
use crate::requests::parse_code;

/// What the caller can book, and what they have booked.
pub async fn board() -> Result<BookBoard, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let (now, estates) = (call.now, estates_of(&resident));
    let facilities = store::list_facilities(call.db(), &estates).await?;
    let names = estate::store::list_of(call.db(), &estates).await?;
    let place = |estate: &EstateId| {
        let home = resident.homes.iter().find(|home| home.estate == *estate)?;
        let facilities = facilities.iter().filter(|facility| facility.estate == *estate).cloned().collect();
        let names = names.iter().find(|one| one.id == *estate)?.names.clone();
        Some(BookPlace { estate: *estate, names, facilities, wall: estate::wall(&home.zone, now) })
    };
    let places = estates.iter().filter_map(place).collect();
    let bookings = store::list_cards(call.db(), resident.person.account, now).await?;
    let feed_at = calendar::store::find_person_since(call.db(), resident.person.account).await?;
    let waiting = store::list_places(call.db(), resident.person.account).await?;
    let draws = store::list_draw_cards(call.db(), &estates, now).await?;
    Ok(BookBoard { places, bookings, feed_at, waiting, draws, wall: call.wall() })
}

pub(super) fn estates_of(resident: &Resident) -> Vec<EstateId> {
    let mut estates = Vec::new();
    for home in &resident.homes {
        if !estates.contains(&home.estate) {
            estates.push(home.estate);
        }
    }
    estates
}

/// One booking of the caller's.
pub async fn file(typed: String) -> Result<BookingFile, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let account = resident.person.account;
    let code = parse_code(&typed).ok_or(Fault::NotFound)?;
    let (card, home) = store::find_card(call.db(), account, &code).await?.ok_or(Fault::NotFound)?;
    let facility = store::find_terms_of(call.db(), &card.booking).await?.ok_or(Fault::NotFound)?;
    let zone = estate::store::zone(call.db(), facility.estate).await?;
    let mut moves = card.booking.moves(account, &facility.terms, call.now);
    if store::find_whole(call.db(), facility.estate, card.booking.id).await?.is_some() {
        moves.retain(|what| !matches!(what, BookingMove::Reschedule | BookingMove::Cancel));
    }
    let rest = store::list_rest(call.db(), &card.booking).await?;
    Ok(BookingFile { card, facility, home, moves, rest, wall: estate::wall(&zone, call.now) })
}
