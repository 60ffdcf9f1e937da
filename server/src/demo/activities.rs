//! What the estates do for their people, some of it over, some to come; made by calling the rules.

use app::activities::{Activity, ActivityStage, Measure, Participation, ParticipationStage, Plan, store};
use app::bookings::{self, Closure};
use app::estate::Zone;
use app::fault::Fault;
use app::happenings::{self, Record};
use app::ids::EstateId;
use app::live::Room;
use app::moment::Moment;
use app::people::{Actor, Role};
use chrono::{Days, Duration};
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;

use super::content::{Content, Kind, Named};
use super::dice::Dice;
use super::people::Dweller;
use super::places::Ground;
use super::staff::Colleague;

/// `activities.toml`
#[derive(Debug, Deserialize)]
pub struct ActivityFile {
    pub activity: Vec<Told>,
}

#[derive(Debug, Deserialize)]
pub struct Told {
    kind: Kind,
    #[serde(flatten)]
    named: Named,
    about: Named,
    days: i64,
    from: String,
    minutes: i64,
    facility: Option<String>,
    place: Option<String>,
    capacity: u32,
    quota: u32,
    #[serde(default)]
    price: i64,
    come: Come,
    households: usize,
    measure: Vec<Safety>,
    #[serde(default)]
    stars: Vec<u8>,
    went_well: Option<String>,
    reason: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Safety {
    words: String,
    role: Role,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Come {
    Draft,
    Published,
    CalledOff,
    Closed,
}

/// Writes it all down.
pub async fn write(
    db: &mut PgConnection,
    content: &Content,
    grounds: &[Ground],
    colleagues: &[(EstateId, Colleague)],
    dwellers: &[Dweller],
    now: Moment,
) -> Result<(), Fault> {
    for ground in grounds {
        let office: Vec<_> = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, one)| one).collect();
        let of = |role: Role| office.iter().copied().find(|one| one.is(role));
        let Some(desk) = of(Role::Receptionist).or_else(|| of(Role::Coordinator)) else { continue };
        let Some(manager) = of(Role::SiteManager) else { continue };
        let zone = Zone::of(&ground.zone);
        let today = zone.day_of(now);
        let all: Vec<_> = dwellers
            .iter()
            .filter(|one| one.estate == ground.id && one.resident.is_some() && one.is_there(today))
            .collect();
        for told in content.activities.activity.iter().filter(|told| told.kind == ground.kind) {
            let dice = Dice::of(&format!("activity {} {}", ground.slug, told.named.names().en));
            let mut life = Life { db: &mut *db, ground, zone, desk, manager, office: &office, dice, now };
            life.live(told, &all).await?;
        }
    }
    Ok(())
}

/// One activity, from its plan on.
struct Life<'a> {
    db: &'a mut PgConnection,
    ground: &'a Ground,
    zone: Zone,
    desk: &'a Colleague,
    manager: &'a Colleague,
    office: &'a [&'a Colleague],
    dice: Dice,
    now: Moment,
}

impl Life<'_> {
    async fn live(&mut self, told: &Told, all: &[&Dweller]) -> Result<(), Fault> {
        let mut activity = self.plan(told).await?;
        let made_at = activity.made_at;
        let after = |hours: i64| made_at + Duration::hours(hours);
        if told.come == Come::Draft {
            return Ok(());
        }
        activity.approve(self.manager.staff.id, after(6))?;
        self.take(&mut activity, told, after(6)).await?;
        self.keep(&mut activity, "approved", self.manager.actor(), after(6)).await?;
        activity.publish(after(8))?;
        self.keep(&mut activity, "published", self.desk.actor(), after(8)).await?;
        let mut parts = self.sign_up(&mut activity, told, all).await?;
        if told.come == Come::CalledOff {
            activity.call_off(told.reason.as_deref().unwrap_or("-"), activity.plan.starts_at - Duration::hours(14))?;
            let at = activity.stage_at;
            return self.keep(&mut activity, "called_off", self.desk.actor(), at).await;
        }
        if told.come == Come::Closed {
            self.hold(&mut activity, told, &mut parts).await?;
        }
        Ok(())
    }

    /// The plan, and what is done for everybody's safety.
    async fn plan(&mut self, told: &Told) -> Result<Activity, Fault> {
        let day = self.zone.day_of(self.now);
        let day = if told.days < 0 {
            day.checked_sub_days(Days::new(told.days.unsigned_abs()))
        } else {
            day.checked_add_days(Days::new(told.days.unsigned_abs()))
        };
        let clock = told
            .from
            .split_once(':')
            .and_then(|(hour, minute)| Some(hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?));
        let (Some(day), Some(minute)) = (day, clock) else { return Err(Fault::NotFound) };
        let starts_at = self.zone.earliest(day, minute);
        let made_at = (starts_at - Duration::days(16)).min(self.now - Duration::days(5));
        let facility = match &told.facility {
            Some(slug) => bookings::store::find_facility(self.db, self.ground.id, slug).await?,
            None => None,
        };
        let mut activity = Activity {
            id: self.dice.id(made_at),
            estate: self.ground.id,
            code: bookings::store::next_code(self.db, self.ground.id).await?,
            version: 1,
            stage: ActivityStage::Draft,
            stage_at: made_at,
            plan: Plan {
                title: told.named.names(),
                about: told.about.names(),
                starts_at,
                ends_at: starts_at + Duration::minutes(told.minutes),
                facility: facility.as_ref().map(|facility| facility.id),
                place: told.place.clone().filter(|_| facility.is_none()),
                capacity: told.capacity,
                quota: told.quota,
                price: told.price,
                currency: store::find_currency(self.db, self.ground.id).await?,
                opens_at: made_at + Duration::hours(9),
                closes_at: starts_at,
            },
            room: None,
            closure: None,
            organiser: self.desk.staff.id,
            organiser_name: String::new(),
            approved_by: None,
            reason: None,
            came: None,
            went_well: None,
            made_at,
            measures: Vec::new(),
            taken: 0,
            in_line: 0,
        };
        store::insert(self.db, &activity).await?;
        self.tell(&activity, "planned", self.desk.actor(), made_at).await?;
        for safety in &told.measure {
            let responsible = self.office.iter().find(|one| one.is(safety.role)).unwrap_or(&self.desk).staff.id;
            let (id, words) = (self.dice.id(made_at), safety.words.clone());
            store::insert_measure(self.db, &activity, id, &words, responsible).await?;
            activity.measures.push(Measure { id, words, responsible, name: String::new(), ticked_at: None });
        }
        Ok(activity)
    }

    /// Its place is taken.
    async fn take(&mut self, activity: &mut Activity, told: &Told, at: Moment) -> Result<(), Fault> {
        let Some(slug) = &told.facility else { return Ok(()) };
        let Some(facility) = bookings::store::find_facility(self.db, self.ground.id, slug).await? else {
            return Ok(());
        };
        let closure = Closure {
            id: self.dice.id(at),
            unit: None,
            starts_at: activity.plan.starts_at,
            ends_at: activity.plan.ends_at,
            reason: activity.plan.closes_for(),
        };
        bookings::store::insert_closure(self.db, &facility, &closure, at).await?;
        activity.closure = Some(closure.id);
        Ok(())
    }

    /// Households sign up, one after the other, until now or until it starts.
    async fn sign_up(
        &mut self,
        activity: &mut Activity,
        told: &Told,
        all: &[&Dweller],
    ) -> Result<Vec<Participation>, Fault> {
        let mut homes = all.to_vec();
        self.dice.shuffle(&mut homes);
        let mut units = Vec::new();
        homes.retain(|one| {
            !units.contains(&one.unit) && {
                units.push(one.unit);
                true
            }
        });
        let mut parts = Vec::new();
        for (nth, who) in (0_i64..).zip(homes.into_iter().take(told.households)) {
            let Some(resident) = &who.resident else { continue };
            let latest = (activity.plan.closes_at - Duration::hours(20)).min(self.now);
            let at = (activity.plan.opens_at + Duration::minutes(5 + 170 * nth)).min(latest);
            let heads = u32::try_from(self.dice.between(1, i64::from(told.quota.min(3)))).unwrap_or(1);
            let stage = activity.sign_up(heads, at)?;
            let part = Participation {
                id: self.dice.id(at),
                estate: activity.estate,
                activity: activity.id,
                version: 1,
                stage,
                stage_at: at,
                unit: who.unit,
                account: resident.person.account,
                heads,
                came: None,
                stars: None,
                stars_words: None,
                made_at: at,
            };
            store::insert_part(self.db, &part).await?;
            self.tell_part(&part, stage.tag(), at).await?;
            activity.taken += part.takes();
            parts.push(part);
        }
        Ok(parts)
    }

    /// It begins, people come, say how it was, and it is written down what came of it.
    async fn hold(&mut self, activity: &mut Activity, told: &Told, parts: &mut [Participation]) -> Result<(), Fault> {
        let starts_at = activity.plan.starts_at;
        let ticked_at = starts_at - Duration::hours(2);
        for nth in 0..activity.measures.len() {
            let Some(measure) = activity.measures.get(nth).cloned() else { continue };
            activity.tick(measure.id, measure.responsible, ticked_at)?;
            let Some(measure) = activity.measures.get(nth) else { continue };
            store::save_tick(self.db, activity.estate, measure).await?;
            self.tell(activity, "measure_ticked", self.desk.actor(), ticked_at).await?;
        }
        let begun_at = starts_at - Duration::minutes(20);
        activity.begin(begun_at)?;
        self.keep(activity, "begun", self.desk.actor(), begun_at).await?;
        let mut stars = told.stars.iter();
        let mut came = 0;
        for (nth, part) in parts.iter_mut().filter(|part| part.stage == ParticipationStage::Signed).enumerate() {
            // Somebody is always kept at home.
            if nth % 5 == 4 {
                continue;
            }
            part.attend(activity, part.heads, starts_at)?;
            store::save_part(self.db, part).await?;
            self.tell_part(part, "came", starts_at).await?;
            came += part.heads;
            if let Some(stars) = stars.next() {
                let rated_at = activity.plan.ends_at + Duration::hours(3);
                part.rate(*stars, None)?;
                store::save_part(self.db, part).await?;
                self.tell_part(part, "rated", rated_at).await?;
            }
        }
        let closed_at = activity.plan.ends_at + Duration::hours(18);
        activity.close(Some(&(came + 2).to_string()), told.went_well.as_deref(), came, closed_at)?;
        self.keep(activity, "closed", self.desk.actor(), closed_at).await
    }

    async fn keep(&mut self, activity: &mut Activity, kind: &'static str, by: Actor, at: Moment) -> Result<(), Fault> {
        store::save(self.db, activity).await?;
        self.tell(activity, kind, by, at).await
    }

    async fn tell(&mut self, activity: &Activity, kind: &'static str, by: Actor, at: Moment) -> Result<(), Fault> {
        let is_told = !matches!(activity.stage, ActivityStage::Draft | ActivityStage::Approved);
        let details = json!({ "stage": activity.stage, "starts_at": activity.plan.starts_at });
        let record = Record::of_office(activity.estate, activity.id.0, kind, details);
        let record = Record { room: Room::Activities, is_public: is_told, is_heard_at_home: is_told, ..record };
        happenings::insert(self.db, &record, by, at).await.map(drop)
    }

    async fn tell_part(&mut self, part: &Participation, kind: &'static str, at: Moment) -> Result<(), Fault> {
        let Participation { activity, stage, heads, came, unit, account, .. } = part.clone();
        let details = json!({ "activity": activity, "stage": stage, "heads": heads, "came": came });
        let record = Record {
            room: Room::Activities,
            is_public: true,
            is_heard_at_home: true,
            unit: Some(unit),
            reader: Some(account),
            ..Record::of_office(part.estate, part.id.0, kind, details)
        };
        let by = if kind == "came" { self.desk.actor() } else { Actor { account: Some(account), staff: None } };
        happenings::insert(self.db, &record, by, at).await.map(drop)
    }
}
