use super::model::Catalogue;
use super::store;
use crate::call::Call;
use crate::estate;
use crate::fault::Fault;

/// For residents who live or work there now.
pub async fn catalogue() -> Result<Catalogue, Fault> {
    let mut call = Call::read().await?;
    let resident = call.viewer.resident()?;
    let estate_id = resident.homes.first().ok_or(Fault::NotAllowed)?.estate;
    let (estate, zone) = estate::store::find(call.db(), estate_id).await?;
    let items = store::list_items(call.db(), estate_id).await?;
    let buildings = estate::store::list_buildings(call.db(), estate_id).await?;
    let areas = estate::store::list_areas(call.db(), estate_id).await?;
    let homes = resident.homes.into_iter().filter(|home| home.estate == estate_id).collect();
    let today = estate::wall(&zone, call.now).now().day();
    Ok(Catalogue { estate, items, homes, buildings, areas, today })
}
