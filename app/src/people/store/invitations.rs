use super::super::model::{Invited, OccupancyKind, Occupant};
use crate::estate::{Names, UnitRef, store::kind_of};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, InvitationId, OccupancyId, PartyId, StaffId, UnitId};
use crate::moment::Moment;
use chrono::NaiveDate;
use sqlx::PgConnection;

/// An invitation that a code opens, locked until the transaction ends.
pub struct OpenInvitation {
    /// Its estate.
    pub estate: EstateId,
    /// The invitation.
    pub id: InvitationId,
    /// Who is invited.
    pub party: PartyId,
    /// The party's name.
    pub name: String,
    /// Whether the party is a company, for which several people may act.
    pub is_organisation: bool,
    /// Into which unit.
    pub unit: UnitId,
}

/// Locks the invitation of a code that can still be redeemed.
pub async fn lock_invitation(
    db: &mut PgConnection,
    code_hash: &[u8],
    now: Moment,
) -> Result<Option<OpenInvitation>, Fault> {
    let row = sqlx::query!(
        "select i.estate_id, i.id, i.party_id, i.unit_id, p.name, p.kind
         from invitation i join party p on p.estate_id = i.estate_id and p.id = i.party_id
         where i.code_hash = $1 and i.redeemed_at is null and i.withdrawn_at is null and i.expires_at > $2
         for update of i",
        code_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| OpenInvitation {
        estate: row.estate_id.into(),
        id: row.id.into(),
        party: row.party_id.into(),
        name: row.name,
        is_organisation: row.kind == "organisation",
        unit: row.unit_id.into(),
    }))
}

/// Marks an invitation as redeemed, and lets the account act for the party.
pub async fn redeem(
    db: &mut PgConnection,
    invitation: &OpenInvitation,
    account: AccountId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update invitation set redeemed_at = $3, redeemed_by = $4 where estate_id = $1 and id = $2",
        invitation.estate.0,
        invitation.id.0,
        now,
        account.0,
    )
    .execute(&mut *db)
    .await?;
    link_party(db, invitation.estate, invitation.party, account).await
}

/// Lets an account act for a party.
pub async fn link_party(
    db: &mut PgConnection,
    estate: EstateId,
    party: PartyId,
    account: AccountId,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into party_account (estate_id, party_id, account_id) values ($1, $2, $3) on conflict do nothing",
        estate.0,
        party.0,
        account.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A new invitation; earlier ones of the same party and unit are withdrawn.
#[expect(clippy::too_many_arguments, reason = "an invitation's columns")]
pub async fn insert_invitation(
    db: &mut PgConnection,
    estate: EstateId,
    id: InvitationId,
    unit: UnitId,
    party: PartyId,
    code_hash: &[u8],
    by: StaffId,
    now: Moment,
    expires_at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update invitation set withdrawn_at = $4
         where estate_id = $1 and unit_id = $2 and party_id = $3 and redeemed_at is null and withdrawn_at is null",
        estate.0,
        unit.0,
        party.0,
        now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into invitation (estate_id, id, unit_id, party_id, code_hash, issued_by, issued_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        estate.0,
        id.0,
        unit.0,
        party.0,
        code_hash,
        by.0,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The unit of an invitation, and whether it was neither redeemed nor withdrawn; locked until the transaction ends.
pub async fn lock_issued(
    db: &mut PgConnection,
    estate: EstateId,
    id: InvitationId,
) -> Result<Option<(UnitId, bool)>, Fault> {
    let row = sqlx::query!(
        r#"select unit_id, redeemed_at is null and withdrawn_at is null as "is_open!" from invitation
           where estate_id = $1 and id = $2 for update"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.unit_id.into(), row.is_open)))
}

/// Marks an invitation as withdrawn.
pub async fn withdraw_invitation(
    db: &mut PgConnection,
    estate: EstateId,
    id: InvitationId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!("update invitation set withdrawn_at = $3 where estate_id = $1 and id = $2", estate.0, id.0, now)
        .execute(db)
        .await?;
    Ok(())
}

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
        r#"select p.id, p.name, p.kind as party_kind, o.kind, o.from_on, o.to_on,
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
