//! The demo estates carry the whole catalogue of the source documents (A1 to A14, K5): each what makes sense for those who live
//! or work in it, and all of it in three languages.

use crate::house::House;
use sqlx::PgPool;
use std::collections::HashSet;

/// What is offered, in Liyuan Garden (`LY`, homes) and Boyan Tower (`BY`, offices), and as which services.
const CATALOGUE: [(&str, &str, &[&str]); 21] = [
    ("enquiry and message", "LY BY", &["enquiry"]),
    ("typing and copying", "LY BY", &["typing", "copying"]),
    ("long-distance calls", "LY BY", &["calls"]),
    ("mail", "LY BY", &["mail"]),
    ("taxi", "LY BY", &["taxi"]),
    ("travel", "LY BY", &["travel"]),
    ("flights", "LY BY", &["flights"]),
    ("flowers", "LY BY", &["flowers"]),
    ("repairs and paid services", "LY", &["home-repair", "furniture", "home-cleaning", "plants"]),
    ("repairs and paid services", "BY", &["office-repair", "after-hours-ac", "office-cleaning", "plants"]),
    ("activities", "LY BY", &["activity"]),
    ("meeting and conference", "LY", &["conference"]),
    ("meeting and conference", "BY", &["conference", "meeting", "hall", "conference-day"]),
    // Whoever works in a tower has neither.
    ("clubhouse", "LY", &["club-house"]),
    ("pool", "LY", &["pool"]),
    ("gym", "LY BY", &["gym-hall"]),
    ("restaurant", "LY BY", &["restaurant-table"]),
    ("guest rooms", "LY BY", &["guest-room"]),
    ("moving lift", "LY BY", &["lift-moving"]),
    ("visitor parking", "LY BY", &["parking-visitor"]),
    ("bundles", "LY", &["guest-visit"]),
];

/// What can be ordered or signed up for, or booked where a facility with hours and places stands behind it.
const OFFERED: &str = "
    select e.code_prefix, i.slug from catalogue_item i
    join estate e on e.id = i.estate_id
    join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
    where i.kind = 'service' and i.retired_at is null and (t.facility is null or exists (
      select from facility f
      join facility_terms p on p.estate_id = f.estate_id and p.facility_id = f.id
      join facility_hours h on h.estate_id = f.estate_id and h.facility_id = f.id and h.version = p.version
      where f.estate_id = t.estate_id and f.slug = t.facility and f.retired_at is null and (
        p.seats is not null
        or exists (select from facility_unit u where u.estate_id = f.estate_id and u.facility_id = f.id))))";

/// Of what a text is missing in some language: empty, or without a sign that only Chinese has.
const UNTOLD: &str = "
    with told as (
      select i.slug, w.* from catalogue_item i
      join service_terms t on t.estate_id = i.estate_id and t.item_id = i.id
      cross join lateral (values (i.name_en, i.name_hans, i.name_hant), (t.content_en, t.content_hans, t.content_hant),
        (t.standard_en, t.standard_hans, t.standard_hant), (t.conditions_en, t.conditions_hans, t.conditions_hant)
      ) as w (en, hans, hant)
      union all
      select i.slug, q.label_en, q.label_hans, q.label_hant from catalogue_item i
      join service_question q on q.estate_id = i.estate_id and q.item_id = i.id
      union all
      select f.slug, w.* from facility f
      cross join lateral (values (f.name_en, f.name_hans, f.name_hant), (f.about_en, f.about_hans, f.about_hant)
      ) as w (en, hans, hant)
      union all
      select f.slug, u.name_en, u.name_hans, u.name_hant from facility f
      join facility_unit u on u.estate_id = f.estate_id and u.facility_id = f.id)
    select coalesce(string_agg(distinct slug, ' '), '') from told
    where btrim(en) = '' or octet_length(hans) = char_length(hans) or octet_length(hant) = char_length(hant)";

#[sqlx::test(migrations = "../app/migrations")]
async fn both_estates_carry_the_catalogue_in_three_languages(pool: PgPool) {
    let house = House::open(pool).await;
    let offered: Vec<(String, String)> = sqlx::query_as(OFFERED).fetch_all(&house.pool).await.unwrap();
    let offered: HashSet<(&str, &str)> =
        offered.iter().map(|(estate, slug)| (estate.as_str(), slug.as_str())).collect();
    for (what, estates, slugs) in CATALOGUE {
        for estate in estates.split(' ') {
            for slug in slugs {
                assert!(offered.contains(&(estate, *slug)), "{what}: {estate} has no {slug}");
            }
        }
    }
    assert_eq!(house.value::<String>(UNTOLD).await, "");
}
