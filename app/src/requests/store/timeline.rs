use crate::device_time::DeviceTime;
use crate::estate::Names;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, PhotoId, RequestId};
use crate::requests::model::{By, Entry, Happening};
use serde::Deserialize;
use sqlx::PgConnection;

/// The details of a stored happening: what it says, and the photos that came with it.
#[derive(Deserialize)]
struct Details {
    #[serde(flatten)]
    happening: Happening,
    #[serde(default)]
    photos: Vec<PhotoId>,
}

/// What happened to a request, the last 500 of it, oldest first; for residents only what is public, with first names.
/// A happening of a kind that this build does not know is left out.
pub async fn list_entries(
    db: &mut PgConnection,
    estate: EstateId,
    id: RequestId,
    reader: AccountId,
    is_staff: bool,
) -> Result<Vec<Entry>, Fault> {
    let rows = sqlx::query!(
        r#"select h.at, h.is_public, h.by_account_id, h.by_staff_id, h.details, h.made_at, h.skew_ms, a.name as "name?",
             d.name_en as "name_en?", d.name_hans as "name_hans?", d.name_hant as "name_hant?"
           from happening h
           left join account a on a.id = h.by_account_id
           left join staff_member m on m.estate_id = h.estate_id and m.id = h.by_staff_id
           left join department d on d.estate_id = m.estate_id and d.id = m.department_id
           where h.estate_id = $1 and h.subject_id = $2 and (h.is_public or $3)
           order by h.id desc limit 500"#,
        estate.0,
        id.0,
        is_staff,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .rev()
        .filter_map(|row| {
            let details: Details = serde_json::from_value(row.details).ok()?;
            let names = match (row.name_en, row.name_hans, row.name_hant) {
                (Some(en), Some(hans), Some(hant)) => Some(Names { en, hans, hant }),
                _ => None,
            };
            let by = match (row.by_account_id, names, row.name) {
                (Some(account), _, _) if account == reader.0 => By::You,
                (Some(_), Some(department), Some(name)) => {
                    By::Staff { department, name: if is_staff { name } else { first_name(&name).to_owned() } }
                }
                (Some(_), None, name) => By::Resident(name.filter(|_| is_staff)),
                _ => By::Clockwork,
            };
            let device = row.made_at.zip(row.skew_ms).map(|(made_at, skew_ms)| DeviceTime { made_at, skew_ms });
            Some(Entry {
                at: row.at,
                done_at: device.filter(|_| is_staff).and_then(|device| device.done_before(row.at)),
                by,
                happening: details.happening,
                is_public: row.is_public,
                photos: details.photos,
            })
        })
        .collect())
}

/// What residents call somebody: the first word of a spaced name, a Chinese name without its family name.
pub fn first_name(name: &str) -> &str {
    if let Some((first, _)) = name.split_once(' ') {
        return first;
    }
    let mut chars = name.char_indices();
    match (chars.next(), chars.next()) {
        (Some((_, first)), Some((second, _)))
            if ('\u{4e00}'..='\u{9fff}').contains(&first) && name.chars().count() <= 4 =>
        {
            &name[second..]
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn residents_call_people_by_their_first_name() {
        assert_eq!(first_name("Wei Chen"), "Wei");
        assert_eq!(first_name("陈建国"), "建国");
        assert_eq!(first_name("李伟"), "伟");
        assert_eq!(first_name("Mei"), "Mei");
    }
}
