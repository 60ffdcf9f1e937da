//! What was left at the desk lately, and what waits there now: words, items, counts, letters to owners; made by calling the
//! rules.

use app::concierge::SignedBy;
use app::desk::{self, Contact, ContactKind, ContactStage, DeskHappening};
use app::estate::{UnitRef, Zone};
use app::fault::Fault;
use app::happenings;
use app::ids::EstateId;
use app::mail::{MailCount, MailItem, MailKind, MailStage, PassedHow, Receipt, Relay, Way, kept_until, store};
use app::moment::Moment;
use app::people::{self, Role};
use app::requests::Channel;
use app::services::Urgency;
use chrono::{Days, Duration};
use sqlx::PgConnection;

use super::cast;
use super::dice::Dice;
use super::people::Dweller;
use super::places::Ground;
use super::staff::Colleague;

/// Who left what, so many hours ago, and how it was passed on; the last one is for the named resident.
const WORDS: [(&str, &str, i64, Option<PassedHow>); 6] = [
    ("快递员小周", "大件家具明天上午送到，请留人在家。", 70, Some(PassedHow::Phone)),
    ("物业财务", "发票已开好，方便时到前台领取。", 46, Some(PassedHow::Inbox)),
    ("Ms Hartley", "The piano lesson moves to Thursday.", 27, Some(PassedHow::Inbox)),
    ("装修公司刘工", "水电验收改到后天下午两点。", 20, Some(PassedHow::InPerson)),
    ("幼儿园王老师", "请下午四点前来接孩子。", 3, None),
    ("Mr Okada", "Please call me back about the parking space.", 1, None),
];

/// What came by whom so many days ago, where it lies, and what became of it: whether it waits.
const ITEMS: [(MailKind, &str, i64, &str, bool); 9] = [
    (MailKind::Parcel, "顺丰", 12, "3号架", false),
    (MailKind::Registered, "EMS", 9, "保险柜", false),
    (MailKind::Parcel, "京东", 6, "2号架", false),
    (MailKind::Registered, "中国邮政", 5, "保险柜", false),
    (MailKind::Parcel, "中通", 3, "1号架", false),
    (MailKind::Registered, "中国邮政", 16, "保险柜", true),
    (MailKind::Parcel, "圆通", 2, "2号架", true),
    (MailKind::Parcel, "顺丰", 1, "1号架", true),
    (MailKind::Registered, "EMS", 0, "保险柜", true),
];

/// Over how many days letters and newspapers were counted.
const COUNTED_DAYS: u64 = 14;

/// Writes it all down.
pub async fn write(
    db: &mut PgConnection,
    grounds: &[Ground],
    colleagues: &[(EstateId, Colleague)],
    dwellers: &[Dweller],
    now: Moment,
) -> Result<(), Fault> {
    for ground in grounds {
        let mut dice = Dice::of(&format!("mail {}", ground.slug));
        let zone = Zone::of(&ground.zone);
        let today = zone.day_of(now);
        let is_here = |one: &&Dweller| one.estate == ground.id && one.resident.is_some() && one.is_there(today);
        let all: Vec<_> = dwellers.iter().filter(is_here).collect();
        let named = all.iter().copied().find(|one| one.is(cast::RESIDENT));
        let mut office = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, one)| one);
        let Some(by) = office.find(|one| one.is(Role::Receptionist) || one.is(Role::Coordinator)) else { continue };
        let mut room = MailRoom { db: &mut *db, ground, zone, by, now };
        for (nth, words) in WORDS.into_iter().enumerate() {
            let who = if nth + 1 < WORDS.len() { None } else { named };
            let Some(who) = who.or_else(|| dice.pick(&all).copied()) else { continue };
            room.left(&mut dice, who, words).await?;
        }
        for (nth, item) in ITEMS.into_iter().enumerate() {
            let who = if nth + 1 < ITEMS.len() { None } else { named };
            let Some(who) = who.or_else(|| dice.pick(&all).copied()) else { continue };
            room.came(&mut dice, who, item).await?;
        }
        room.counted(&mut dice).await?;
        room.letters(&mut dice).await?;
    }
    Ok(())
}

/// One estate's desk.
struct MailRoom<'a> {
    db: &'a mut PgConnection,
    ground: &'a Ground,
    zone: Zone,
    by: &'a Colleague,
    now: Moment,
}

impl MailRoom<'_> {
    async fn home(&mut self, who: &Dweller) -> Result<UnitRef, Fault> {
        people::store::find_unit(self.db, self.ground.id, who.unit).await?.ok_or(Fault::NotFound)
    }

    async fn left(
        &mut self,
        dice: &mut Dice,
        who: &Dweller,
        (caller, words, hours, how): (&str, &str, i64, Option<PassedHow>),
    ) -> Result<(), Fault> {
        let at = self.now - Duration::hours(hours);
        let (by, policy) = (&self.by.staff, &self.ground.policy);
        let mut contact = Contact {
            id: dice.id(at),
            estate: self.ground.id,
            version: 1,
            channel: Channel::Phone,
            kind: ContactKind::Message,
            urgency: Urgency::Normal,
            stage: ContactStage::Open,
            received_at: at,
            received_by: Some(by.id),
            holder: by.id,
            unit: None,
            party: None,
            caller: Some(caller.to_owned()),
            phone: Some("138 0000 2207".to_owned()),
            words: words.to_owned(),
            answer: None,
            read_back: true,
            rings_late: false,
            request: None,
            policy_version: policy.version,
            wall_due_at: at + Duration::minutes(policy.terms.desk.minutes.into()),
            wall_stopped_at: None,
            offer: None,
            is_unclaimed: false,
        };
        let answered = contact.answer(by, format!("→ {}", who.name), at)?;
        desk::store::insert(self.db, &contact).await?;
        for happening in [DeskHappening::Registered, answered] {
            let record = desk::record_of(contact.estate, contact.id.0, &happening);
            happenings::insert(self.db, &record, self.by.actor(), at).await?;
        }
        let mut relay = Relay {
            id: contact.id,
            estate: self.ground.id,
            version: 1,
            unit: Some(who.unit),
            party: Some(who.party),
            staff: None,
            addressee: who.name.clone(),
            home: None,
            caller: caller.to_owned(),
            phone: contact.phone.clone(),
            words: words.to_owned(),
            is_urgent: how.is_none() && hours > 1,
            call_by: (hours == 1).then(|| self.now + Duration::hours(4)),
            taken_at: at,
            passed_at: None,
            passed_how: None,
        };
        store::insert_relay(self.db, &relay).await?;
        if let Some(how) = how {
            relay.pass(how, at + Duration::minutes(dice.between(5, 55)))?;
            let told_by = (how != PassedHow::Inbox).then_some(by.id);
            store::save_relay(self.db, &mut relay, told_by).await?;
        }
        Ok(())
    }

    async fn came(
        &mut self,
        dice: &mut Dice,
        who: &Dweller,
        (kind, carrier, days, place, waits): (MailKind, &str, i64, &str, bool),
    ) -> Result<(), Fault> {
        let arrived_at = self.now - Duration::days(days) - Duration::minutes(dice.between(20, 90));
        let policy = &self.ground.policy;
        let mut item = MailItem {
            id: dice.id(arrived_at),
            estate: self.ground.id,
            version: 1,
            stage: MailStage::Waiting,
            stage_at: arrived_at,
            kind,
            unit: who.unit,
            party: Some(who.party),
            addressee: who.name.clone(),
            home: self.home(who).await?,
            carrier: carrier.to_owned(),
            number: Some(format!(
                "{}{}",
                if kind == MailKind::Registered { "XA" } else { "SF" },
                dice.between(100_000, 999_999)
            )),
            place: place.to_owned(),
            arrived_at,
            due_at: kept_until(policy.terms.desk.mail_days, &self.zone, arrived_at),
            told_due_at: None,
            reason: None,
            receipt: None,
        };
        store::insert_item(self.db, &item, (self.by.staff.id, policy.version)).await?;
        if waits {
            return Ok(());
        }
        let at = arrived_at + Duration::hours(dice.between(3, 30));
        item.hand_out(at)?;
        let receipt = Receipt { id: dice.id(at), means: SignedBy::Tick, signer: who.name.clone(), signed_at: at };
        store::save_item(self.db, &mut item, Some(self.by.staff.id)).await?;
        store::insert_receipt(self.db, &item, &receipt, None, self.by.staff.id).await
    }

    async fn counted(&mut self, dice: &mut Dice) -> Result<(), Fault> {
        let today = self.zone.day_of(self.now);
        for back in (0..COUNTED_DAYS).rev() {
            let on = today - Days::new(back);
            let at = self.zone.earliest(on, 9 * 60).min(self.now);
            for kind in MailKind::COUNTED {
                let pieces = i32::try_from(dice.between(20, 60)).unwrap_or(20);
                for way in Way::ALL {
                    let by = self.by.staff.person.name.clone();
                    let count = MailCount { id: dice.id(at), kind, way, pieces, note: None, by, at };
                    store::insert_count(self.db, self.ground.id, on, &count, self.by.staff.id).await?;
                }
            }
        }
        Ok(())
    }

    async fn letters(&mut self, dice: &mut Dice) -> Result<(), Fault> {
        let by = self.by.staff.id;
        for (title, days, is_sent) in [("第三季度费用公示", 20, true), ("业主大会通知 · Owners' meeting", 1, false)]
        {
            let at = self.now - Duration::days(days);
            let id = dice.id(at);
            let pieces = store::insert_letters(self.db, self.ground.id, (id, title, None), by, at).await?;
            if is_sent {
                let pieces = u32::try_from(pieces).unwrap_or(u32::MAX);
                store::save_letters(self.db, self.ground.id, id, (pieces, None), by, at + Duration::hours(3)).await?;
            }
        }
        Ok(())
    }
}
