//! What the estates tell their people: some of it applies, some is over, some has yet to come; made by calling the rules.

use app::estate::Zone;
use app::fault::Fault;
use app::happenings::{self, Record};
use app::ids::EstateId;
use app::live::Room;
use app::moment::Moment;
use app::notices::{Audience, Notice, NoticeStage, NoticeText, Priority, store};
use app::people::{Actor, Power, Role};
use chrono::Duration;
use serde::Deserialize;
use serde_json::json;
use sqlx::PgConnection;

use super::content::{Content, Kind, Named};
use super::dice::{Dice, fixed_id};
use super::people::Dweller;
use super::places::Ground;
use super::staff::Colleague;

/// `notices.toml`
#[derive(Debug, Deserialize)]
pub struct NoticeFile {
    pub notice: Vec<Told>,
}

#[derive(Debug, Deserialize)]
pub struct Told {
    kind: Kind,
    #[serde(flatten)]
    named: Named,
    body: Named,
    priority: Priority,
    come: Come,
    hours: i64,
    applies: Option<i64>,
    building: Option<String>,
    #[serde(default)]
    floors: Vec<i32>,
    readers: i64,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Come {
    Draft,
    Scheduled,
    Published,
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
        let Some(manager) = office.iter().copied().find(|one| one.is(Role::SiteManager)) else { continue };
        let drafter = office.iter().copied().find(|one| one.can(Power::Notices)).unwrap_or(manager);
        let readers: Vec<_> = dwellers.iter().filter(|one| one.estate == ground.id).collect();
        let zone = Zone::of(&ground.zone);
        for told in content.notices.notice.iter().filter(|told| told.kind == ground.kind) {
            let dice = Dice::of(&format!("notice {} {}", ground.slug, told.named.names().hans));
            let mut life = Life { db: &mut *db, ground, zone, drafter, manager, readers: &readers, dice, now };
            life.live(told).await?;
        }
    }
    Ok(())
}

/// One notice, from its draft on.
struct Life<'a> {
    db: &'a mut PgConnection,
    ground: &'a Ground,
    zone: Zone,
    drafter: &'a Colleague,
    manager: &'a Colleague,
    readers: &'a [&'a Dweller],
    dice: Dice,
    now: Moment,
}

impl Life<'_> {
    async fn live(&mut self, told: &Told) -> Result<(), Fault> {
        let out_at = self.now + Duration::hours(told.hours);
        let made_at = out_at.min(self.now) - Duration::hours(30);
        let over_at = told.applies.map(|hours| out_at + Duration::hours(hours));
        let mut notice = self.draft(told, made_at, over_at).await?;
        if told.come == Come::Draft {
            return Ok(());
        }
        let approved_at = made_at + Duration::hours(4);
        notice.approve(self.manager.staff.id, approved_at)?;
        self.keep(&mut notice, "approved", self.manager.actor(), approved_at).await?;
        let scheduled_at = made_at + Duration::hours(5);
        notice.schedule(Some(out_at), scheduled_at)?;
        self.keep(&mut notice, "scheduled", self.drafter.actor(), scheduled_at).await?;
        if told.come == Come::Scheduled {
            return Ok(());
        }
        notice.publish(out_at)?;
        self.keep(&mut notice, "published", Actor::default(), out_at).await?;
        self.read(&notice, told).await?;
        if let Some(over_at) = over_at.filter(|over_at| *over_at <= self.now) {
            notice.expire(over_at)?;
            self.keep(&mut notice, "expired", Actor::default(), over_at).await?;
        }
        Ok(())
    }

    async fn draft(&mut self, told: &Told, made_at: Moment, over_at: Option<Moment>) -> Result<Notice, Fault> {
        let notice = Notice {
            id: self.dice.id(made_at),
            estate: self.ground.id,
            version: 1,
            stage: NoticeStage::Draft,
            stage_at: made_at,
            text: NoticeText {
                priority: told.priority,
                title: told.named.names(),
                body: told.body.names(),
                expires_at: over_at,
                audience: Audience {
                    buildings: told.building.iter().map(|slug| fixed_id(slug)).collect(),
                    floors: told.floors.clone(),
                    ..Audience::default()
                },
            },
            numbers: Vec::new(),
            drafted_by: self.drafter.staff.id,
            drafter: String::new(),
            approved_by: None,
            approver: None,
            publish_at: None,
            published_at: None,
            reason: None,
            made_at,
        };
        store::insert(self.db, &notice).await?;
        self.tell(&notice, "drafted", self.drafter.actor(), made_at).await?;
        Ok(notice)
    }

    /// Some of those whom it addresses say that they have read it.
    async fn read(&mut self, notice: &Notice, told: &Told) -> Result<(), Fault> {
        for reader in self.readers {
            let Some(resident) = &reader.resident else { continue };
            let at = notice.stage_at + Duration::minutes(self.dice.between(10, 1100));
            let is_read = self.dice.between(1, 100) <= told.readers && at < self.now;
            let is_addressed = told.building.as_ref().is_none_or(|building| *building == reader.building)
                && (told.floors.is_empty() || told.floors.contains(&reader.floor))
                && reader.is_there(self.zone.day_of(at));
            if is_read && is_addressed {
                store::put_receipt(self.db, notice, resident.person.account, at).await?;
            }
        }
        Ok(())
    }

    async fn keep(&mut self, notice: &mut Notice, kind: &'static str, by: Actor, at: Moment) -> Result<(), Fault> {
        store::save(self.db, notice).await?;
        self.tell(notice, kind, by, at).await
    }

    async fn tell(&mut self, notice: &Notice, kind: &'static str, by: Actor, at: Moment) -> Result<(), Fault> {
        let is_told = notice.published_at.is_some();
        let details = json!({ "stage": notice.stage, "priority": notice.text.priority });
        let record = Record::of_office(notice.estate, notice.id.0, kind, details);
        let record = Record { room: Room::Notices, is_public: is_told, is_heard_at_home: is_told, ..record };
        happenings::insert(self.db, &record, by, at).await.map(drop)
    }
}
