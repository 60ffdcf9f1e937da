use super::super::model::{AfterDraw, Answer, End, FollowUpMeans, FollowUpTally, TryMade};
use super::answer_of;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{EstateId, FollowUpId, RequestId, StaffId};
use crate::moment::Moment;
use crate::paging::page_of;
use crate::people::Scope;
use crate::requests::{Reporter, Version};
use sqlx::PgConnection;
use uuid::Uuid;

/// Rows of a page.
const PAGE: i64 = 30;

/// The tries of these follow-ups, the oldest first.
pub async fn list_tries(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[FollowUpId],
) -> Result<Vec<(FollowUpId, TryMade)>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        "select t.follow_up_id, t.means, t.note, t.made_at, a.name
         from follow_up_try t
         join staff_member m on m.estate_id = t.estate_id and m.id = t.made_by
         join account a on a.id = m.account_id
         where t.estate_id = $1 and t.follow_up_id = any($2)
         order by t.made_at, t.id limit 1000",
        estate.0,
        &ids,
    )
    .fetch_all(db)
    .await?;
    let made = rows.into_iter().filter_map(|row| {
        let means = FollowUpMeans::from_tag(&row.means)?;
        Some((row.follow_up_id.into(), TryMade { means, note: row.note, by: row.name, at: row.made_at }))
    });
    Ok(made.collect())
}

/// Somebody who is to be asked, as the row tells.
#[derive(Clone, Debug)]
pub struct OpenRow {
    /// The follow-up.
    pub id: FollowUpId,
    /// Its version.
    pub version: Version,
    /// Of which request.
    pub request: RequestId,
    /// When it was drawn.
    pub drawn_at: Moment,
    /// The department that did it.
    pub department: Names,
    /// How it ended.
    pub end: End,
    /// When.
    pub ended_at: Moment,
    /// Whether the reader had a hand in it.
    pub had_a_hand: bool,
    /// Whom to ask.
    pub reporter: Option<Reporter>,
}

/// A page of those whom somebody of this scope may ask, the oldest draw first, and where the next one begins. The first
/// few of each department are put in order, so that however much a trade did itself, none of it is read.
pub async fn list_open(
    db: &mut PgConnection,
    scope: Scope,
    reader: StaffId,
    after: Option<AfterDraw>,
) -> Result<(Vec<OpenRow>, Option<AfterDraw>), Fault> {
    let rows = sqlx::query!(
        r#"select f.id as "id!", f.version as "version!", f.request_id as "request_id!", f.drawn_at as "drawn_at!",
             e.outcome as "outcome!", e.ended_at as "ended_at!",
             f.name_en as "name_en!", f.name_hans as "name_hans!", f.name_hant as "name_hant!",
             coalesce(had_a_hand(f.estate_id, f.request_id, $3), false) as "had_a_hand!",
             a.name as "reporter?", p.name as "party?", p.phone as "phone?"
           from (
             select f.*, d.name_en, d.name_hans, d.name_hant
             from department d
             cross join lateral (
               select f.estate_id, f.id, f.version, f.request_id, f.life, f.drawn_at
               from follow_up f
               where f.estate_id = d.estate_id and f.department_id = d.id and f.stage = 'drawn'
                 and ($2::uuid is null or not is_seen_by($2, f.estate_id, f.request_id, f.department_id))
                 and (f.drawn_at, f.id) > (coalesce($4, '-infinity'::timestamptz), $5)
               order by f.drawn_at, f.id limit $6) f
             where d.estate_id = $1 and d.id is distinct from $2
             order by f.drawn_at, f.id limit $6) f
           join request_end e on e.estate_id = f.estate_id and e.request_id = f.request_id and e.life = f.life
           join request r on r.estate_id = f.estate_id and r.id = f.request_id
           left join account a on a.id = r.reporter_id
           left join party p on p.estate_id = r.estate_id and p.id = r.party_id
           order by f.drawn_at, f.id"#,
        scope.estate.0,
        scope.department().map(|id| id.0),
        reader.0,
        after.map(|after| after.at),
        after.map_or(Uuid::nil(), |after| after.id.0),
        PAGE + 1,
    )
    .fetch_all(db)
    .await?;
    let (rows, next) = page_of(rows, PAGE, |row| AfterDraw { at: row.drawn_at, id: row.id.into() });
    let rows = rows
        .into_iter()
        .map(|row| OpenRow {
            id: row.id.into(),
            version: row.version,
            request: row.request_id.into(),
            drawn_at: row.drawn_at,
            department: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            end: if row.outcome == "confirmed" { End::Confirmed } else { End::Unconfirmed },
            ended_at: row.ended_at,
            had_a_hand: row.had_a_hand,
            reporter: row.reporter.or(row.party).map(|name| Reporter { name, phone: row.phone }),
        })
        .collect();
    Ok((rows, next))
}

/// Somebody who was asked, or could not be, as the row tells.
#[derive(Clone, Debug)]
pub struct OverRow {
    /// The follow-up.
    pub id: FollowUpId,
    /// Of which request.
    pub request: RequestId,
    /// Whether somebody of the scope sees that one.
    pub is_seen: bool,
    /// The department that did it.
    pub department: Names,
    /// What they said; none where nobody could reach them.
    pub answer: Option<Answer>,
    /// Who asked, or gave it up.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The last thirty of the scope's estate that are over. What was said is for those who see the matter, and whoever asked.
pub async fn list_over(db: &mut PgConnection, scope: Scope, reader: StaffId) -> Result<Vec<OverRow>, Fault> {
    let rows = sqlx::query!(
        r#"select f.id, f.request_id, f.means, f.satisfied, f.words, f.stage_at, a.name, d.name_en, d.name_hans, d.name_hant,
             f.asked_by = $4 as "is_own!",
             ($2::uuid is null or is_seen_by($2, r.estate_id, r.id, r.department_id)) as "is_seen!"
           from follow_up f
           join department d on d.estate_id = f.estate_id and d.id = f.department_id
           join request r on r.estate_id = f.estate_id and r.id = f.request_id
           join staff_member m on m.estate_id = f.estate_id and m.id = f.asked_by
           join account a on a.id = m.account_id
           where f.estate_id = $1 and f.stage in ('done', 'unreachable')
           order by f.stage_at desc, f.id desc limit $3"#,
        scope.estate.0,
        scope.department().map(|id| id.0),
        PAGE,
        reader.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OverRow {
            id: row.id.into(),
            request: row.request_id.into(),
            is_seen: row.is_seen,
            department: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            answer: answer_of(row.means.as_deref(), row.satisfied, row.words.filter(|_| row.is_seen || row.is_own)),
            by: row.name,
            at: row.stage_at,
        })
        .collect())
}

/// What became of the draws of an estate since an instant: read from the index that holds just this.
pub async fn count_since(db: &mut PgConnection, estate: EstateId, since: Moment) -> Result<FollowUpTally, Fault> {
    let row = sqlx::query!(
        r#"select count(*) as "drawn!", count(*) filter (where stage = 'done') as "asked!",
             count(*) filter (where satisfied) as "satisfied!"
           from follow_up where estate_id = $1 and drawn_at >= $2 and stage <> 'dropped'"#,
        estate.0,
        since,
    )
    .fetch_one(db)
    .await?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(FollowUpTally { drawn: count(row.drawn), asked: count(row.asked), satisfied: count(row.satisfied) })
}
