//! The rows behind figures: as many as the figure says, whatever happened and of whatever part; to nobody who does not
//! read the figure; and not a word about what they do not see.

use crate::closing::done;
use crate::house::{Caller, House};
use crate::insights::ends_by_luck;
use crate::queue::with_history;
use crate::requests::report;
use app::insights::{Dashboard, Figure, FigureRow, FigureRows, Figures, Part, RowAbout, Whose};
use axum::http::StatusCode;
use chrono::NaiveDate;
use serde_json::Value;
use server::demo::cast;
use sqlx::{AssertSqlSafe, PgPool};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use uuid::Uuid;

async fn dashboard(staff: &Caller<'_>, fields: &[(&str, &str)]) -> Dashboard {
    serde_json::from_value(staff.post_exactly("insights/dashboard", fields).await.ok()).unwrap()
}

/// The rows of all pages, which neither skip nor repeat, and whose heading says how many they are.
async fn listed(
    staff: &Caller<'_>,
    figure: Figure,
    (from, until): (NaiveDate, NaiveDate),
    part: &Part,
) -> Vec<FigureRow> {
    let (from, until, of) = (from.to_string(), until.to_string(), part.tag());
    let (mut all, mut after) = (Vec::<FigureRow>::new(), None::<(String, String)>);
    loop {
        let mut fields =
            vec![("figure", figure.tag()), ("from", from.as_str()), ("until", until.as_str()), ("of", of.as_str())];
        if let Some((at, id)) = &after {
            fields.extend([("after[at]", at.as_str()), ("after[id]", id.as_str())]);
        }
        let page = staff.post_exactly("insights/rows", &fields).await.ok();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        after = text(&page["next"]["at"]).zip(text(&page["next"]["id"]));
        let page: FigureRows = serde_json::from_value(page).unwrap();
        assert!(page.rows.len() == 30 || after.is_none(), "{figure:?} of {of}: a page is full, or the last one");
        all.extend(page.rows);
        if after.is_none() {
            assert_eq!(page.total, all.len() as u64, "{figure:?} of {of}: the heading");
            let keys: BTreeSet<_> = all.iter().map(FigureRow::key).collect();
            assert_eq!(keys.len(), all.len(), "{figure:?} of {of}: none twice");
            let order = |row: &FigureRow| (row.on, row.at, row.id);
            assert!(all.windows(2).all(|pair| order(&pair[0]) > order(&pair[1])), "{figure:?} of {of}: in order");
            return all;
        }
    }
}

/// What a figure is called among those of the dashboard.
fn said(figure: Figure, figures: &Figures) -> u64 {
    match figure {
        Figure::Received => figures.received,
        Figure::Closed => figures.closed,
        Figure::PromiseKept => figures.kept,
        Figure::PromiseMissed => figures.missed,
        Figure::Returned => figures.returned,
        Figure::FirstFix => figures.first_fixes,
        Figure::Rated => figures.rated,
        Figure::Satisfied => figures.satisfied,
        Figure::Unsatisfied => figures.rated - figures.satisfied,
        Figure::Breach => figures.breaches,
    }
}

/// Matters that come and go between departments and people, promises that end in any way, ratings, and contacts that
/// were answered too late, over two years.
async fn lively(house: &House) {
    with_history(house).await;
    for round in 0..6 {
        let sql = format!(
            "update request set version = version + 1, stage_at = stage_at + interval '1 day',
               stage = (array['triaged', 'dispatched', 'done', 'confirmed', 'archived', 'reopened'])[1 + dice({round}, code, 6)],
               waiting_on = null, waiting_from = null, reopened_times = reopened_times + least({round}, 1),
               department_id = (select id from department d where d.estate_id = request.estate_id order by slug offset dice({round}, code, 3) limit 1)
             where dice({round}, 'moves' || code, 3) = 0 and stage <> 'done';
             update request set version = version + 1, stage_at = stage_at + interval '1 day', stage = 'confirmed'
             where stage = 'done' and dice({round}, 'confirms' || code, 2) = 0;
             {}",
            ends_by_luck(round)
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&house.pool).await.unwrap();
    }
    contact(house).await;
    let late = "
        insert into contact
        select (jsonb_populate_record(c, jsonb_build_object('id', md5('contact' || n)::uuid))).*
        from contact c, generate_series(1, 60) n where c.kind = 'enquiry';
        insert into contact_breach (estate_id, contact_id, holder_id, due_at, recorded_at)
        select c.estate_id, c.id,
          (select m.id from staff_member m where m.estate_id = c.estate_id order by m.id offset dice(1, c.id::text, 4) limit 1),
          c.wall_due_at - dice(2, c.id::text, 400) * interval '1 day', c.wall_due_at
        from contact c";
    sqlx::raw_sql(late).execute(&house.pool).await.unwrap();
}

/// A contact at the desk to whom a reply is promised.
async fn contact(house: &House) {
    let call = [
        ("channel", "phone"),
        ("kind", "enquiry"),
        ("words", "When does the pool open?"),
        ("outcome", "promised"),
        ("reply_by", "2026-11-24T18:00"),
    ];
    house.as_person(cast::RECEPTIONIST).await.post("desk/register", &call).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn as_many_rows_stand_behind_a_figure_as_it_says(pool: PgPool) {
    let house = House::open(pool).await;
    lively(&house).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let year = dashboard(&manager, &[("days", "365")]).await;
    let days = (year.from_on, year.until_on);
    let mut parts = vec![(Part::All, year.now)];
    let departments = year.by_department.iter().filter(|one| !one.figures.is_empty());
    parts.extend(departments.map(|one| (Part::Department(one.department.id), one.figures)));
    let mut people = year.people.clone();
    people.sort_by_key(|one| Reverse(one.figures.kept + one.figures.rated + one.figures.breaches));
    parts.extend(people.iter().take(2).map(|one| (Part::Person(one.id), one.figures)));
    parts.extend(year.items.iter().take(2).map(|one| (Part::Item(one.slug.clone(), None), one.figures)));
    let engineering = dashboard(&manager, &[("days", "365"), ("department", "engineering")]).await;
    let id = engineering.department.as_ref().map(|one| one.id);
    assert!(id.is_some());
    parts.extend(engineering.items.iter().take(1).map(|one| (Part::Item(one.slug.clone(), id), one.figures)));
    assert!(parts.len() > 7, "{} parts", parts.len());

    for (part, figures) in &parts {
        for figure in Figure::ALL {
            let rows = listed(&manager, figure, days, part).await;
            assert_eq!(rows.len() as u64, said(figure, figures), "{figure:?} of {}", part.tag());
            // The manager sees all that was counted.
            assert!(rows.iter().all(|row| row.about != RowAbout::Hidden), "{figure:?} of {}", part.tag());
            assert!(!rows.is_empty() || *part != Part::All, "{figure:?} occurred");
            let is_rating = matches!(figure, Figure::Rated | Figure::Satisfied | Figure::Unsatisfied);
            assert!(rows.iter().all(|row| row.stars.is_some() == is_rating), "{figure:?}: stars");
        }
    }
    assert!(listed(&manager, Figure::Closed, days, &Part::All).await.len() > 60, "more than two pages");

    // Week by week, and the period before.
    for week in &year.weeks[40..44] {
        let days = (week.from_on, week.from_on + chrono::Days::new(6));
        for figure in Figure::ALL {
            let rows = listed(&manager, figure, days, &Part::All).await;
            assert_eq!(rows.len() as u64, said(figure, &week.figures), "{figure:?} in the week of {}", week.from_on);
        }
    }
    let month = dashboard(&manager, &[]).await;
    let before = (month.from_on - chrono::Days::new(30), month.from_on - chrono::Days::new(1));
    let rows = listed(&manager, Figure::Received, before, &Part::All).await;
    assert_eq!(rows.len() as u64, month.before.received);

    // What lies below the target is said at the top of the page, and leads to its ratings.
    let below =
        year.items.iter().find(|one| one.figures.rated >= 5 && one.figures.satisfaction().is_met == Some(false));
    let slug = &below.unwrap().slug;
    let page = manager.get("/staff/insights?days=365").await.text();
    assert!(page.contains("id=\"below-target\""));
    let day = |day: NaiveDate| day.to_string().replace('-', "%2D");
    let address = format!("/staff/insights/rows?figure=rated&amp;from={}&amp;until={}", day(days.0), day(days.1));
    assert!(page.contains(&address) || page.contains(&address.replace("&amp;", "&")), "{address}");
    assert!(page.contains(slug.as_str()));
    // Bars lead to their weeks.
    assert!(page.contains("<g><a href=\"/staff/insights/rows?figure=received"), "a bar");
}

#[sqlx::test(migrations = "../app/migrations")]
async fn rows_are_read_by_those_who_read_the_figure(pool: PgPool) {
    let house = House::open(pool).await;
    let department = async |slug: &str, prefix: &str| {
        let id: Uuid = sqlx::query_scalar(
            "select d.id from department d join estate e on e.id = d.estate_id where e.code_prefix = $2 and d.slug = $1",
        )
        .bind(slug)
        .bind(prefix)
        .fetch_one(&house.pool)
        .await
        .unwrap();
        Part::Department(id.into()).tag()
    };
    let person = async |sign_in: &str| {
        let id: Uuid = sqlx::query_scalar(
            "select m.id from staff_member m join account a on a.id = m.account_id
             join estate e on e.id = m.estate_id where a.sign_in = $1 and e.code_prefix = 'LY'",
        )
        .bind(sign_in)
        .fetch_one(&house.pool)
        .await
        .unwrap();
        Part::Person(id.into()).tag()
    };
    let (own, other) = (department("engineering", "LY").await, department("customer-service", "LY").await);
    let elsewhere = department("engineering", "BY").await;
    let status = async |who: &str, more: &[(&str, &str)]| {
        let mut fields = vec![("figure", "received"), ("from", "2026-11-01"), ("until", "2026-11-23")];
        fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        fields.extend_from_slice(more);
        house.as_person(who).await.post_exactly("insights/rows", &fields).await.status
    };
    let (plumber, desk) = (person(cast::TECHNICIAN).await, person(cast::RECEPTIONIST).await);
    let (ok, forbidden, not_found) = (StatusCode::OK, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND);
    for who in [cast::SUPERVISOR, cast::ENGINEERING_HEAD] {
        assert_eq!(status(who, &[]).await, ok, "{who}");
        let all = [(&own, ok), (&plumber, ok), (&other, forbidden), (&desk, forbidden), (&elsewhere, not_found)];
        for (of, expected) in all {
            assert_eq!(status(who, &[("of", of.as_str())]).await, expected, "{who}, {of}");
        }
    }
    for who in [cast::SITE_MANAGER, cast::CUSTOMER_SERVICE_HEAD] {
        for (of, expected) in [(&own, ok), (&plumber, ok), (&other, ok), (&desk, ok), (&elsewhere, not_found)] {
            assert_eq!(status(who, &[("of", of.as_str())]).await, expected, "{who}, {of}");
        }
    }
    let nobody = Part::Person(Uuid::nil().into()).tag();
    for of in [nobody.as_str(), "item:nothing-of-the-kind"] {
        assert_eq!(status(cast::SITE_MANAGER, &[("of", of)]).await, not_found, "{of}");
    }
    for who in [cast::RECEPTIONIST, cast::COORDINATOR, cast::TECHNICIAN, cast::ADMINISTRATOR, cast::RESIDENT] {
        assert_eq!(status(who, &[]).await, forbidden, "{who}");
    }
    for wrong in [
        ("figure", "everything"),
        ("of", "building:7"),
        ("from", "yesterday"),
        ("from", "2026-11-24"),
        ("from", "2025-11-22"),
        ("until", "-0001-01-01"),
    ] {
        assert_eq!(status(cast::SITE_MANAGER, &[wrong]).await, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let page = format!("/staff/insights/rows?figure=received&from=2026-11-01&until=2026-11-23&of={other}");
    assert_eq!(house.as_person(cast::SUPERVISOR).await.get(&page).await.status, forbidden);
    assert_eq!(house.as_person(cast::SITE_MANAGER).await.get(&page).await.status, ok);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn a_row_tells_nothing_of_what_its_reader_does_not_see(pool: PgPool) {
    let house = House::open(pool).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    contact(&house).await;
    // A promise is missed while engineering looks after the matter, which then goes to another department.
    sqlx::raw_sql(
        "insert into promise_end (estate_id, promise_id, outcome, ended_at)
         select estate_id, promise_id, 'missed', due_at from promise_running;
         update request r set version = version + 1, department_id = (
           select id from department d where d.estate_id = r.estate_id and slug = 'customer-service');
         insert into contact_breach (estate_id, contact_id, holder_id, due_at, recorded_at)
         select estate_id, id, holder_id, wall_due_at, wall_due_at from contact where kind = 'enquiry'",
    )
    .execute(&house.pool)
    .await
    .unwrap();
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let month = dashboard(&manager, &[]).await;
    let days = (month.from_on, month.until_on);
    let engineering = month.by_department.iter().find(|one| one.department.slug == "engineering").unwrap();
    assert_eq!((engineering.figures.missed, engineering.figures.received), (1, 0));
    let part = Part::Department(engineering.department.id);
    let rows = listed(&manager, Figure::PromiseMissed, days, &part).await;
    assert!(matches!(&rows[0].about, RowAbout::Matter(card) if card.code == code));

    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let rows = listed(&supervisor, Figure::PromiseMissed, days, &Part::All).await;
    assert_eq!(rows.iter().map(|row| &row.about).collect::<Vec<_>>(), [&RowAbout::Hidden], "it counts all the same");
    let fields = [("figure", "promise_missed"), ("from", "2026-11-01"), ("until", "2026-11-23")];
    let reply = supervisor.post_exactly("insights/rows", &fields).await;
    assert!(!reply.text().contains(&code) && !reply.text().contains("drips"));
    let page: FigureRows = serde_json::from_value(reply.ok()).unwrap();
    assert_eq!(page.whose, Whose::Department(engineering.department.clone()), "who sees a department reads that one's");
    let page = "/staff/insights/rows?figure=promise_missed&from=2026-11-01&until=2026-11-23";
    assert!(!supervisor.get(page).await.text().contains(&code));
    let shown = manager.get(page).await.text();
    assert!(shown.contains(&format!("href=\"/staff/requests/{code}\"")), "without scripts too");

    // Who does not read the register is told that somebody waited too long, and not who.
    let rows = listed(&manager, Figure::Breach, days, &Part::All).await;
    assert!(matches!(&rows[0].about, RowAbout::Contact(one) if one.words == "When does the pool open?"));
    let estate: Uuid = house.value("select id from estate where code_prefix = 'LY'").await;
    let hq = house.as_person(cast::HQ).await;
    hq.post("people/switch_estate", &[("estate", &estate.to_string())]).await;
    let rows = listed(&hq, Figure::Breach, days, &Part::All).await;
    assert_eq!(rows.iter().map(|row| &row.about).collect::<Vec<_>>(), [&RowAbout::Hidden]);
}

#[sqlx::test(migrations = "../app/migrations")]
async fn what_is_closed_again_is_listed_once(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let month = dashboard(&manager, &[]).await;
    let days = (month.from_on, month.until_on);
    let rows = listed(&manager, Figure::Closed, days, &Part::All).await;
    assert!(matches!(&rows[0].about, RowAbout::Matter(card) if card.code == code));
    assert_eq!((rows[0].on, rows[0].at), (month.until_on, None), "only its day is known");
    house.advance(5);
    let resident = house.as_person(cast::RESIDENT).await;
    let page = resident.post_exactly("requests/track", &[("code", &code)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    let words = [("id", id), ("seen", version.as_str()), ("words", "It still drips.")];
    resident.post("requests/dispute", &words).await.ok();
    assert_eq!(listed(&manager, Figure::Closed, days, &Part::All).await, [], "it is open again");
    let came_back = listed(&manager, Figure::Returned, days, &Part::All).await;
    assert_eq!((came_back.len(), came_back[0].id.to_string()), (1, id.to_owned()));
}
