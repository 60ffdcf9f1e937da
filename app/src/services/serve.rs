use super::model::Catalogue;
use super::store;
use crate::call::Call;
use crate::estate;
use crate::fault::Fault;
use crate::ids::EstateId;

/// For residents who live or work there now.
pub async fn catalogue(estate: Option<EstateId>) -> Result<Catalogue, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let mut estates: Vec<_> = resident.homes.iter().map(|home| home.estate).collect();
    let first = *estates.first().ok_or(Fault::NotAllowed)?;
    let estate_id = estate.unwrap_or(first);
    if !estates.contains(&estate_id) {
        return Err(Fault::NotFound);
    }
    estates.sort_unstable();
    estates.dedup();
    let estates = if estates.len() > 1 { estate::store::list_of(call.db(), &estates).await? } else { Vec::new() };
    let (estate, zone) = estate::store::find(call.db(), estate_id).await?;
    let items = store::list_items(call.db(), estate_id).await?;
    let buildings = estate::store::list_buildings(call.db(), estate_id).await?;
    let areas = estate::store::list_areas(call.db(), estate_id).await?;
    let homes = resident.homes.into_iter().filter(|home| home.estate == estate_id).collect();
    let today = estate::wall(&zone, call.now).now().day();
    Ok(Catalogue { account: resident.person.account, estate, estates, items, homes, buildings, areas, today })
}
