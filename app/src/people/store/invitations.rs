use super::super::model::{InvitedColleague, Role};
use crate::backend::broken;
use crate::fault::Fault;
use crate::ids::{AccountId, DepartmentId, EstateId, InvitationId, PartyId, StaffId, UnitId};
use crate::moment::Moment;
use sqlx::PgConnection;
use uuid::Uuid;

/// Who is invited, and to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitee {
    /// Somebody who lives or works in a unit, or a company that does.
    Occupant {
        /// The unit.
        unit: UnitId,
        /// The person or company.
        party: PartyId,
        /// Its name.
        name: String,
    },
    /// Somebody who is to work in the office.
    Colleague {
        /// Where.
        department: DepartmentId,
        /// As what.
        role: Role,
        /// Full name.
        name: String,
        /// Office phone.
        phone: Option<String>,
    },
}

impl Invitee {
    /// Who it is.
    pub fn name(&self) -> &str {
        match self {
            Invitee::Occupant { name, .. } | Invitee::Colleague { name, .. } => name,
        }
    }
}

/// An invitation, locked until the transaction ends.
pub struct OpenInvitation {
    /// Its estate.
    pub estate: EstateId,
    /// The invitation.
    pub id: InvitationId,
    /// Who is invited.
    pub to: Invitee,
    /// Who invited them.
    pub by: AccountId,
    /// Whether the party is a company, for which several people may act.
    pub is_organisation: bool,
    /// Whether it was neither redeemed nor withdrawn.
    pub is_open: bool,
}

struct Row {
    estate_id: Uuid,
    id: Uuid,
    unit_id: Option<Uuid>,
    party_id: Option<Uuid>,
    name: Option<String>,
    party_kind: Option<String>,
    phone: Option<String>,
    department_id: Option<Uuid>,
    role: Option<String>,
    by: Uuid,
    is_open: bool,
}

impl TryFrom<Row> for OpenInvitation {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self, Fault> {
        let name = row.name.unwrap_or_default();
        let role = row.role.as_deref().and_then(Role::from_tag);
        let to = match (row.unit_id, row.party_id, row.department_id, role) {
            (Some(unit), Some(party), ..) => Invitee::Occupant { unit: unit.into(), party: party.into(), name },
            (_, _, Some(department), Some(role)) => {
                Invitee::Colleague { department: department.into(), role, name, phone: row.phone }
            }
            _ => return Err(broken("a stored invitation cannot be read", &row.id)),
        };
        Ok(OpenInvitation {
            estate: row.estate_id.into(),
            id: row.id.into(),
            to,
            by: row.by.into(),
            is_organisation: row.party_kind.as_deref() == Some("organisation"),
            is_open: row.is_open,
        })
    }
}

/// Locks the invitation of a code that can still be redeemed: of an occupant while the party is in the unit, or
/// will be.
pub async fn lock_invitation(
    db: &mut PgConnection,
    code_hash: &[u8],
    now: Moment,
) -> Result<Option<OpenInvitation>, Fault> {
    let row = sqlx::query_as!(
        Row,
        r#"select i.estate_id, i.id, i.unit_id, i.party_id, coalesce(p.name, i.name) as name, p.kind as "party_kind?",
             i.phone, i.department_id, i.role, m.account_id as by, true as "is_open!"
           from invitation i join staff_member m on m.estate_id = i.estate_id and m.id = i.issued_by
           left join party p on p.estate_id = i.estate_id and p.id = i.party_id
           where i.code_hash = $1 and i.redeemed_at is null and i.withdrawn_at is null and i.expires_at > $2
             and (i.unit_id is null or exists (select from occupancy o join estate e on e.id = o.estate_id
               where o.estate_id = i.estate_id and o.unit_id = i.unit_id and o.party_id = i.party_id
                 and (o.to_on is null or o.to_on >= ($2 at time zone e.zone)::date)))
           for update of i"#,
        code_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// Locks an invitation of the estate, whatever became of it.
pub async fn lock_issued(
    db: &mut PgConnection,
    estate: EstateId,
    id: InvitationId,
) -> Result<Option<OpenInvitation>, Fault> {
    let row = sqlx::query_as!(
        Row,
        r#"select i.estate_id, i.id, i.unit_id, i.party_id, coalesce(p.name, i.name) as name, p.kind as "party_kind?",
             i.phone, i.department_id, i.role, m.account_id as by, i.redeemed_at is null and i.withdrawn_at is null as "is_open!"
           from invitation i join staff_member m on m.estate_id = i.estate_id and m.id = i.issued_by
           left join party p on p.estate_id = i.estate_id and p.id = i.party_id
           where i.estate_id = $1 and i.id = $2 for update of i"#,
        estate.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(TryInto::try_into).transpose()
}

/// Marks an invitation as redeemed.
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
    .execute(db)
    .await?;
    Ok(())
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

/// A new invitation; earlier ones of the same party into the same unit are withdrawn. Of two at once the second
/// one waits for the first, and withdraws it.
#[expect(clippy::too_many_arguments, reason = "an invitation's columns")]
pub async fn insert_invitation(
    db: &mut PgConnection,
    estate: EstateId,
    id: InvitationId,
    to: &Invitee,
    code_hash: &[u8],
    by: StaffId,
    now: Moment,
    expires_at: Moment,
) -> Result<(), Fault> {
    let (unit, party, colleague) = match to {
        Invitee::Occupant { unit, party, .. } => (Some(unit.0), Some(party.0), None),
        Invitee::Colleague { department, role, name, phone } => (None, None, Some((department, role, name, phone))),
    };
    sqlx::query!("select id from party where estate_id = $1 and id = $2 for update", estate.0, party)
        .fetch_optional(&mut *db)
        .await?;
    sqlx::query!(
        "update invitation set withdrawn_at = $4
         where estate_id = $1 and unit_id = $2 and party_id = $3 and redeemed_at is null and withdrawn_at is null",
        estate.0,
        unit,
        party,
        now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into invitation (estate_id, id, unit_id, party_id, department_id, role, name, phone, code_hash, issued_by,
           issued_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        estate.0,
        id.0,
        unit,
        party,
        colleague.map(|(department, ..)| department.0),
        colleague.map(|(_, role, ..)| role.tag()),
        colleague.map(|(_, _, name, _)| name.as_str()),
        colleague.and_then(|(.., phone)| phone.as_deref()),
        code_hash,
        by.0,
        now,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
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

/// Who was invited to work in the office and has not come yet, the latest first; at most 50.
pub async fn list_invited(
    db: &mut PgConnection,
    estate: EstateId,
    now: Moment,
) -> Result<Vec<InvitedColleague>, Fault> {
    let rows = sqlx::query!(
        r#"select id, name as "name!", department_id as "department_id!", role as "role!", expires_at from invitation
           where estate_id = $1 and department_id is not null and redeemed_at is null and withdrawn_at is null
             and expires_at > $2
           order by issued_at desc limit 50"#,
        estate.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(InvitedColleague {
                id: row.id.into(),
                name: row.name,
                department: row.department_id.into(),
                role: Role::from_tag(&row.role)?,
                until: row.expires_at,
            })
        })
        .collect())
}
