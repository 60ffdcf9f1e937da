use super::super::model::{Breach, ContactCard, ContactKind, ContactMove, ContactStage, Earlier};
use crate::estate::{Names, UnitRef, store::kind_of};
use crate::fault::Fault;
use crate::ids::{ContactId, EstateId};
use crate::moment::Moment;
use crate::paging::page_of;
use crate::people::{Power, Staff};
use crate::requests::Channel;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

/// Contacts of a page of the register.
const PAGE: i64 = 30;

struct Row {
    card: Json<ContactCard>,
    holder_id: Uuid,
    to_id: Option<Uuid>,
    to_department_id: Option<Uuid>,
    is_open: bool,
    is_live: bool,
    is_unclaimed: bool,
}

impl Row {
    /// The card with what its reader may do: the rules decide when they do it.
    fn of(self, by: &Staff) -> ContactCard {
        let theirs = self.holder_id == by.id.0 || by.can(Power::Triage);
        let is_offered = self.to_id.is_some() || self.to_department_id.is_some();
        let to_team = self.to_department_id == Some(by.department.id.0) && self.holder_id != by.id.0;
        let is_mine = self.to_id == Some(by.id.0) || to_team;
        let is_promised = matches!(self.card.0.stage, ContactStage::Promised { .. });
        let moves = [
            (is_mine, ContactMove::Accept),
            (is_mine, ContactMove::Refuse),
            (self.is_unclaimed && !is_offered && by.can(Power::Reception), ContactMove::Claim),
            (theirs && self.is_open, ContactMove::Answer),
            (theirs && self.is_open && !is_promised, ContactMove::Promise),
            (theirs && is_promised, ContactMove::MovePromise),
            (theirs && !is_offered && (self.is_open || self.is_live), ContactMove::Offer),
            (theirs && is_offered, ContactMove::Withdraw),
        ];
        let moves = moves.into_iter().filter_map(|(may, what)| may.then_some(what)).collect();
        ContactCard { moves, ..self.card.0 }
    }
}

/// Contacts that count down since yesterday, wait for an answer or a promised reply however old they are, or are
/// offered to somebody: all of them, or the reader's own. At most 150. First those whose time runs, the next one first,
/// then those whose time is over, the latest first: however many are late, what can still be met counts down.
pub async fn list_wall(db: &mut PgConnection, by: &Staff, all: bool, now: Moment) -> Result<Vec<ContactCard>, Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select card as "card!: Json<ContactCard>", holder_id as "holder_id!", to_id, to_department_id,
             is_open as "is_open!", is_live as "is_live!", is_unclaimed(estate_id, id) as "is_unclaimed!"
           from contact_card
           where estate_id = $1 and id in (
             (select id from contact where estate_id = $1 and wall_stopped_at is null
                and wall_due_at > $5::timestamptz - interval '1 day' and ($2 or holder_id = $3)
              order by wall_due_at <= $5, case when wall_due_at > $5 then wall_due_at end, wall_due_at desc limit 60)
             union
             (select id from contact where estate_id = $1 and stage = 'open' and ($2 or holder_id = $3)
              order by received_at limit 30)
             union
             (select id from contact where estate_id = $1 and stage = 'promised' and ($2 or holder_id = $3)
              order by reply_by limit 30)
             union
             (select contact_id from contact_transfer where estate_id = $1 and outcome is null
                and ($2 or to_id = $3 or from_id = $3 or to_department_id = $4) limit 30))
           order by wall_stopped_at is not null, wall_stopped_at is null and wall_due_at <= $5,
             case when wall_stopped_at is null and wall_due_at <= $5 then wall_due_at end desc,
             case when wall_stopped_at is null then wall_due_at else coalesce(reply_by, wall_due_at) end, id"#,
        by.estate.0,
        all,
        by.id.0,
        by.department.id.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.of(by)).collect())
}

/// A page of the register, newest first.
pub async fn list_register(
    db: &mut PgConnection,
    by: &Staff,
    channel: Option<Channel>,
    kind: Option<ContactKind>,
    before: Option<Earlier>,
) -> Result<(Vec<ContactCard>, Option<Earlier>), Fault> {
    let rows = sqlx::query_as!(
        Row,
        r#"select card as "card!: Json<ContactCard>", holder_id as "holder_id!", to_id, to_department_id,
             is_open as "is_open!", is_live as "is_live!", is_unclaimed(estate_id, id) as "is_unclaimed!"
           from contact_card
           where estate_id = $1 and ($2::text is null or channel = $2) and ($3::text is null or kind = $3)
             and ($4::timestamptz is null or (received_at, id) < ($4, $5))
           order by received_at desc, id desc limit $6"#,
        by.estate.0,
        channel.map(Channel::tag),
        kind.map(ContactKind::tag),
        before.map(|before| before.at),
        before.map(|before| before.id.0),
        PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let cards = rows.into_iter().map(|row| row.of(by)).collect();
    Ok(page_of(cards, PAGE, |card: &ContactCard| Earlier { at: card.received_at, id: card.id }))
}

/// What was missed since an instant, the latest first.
pub async fn list_breaches(db: &mut PgConnection, estate: EstateId, since: Moment) -> Result<Vec<Breach>, Fault> {
    let rows = sqlx::query!(
        r#"select x.contact_id, x.due_at, a.name, c.words, u.id as "unit_id?", u.number as "number?", u.kind as "kind?",
             b.name_en as "name_en?", b.name_hans as "name_hans?", b.name_hant as "name_hant?"
           from contact_breach x
           join contact c on c.estate_id = x.estate_id and c.id = x.contact_id
           join staff_member m on m.estate_id = x.estate_id and m.id = x.holder_id
           join account a on a.id = m.account_id
           left join unit u on u.estate_id = c.estate_id and u.id = c.unit_id
           left join building b on b.estate_id = u.estate_id and b.id = u.building_id
           where x.estate_id = $1 and x.due_at >= $2 order by x.due_at desc limit 30"#,
        estate.0,
        since,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let unit = match (row.unit_id, row.number, row.kind, row.name_en, row.name_hans, row.name_hant) {
                (Some(id), Some(number), Some(kind), Some(en), Some(hans), Some(hant)) => {
                    Some(UnitRef { id: id.into(), building: Names { en, hans, hant }, number, kind: kind_of(&kind) })
                }
                _ => None,
            };
            Breach { id: ContactId(row.contact_id), holder: row.name, due_at: row.due_at, words: row.words, unit }
        })
        .collect())
}
