//! How a program says where: by the id of a place, by its address as people write it, or by degrees on the globe.

use super::reply::Trouble;
use super::store;
use crate::estate::{self, Names};
use crate::fault::Fault;
use crate::ids::{AreaId, EstateId};
use crate::people;
use crate::requests::PlaceName;
use sqlx::PgConnection;

/// A place that belongs to everybody.
pub struct Spot {
    /// The place.
    pub area: AreaId,
    /// How it is named to people.
    pub name: PlaceName,
    building: Option<Names>,
    own: Names,
}

/// All of them, the grounds first.
pub async fn list(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Spot>, Fault> {
    let buildings = estate::store::list_buildings(db, estate).await?;
    let areas = estate::store::list_areas(db, estate).await?;
    let spot = |area: estate::AreaRef| {
        let building = area.building.and_then(|id| buildings.iter().find(|building| building.id == id));
        let building = building.map(|building| building.names.clone());
        let name = PlaceName::Common { building: building.clone(), area: area.names.clone(), floor: None };
        Spot { area: area.id, name, building, own: area.names }
    };
    Ok(areas.into_iter().map(spot).collect())
}

/// Finds the place of a report, as its form states it: `unit:<id>` or `area:<id>`. An address that names no place that
/// we know leads to the grounds, and so do degrees.
pub async fn find(
    db: &mut PgConnection,
    estate: EstateId,
    id: Option<&str>,
    address: Option<&str>,
    has_degrees: bool,
) -> Result<String, Trouble> {
    if let Some(id) = id {
        return known(db, estate, id.trim()).await?.ok_or_else(|| Trouble::missing("address_id was not found"));
    }
    let spots = list(db, estate).await?;
    if let Some(address) = address.map(plain).filter(|address| !address.is_empty()) {
        if let Some(unit) = unit_at(db, estate, &address).await? {
            return Ok(unit);
        }
        if let Some(spot) = spots.iter().find(|spot| spot.is_at(&address)) {
            return Ok(format!("area:{}", spot.area));
        }
    } else if !has_degrees {
        return Err(Trouble::bad("address_id, address_string, or lat and long must say where"));
    }
    let grounds = spots.iter().find(|spot| spot.building.is_none()).or(spots.first());
    let grounds = grounds.ok_or_else(|| Trouble::bad("address_string names no place that is known"))?;
    Ok(format!("area:{}", grounds.area))
}

impl Spot {
    /// Whether an address means this place, in any language, before or behind its building where it has one.
    fn is_at(&self, address: &str) -> bool {
        let own = [&self.own.en, &self.own.hans, &self.own.hant].map(|name| plain(name));
        match &self.building {
            Some(building) => called(building).iter().any(|building| {
                own.iter().any(|own| format!("{building}{own}") == address || format!("{own}{building}") == address)
            }),
            None => own.iter().any(|own| own == address),
        }
    }
}

/// What people call a building: its names, and those of `Building 3 · Orchid Court` or `3栋 兰汀阁` without their second
/// half.
fn called(building: &Names) -> Vec<String> {
    let first = |name: &str, at: fn(char) -> bool| plain(name.split(at).next().unwrap_or(name));
    let is_dot = |c| c == '·';
    let is_dot_or_blank = |c: char| c == '·' || c.is_whitespace();
    vec![
        plain(&building.en),
        plain(&building.hans),
        plain(&building.hant),
        first(&building.en, is_dot),
        first(&building.hans, is_dot_or_blank),
        first(&building.hant, is_dot_or_blank),
    ]
}

/// A place of the estate by its id.
async fn known(db: &mut PgConnection, estate: EstateId, id: &str) -> Result<Option<String>, Fault> {
    let is_there = match id.split_once(':') {
        Some(("unit", unit)) => match unit.parse() {
            Ok(unit) => people::store::find_unit(db, estate, unit).await?.is_some(),
            Err(_) => false,
        },
        Some(("area", area)) => {
            let area = area.parse::<AreaId>().ok();
            estate::store::list_areas(db, estate).await?.iter().any(|known| Some(known.id) == area)
        }
        _ => false,
    };
    Ok(is_there.then(|| id.to_owned()))
}

/// The unit of an address without blanks and marks: what a building is called in any language, then the number.
async fn unit_at(db: &mut PgConnection, estate: EstateId, address: &str) -> Result<Option<String>, Fault> {
    let units = store::list_units_ending(db, estate, address).await?;
    let is_there = |building: &Names, number: &str| {
        called(building).iter().any(|building| format!("{building}{}", plain(number)) == address)
    };
    let mut found = units.into_iter().filter(|(_, building, number)| is_there(building, number));
    // An address that means two homes means neither.
    Ok(found.next().filter(|_| found.next().is_none()).map(|(id, ..)| format!("unit:{id}")))
}

/// An address as it is compared: letters and figures alone, small ones.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
