use super::super::model::{Invited, Occupancy, OccupancyKind, Occupant};
use crate::estate::{Names, UnitRef, store::kind_of};
use crate::fault::Fault;
use crate::ids::{EstateId, OccupancyId, PartyId, UnitId};
use crate::moment::Moment;
use chrono::NaiveDate;
use sqlx::PgConnection;

/// A unit of the estate.
pub async fn find_unit(db: &mut PgConnection, estate: EstateId, id: UnitId) -> Result<Option<UnitRef>, Fault> {
    let row = sqlx::query!(
        "select u.number, u.kind, b.name_en, b.name_hans, b.name_hant
         from unit u join building b on b.estate_id = u.estate_id and b.id = u.building_id
         where u.estate_id = $1 and u.id = $2",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| UnitRef {
        id,
        building: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
        number: row.number,
        kind: kind_of(&row.kind),
    }))
}

/// Everybody who is, was or will be in a unit; the present ones first, at most 100.
pub async fn list_occupants(
    db: &mut PgConnection,
    estate: EstateId,
    unit: UnitId,
    now: Moment,
) -> Result<Vec<Occupant>, Fault> {
    let rows = sqlx::query!(
        r#"select o.id as occupancy_id, p.id, p.name, p.kind as party_kind, o.kind, o.from_on, o.to_on,
             exists (select from party_account a where a.estate_id = p.estate_id and a.party_id = p.id) as "has_account!",
             i.id as "invitation_id?", i.expires_at as "expires_at?"
           from occupancy o
           join party p on p.estate_id = o.estate_id and p.id = o.party_id
           left join invitation i on i.estate_id = o.estate_id and i.unit_id = o.unit_id and i.party_id = o.party_id
             and i.redeemed_at is null and i.withdrawn_at is null and i.expires_at > $3
           where o.estate_id = $1 and o.unit_id = $2
           order by o.to_on desc nulls first, o.from_on limit 100"#,
        estate.0,
        unit.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Occupant {
            id: row.occupancy_id.into(),
            party: row.id.into(),
            name: row.name,
            is_organisation: row.party_kind == "organisation",
            kind: OccupancyKind::from_tag(&row.kind).unwrap_or(OccupancyKind::Borrower),
            from_on: row.from_on,
            to_on: row.to_on,
            has_account: row.has_account,
            invited: row.invitation_id.zip(row.expires_at).map(|(id, until)| Invited { id: id.into(), until }),
        })
        .collect())
}

/// A new party in a unit.
#[expect(clippy::too_many_arguments, reason = "a party's and an occupancy's columns")]
pub async fn insert_occupant(
    db: &mut PgConnection,
    estate: EstateId,
    party: PartyId,
    occupancy: OccupancyId,
    unit: UnitId,
    name: &str,
    is_organisation: bool,
    phone: Option<&str>,
    kind: OccupancyKind,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into party (estate_id, id, kind, name, phone) values ($1, $2, $3, $4, $5)",
        estate.0,
        party.0,
        if is_organisation { "organisation" } else { "person" },
        name,
        phone,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into occupancy (estate_id, id, unit_id, party_id, kind, from_on, to_on) values ($1, $2, $3, $4, $5, $6, $7)",
        estate.0,
        occupancy.0,
        unit.0,
        party.0,
        kind.tag(),
        from_on,
        to_on,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An occupancy of the estate, locked until the transaction ends.
pub async fn lock_occupancy(
    db: &mut PgConnection,
    estate: EstateId,
    id: OccupancyId,
) -> Result<Option<Occupancy>, Fault> {
    let row = sqlx::query!(
        "select unit_id, party_id, from_on, to_on from occupancy where estate_id = $1 and id = $2 for update",
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Occupancy {
        id,
        estate,
        unit: row.unit_id.into(),
        party: row.party_id.into(),
        from_on: row.from_on,
        to_on: row.to_on,
    }))
}

/// Writes the last day of an occupancy.
pub async fn save_occupancy(db: &mut PgConnection, occupancy: &Occupancy) -> Result<(), Fault> {
    sqlx::query!(
        "update occupancy set to_on = $3 where estate_id = $1 and id = $2",
        occupancy.estate.0,
        occupancy.id.0,
        occupancy.to_on,
    )
    .execute(db)
    .await?;
    Ok(())
}
