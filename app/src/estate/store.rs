//! SQL of places.

use super::model::{AreaRef, BuildingRef, DepartmentRef, EstateRef, Names, UnitKind, UnitRef};
use crate::fault::Fault;
use crate::ids::EstateId;
use crate::moment::Moment;
use sqlx::PgConnection;
use uuid::Uuid;

/// An estate as it is stored, so far as pages need it.
struct Row {
    id: Uuid,
    name_en: String,
    name_hans: String,
    name_hant: String,
    zone: String,
    desk_phone: String,
    complaint_phone: String,
    email: Option<String>,
    emergency_phone: String,
}

impl From<Row> for EstateRef {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            desk_phone: row.desk_phone,
            complaint_phone: row.complaint_phone,
            email: row.email,
            emergency_phone: row.emergency_phone,
        }
    }
}

/// What an estate is called, how it is reached, and its zone.
pub async fn find(db: &mut PgConnection, id: EstateId) -> Result<(EstateRef, String), Fault> {
    let row = sqlx::query_as!(
        Row,
        "select id, name_en, name_hans, name_hant, zone, desk_phone, complaint_phone, email, emergency_phone
         from estate where id = $1",
        id.0,
    )
    .fetch_optional(db)
    .await?
    .ok_or(Fault::NotFound)?;
    let zone = row.zone.clone();
    Ok((row.into(), zone))
}

/// The estate whose codes begin so; without a prefix the only one, where there is only one.
pub async fn find_by_prefix(db: &mut PgConnection, prefix: Option<&str>) -> Result<Option<(EstateRef, String)>, Fault> {
    let mut rows = sqlx::query_as!(
        Row,
        "select id, name_en, name_hans, name_hant, zone, desk_phone, complaint_phone, email, emergency_phone
         from estate where code_prefix = coalesce($1, code_prefix) limit 2",
        prefix,
    )
    .fetch_all(db)
    .await?;
    let only = rows.pop().filter(|_| rows.is_empty());
    Ok(only.map(|mut row| {
        let zone = std::mem::take(&mut row.zone);
        (row.into(), zone)
    }))
}

/// These estates, in the order of their codes.
pub async fn list_of(db: &mut PgConnection, ids: &[EstateId]) -> Result<Vec<EstateRef>, Fault> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query_as!(
        Row,
        "select id, name_en, name_hans, name_hant, zone, desk_phone, complaint_phone, email, emergency_phone
         from estate where id = any($1) order by code_prefix",
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The estate's zone alone.
pub async fn zone(db: &mut PgConnection, id: EstateId) -> Result<String, Fault> {
    Ok(sqlx::query_scalar!("select zone from estate where id = $1", id.0).fetch_one(db).await?)
}

/// All buildings, in the order of the estate's map.
pub async fn list_buildings(db: &mut PgConnection, estate: EstateId) -> Result<Vec<BuildingRef>, Fault> {
    let rows = sqlx::query!(
        "select id, name_en, name_hans, name_hant, floors from building where estate_id = $1 order by position",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| BuildingRef {
            id: row.id.into(),
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            floors: row.floors,
        })
        .collect())
}

/// All common areas, grounds first.
pub async fn list_areas(db: &mut PgConnection, estate: EstateId) -> Result<Vec<AreaRef>, Fault> {
    let rows = sqlx::query!(
        "select a.id, a.building_id, a.name_en, a.name_hans, a.name_hant
         from common_area a left join building b on b.estate_id = a.estate_id and b.id = a.building_id
         where a.estate_id = $1 order by b.position nulls first, a.position",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| AreaRef {
            id: row.id.into(),
            building: row.building_id.map(Into::into),
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
        })
        .collect())
}

/// All departments, customer service first.
pub async fn list_departments(db: &mut PgConnection, estate: EstateId) -> Result<Vec<DepartmentRef>, Fault> {
    let rows = sqlx::query!(
        "select id, slug, name_en, name_hans, name_hant from department where estate_id = $1 order by position",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DepartmentRef {
            id: row.id.into(),
            slug: row.slug,
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
        })
        .collect())
}

/// Words as a `like` pattern finds them literally, without the control characters that no stored text has.
pub fn literal(words: &str) -> String {
    let words: String = words.chars().filter(|char| !char.is_control()).collect();
    words.trim().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Units whose number begins with the given digits or whose present occupants' names contain the words.
pub async fn search_units(
    db: &mut PgConnection,
    estate: EstateId,
    words: &str,
    now: Moment,
) -> Result<Vec<(UnitRef, Vec<String>)>, Fault> {
    let rows = sqlx::query!(
        r#"select u.id, u.number, u.kind, b.name_en, b.name_hans, b.name_hant,
             array(select p.name from occupancy o join party p on p.estate_id = o.estate_id and p.id = o.party_id
                   where o.estate_id = u.estate_id and o.unit_id = u.id
                     and o.from_on <= t.today and (o.to_on is null or o.to_on >= t.today) order by o.from_on) as "names!"
           from unit u join building b on b.estate_id = u.estate_id and b.id = u.building_id
           join (select e.id, ($3::timestamptz at time zone e.zone)::date as today from estate e) t on t.id = u.estate_id
           where u.estate_id = $1 and ($2 = '' or u.number like $2 || '%' or exists (
             select from occupancy o join party p on p.estate_id = o.estate_id and p.id = o.party_id
             where o.estate_id = u.estate_id and o.unit_id = u.id
               and o.from_on <= t.today and (o.to_on is null or o.to_on >= t.today)
               and (p.name ilike '%' || $2 || '%' or p.latin_name ilike '%' || $2 || '%')))
           order by b.position, u.floor, u.stack limit 24"#,
        estate.0,
        literal(words),
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let building = Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant };
            (UnitRef { id: row.id.into(), building, number: row.number, kind: kind_of(&row.kind) }, row.names)
        })
        .collect())
}

/// The kind of a stored value; the check constraint knows no other.
pub fn kind_of(tag: &str) -> UnitKind {
    match tag {
        "shop" => UnitKind::Shop,
        "office" => UnitKind::Office,
        _ => UnitKind::Flat,
    }
}
