//! SQL of what other programs ask and bring.

use crate::backend::broken;
use crate::estate::{Names, UnitRef, store::kind_of};
use crate::fault::Fault;
use crate::ids::{ApiKeyId, EstateId, Key, UnitId};
use crate::moment::Moment;
use crate::requests::store::stage_of;
use crate::requests::{PlaceName, Request, Stage};
use sqlx::PgConnection;

/// Which requests are wanted.
#[derive(Debug, Default)]
pub struct Filter {
    /// These, and nothing else matters.
    pub codes: Option<Vec<String>>,
    /// Received from then on.
    pub from: Option<Moment>,
    /// Received until then.
    pub until: Option<Moment>,
    /// Problems by their codes.
    pub services: Option<Vec<String>>,
    /// Those on which somebody still works.
    pub open: bool,
    /// Those that have ended.
    pub closed: bool,
}

/// What came with a report, as the program sent it.
#[derive(Debug, Default)]
pub struct Sent {
    /// The reporter's.
    pub first_name: Option<String>,
    /// The reporter's.
    pub last_name: Option<String>,
    /// The reporter's.
    pub email: Option<String>,
    /// The reporter's.
    pub phone: Option<String>,
    /// The reporter's, at the program.
    pub account_id: Option<String>,
    /// Of the reporter's device.
    pub device_id: Option<String>,
    /// Where, in somebody's words.
    pub address: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub long: Option<f64>,
    /// A picture's address. Never fetched.
    pub media_url: Option<String>,
}

/// What only the key sees through which a request came.
#[derive(Debug)]
pub struct Own {
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub long: Option<f64>,
    /// A picture's address.
    pub media_url: Option<String>,
}

/// A request that a key may see.
#[derive(Debug)]
pub struct Row {
    /// Its code.
    pub code: String,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub stage_at: Moment,
    /// When it came in.
    pub received_at: Moment,
    /// The promise in force.
    pub promised_at: Option<Moment>,
    /// The problem's code.
    pub service_code: String,
    /// The problem's name.
    pub service: Names,
    /// Who looks after it.
    pub department: Names,
    /// Where, as it is named to people.
    pub place: PlaceName,
    /// The same, as it is reported.
    pub address_id: String,
    /// Somebody's words: only for the key through which they came.
    pub words: String,
    /// What came with it through this key; none for others' requests.
    pub own: Option<Own>,
}

/// The requests that a key may see, the newest first, at most 1000: those that came through it, and those in places
/// that belong to everybody, but for complaints.
pub async fn list_requests(
    db: &mut PgConnection,
    estate: EstateId,
    key: ApiKeyId,
    filter: &Filter,
) -> Result<Vec<Row>, Fault> {
    let rows = sqlx::query!(
        r#"select r.code, r.stage, r.stage_at, r.waiting_on, r.waiting_from, r.stage_reason, r.duplicate_of, r.received_at,
             r.promised_at, r.words, r.floor, r.unit_id, r.area_id, i.slug, i.name_en as item_en, i.name_hans as item_hans,
             i.name_hant as item_hant, d.name_en as department_en, d.name_hans as department_hans,
             d.name_hant as department_hant, u.number as "number?", u.kind as "kind?", c.name_en as "area_en?",
             c.name_hans as "area_hans?", c.name_hant as "area_hant?", b.name_en as "building_en?",
             b.name_hans as "building_hans?", b.name_hant as "building_hant?", p.request_id as "own?", p.lat, p.long, p.media_url
           from request r
           join catalogue_item i on i.estate_id = r.estate_id and i.id = r.item_id
           join department d on d.estate_id = r.estate_id and d.id = r.department_id
           left join unit u on u.estate_id = r.estate_id and u.id = r.unit_id
           left join common_area c on c.estate_id = r.estate_id and c.id = r.area_id
           left join building b on b.estate_id = r.estate_id and b.id = coalesce(u.building_id, c.building_id)
           left join api_report p on p.estate_id = r.estate_id and p.request_id = r.id and p.key_id = $2
           where r.estate_id = $1 and (p.request_id is not null or r.area_id is not null and not exists (
               select from contact k where k.estate_id = r.estate_id and k.request_id = r.id and k.kind = 'complaint'))
             and case when $3::text[] is not null then r.code = any($3) else
               r.received_at between $4 and $5 and ($6::text[] is null or i.slug = any($6))
               and case when r.stage in ('confirmed', 'unconfirmed', 'archived', 'declined', 'cancelled', 'duplicate')
                 then $7::boolean else $8::boolean end end
           order by r.received_at desc, r.id desc limit 1000"#,
        estate.0,
        key.0,
        filter.codes.as_deref(),
        filter.from,
        filter.until,
        filter.services.as_deref(),
        filter.closed,
        filter.open,
    )
    .fetch_all(db)
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let unreadable = || broken("a stored request cannot be read", &row.code);
        let stage = stage_of(
            &row.stage,
            row.waiting_on.as_deref(),
            row.waiting_from.as_deref(),
            row.stage_reason,
            row.duplicate_of,
        )
        .ok_or_else(unreadable)?;
        let building = names(row.building_en, row.building_hans, row.building_hant);
        let (place, address_id) = match (row.unit_id, row.area_id) {
            (Some(unit), _) => {
                let (building, number) = building.zip(row.number).ok_or_else(unreadable)?;
                let kind = kind_of(row.kind.as_deref().unwrap_or_default());
                (PlaceName::Home(UnitRef { id: unit.into(), building, number, kind }), format!("unit:{unit}"))
            }
            (None, Some(area)) => {
                let own = names(row.area_en, row.area_hans, row.area_hant).ok_or_else(unreadable)?;
                (PlaceName::Common { building, area: own, floor: row.floor }, format!("area:{area}"))
            }
            (None, None) => return Err(unreadable()),
        };
        all.push(Row {
            stage,
            stage_at: row.stage_at,
            received_at: row.received_at,
            promised_at: row.promised_at,
            service_code: row.slug,
            service: Names { en: row.item_en, hans: row.item_hans, hant: row.item_hant },
            department: Names { en: row.department_en, hans: row.department_hans, hant: row.department_hant },
            place,
            address_id,
            words: row.words,
            own: row.own.map(|_| Own { lat: row.lat, long: row.long, media_url: row.media_url }),
            code: row.code,
        });
    }
    Ok(all)
}

fn names(en: Option<String>, hans: Option<String>, hant: Option<String>) -> Option<Names> {
    Some(Names { en: en?, hans: hans?, hant: hant? })
}

/// The code of the request that a key filed under a token.
pub async fn find_by_token(
    db: &mut PgConnection,
    estate: EstateId,
    key: ApiKeyId,
    token: Key,
) -> Result<Option<String>, Fault> {
    Ok(sqlx::query_scalar!(
        "select r.code from api_report p join request r on r.estate_id = p.estate_id and r.id = p.request_id
         where p.estate_id = $1 and p.key_id = $2 and p.token = $3",
        estate.0,
        key.0,
        token.0,
    )
    .fetch_optional(db)
    .await?)
}

/// Keeps what came with a report. A token that the key used before ends this transaction.
pub async fn insert_report(
    db: &mut PgConnection,
    request: &Request,
    key: ApiKeyId,
    token: Option<Key>,
    sent: &Sent,
    now: Moment,
) -> Result<(), Fault> {
    sqlx::query!(
        "insert into api_report (estate_id, request_id, key_id, token, first_name, last_name, email, phone, account_id, device_id,
           address, lat, long, media_url, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        request.estate.0,
        request.id.0,
        key.0,
        token.map(|token| token.0),
        sent.first_name,
        sent.last_name,
        sent.email,
        sent.phone,
        sent.account_id,
        sent.device_id,
        sent.address,
        sent.lat,
        sent.long,
        sent.media_url,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Units whose number ends an address of letters and figures alone, with their buildings; at most 50.
pub async fn list_units_ending(
    db: &mut PgConnection,
    estate: EstateId,
    address: &str,
) -> Result<Vec<(UnitId, Names, String)>, Fault> {
    let rows = sqlx::query!(
        "select u.id, u.number, b.name_en, b.name_hans, b.name_hant
         from unit u join building b on b.estate_id = u.estate_id and b.id = u.building_id,
           lateral (select lower(regexp_replace(u.number, '[^[:alnum:]]', '', 'g')) as plain) n
         where u.estate_id = $1 and right($2, length(n.plain)) = n.plain order by b.position limit 50",
        estate.0,
        address,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let building = Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant };
            (row.id.into(), building, row.number)
        })
        .collect())
}
