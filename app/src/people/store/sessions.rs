use super::super::model::{Home, Manners, OccupancyKind, Person, Resident, Role, SessionRow, Staff, Theme, Viewer};
use crate::estate::{DepartmentRef, Names, UnitRef, store::kind_of};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, SessionId};
use crate::moment::Moment;
use crate::texts::Lang;
use chrono::NaiveDate;
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(Debug, Deserialize)]
struct HomeRow {
    estate: Uuid,
    zone: String,
    unit: Uuid,
    number: String,
    kind: String,
    building: Names,
    party: Uuid,
    occupancy: OccupancyKind,
    from_on: NaiveDate,
}

#[derive(Debug, Deserialize)]
struct StaffRow {
    id: Uuid,
    estate: Uuid,
    zone: String,
    department: Uuid,
    slug: String,
    names: Names,
    roles: Vec<Role>,
}

/// The session of a token, with all that its account is and may do: one query, since every call begins with it.
pub async fn find_session(
    db: &mut PgConnection,
    token_hash: &[u8],
    now: Moment,
    idle_since: Moment,
) -> Result<Option<(SessionId, Viewer, Moment)>, Fault> {
    let row = sqlx::query!(
        r#"select s.id, s.seen_at, a.id as account_id, a.name, a.lang, a.theme, a.large_text,
             coalesce((select jsonb_agg(jsonb_build_object(
                 'estate', u.estate_id, 'zone', e.zone, 'unit', u.id, 'number', u.number, 'kind', u.kind, 'party', o.party_id,
                 'building', jsonb_build_object('en', b.name_en, 'hans', b.name_hans, 'hant', b.name_hant),
                 'occupancy', o.kind, 'from_on', o.from_on) order by o.from_on, o.id)
               from party_account pa
               join occupancy o on o.estate_id = pa.estate_id and o.party_id = pa.party_id
               join unit u on u.estate_id = o.estate_id and u.id = o.unit_id
               join building b on b.estate_id = u.estate_id and b.id = u.building_id
               join estate e on e.id = o.estate_id
               where pa.account_id = a.id
                 and o.from_on <= ($2 at time zone e.zone)::date
                 and (o.to_on is null or o.to_on >= ($2 at time zone e.zone)::date)), '[]') as "homes!: Json<Vec<HomeRow>>",
             exists (select from party_account pa where pa.account_id = a.id) as "is_resident!",
             (select jsonb_build_object('id', m.id, 'estate', m.estate_id, 'zone', e.zone, 'department', d.id, 'slug', d.slug,
                 'names', jsonb_build_object('en', d.name_en, 'hans', d.name_hans, 'hant', d.name_hant),
                 'roles', array(select r.role from staff_role r where r.estate_id = m.estate_id and r.staff_id = m.id order by r.role))
               from staff_member m
               join department d on d.estate_id = m.estate_id and d.id = m.department_id
               join estate e on e.id = m.estate_id
               where m.account_id = a.id and m.estate_id = s.estate_id and m.left_at is null) as "staff: Json<StaffRow>"
           from session s join account a on a.id = s.account_id
           where s.token_hash = $1 and s.revoked_at is null and s.expires_at > $2 and s.seen_at > $3 and a.disabled_at is null"#,
        token_hash,
        now,
        idle_since,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let manners = Manners {
            lang: Lang::from_tag(&row.lang).unwrap_or_default(),
            theme: Theme::from_tag(&row.theme).unwrap_or_default(),
            large_text: row.large_text,
        };
        let person = Person { account: row.account_id.into(), name: row.name, manners };
        let homes = row.homes.0.into_iter().map(home_of).collect();
        let resident = row.is_resident.then(|| Resident { person: person.clone(), homes });
        let staff = row.staff.map(|staff| staff_of(staff.0, person));
        (row.id.into(), Viewer::of(resident, staff), row.seen_at)
    }))
}

fn home_of(row: HomeRow) -> Home {
    let unit = UnitRef { id: row.unit.into(), building: row.building, number: row.number, kind: kind_of(&row.kind) };
    Home {
        estate: row.estate.into(),
        zone: row.zone,
        unit,
        party: row.party.into(),
        kind: row.occupancy,
        from_on: row.from_on,
    }
}

fn staff_of(row: StaffRow, person: Person) -> Staff {
    Staff {
        person,
        id: row.id.into(),
        estate: row.estate.into(),
        zone: row.zone,
        department: DepartmentRef { id: row.department.into(), slug: row.slug, names: row.names },
        roles: row.roles,
    }
}

/// Notes that a session is in use.
pub async fn touch_session(db: &mut PgConnection, id: SessionId, now: Moment) -> Result<(), Fault> {
    sqlx::query!("update session set seen_at = $2 where id = $1", id.0, now).execute(db).await?;
    Ok(())
}

/// Begins a session; only the token's hash is stored.
#[expect(clippy::too_many_arguments, reason = "a session's columns")]
pub async fn insert_session(
    db: &mut PgConnection,
    id: SessionId,
    token_hash: &[u8],
    account: AccountId,
    estate: Option<EstateId>,
    device: &str,
    now: Moment,
    expires_at: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into session (id, token_hash, account_id, estate_id, device, created_at, seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
        id.0,
        token_hash,
        account.0,
        estate.map(|id| id.0),
        device,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a session of this account; `false` where it has none such.
pub async fn revoke_session(
    db: &mut PgConnection,
    account: AccountId,
    id: SessionId,
    now: Moment,
) -> Result<bool, Fault> {
    let done = sqlx::query!(
        "update session set revoked_at = $3 where id = $1 and account_id = $2 and revoked_at is null",
        id.0,
        account.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all sessions of an account but one.
pub async fn revoke_others(
    db: &mut PgConnection,
    account: AccountId,
    keep: SessionId,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "update session set revoked_at = $3 where account_id = $1 and id <> $2 and revoked_at is null",
        account.0,
        keep.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The account's live sessions, last used first; at most 50.
pub async fn list_sessions(
    db: &mut PgConnection,
    account: AccountId,
    here: SessionId,
    now: Moment,
    idle_since: Moment,
) -> Result<Vec<SessionRow>, Fault> {
    let rows = sqlx::query!(
        "select id, device, seen_at from session
         where account_id = $1 and revoked_at is null and expires_at > $2 and seen_at > $3
         order by id = $4 desc, seen_at desc limit 50",
        account.0,
        now,
        idle_since,
        here.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SessionRow {
            id: row.id.into(),
            device: row.device,
            seen_at: row.seen_at,
            is_this: row.id == here.0,
        })
        .collect())
}

/// Where a session's member of staff works.
pub async fn move_session(db: &mut PgConnection, id: SessionId, estate: EstateId) -> Result<(), Fault> {
    sqlx::query!("update session set estate_id = $2 where id = $1", id.0, estate.0).execute(db).await?;
    Ok(())
}
