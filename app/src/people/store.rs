//! SQL of accounts, sessions, invitations, staff and limits.

use super::model::{
    Colleague, DemoPerson, Home, Manners, Occupant, OccupancyKind, Person, Resident, Role, SessionRow, Staff, Theme, Viewer,
};
use super::rules::Power;
use crate::estate::{DepartmentRef, Names, UnitRef, store::kind_of};
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, InvitationId, OccupancyId, PartyId, SessionId, StaffId, UnitId};
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
    Home { estate: row.estate.into(), zone: row.zone, unit, party: row.party.into(), kind: row.occupancy, from_on: row.from_on }
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
pub async fn revoke_session(db: &mut PgConnection, account: AccountId, id: SessionId, now: Moment) -> Result<bool, Fault> {
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
pub async fn revoke_others(db: &mut PgConnection, account: AccountId, keep: SessionId, now: Moment) -> Result<(), Fault> {
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
        .map(|row| SessionRow { id: row.id.into(), device: row.device, seen_at: row.seen_at, is_this: row.id == here.0 })
        .collect())
}

/// Where a session's member of staff works.
pub async fn move_session(db: &mut PgConnection, id: SessionId, estate: EstateId) -> Result<(), Fault> {
    sqlx::query!("update session set estate_id = $2 where id = $1", id.0, estate.0).execute(db).await?;
    Ok(())
}

/// The account that signs in with a name, and its password hash.
pub async fn find_sign_in(db: &mut PgConnection, sign_in: &str) -> Result<Option<(AccountId, String)>, Fault> {
    let row = sqlx::query!("select id, password_hash from account where sign_in = $1 and disabled_at is null", sign_in)
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| (row.id.into(), row.password_hash)))
}

/// The password hash and the names of an account.
pub async fn find_password(db: &mut PgConnection, account: AccountId) -> Result<(String, String, String), Fault> {
    let row = sqlx::query!("select password_hash, sign_in, name from account where id = $1", account.0).fetch_one(db).await?;
    Ok((row.password_hash, row.sign_in, row.name))
}

/// Stores another password hash.
pub async fn save_password(db: &mut PgConnection, account: AccountId, hash: &str) -> Result<(), Fault> {
    sqlx::query!("update account set password_hash = $2 where id = $1", account.0, hash).execute(db).await?;
    Ok(())
}

/// Stores how an account's pages look.
pub async fn save_manners(db: &mut PgConnection, account: AccountId, manners: Manners) -> Result<(), Fault> {
    sqlx::query!(
        "update account set lang = $2, theme = $3, large_text = $4 where id = $1",
        account.0,
        manners.lang.tag(),
        manners.theme.tag(),
        manners.large_text,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A new sign-in.
pub async fn insert_account(
    db: &mut PgConnection,
    id: AccountId,
    sign_in: &str,
    hash: &str,
    name: &str,
    lang: Lang,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into account (id, sign_in, password_hash, name, lang, created_at) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        sign_in,
        hash,
        name,
        lang.tag(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The estates in which an account is staff, first one first.
pub async fn list_memberships(db: &mut PgConnection, account: AccountId) -> Result<Vec<EstateId>, Fault> {
    let ids = sqlx::query_scalar!(
        "select estate_id from staff_member where account_id = $1 and left_at is null order by id",
        account.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(Into::into).collect())
}

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
    /// Into which unit.
    pub unit: UnitId,
}

/// Locks the invitation of a code that can still be redeemed.
pub async fn lock_invitation(db: &mut PgConnection, code_hash: &[u8], now: Moment) -> Result<Option<OpenInvitation>, Fault> {
    let row = sqlx::query!(
        "select i.estate_id, i.id, i.party_id, i.unit_id, p.name
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
        unit: row.unit_id.into(),
    }))
}

/// Marks an invitation as redeemed, and lets the account act for the party.
pub async fn redeem(db: &mut PgConnection, invitation: &OpenInvitation, account: AccountId, now: Moment) -> Result<(), Fault> {
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
pub async fn link_party(db: &mut PgConnection, estate: EstateId, party: PartyId, account: AccountId) -> Result<(), Fault> {
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

/// Withdraws an invitation and returns its unit; `None` where it is unknown or no longer open.
pub async fn withdraw_invitation(
    db: &mut PgConnection,
    estate: EstateId,
    id: InvitationId,
    now: Moment,
) -> Result<Option<UnitId>, Fault> {
    let unit = sqlx::query_scalar!(
        "update invitation set withdrawn_at = $3
         where estate_id = $1 and id = $2 and redeemed_at is null and withdrawn_at is null returning unit_id",
        estate.0,
        id.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(unit.map(Into::into))
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
pub async fn list_occupants(db: &mut PgConnection, estate: EstateId, unit: UnitId, now: Moment) -> Result<Vec<Occupant>, Fault> {
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
            invited_until: row.invitation_id.map(InvitationId::from).zip(row.expires_at),
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

/// Everybody who works in the estate's office now, by department.
pub async fn list_team(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Colleague>, Fault> {
    let rows = sqlx::query!(
        r#"select m.id, a.name, m.phone, d.id as department_id, d.slug, d.name_en, d.name_hans, d.name_hant,
             array(select r.role from staff_role r where r.estate_id = m.estate_id and r.staff_id = m.id order by r.role) as "roles!"
           from staff_member m
           join account a on a.id = m.account_id
           join department d on d.estate_id = m.estate_id and d.id = m.department_id
           where m.estate_id = $1 and m.left_at is null
           order by d.position, a.name limit 500"#,
        estate.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Colleague {
            id: row.id.into(),
            name: row.name,
            department: DepartmentRef {
                id: row.department_id.into(),
                slug: row.slug,
                names: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            },
            roles: row.roles.iter().filter_map(|role| Role::from_tag(role)).collect(),
            phone: row.phone,
        })
        .collect())
}

/// Those who take orders: who may work on them, with a present membership.
pub async fn list_hands(db: &mut PgConnection, estate: EstateId) -> Result<Vec<Colleague>, Fault> {
    let mut team = list_team(db, estate).await?;
    team.retain(|colleague| colleague.roles.iter().any(|role| Power::of(*role).contains(&Power::Work)));
    Ok(team)
}

/// One colleague, locked, to change roles.
pub async fn lock_colleague(db: &mut PgConnection, estate: EstateId, id: StaffId) -> Result<Option<Colleague>, Fault> {
    sqlx::query!("select id from staff_member where estate_id = $1 and id = $2 for update", estate.0, id.0)
        .fetch_optional(&mut *db)
        .await?;
    Ok(list_team(db, estate).await?.into_iter().find(|colleague| colleague.id == id))
}

/// Gives a role, or takes it.
pub async fn save_role(
    db: &mut PgConnection,
    estate: EstateId,
    id: StaffId,
    role: Role,
    held: bool,
    by: AccountId,
    now: Moment,
) -> Result<(), Fault> {
    if held {
        sqlx::query!(
            "insert into staff_role (estate_id, staff_id, role, granted_by, granted_at) values ($1, $2, $3, $4, $5)
             on conflict do nothing",
            estate.0,
            id.0,
            role.tag(),
            by.0,
            now,
        )
        .execute(db)
        .await?;
    } else {
        sqlx::query!("delete from staff_role where estate_id = $1 and staff_id = $2 and role = $3", estate.0, id.0, role.tag())
            .execute(db)
            .await?;
    }
    Ok(())
}

/// One person for each role of each estate, and a few residents.
pub async fn list_demo_cast(db: &mut PgConnection) -> Result<Vec<DemoPerson>, Fault> {
    let rows = sqlx::query!(
        r#"(select a.sign_in as "sign_in!", a.name as "name!", array_agg(r.role order by r.role) as "roles!",
              null::uuid as unit_id, null::text as number, null::text as unit_kind,
              null::text as building_en, null::text as building_hans, null::text as building_hant,
              e.name_en as "estate_en!", e.name_hans as "estate_hans!", e.name_hant as "estate_hant!"
            from staff_member m join account a on a.id = m.account_id join estate e on e.id = m.estate_id
            join staff_role r on r.estate_id = m.estate_id and r.staff_id = m.id
            where m.left_at is null group by a.id, e.id, m.id order by m.id limit 60)
           union all
           (select a.sign_in, a.name, '{}'::text[], u.id, u.number, u.kind, b.name_en, b.name_hans, b.name_hant,
              e.name_en, e.name_hans, e.name_hant
            from account a join party_account pa on pa.account_id = a.id
            join occupancy o on o.estate_id = pa.estate_id and o.party_id = pa.party_id and o.to_on is null
            join unit u on u.estate_id = o.estate_id and u.id = o.unit_id
            join building b on b.estate_id = u.estate_id and b.id = u.building_id
            join estate e on e.id = u.estate_id
            order by a.id limit 8)"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let building = match (row.building_en, row.building_hans, row.building_hant) {
                (Some(en), Some(hans), Some(hant)) => Some(Names { en, hans, hant }),
                _ => None,
            };
            let unit = row.unit_id.zip(building).map(|(id, building)| UnitRef {
                id: id.into(),
                building,
                number: row.number.unwrap_or_default(),
                kind: kind_of(&row.unit_kind.unwrap_or_default()),
            });
            DemoPerson {
                sign_in: row.sign_in,
                name: row.name,
                roles: row.roles.iter().filter_map(|role| Role::from_tag(role)).collect(),
                unit,
                estate: Names { en: row.estate_en, hans: row.estate_hans, hant: row.estate_hant },
            }
        })
        .collect())
}

/// Counts a try and returns how many there were in the window.
pub async fn count_attempt(db: &mut PgConnection, subject: &str, window_at: Moment) -> Result<i32, Fault> {
    Ok(sqlx::query_scalar!(
        "insert into attempt (subject, window_at, tries) values ($1, $2, 1)
         on conflict (subject, window_at) do update set tries = attempt.tries + 1 returning tries",
        subject,
        window_at,
    )
    .fetch_one(db)
    .await?)
}

/// Forgets what ended long ago.
pub async fn sweep(db: &mut PgConnection, sessions: Moment, attempts: Moment, replays: Moment) -> Result<(), Fault> {
    sqlx::query!("delete from session where seen_at < $1", sessions).execute(&mut *db).await?;
    sqlx::query!("delete from attempt where window_at < $1", attempts).execute(&mut *db).await?;
    sqlx::query!("delete from replay where at < $1", replays).execute(db).await?;
    Ok(())
}
