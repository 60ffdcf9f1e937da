//! The demo estate: the same every time, and everything in it follows from what happened.

use app::estate::Zone;
use app::ids::{EstateId, ItemId};
use app::moment::Moment;
use app::photos::PhotoStore;
use app::policy::{ClockKind, Policy, Terms};
use app::requests::{Happening, Step, answer_by, clocks_of};
use app::services::Urgency;
use chrono::{Duration, TimeDelta};
use server::demo::{cast, seed, seed_cast};
use sqlx::PgPool;
use sqlx::types::{Json, Uuid};
use std::collections::HashMap;

use crate::house::noon;

/// All that a demo writes, but for what counts transactions.
const TABLES: &str = "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname <> '_sqlx_migrations' order by 1";

async fn fingerprints(pool: &PgPool) -> Vec<(String, i64, String)> {
    let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(pool).await.unwrap();
    let mut found = Vec::new();
    for table in tables {
        let sql = format!(
            "with rows as (select (to_jsonb(t) - 'xid')::text as line from \"{table}\" t)
             select count(*), coalesce(md5(string_agg(line, E'\\n' order by line)), '') from rows"
        );
        let (rows, sum) = sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap();
        found.push((table, rows, sum));
    }
    found
}

/// By what an estate's clocks are reckoned.
struct Reckoning {
    /// The oldest first.
    policies: Vec<Policy>,
    zone: Zone,
}

impl Reckoning {
    async fn of_all(pool: &PgPool) -> HashMap<Uuid, Self> {
        let published: Vec<(Uuid, i32, Moment, Json<Terms>, String)> = sqlx::query_as(
            "select e.id, p.version, p.valid_from, p.terms, e.zone
             from policy p join estate e on e.id = p.estate_id order by p.valid_from, p.version",
        )
        .fetch_all(pool)
        .await
        .unwrap();
        let mut all: HashMap<Uuid, Self> = HashMap::new();
        for (id, version, valid_from, Json(terms), zone) in published {
            let of_it = all.entry(id).or_insert_with(|| Self { policies: Vec::new(), zone: Zone::of(&zone) });
            of_it.policies.push(Policy { estate: EstateId(id), version, valid_from, terms });
        }
        all
    }

    fn answer_by(&self, category: Uuid, urgency: Urgency, at: Moment) -> Moment {
        let policy = self.policies.iter().rfind(|policy| policy.valid_from <= at).unwrap();
        answer_by(policy, &self.zone, Some(ItemId(category)), urgency, at).unwrap()
    }
}

/// A request as it is stored, to compare what happened with.
#[derive(sqlx::FromRow)]
struct Stored {
    id: Uuid,
    estate_id: Uuid,
    /// The category of what it is about.
    parent_id: Uuid,
    stage: String,
    version: i32,
    reopened_times: i32,
    received_at: Moment,
    promised_at: Option<Moment>,
}

/// All requests, with what decides how their clocks are reckoned.
const REQUESTS: &str =
    "select r.id, r.estate_id, i.parent_id, r.stage, r.version, r.reopened_times, r.received_at, r.promised_at
     from request r join catalogue_item i on i.estate_id = r.estate_id and i.id = r.item_id";

/// What the record alone says about a request.
struct Told {
    stage: String,
    urgency: Urgency,
    version: i32,
    reopened_times: i32,
    promised_at: Option<Moment>,
    promises: Vec<Moment>,
}

impl Told {
    fn new() -> Self {
        Self {
            stage: String::new(),
            urgency: Urgency::Normal,
            version: 1,
            reopened_times: 0,
            promised_at: None,
            promises: Vec::new(),
        }
    }

    fn is_promised(&mut self, due: Moment) {
        self.promised_at = Some(due);
        self.promises.push(due);
    }

    fn moves_to(&mut self, stage: &str) {
        stage.clone_into(&mut self.stage);
        self.version += 1;
        let is_over = ["done", "declined", "cancelled", "duplicate"].contains(&stage);
        self.promised_at = self.promised_at.filter(|_| !is_over);
    }

    fn hear(&mut self, happening: &Happening, at: Moment, stored: &Stored, reckoning: &Reckoning) {
        match happening {
            Happening::Received { urgency } => {
                "received".clone_into(&mut self.stage);
                self.urgency = urgency.unwrap();
                self.is_promised(reckoning.answer_by(stored.parent_id, self.urgency, at));
            }
            Happening::Triaged { urgency } => {
                self.moves_to("triaged");
                self.urgency = *urgency;
            }
            Happening::WentOn | Happening::BackAtDesk => self.moves_to("triaged"),
            Happening::Promised { promise, instead_of, .. } => {
                assert_eq!(*instead_of, self.promised_at, "{}", stored.id);
                self.version += 1;
                self.is_promised(promise.due_at);
            }
            Happening::Appointed { until, .. } => {
                self.version += 1;
                self.is_promised(*until);
            }
            Happening::Dispatched { .. } if self.stage == "triaged" => self.moves_to("dispatched"),
            Happening::Dispatched { .. } => self.version += 1,
            Happening::Waiting { .. } => self.moves_to("waiting"),
            Happening::Followed { stage } => self.moves_to(stage),
            Happening::Done => self.moves_to("done"),
            Happening::Confirmed => self.moves_to("confirmed"),
            Happening::Unconfirmed { .. } => self.moves_to("unconfirmed"),
            Happening::Disputed { .. } => self.moves_to("disputed"),
            Happening::Reopened => {
                self.moves_to("reopened");
                self.reopened_times += 1;
                self.is_promised(reckoning.answer_by(stored.parent_id, self.urgency, at));
            }
            Happening::Archived => self.moves_to("archived"),
            Happening::Declined { .. } => self.moves_to("declined"),
            Happening::Cancelled { .. } => self.moves_to("cancelled"),
            Happening::MarkedDuplicate { .. } => self.moves_to("duplicate"),
            // Orders, words and ratings leave the request itself as it was.
            _ => {}
        }
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn history_follows_from_what_happened_and_comes_out_the_same_again(pool: PgPool) {
    let photos = PhotoStore::memory();
    seed(&pool, &photos, noon()).await.unwrap();
    let first = fingerprints(&pool).await;
    let rows = |table: &str| first.iter().find(|(name, ..)| name == table).map_or(0, |(_, rows, _)| *rows);
    assert!((1_900..2_150).contains(&rows("request")), "{} requests", rows("request"));
    assert!((800..1_000).contains(&rows("party")), "{} parties", rows("party"));
    assert_eq!(rows("unit"), 494);

    every_request_is_what_happened_to_it(&pool).await;
    every_clock_is_reckoned_from_what_happened(&pool).await;
    every_order_and_rating_is_what_happened_to_it(&pool).await;
    every_request_came_in_by_a_contact(&pool).await;
    the_present_is_alive(&pool).await;
    assert_eq!(photos.list().await.unwrap().len(), 2, "the paper of other offices, and its thumbnail");

    // Where the demo is, nothing happens; where it was, the same comes again.
    seed(&pool, &photos, noon() + Duration::hours(5)).await.unwrap();
    assert_eq!(fingerprints(&pool).await, first);
    sqlx::query("drop schema public cascade").execute(&pool).await.unwrap();
    sqlx::query("create schema public").execute(&pool).await.unwrap();
    app::migrator().run(&pool).await.unwrap();
    seed(&pool, &photos, noon()).await.unwrap();
    assert_eq!(fingerprints(&pool).await, first);
}

async fn every_request_is_what_happened_to_it(pool: &PgPool) {
    let reckonings = Reckoning::of_all(pool).await;
    let requests: Vec<Stored> = sqlx::query_as(REQUESTS).fetch_all(pool).await.unwrap();
    let happened: Vec<(Uuid, Moment, serde_json::Value)> =
        sqlx::query_as("select subject_id, at, details from happening where room = 'requests' order by estate_id, id")
            .fetch_all(pool)
            .await
            .unwrap();
    let promised: Vec<(Uuid, Moment)> =
        sqlx::query_as("select request_id, due_at from promise order by made_at, id").fetch_all(pool).await.unwrap();
    let mut told: HashMap<Uuid, (&Stored, Told, Moment)> =
        requests.iter().map(|stored| (stored.id, (stored, Told::new(), stored.received_at))).collect();
    for (id, at, details) in &happened {
        let (stored, told, last) = told.get_mut(id).unwrap();
        assert!(*last <= *at && *at <= noon(), "{id} goes back in time");
        *last = *at;
        let happening: Happening = serde_json::from_value(details.clone()).unwrap();
        told.hear(&happening, *at, stored, &reckonings[&stored.estate_id]);
    }
    for (stored, told, _) in told.values() {
        let id = stored.id;
        assert_eq!(stored.stage, told.stage, "{id}");
        assert_eq!(stored.version, told.version, "{id}");
        assert_eq!(stored.promised_at, told.promised_at, "{id}");
        assert_eq!(stored.reopened_times, told.reopened_times, "{id}");
        let recorded: Vec<Moment> = promised.iter().filter(|(of, _)| *of == id).map(|(_, due)| *due).collect();
        assert_eq!(recorded, told.promises, "{id}");
    }
}

/// The request, the life, which clock, the policy's version, minutes, which time counts, start, end and stop.
type StoredClock = (Uuid, i32, String, i32, i32, String, Moment, Option<Moment>, Option<Moment>);

async fn every_clock_is_reckoned_from_what_happened(pool: &PgPool) {
    let reckonings = Reckoning::of_all(pool).await;
    let requests: Vec<Stored> = sqlx::query_as(REQUESTS).fetch_all(pool).await.unwrap();
    let happened: Vec<(Uuid, Option<Uuid>, Moment, Json<Happening>)> = sqlx::query_as(
        "select subject_id, by_staff_id, at, details from happening where room = 'requests' order by estate_id, id",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut steps: HashMap<Uuid, Vec<Step>> = HashMap::new();
    for (id, by, at, Json(happening)) in happened {
        steps.entry(id).or_default().push(Step { at, happening, by_office: by.is_some() });
    }
    let mut reckoned: Vec<StoredClock> = Vec::new();
    let mut lives = 0;
    for Stored { id, estate_id, parent_id, reopened_times, .. } in requests {
        lives += 1 + usize::try_from(reopened_times).unwrap();
        let Reckoning { policies, zone } = &reckonings[&estate_id];
        for clock in clocks_of(&steps[&id], Some(ItemId(parent_id)), policies, zone).unwrap() {
            let deadline = clock.deadline;
            reckoned.push((
                id,
                clock.life,
                deadline.rule.kind.tag().to_owned(),
                deadline.version,
                i32::try_from(deadline.rule.minutes).unwrap(),
                deadline.rule.counts.tag().to_owned(),
                deadline.started_at,
                deadline.due_at,
                deadline.stopped_at,
            ));
        }
    }
    let mut stored: Vec<StoredClock> = sqlx::query_as(
        "select request_id, life, kind, policy_version, minutes, counts, started_at, due_at, stopped_at
         from request_clock",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    stored.sort();
    reckoned.sort();
    for (stored, reckoned) in stored.iter().zip(&reckoned) {
        assert_eq!(stored, reckoned);
    }
    assert_eq!((stored.len(), reckoned.len()), (lives * ClockKind::ALL.len(), lives * ClockKind::ALL.len()));
}

/// What the record alone says about an order.
#[derive(Default)]
struct Sent {
    stage: &'static str,
    assignee: Option<Uuid>,
    /// Unknown while a team holds it: who supervises a team is not on the record.
    accountable: Option<Uuid>,
    issued_by: Option<Uuid>,
    accepted_at: Option<Moment>,
}

type StoredOrder = (Uuid, String, Option<Uuid>, Uuid, Uuid, Option<Moment>);

async fn every_order_and_rating_is_what_happened_to_it(pool: &PgPool) {
    let happened: Vec<(Uuid, Option<Uuid>, Moment, serde_json::Value)> = sqlx::query_as(
        "select subject_id, by_staff_id, at, details from happening where room = 'requests' order by estate_id, id",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut sent: HashMap<Uuid, Sent> = HashMap::new();
    let mut rated: Vec<(Uuid, [i32; 4])> = Vec::new();
    for (subject, by, at, details) in happened {
        let happening: Happening = serde_json::from_value(details).unwrap();
        let (order, stage) = match &happening {
            Happening::Dispatched { order, .. } => (order, "issued"),
            Happening::OrderAccepted { order } => (order, "accepted"),
            Happening::OrderRefused { order, .. } => (order, "refused"),
            Happening::SetOut { order } => (order, "en_route"),
            Happening::Arrived { order } | Happening::Resumed { order } => (order, "on_site"),
            Happening::Paused { order, .. } => (order, "paused"),
            Happening::Completed { order, .. } => (order, "completed"),
            Happening::Verified { order, .. } => (order, "verified"),
            Happening::SentBack { order, .. } => (order, "rework"),
            Happening::OrderCancelled { order, .. } => (order, "cancelled"),
            Happening::Rated { rating } => {
                rated.push((subject, [rating.attitude, rating.conduct, rating.speed, rating.result]));
                continue;
            }
            _ => continue,
        };
        let told = sent.entry(order.0).or_default();
        told.stage = stage;
        match happening {
            Happening::Dispatched { assignee, .. } => {
                told.assignee = assignee.map(|id| id.0);
                told.issued_by = by;
                told.accountable = assignee.and(by);
            }
            Happening::OrderAccepted { .. } => {
                (told.assignee, told.accountable, told.accepted_at) = (by, by, Some(at));
            }
            Happening::OrderRefused { .. } => told.accountable = told.issued_by,
            _ => {}
        }
    }
    let stored: Vec<StoredOrder> =
        sqlx::query_as("select id, stage, assignee_id, accountable_id, issued_by, accepted_at from work_order")
            .fetch_all(pool)
            .await
            .unwrap();
    assert_eq!(stored.len(), sent.len());
    for (id, stage, assignee, accountable, issued_by, accepted_at) in stored {
        let told = &sent[&id];
        assert_eq!((stage.as_str(), assignee, accepted_at), (told.stage, told.assignee, told.accepted_at), "{id}");
        assert!(told.accountable.is_none_or(|told| told == accountable), "{id}");
        assert_eq!(Some(issued_by), told.issued_by, "{id}");
    }
    let mut ratings: Vec<(Uuid, [i32; 4])> =
        sqlx::query_as("select request_id, attitude, conduct, speed, result from rating")
            .fetch_all(pool)
            .await
            .unwrap()
            .into_iter()
            .map(|(id, a, c, s, r): (Uuid, i32, i32, i32, i32)| (id, [a, c, s, r]))
            .collect();
    ratings.sort();
    rated.sort();
    assert_eq!(ratings, rated);
}

/// As it came, with whoever answers for it, and late where its three minutes passed.
async fn every_request_came_in_by_a_contact(pool: &PgPool) {
    let counted =
        async |sql: &'static str| -> i64 { sqlx::query_scalar(sql).bind(noon()).fetch_one(pool).await.unwrap() };
    let unlike = "select count(*) from request r
        left join contact c on c.estate_id = r.estate_id and c.request_id = r.id
        where r.received_at <= $1 and (c.id is null or c.channel <> r.channel or c.received_at <> r.received_at
          or c.holder_id <> r.accountable_id or (c.received_by is null) <> (c.channel = 'web'))";
    assert_eq!(counted(unlike).await, 0);
    let misjudged = "select count(*) from contact c
        left join contact_breach b on b.estate_id = c.estate_id and b.contact_id = c.id
        where (b.contact_id is not null) <> (coalesce(c.wall_stopped_at, $1) >= c.wall_due_at)";
    assert_eq!(counted(misjudged).await, 0);
    let all = counted("select count(*) from contact where received_at <= $1").await;
    let late = counted("select count(*) from contact_breach where due_at <= $1").await;
    assert!((all / 20..all / 2).contains(&late), "{late} of {all} took longer than three minutes");
    let repairs = "select sum(n)::bigint from tally
        where measure = 'contact' and facet = 'kind:repair' and day <= $1::timestamptz";
    assert!(counted(repairs).await > 1_800);
    let papers = "select count(*) from contact c join photo p on p.request_id = c.request_id
        where c.channel = 'branch' and c.received_at <= $1";
    assert!((3..20).contains(&counted(papers).await));
    let lapses = "select count(*) from conduct_lapse l
        left join conduct_lapse_withdrawal w on w.estate_id = l.estate_id and w.lapse_id = l.id
        where w.lapse_id is null and l.noted_at <= $1";
    assert_eq!(counted(lapses).await, 2, "and one was struck");
}

async fn the_present_is_alive(pool: &PgPool) {
    let open: Vec<(String, Moment)> = sqlx::query_as(
        "select stage, promised_at from request
         where stage in ('received', 'triaged', 'dispatched', 'in_progress', 'waiting', 'reopened')",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    assert!((36..70).contains(&open.len()), "{} open", open.len());
    for stage in ["received", "triaged", "dispatched", "in_progress", "waiting", "reopened"] {
        assert!(open.iter().any(|(is, _)| is == stage), "none is {stage}");
    }
    let due_within = |minutes: i64| open.iter().filter(|(_, due)| *due <= noon() + TimeDelta::minutes(minutes)).count();
    assert!((1..=8).contains(&due_within(0)), "{} broken", due_within(0));
    assert!(due_within(20) - due_within(0) >= 4, "{} at risk", due_within(20) - due_within(0));
    for sign_in in [cast::RESIDENT, cast::NEIGHBOUR, cast::FORMER_RESIDENT, cast::BOYAN_CONTACT] {
        let theirs: i64 = sqlx::query_scalar(
            "select count(*) from request r join account a on a.id = r.reporter_id where a.sign_in = $1",
        )
        .bind(sign_in)
        .fetch_one(pool)
        .await
        .unwrap();
        assert!(theirs >= 2, "{sign_in} has {theirs}");
    }
}

#[sqlx::test(migrations = "../app/migrations")]
async fn the_cast_alone_is_small(pool: PgPool) {
    let began = std::time::Instant::now();
    seed_cast(&pool, noon()).await.unwrap();
    eprintln!("the cast moved in within {:?}", began.elapsed());
    let rows: HashMap<String, i64> =
        fingerprints(&pool).await.into_iter().map(|(table, rows, _)| (table, rows)).collect();
    assert_eq!((rows["account"], rows["unit"], rows["request"], rows["happening"]), (19, 8, 0, 0));
}

#[sqlx::test(migrations = "../app/migrations")]
async fn other_data_is_left_alone(pool: PgPool) {
    sqlx::query(
        "insert into estate (id, name_en, name_hans, name_hant, zone, desk_phone, complaint_phone, email, emergency_phone,
           code_prefix)
         values (gen_random_uuid(), 'Elsewhere', '别处', '別處', 'Asia/Shanghai', '1', '1', 'a@b', '2', 'EL')",
    )
    .execute(&pool)
    .await
    .unwrap();
    let before = fingerprints(&pool).await;
    let photos = PhotoStore::memory();
    let refused = seed(&pool, &photos, noon()).await.unwrap_err().to_string();
    assert!(refused.contains("only loaded into an empty one"), "{refused}");
    server::demo::seed_if_empty(&pool, &photos, noon()).await.unwrap();
    assert_eq!(fingerprints(&pool).await, before);
}
