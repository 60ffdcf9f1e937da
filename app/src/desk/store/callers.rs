use super::super::model::Caller;
use crate::estate::store::{kind_of, literal};
use crate::estate::{Names, UnitRef};
use crate::fault::Fault;
use crate::ids::{EstateId, PartyId, UnitId};
use crate::moment::Moment;
use sqlx::PgConnection;

/// Who may be calling: by the beginning of a unit's number, a part of a name in any script, the initials of a latin
/// name (`zw` for Zhang Wei), or four digits of a phone. At most 8, present occupants only; a unit that is found by its
/// number shows even where nobody is registered.
pub async fn search_callers(
    db: &mut PgConnection,
    estate: EstateId,
    words: &str,
    now: Moment,
) -> Result<Vec<Caller>, Fault> {
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    let is_phone = digits.len() >= 4 && words.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    let letters = words.trim().to_lowercase();
    let is_initials = (2..=4).contains(&letters.len()) && letters.bytes().all(|c| c.is_ascii_lowercase());
    let rows = sqlx::query!(
        r#"select u.id, u.number, u.kind, b.name_en, b.name_hans, b.name_hant, p.id as "party_id?", p.name as "name?",
             p.phone as "phone?"
           from unit u
           join building b on b.estate_id = u.estate_id and b.id = u.building_id
           join (select e.id, ($4::timestamptz at time zone e.zone)::date as today from estate e) t on t.id = u.estate_id
           left join occupancy o on o.estate_id = u.estate_id and o.unit_id = u.id
             and o.from_on <= t.today and (o.to_on is null or o.to_on >= t.today)
           left join party p on p.estate_id = o.estate_id and p.id = o.party_id
           where u.estate_id = $1 and (u.number like $2 || '%' or p.name ilike '%' || $2 || '%'
             or p.latin_name ilike '%' || $2 || '%'
             or ($3::text is not null and regexp_replace(p.phone, '\D', '', 'g') like '%' || $3 || '%')
             or ($5::text is not null
               and lower(regexp_replace(p.latin_name, '(\S)\S*\s*', '\1', 'g')) like $5 || '%'))
           order by u.number = $2 desc, b.position, u.floor, u.stack, o.from_on, p.id limit 8"#,
        estate.0,
        literal(words),
        is_phone.then_some(digits),
        now,
        is_initials.then_some(letters),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Caller {
            party: row.party_id.map(Into::into),
            name: row.name,
            phone: row.phone,
            unit: UnitRef {
                id: row.id.into(),
                building: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
                number: row.number,
                kind: kind_of(&row.kind),
            },
        })
        .collect())
}

/// Whether somebody occupies a unit of the estate now.
pub async fn occupies(
    db: &mut PgConnection,
    estate: EstateId,
    unit: UnitId,
    party: PartyId,
    now: Moment,
) -> Result<bool, Fault> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
             select from occupancy o join estate e on e.id = o.estate_id
             where o.estate_id = $1 and o.unit_id = $2 and o.party_id = $3
               and o.from_on <= ($4::timestamptz at time zone e.zone)::date
               and (o.to_on is null or o.to_on >= ($4::timestamptz at time zone e.zone)::date)) as "exists!""#,
        estate.0,
        unit.0,
        party.0,
        now,
    )
    .fetch_one(db)
    .await?)
}

/// The rooms of those who are called exactly so, in either script, and are here now; at most 5. Nothing but the rooms
/// is read (B13).
pub async fn find_rooms(
    db: &mut PgConnection,
    estate: EstateId,
    name: &str,
    now: Moment,
) -> Result<Vec<UnitRef>, Fault> {
    let rows = sqlx::query!(
        "select distinct u.id, u.number, u.kind, b.name_en, b.name_hans, b.name_hant, b.position
         from party p
         join estate e on e.id = p.estate_id
         join occupancy o on o.estate_id = p.estate_id and o.party_id = p.id
           and o.from_on <= ($3::timestamptz at time zone e.zone)::date
           and (o.to_on is null or o.to_on >= ($3::timestamptz at time zone e.zone)::date)
         join unit u on u.estate_id = o.estate_id and u.id = o.unit_id
         join building b on b.estate_id = u.estate_id and b.id = u.building_id
         where p.estate_id = $1 and (lower(p.name) = lower($2) or lower(p.latin_name) = lower($2))
         order by b.position, u.number limit 5",
        estate.0,
        name,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| UnitRef {
            id: row.id.into(),
            building: Names { en: row.name_en, hans: row.name_hans, hant: row.name_hant },
            number: row.number,
            kind: kind_of(&row.kind),
        })
        .collect())
}
