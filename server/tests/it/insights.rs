//! Figures: they follow what happened, nobody reads those of what they do not see, and no tally differs from a recount.

use crate::closing::{done, fixed, tried};
use crate::house::{Caller, House};
use crate::queue::{OPEN, one, with_history};
use crate::requests::{dispatched, matter, report, step};
use app::ids::StaffId;
use app::insights::{Dashboard, Figures};
use axum::http::StatusCode;
use serde_json::{Value, json};
use server::demo::cast;
use sqlx::{AssertSqlSafe, PgPool};

async fn dashboard(staff: &Caller<'_>, fields: &[(&str, &str)]) -> Dashboard {
    serde_json::from_value(staff.post_exactly("insights/dashboard", fields).await.ok()).unwrap()
}

/// Everything that is due by now is told.
async fn look(house: &House) {
    while app::desk::tell_due(&house.backend).await.unwrap() || app::requests::tell_due(&house.backend).await.unwrap() {
    }
}

/// A call that the receptionist offers to the coordinator, who does not answer for four minutes.
async fn breach(house: &House) {
    let desk = house.as_person(cast::RECEPTIONIST).await;
    let to: String = house
        .value(
            "select 'person:' || m.id from staff_member m join account a on a.id = m.account_id
             join estate e on e.id = m.estate_id where e.code_prefix = 'LY' and a.sign_in = 'joyce'",
        )
        .await;
    let call =
        [("channel", "phone"), ("kind", "enquiry"), ("words", "When does the pool open?"), ("outcome", "offered")];
    desk.post("desk/register", &[&call[..], &[("to", to.as_str())]].concat()).await.ok();
    house.advance(4);
    look(house).await;
}

/// The technician to whom the tests give orders.
async fn plumber(house: &House) -> StaffId {
    let id: uuid::Uuid = sqlx::query_scalar(
        "select m.id from staff_member m join account a on a.id = m.account_id where a.sign_in = $1",
    )
    .bind(cast::TECHNICIAN)
    .fetch_one(&house.pool)
    .await
    .unwrap();
    id.into()
}

/// The resident's last word on a matter that is done.
async fn confirm(house: &House, code: &str, stars: &str) {
    let resident = house.as_person(cast::RESIDENT).await;
    let page = resident.post_exactly("requests/track", &[("code", code)]).await.ok();
    let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
    let axes = ["attitude", "conduct", "speed", "result"].map(|axis| (axis, stars));
    resident.post("requests/confirm", &[&[("id", id), ("seen", version.as_str())], &axes[..]].concat()).await.ok();
}

#[sqlx::test(migrations = "../app/migrations")]
async fn figures_follow_what_happened(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let nothing = dashboard(&manager, &[]).await;
    assert_eq!((nothing.open, nothing.now, nothing.items.len()), (0, Figures::default(), 0));
    assert_eq!(nothing.now.satisfaction().is_met, None, "nobody has rated");

    let first = done(&house).await;
    confirm(&house, &first, "5").await;
    let seen = dashboard(&manager, &[]).await;
    let expected = Figures {
        received: 1,
        closed: 1,
        kept: 1,
        confirmed: 1,
        first_fixes: 1,
        rated: 1,
        satisfied: 1,
        stars: [5; 4],
        ..Figures::default()
    };
    assert_eq!((seen.now, seen.before), (expected, Figures::default()));
    let plumber = plumber(&house).await;
    let theirs = |seen: &Dashboard| seen.people.iter().find(|one| one.id == plumber).map(|one| one.figures).unwrap();
    let did = theirs(&seen);
    assert_eq!((did.confirmed, did.first_fixes, did.rated, did.satisfied), (1, 1, 1, 1), "whoever was sent did it too");
    assert_eq!(did.means(), Some([50; 4]), "four axes a person (A16)");
    assert_eq!(seen.items.len(), 1);
    let found = seen.items[0].figures.satisfaction();
    assert_eq!((found.rate, found.response, found.is_met), (Some(1000), Some(1000), Some(true)));
    let week = seen.weeks.last().unwrap();
    assert_eq!((week.from_on.to_string(), week.figures), ("2026-11-23".to_owned(), expected));

    // What ends without a word lowers the response, and leaves the rate (§3.3).
    let second = done(&house).await;
    tried(&house, &second, 2).await;
    step(&house.as_person(cast::RECEPTIONIST).await, &second, "requests/close_unconfirmed", &[]).await;
    let found = dashboard(&manager, &[]).await.items[0].figures.satisfaction();
    assert_eq!((found.rate, found.response, found.is_met), (Some(1000), Some(500), Some(true)));

    // An objection at once and one after the end both bring it back; three stars are not satisfied.
    let resident = house.as_person(cast::RESIDENT).await;
    let third = done(&house).await;
    house.advance(5);
    for code in [&third, &second] {
        let page = resident.post_exactly("requests/track", &[("code", code)]).await.ok();
        let (id, version) = (page["card"]["id"].as_str().unwrap(), page["version"].to_string());
        let words = [("id", id), ("seen", version.as_str()), ("words", "It still drips.")];
        resident.post("requests/dispute", &words).await.ok();
    }
    house.advance(5);
    fixed(&house, &third).await;
    confirm(&house, &third, "3").await;
    let seen = dashboard(&manager, &[]).await;
    assert_eq!((seen.now.returned, seen.now.disputed, seen.now.first_fixes), (2, 1, 1));
    assert_eq!((seen.now.rated, seen.now.satisfied, seen.items[0].figures.satisfaction().is_met), (2, 1, Some(false)));
    assert_eq!(seen.open, 1, "the second one is not fixed yet");
    let did = theirs(&seen);
    assert_eq!((did.confirmed, did.unconfirmed, did.disputed, did.returned), (2, 1, 1, 2));
    assert_eq!(did.means(), Some([40; 4]), "five stars and three");

    breach(&house).await;
    house.advance(70);
    look(&house).await;
    let seen = dashboard(&manager, &[("days", "90")]).await;
    assert_eq!((seen.now.breaches, seen.now.missed), (1, 1));
    assert!(seen.clocks.late >= 1);
    let of = |name: &str| seen.by_department.iter().find(|one| one.department.slug == name).unwrap().figures;
    assert_eq!((of("customer-service").breaches, of("engineering").breaches), (1, 0), "of whoever held the call");
    assert_eq!(seen.people.iter().map(|one| one.figures.breaches).sum::<u64>(), 1);
    let confirmed = seen.people.iter().map(|one| one.figures.confirmed).sum::<u64>();
    assert_eq!(confirmed, 4, "each has one who answered and one who was sent");
    // A month later all of it lies in the period before.
    house.advance(31 * 24 * 60);
    let reply = house.stranger().post("people/demo_sign_in", &[("sign_in", cast::SITE_MANAGER)]).await;
    let manager = house.stranger().with_cookie("__Host-session", &reply.cookie("__Host-session").unwrap());
    let seen = dashboard(&manager, &[]).await;
    assert_eq!((seen.now, seen.before.rated), (Figures::default(), 2));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn everybody_reads_the_figures_of_what_they_see(pool: PgPool) {
    let house = House::open(pool).await;
    let code = done(&house).await;
    confirm(&house, &code, "4").await;
    let other = report(&house.as_person(cast::RESIDENT).await).await;
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let looked_after = matter(&coordinator, &code).await["request"]["department"].clone();
    let engineering: uuid::Uuid = house
        .value("select d.id from department d join estate e on e.id = d.estate_id where code_prefix = 'LY' and slug = 'engineering'")
        .await;
    assert_eq!(looked_after, json!(engineering));
    sqlx::query(
        "update request r set version = version + 1, department_id = (
           select id from department d where d.estate_id = r.estate_id and slug = 'customer-service') where code = $1",
    )
    .bind(&other)
    .execute(&house.pool)
    .await
    .unwrap();

    let manager = house.as_person(cast::SITE_MANAGER).await;
    let all = dashboard(&manager, &[]).await;
    assert_eq!((all.now.received, all.open, all.department.is_none()), (2, 1, true));
    assert!(all.departments.len() > 2 && all.by_department.len() == all.departments.len());

    let supervisor = house.as_person(cast::SUPERVISOR).await;
    let own = dashboard(&supervisor, &[]).await;
    assert_eq!(own.department.as_ref().map(|one| one.slug.as_str()), Some("engineering"));
    assert_eq!((own.now.received, own.open, own.now.rated), (1, 0, 1));
    assert!(own.departments.is_empty() && own.by_department.is_empty());
    assert_eq!(own.items.len(), 1);
    assert_eq!(dashboard(&supervisor, &[("department", "engineering")]).await, own);
    let chosen = dashboard(&manager, &[("department", "engineering")]).await;
    assert_eq!((chosen.now, &chosen.items, &chosen.people), (own.now, &own.items, &own.people));
    let service = dashboard(&manager, &[("department", "customer-service")]).await;
    assert_eq!((service.now.received, service.items.len()), (1, 0));

    let status = async |who: &str, fields: &[(&str, &str)]| {
        house.as_person(who).await.post_exactly("insights/dashboard", fields).await.status
    };
    assert_eq!(status(cast::SUPERVISOR, &[("department", "customer-service")]).await, StatusCode::FORBIDDEN);
    assert_eq!(status(cast::SITE_MANAGER, &[("department", "nowhere")]).await, StatusCode::NOT_FOUND);
    assert_eq!(status(cast::SITE_MANAGER, &[("days", "31")]).await, StatusCode::UNPROCESSABLE_ENTITY);
    for who in [cast::ENGINEERING_HEAD, cast::CUSTOMER_SERVICE_HEAD, cast::HQ] {
        assert_eq!(status(who, &[]).await, StatusCode::OK, "{who}");
    }
    for who in [cast::RECEPTIONIST, cast::COORDINATOR, cast::TECHNICIAN, cast::ADMINISTRATOR, cast::RESIDENT] {
        assert_eq!(status(who, &[]).await, StatusCode::FORBIDDEN, "{who}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_page_draws_its_charts_without_scripts(pool: PgPool) {
    let house = House::open(pool).await;
    let manager = house.as_person(cast::SITE_MANAGER).await;
    let empty = manager.get("/staff/insights").await.text();
    assert!(!empty.contains("<rect"), "nothing is drawn of nothing");
    let code = done(&house).await;
    confirm(&house, &code, "5").await;
    let page = manager.get("/staff/insights?days=90").await.text();
    for part in ["<svg", "role=\"group\"", "<rect", "<title>", "/staff?view=all", "problem=", "/staff?clock=late"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains(" style="), "no style stands in the page");
}

/// Promises that end in any way, and ratings, each a roll of dice of that round.
pub fn ends_by_luck(round: i32) -> String {
    format!(
        "insert into promise (estate_id, id, request_id, kind, due_at, made_at)
         select estate_id, md5('promise{round}' || id)::uuid, id, 'visit', stage_at, received_at
         from request where dice({round}, 'promises' || code, 4) = 0;
         insert into promise_end (estate_id, promise_id, outcome, ended_at)
         select estate_id, id, (array['kept', 'missed', 'superseded', 'void'])[1 + dice({round}, id::text, 4)], due_at
         from promise where id not in (select promise_id from promise_end union select promise_id from promise_running);
         insert into rating (estate_id, request_id, life, attitude, conduct, speed, result, rated_by, rated_at)
         select estate_id, id, reopened_times, 4, 4, 4, 3 + dice({round}, code, 3), (select id from account order by id limit 1), stage_at
         from request where stage = 'confirmed' and dice({round}, 'rates' || code, 2) = 0 on conflict do nothing"
    )
}

#[sqlx::test(migrations = "../app/migrations")]
async fn tallies_equal_a_recount_whatever_happened(pool: PgPool) {
    let house = House::open(pool).await;
    with_history(&house).await;
    let code = report(&house.as_person(cast::RESIDENT).await).await;
    dispatched(&house, &code).await;
    breach(&house).await;
    // Stages, departments and people at random, there and back, each move but the first in another life; orders that are
    // given to others and sent back, promises that end in any way, and ratings.
    for round in 0..12 {
        let sql = format!(
            "update request set version = version + 1, stage_at = stage_at + interval '1 day',
               stage = (array['triaged', 'dispatched', 'done', 'confirmed', 'archived', 'reopened'])[1 + dice({round}, code, 6)],
               waiting_on = null, waiting_from = null, reopened_times = reopened_times + least({round}, 1),
               department_id = (select id from department d where d.estate_id = request.estate_id order by slug offset dice({round}, code, 3) limit 1)
             where dice({round}, 'moves' || code, 3) = 0 and stage <> 'done';
             update request set version = version + 1, stage_at = stage_at + interval '1 day', stage = 'confirmed'
             where stage = 'done' and dice({round}, 'confirms' || code, 2) = 0;
             update work_order o set version = version + 1,
               stage = (array['issued', 'accepted', 'refused', 'cancelled'])[1 + dice({round}, 'stage' || id, 4)],
               assignee_id = (select m.id from staff_member m where m.estate_id = o.estate_id order by m.id offset dice({round}, o.id::text, 4) limit 1)
             where dice({round}, 'orders' || id, 3) = 0;
             {}",
            ends_by_luck(round)
        );
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&house.pool).await.unwrap();
        if round % 3 == 0 {
            let mut db = house.pool.acquire().await.unwrap();
            while app::insights::store::fold(&mut db).await.unwrap() > 0 {}
        }
        let wrong: Value = house
            .value(
                "with kept as (
                   select estate_id, measure, day, facet, sum(n) as n from (
                     select estate_id, measure, day, facet, n from tally
                     union all select estate_id, measure, day, unnest(facets), n from tally_delta) t
                   group by 1, 2, 3, 4 having sum(n) <> 0)
                 select coalesce(jsonb_agg(distinct measure), '[]') from kept full join tally_recount using (estate_id, measure, day, facet)
                 where kept.n is distinct from tally_recount.n",
            )
            .await;
        assert_eq!(wrong, json!([]), "after round {round}");
        let astray: i64 = house
            .value(
                "select count(*) from request_search s full join request_search_recount c using (estate_id, request_id)
                 where (s.received_at, s.stage, s.received_on, s.facets, s.text)
                   is distinct from (c.received_at, c.stage, c.received_on, c.facets, c.text)",
            )
            .await;
        assert_eq!(astray, 0, "found by what they are, after round {round}");
    }
    let counted: Value =
        house.value("select jsonb_agg(distinct measure) from tally_recount where facet like 'person:%'").await;
    for measure in &Figures::MEASURES {
        let is_random = !matches!(*measure, "end_unconfirmed" | "end_disputed");
        assert!(!is_random || counted.as_array().unwrap().contains(&json!(measure)), "{measure} occurred: {counted}");
    }
    let coordinator = house.as_person(cast::COORDINATOR).await;
    let counts = coordinator.post_exactly("requests/queue", &[]).await.ok()["counts"].clone();
    let open: i64 = one(
        &house,
        format!(
            "select count(*) from request r join estate e on e.id = r.estate_id where code_prefix = 'LY' and {OPEN}"
        ),
    )
    .await;
    assert_eq!(counts["open"].as_i64(), Some(open));
}
