use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{AreaId, BuildingId, DepartmentId, EstateId, ItemId, RequestId, StaffId, UnitId};
use crate::people::{self, Colleague};
use crate::policy::{Hours, Minute};
use crate::requests::Place;
use crate::work::{Candidate, Category, HandFile, Shift};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// What is stored of one member of staff for assigning.
#[derive(Default)]
struct Facts {
    skills: Vec<ItemId>,
    areas: Vec<BuildingId>,
    shift: Option<Shift>,
    load: u32,
}

/// Those who take orders, with their facts; `hours` says when somebody with or without a shift of their own works.
pub async fn list_candidates(
    db: &mut PgConnection,
    estate: EstateId,
    hours: impl Fn(Option<&Shift>) -> Vec<Hours>,
) -> Result<Vec<Candidate>, Fault> {
    let hands = people::store::list_hands(&mut *db, estate).await?;
    let ids: Vec<Uuid> = hands.iter().map(|hand| hand.id.0).collect();
    let mut facts = find_facts(db, estate, &ids).await?;
    let candidate = |who: Colleague| {
        let Facts { skills, areas, shift, load } = facts.remove(&who.id).unwrap_or_default();
        Candidate { hours: hours(shift.as_ref()), who, skills, areas, load }
    };
    Ok(hands.into_iter().map(candidate).collect())
}

async fn find_facts(db: &mut PgConnection, estate: EstateId, ids: &[Uuid]) -> Result<HashMap<StaffId, Facts>, Fault> {
    let rows = sqlx::query!(
        r#"select m.id,
             array(select k.category_id from staff_skill k where k.estate_id = m.estate_id and k.staff_id = m.id
                   order by k.category_id) as "skills!",
             array(select a.building_id from staff_area a where a.estate_id = m.estate_id and a.staff_id = m.id
                   order by a.building_id) as "areas!",
             h.days as "days?", h.from_minute as "from_minute?", h.until_minute as "until_minute?",
             (select count(*) from work_order o where o.estate_id = m.estate_id and o.assignee_id = m.id
                and o.stage in ('issued', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'rework')) as "load!"
           from staff_member m
           left join staff_shift h on h.estate_id = m.estate_id and h.staff_id = m.id
           where m.estate_id = $1 and m.id = any($2)"#,
        estate.0,
        ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let minute = |minute: i32| Minute::try_from(minute).unwrap_or_default();
            let shift = row.days.zip(row.from_minute).zip(row.until_minute).map(|((days, from), until)| Shift {
                days: days.into_iter().filter_map(|day| u8::try_from(day).ok()).collect(),
                from: minute(from),
                until: minute(until),
            });
            let facts = Facts {
                skills: row.skills.into_iter().map(Into::into).collect(),
                areas: row.areas.into_iter().map(Into::into).collect(),
                shift,
                load: u32::try_from(row.load).unwrap_or(u32::MAX),
            };
            (row.id.into(), facts)
        })
        .collect())
}

/// The file of one colleague, and all that could stand in it.
pub async fn find_hand(db: &mut PgConnection, estate: EstateId, who: Colleague) -> Result<HandFile, Fault> {
    let mut facts = find_facts(&mut *db, estate, &[who.id.0]).await?;
    let Facts { skills, areas, shift, .. } = facts.remove(&who.id).unwrap_or_default();
    let described = sqlx::query_scalar!(
        r#"select count(*) as "described!" from happening
           where estate_id = $1 and subject_id = $2 and kind = 'hand_described'"#,
        estate.0,
        who.id.0,
    )
    .fetch_one(&mut *db)
    .await?;
    let version = i32::try_from(described).unwrap_or(i32::MAX);
    let categories = list_categories(&mut *db, estate).await?;
    let buildings = crate::estate::store::list_buildings(db, estate).await?;
    Ok(HandFile { id: who.id, version, name: who.name, skills, areas, shift, categories, buildings })
}

/// Stores what somebody knows, looks after, and when they work, in place of what stood there.
pub async fn save_hand(
    db: &mut PgConnection,
    estate: EstateId,
    who: StaffId,
    skills: &[ItemId],
    areas: &[BuildingId],
    shift: Option<&Shift>,
) -> Result<(), Fault> {
    let skills: Vec<Uuid> = skills.iter().map(|id| id.0).collect();
    let areas: Vec<Uuid> = areas.iter().map(|id| id.0).collect();
    sqlx::query!("delete from staff_skill where estate_id = $1 and staff_id = $2", estate.0, who.0)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from staff_area where estate_id = $1 and staff_id = $2", estate.0, who.0)
        .execute(&mut *db)
        .await?;
    sqlx::query!("delete from staff_shift where estate_id = $1 and staff_id = $2", estate.0, who.0)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        "insert into staff_skill (estate_id, staff_id, category_id) select $1, $2, unnest($3::uuid[])",
        estate.0,
        who.0,
        &skills,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into staff_area (estate_id, staff_id, building_id) select $1, $2, unnest($3::uuid[])",
        estate.0,
        who.0,
        &areas,
    )
    .execute(&mut *db)
    .await?;
    if let Some(shift) = shift {
        let days: Vec<i32> = shift.days.iter().map(|day| i32::from(*day)).collect();
        sqlx::query!(
            "insert into staff_shift (estate_id, staff_id, days, from_minute, until_minute) values ($1, $2, $3, $4, $5)",
            estate.0,
            who.0,
            &days,
            i32::from(shift.from),
            i32::from(shift.until),
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// The categories of the catalogue as it is offered now, in order: what there is to know.
pub async fn list_categories(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Category>, Fault> {
    let rows = sqlx::query!(
        "select id, name_en, name_hans, name_hant from catalogue_item
         where estate_id = $1 and kind = 'group' and parent_id is null and retired_at is null order by position",
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Category {
            id: row.id.into(),
            names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
        })
        .collect())
}

/// The building that a place is in; none on the grounds.
pub async fn find_building(db: &mut PgConnection, estate: EstateId, place: Place) -> Result<Option<BuildingId>, Fault> {
    let (unit, area): (Option<UnitId>, Option<AreaId>) = match place {
        Place::Home(unit) => (Some(unit), None),
        Place::Common { area, .. } => (None, Some(area)),
    };
    let building = sqlx::query_scalar!(
        "select building_id from unit where estate_id = $1 and id = $2
         union all select building_id from common_area where estate_id = $1 and id = $3",
        estate.0,
        unit.map(|id| id.0),
        area.map(|id| id.0),
    )
    .fetch_optional(db)
    .await?;
    Ok(building.flatten().map(Into::into))
}

/// The departments that were sent to a request, and had not to turn back.
pub async fn list_sent(
    db: &mut PgConnection,
    estate: EstateId,
    request: RequestId,
) -> Result<Vec<DepartmentId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select distinct department_id from work_order
         where estate_id = $1 and request_id = $2 and stage not in ('refused', 'cancelled')",
        estate.0,
        request.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}
