//! SQL of lobby screens: who they are here, who asks to become one in `asks`, what they show in `board`.

mod asks;
mod board;

pub use asks::*;
pub use board::*;

use super::model::{Place, Screen, ScreenDevice};
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{AreaId, EstateId, ScreenId, StaffId};
use crate::moment::Moment;
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

/// The screens of an estate: those in use first, then the newest; at most 100.
pub async fn list(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Screen>, Fault> {
    let rows = sqlx::query!(
        r#"select s.id, s.name, s.enrolled_at, s.seen_at, s.build, s.revoked_at, p.name as enrolled_by,
             a.id as area_id, a.name_en, a.name_hans, a.name_hant,
             b.id as "building_id?", b.name_en as "building_en?", b.name_hans as "building_hans?", b.name_hant as "building_hant?"
           from screen s
           join staff_member m on m.estate_id = s.estate_id and m.id = s.enrolled_by
           join account p on p.id = m.account_id
           join common_area a on a.estate_id = s.estate_id and a.id = s.area_id
           left join building b on b.estate_id = a.estate_id and b.id = a.building_id
           where s.estate_id = $1 order by s.revoked_at desc nulls first, s.enrolled_at desc, s.id desc limit 100"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Screen {
            id: row.id.into(),
            name: row.name,
            place: Place {
                area: row.area_id.into(),
                names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
                building: row.building_id.map(Into::into),
                building_names: names_of(row.building_en, row.building_hans, row.building_hant),
            },
            enrolled_by: row.enrolled_by,
            enrolled_at: row.enrolled_at,
            seen_at: row.seen_at,
            build: row.build,
            revoked_at: row.revoked_at,
        })
        .collect())
}

/// The places in common of an estate, those of its buildings first: most screens stand in a lobby.
pub async fn list_places(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Place>, Fault> {
    let rows = sqlx::query!(
        r#"select a.id, a.name_en, a.name_hans, a.name_hant,
             b.id as "building_id?", b.name_en as "building_en?", b.name_hans as "building_hans?", b.name_hant as "building_hant?"
           from common_area a left join building b on b.estate_id = a.estate_id and b.id = a.building_id
           where a.estate_id = $1 order by b.position nulls last, a.position"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Place {
            area: row.id.into(),
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            building: row.building_id.map(Into::into),
            building_names: names_of(row.building_en, row.building_hans, row.building_hant),
        })
        .collect())
}

/// Whether an estate has such a place in common.
pub async fn has_place(db: &mut PgConnection, estate: EstateId, area: AreaId) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from common_area where estate_id = $1 and id = $2) as "exists!""#,
        estate.0,
        area.0,
    )
    .fetch_one(db)
    .await?)
}

/// A screen that staff let in, before it has its credential.
#[derive(Clone, Copy, Debug)]
pub struct NewScreen<'s> {
    /// Whose.
    pub estate: EstateId,
    /// The screen.
    pub id: ScreenId,
    /// What the office calls it.
    pub name: &'s str,
    /// Where it stands.
    pub area: AreaId,
    /// Who let it in.
    pub by: StaffId,
}

/// Stores a screen.
pub async fn insert(db: &mut PgConnection, screen: NewScreen<'_>, now: Moment) -> Result<(), Fault> {
    sqlx::query!(
        "insert into screen (estate_id, id, name, area_id, enrolled_by, enrolled_at) values ($1, $2, $3, $4, $5, $6)",
        screen.estate.0,
        screen.id.0,
        screen.name,
        screen.area.0,
        screen.by.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives a screen its credential, of which only a hash is kept.
pub async fn save_token(db: &mut PgConnection, estate: EstateId, id: ScreenId, token_hash: &[u8]) -> Result<(), Fault> {
    sqlx::query!("update screen set token_hash = $3 where estate_id = $1 and id = $2", estate.0, id.0, token_hash)
        .execute(db)
        .await?;
    Ok(())
}

/// Locks a screen of the estate: whether it is still one.
pub async fn lock(db: &mut PgConnection, estate: EstateId, id: ScreenId) -> Result<Option<bool>, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select revoked_at is null as "is_open!" from screen where estate_id = $1 and id = $2 for update"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?)
}

/// Another name, another place.
pub async fn save(
    db: &mut PgConnection,
    estate: EstateId,
    id: ScreenId,
    name: &str,
    area: AreaId,
) -> Result<(), Fault> {
    sqlx::query!(
        "update screen set name = $3, area_id = $4 where estate_id = $1 and id = $2",
        estate.0,
        id.0,
        name,
        area.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks a screen as revoked.
pub async fn revoke(
    db: &mut PgConnection,
    estate: EstateId,
    id: ScreenId,
    by: StaffId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update screen set revoked_at = $3, revoked_by = $4 where estate_id = $1 and id = $2",
        estate.0,
        id.0,
        now,
        by.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that a screen is there, once a minute, and which build it runs, where that is another one.
pub async fn touch(
    db: &mut PgConnection,
    screen: &ScreenDevice,
    build: Option<&str>,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update screen set seen_at = $3, build = coalesce($4, build)
         where estate_id = $1 and id = $2 and revoked_at is null
           and (seen_at is null or seen_at <= $3::timestamptz - interval '1 minute' or build is distinct from coalesce($4, build))",
        screen.estate.0,
        screen.id.0,
        now,
        build,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where a demo's screen stands, and who let it in.
pub async fn find_demo_stand(db: &mut PgConnection, estate: EstateId) -> Result<Option<(AreaId, StaffId)>, Fault> {
    let row = sqlx::query!(
        r#"select a.id as "area!", m.id as "by!" from common_area a
           left join building b on b.estate_id = a.estate_id and b.id = a.building_id
           join staff_member m on m.estate_id = a.estate_id and m.left_at is null
           join staff_role r on r.estate_id = m.estate_id and r.staff_id = m.id and r.role = 'site_manager'
           join account p on p.id = m.account_id and p.is_demo
           where a.estate_id = $1 order by b.position nulls last, a.position, m.id limit 1"#,
        estate.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.area.into(), row.by.into())))
}
