//! SQL of lobby screens.

use super::model::{Place, ScreenDevice};
use crate::estate::Names;
use crate::fault::Fault;
use sqlx::PgConnection;

/// The screen of a credential's hash; none where it is unknown or was revoked. One query, since every call of a screen
/// begins with it.
pub async fn find_device(db: &mut PgConnection, token_hash: &[u8]) -> Result<Option<ScreenDevice>, Fault> {
    let row = sqlx::query!(
        r#"select s.estate_id, s.id, e.zone, a.id as area_id, a.name_en, a.name_hans, a.name_hant,
             b.id as "building_id?", b.name_en as "building_en?", b.name_hans as "building_hans?", b.name_hant as "building_hant?"
           from screen s join estate e on e.id = s.estate_id
           join common_area a on a.estate_id = s.estate_id and a.id = s.area_id
           left join building b on b.estate_id = a.estate_id and b.id = a.building_id
           where s.token_hash = $1 and s.revoked_at is null"#,
        token_hash,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| ScreenDevice {
        id: row.id.into(),
        estate: row.estate_id.into(),
        zone: row.zone,
        place: Place {
            area: row.area_id.into(),
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            building: row.building_id.map(Into::into),
            building_names: names_of(row.building_en, row.building_hans, row.building_hant),
        },
    }))
}

fn names_of(en: Option<String>, hans: Option<String>, hant: Option<String>) -> Option<Names> {
    Some(Names { en: en?, hans: hans?, hant: hant? })
}
