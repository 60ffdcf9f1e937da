//! The queue's lists. What waits for the office lies in the order of promises, and is read in that order; everything
//! else is found newest first, month by month, by its keys (see the migration `search`).

use super::list_cards;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{DepartmentId, EstateId, RequestId, StaffId};
use crate::moment::Moment;
use crate::people::Scope;
use crate::requests::model::{After, Card, Channel, Facet, Registered, Reporter, Sieve, Version};
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// What a sieve stands for in one estate.
pub struct Meant {
    /// Facets as `request_search` keeps them.
    pub facets: Vec<String>,
    /// What its slugs are called.
    pub names: Vec<(Facet, Names)>,
}

/// What a sieve stands for.
pub async fn find_facets(db: &mut PgConnection, scope: Scope, sieve: &Sieve) -> Result<Meant, Fault> {
    let known = sqlx::query!(
        r#"select
             (select id from building where estate_id = $1 and $2 in (name_en, name_hans, name_hant) order by position limit 1) as building,
             (select name_en from common_area where estate_id = $1 and $3 in (name_en, name_hans, name_hant) order by position limit 1) as area,
             d.id as "department?", d.name_en as "department_en?", d.name_hans as "department_hans?", d.name_hant as "department_hant?",
             m.id as "person?", a.name as "person_name?",
             i.kind as "kind?", i.name_en as "item_en?", i.name_hans as "item_hans?", i.name_hant as "item_hant?"
           from estate e
           left join department d on d.estate_id = e.id and d.slug = $4
           left join staff_member m on m.estate_id = e.id and m.id = $5
           left join account a on a.id = m.account_id
           left join catalogue_item i on i.estate_id = e.id and i.slug = $6
           where e.id = $1"#,
        scope.estate.0,
        sieve.get(Facet::Building),
        sieve.get(Facet::Area),
        sieve.get(Facet::Department),
        sieve.get(Facet::Person).and_then(|id| id.parse::<Uuid>().ok()),
        sieve.get(Facet::Problem),
    )
    .fetch_one(db)
    .await?;
    // What the estate does not know, no request has.
    let id = |id: Option<Uuid>| id.map_or_else(|| "none".to_owned(), |id| id.to_string());
    let facet = |(facet, value): (Facet, &str)| match facet {
        Facet::State => (!super::is_open_tag(value)).then(|| format!("state:{value}")),
        Facet::Clock => None,
        Facet::Problem if known.kind.as_deref() == Some("group") => Some(format!("group:{value}")),
        Facet::Problem => Some(format!("item:{value}")),
        Facet::Building => Some(format!("building:{}", id(known.building))),
        Facet::Area => Some(format!("area:{}", known.area.as_deref().unwrap_or("none"))),
        Facet::Department => Some(format!("department:{}", id(known.department))),
        Facet::Person => Some(format!("person:{}", id(known.person))),
        Facet::Floor | Facet::Unit | Facet::Source | Facet::Rating => Some(format!("{}:{value}", facet.tag())),
    };
    let facets = sieve.iter().filter_map(facet).collect();
    let person = known.person_name;
    let names = [
        (Facet::Person, person.clone(), person.clone(), person),
        (Facet::Department, known.department_en, known.department_hans, known.department_hant),
        (Facet::Problem, known.item_en, known.item_hans, known.item_hant),
    ];
    let names = names
        .into_iter()
        .filter_map(|(facet, en, hans, hant)| Some((facet, Names { en: en?, hans: hans?, hant: hant? })));
    Ok(Meant { facets, names: names.collect() })
}

/// What all that a scope sees is found by and counted under: the same as `is_seen_by` says.
pub fn seen(scope: Scope) -> String {
    match scope.department() {
        None => "all".to_owned(),
        Some(id) if scope.before_orders() => format!("seen:{id}"),
        Some(id) => format!("order:{id}"),
    }
}

/// What of the open matters is looked for, besides facets and words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Owed<'a> {
    /// Only what nobody has looked at.
    pub is_new: bool,
    /// Only what this person answers for.
    pub accountable: Option<StaffId>,
    /// Only in this stage.
    pub stage: Option<&'a str>,
    /// Only with a clock that is `late`, at `risk`, `running` or `resting` at this moment.
    pub clock: Option<(&'a str, Moment)>,
}

/// Open matters, the most pressing promise first; one more than asked where there are more.
pub async fn list_owed(
    db: &mut PgConnection,
    scope: Scope,
    owed: Owed<'_>,
    facets: &[String],
    words: &str,
    after: Option<After>,
    most: i64,
) -> Result<Vec<Card>, Fault> {
    let (clock, now) = owed.clock.unzip();
    let facets = [facets, &[seen(scope)]].concat();
    let found = sqlx::query_scalar!(
        r#"select r.id from request r
           where r.estate_id = $1
             and r.stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'disputed', 'reopened')
             and (not $2 or r.stage in ('received', 'reopened'))
             and ($3::uuid is null or r.accountable_id = $3)
             and ($4::text is null or r.stage = $4)
             and ($5::text is null or exists (select from list_clocks($1, $5, $6) c where c.request_id = r.id))
             and (select s.facets @> $7 and s.text like all ((select search_patterns(search_text($8)))::text[])
               from request_search s where s.estate_id = r.estate_id and s.request_id = r.id)
             and ($9::timestamptz is null or (r.promised_at, r.id) > ($9, $10))
           order by r.promised_at, r.id limit $11"#,
        scope.estate.0,
        owed.is_new,
        owed.accountable.map(|id| id.0),
        owed.stage,
        clock,
        now,
        &facets,
        words,
        after.map(|after| after.at),
        after.map(|after| after.id.0),
        most + 1,
    )
    .fetch_all(&mut *db)
    .await?;
    cards(db, scope, found).await
}

/// Matters of any state, the newest first; one more than asked where there are more.
pub async fn list_newest(
    db: &mut PgConnection,
    scope: Scope,
    facets: &[String],
    words: &str,
    after: Option<After>,
    most: i64,
) -> Result<Vec<Card>, Fault> {
    let (at, id) = (after.map(|after| after.at), after.map(|after| after.id.0));
    let found = if facets.is_empty() && words.is_empty() && scope.department().is_none() {
        sqlx::query_scalar!(
            r#"select id from request
               where estate_id = $1 and ($2::timestamptz is null or (received_at, id) < ($2, $3))
               order by received_at desc, id desc limit $4"#,
            scope.estate.0,
            at,
            id,
            most + 1,
        )
        .fetch_all(&mut *db)
        .await?
    } else {
        let facets = [facets, &[seen(scope)]].concat();
        sqlx::query_scalar!(
            r#"select id as "id!" from find_requests($1, $2, $3, $4, $5, $6)"#,
            scope.estate.0,
            &facets,
            words,
            at,
            id,
            i32::try_from(most + 1).unwrap_or(i32::MAX),
        )
        .fetch_all(&mut *db)
        .await?
    };
    cards(db, scope, found).await
}

/// The cards of what was found, in its order.
async fn cards(db: &mut PgConnection, scope: Scope, found: Vec<Uuid>) -> Result<Vec<Card>, Fault> {
    let ids: Vec<RequestId> = found.into_iter().map(Into::into).collect();
    let mut cards: HashMap<_, _> =
        list_cards(db, scope.estate, &ids).await?.into_iter().map(|card| (card.id, card)).collect();
    Ok(ids.iter().filter_map(|id| cards.remove(id)).collect())
}

/// How many matters of a scope have a clock that has run out; no more than `most`.
pub async fn count_late(db: &mut PgConnection, scope: Scope, now: Moment, most: i64) -> Result<i64, Fault> {
    let counted = count_by_clock(db, scope.estate, seen(scope), &["late"], now, most).await?;
    Ok(counted.first().copied().unwrap_or_default())
}

/// How many open matters have a clock that is `late`, at `risk`, `running` or `resting`, in this order; of all or of those
/// that a department looks after, and of each no more than `most`.
pub async fn count_clocks(
    db: &mut PgConnection,
    estate: EstateId,
    department: Option<DepartmentId>,
    now: Moment,
    most: i64,
) -> Result<Vec<i64>, Fault> {
    let facet = department.map_or_else(|| "all".to_owned(), |id| format!("department:{id}"));
    count_by_clock(db, estate, facet, &["late", "risk", "running", "resting"], now, most).await
}

/// Under a facet. A matter has at most four clocks that run: four times as many are enough to tell `most` matters apart.
async fn count_by_clock(
    db: &mut PgConnection,
    estate: EstateId,
    facet: String,
    clocks: &[&str],
    now: Moment,
    most: i64,
) -> Result<Vec<i64>, Fault> {
    let clocks: Vec<String> = clocks.iter().map(|clock| (*clock).to_owned()).collect();
    Ok(sqlx::query_scalar!(
        r#"select (select least(count(distinct found.request_id), $5) from (
             select c.request_id from list_clocks($1, asked.clock, $4) c
             where (select s.facets from request_search s
               where s.estate_id = c.estate_id and s.request_id = c.request_id) @> array[$2::text]
             limit 4 * $5::bigint) as found) as "count!"
           from unnest($3::text[]) with ordinality as asked (clock, place) order by asked.place"#,
        estate.0,
        facet,
        &clocks,
        now,
        most,
    )
    .fetch_all(db)
    .await?)
}

/// The versions of these matters. Only for ids that a scoped look-up returned.
pub async fn list_versions(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[RequestId],
) -> Result<HashMap<RequestId, Version>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!("select id, version from request where estate_id = $1 and id = any($2)", estate.0, &ids)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id.into(), row.version)).collect())
}

/// What the repair register says of these matters beyond their cards (C4), and how each came in. Only for ids that a
/// scoped look-up returned; their phones are not for everybody.
pub async fn list_register(
    db: &mut PgConnection,
    estate: EstateId,
    ids: &[RequestId],
) -> Result<HashMap<RequestId, (Registered, Channel)>, Fault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query!(
        r#"select r.id, r.words, r.channel, a.name as "reporter?", p.name as "party?", p.phone as "phone?",
             w.from_at as "from_at?", w.until_at as "until_at?"
           from request r
           left join account a on a.id = r.reporter_id
           left join party p on p.estate_id = r.estate_id and p.id = r.party_id
           left join visit_window w on w.estate_id = r.estate_id and w.request_id = r.id and w.picked_at is not null
           where r.estate_id = $1 and r.id = any($2)"#,
        estate.0,
        &ids,
    )
    .fetch_all(db)
    .await?;
    let mut found = HashMap::new();
    for row in rows {
        let Some(channel) = Channel::from_tag(&row.channel) else { continue };
        let (id, phone) = (RequestId::from(row.id), row.phone);
        let client = row.reporter.or(row.party).map(|name| Reporter { name, phone });
        let (from, until) = (row.from_at, row.until_at);
        found.insert(id, (Registered { id, client, words: row.words, from, until }, channel));
    }
    Ok(found)
}
