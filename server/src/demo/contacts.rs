//! What came to the desk in the last ninety days besides repairs, and what waits there now; made by calling the rules.

use app::desk::{
    self, Callback, Contact, ContactKind, ContactStage, DeskHappening, ReplyEnd, Transfer, TransferTo, store,
};
use app::estate::Zone;
use app::fault::Fault;
use app::happenings;
use app::ids::EstateId;
use app::moment::Moment;
use app::people::{Actor, Role};
use app::requests::Channel;
use app::services::Urgency;
use chrono::Duration;
use sqlx::PgConnection;

use super::dice::Dice;
use super::people::Dweller;
use super::places::Ground;
use super::staff::Colleague;

/// How far back they go, in days.
const DAYS: i64 = 90;

/// What people ask, and what they are told.
const ASKED: [(ContactKind, &str, &str); 12] = [
    (ContactKind::Enquiry, "请问游泳池几点开放？", "每天早上九点到晚上九点，周一上午清洗。"),
    (ContactKind::Enquiry, "装修垃圾可以放在哪里？", "请放到三号楼北侧的围挡里，每周二、周五清运。"),
    (ContactKind::Enquiry, "物业费可以用手机交吗？", "可以，在缴费单上扫码即可，收据当天开具。"),
    (
        ContactKind::Enquiry,
        "How do I register a second car?",
        "Bring the licence to the desk; the card is ready the next working day.",
    ),
    (ContactKind::Enquiry, "Is the water off tomorrow morning?", "Only in Building 5, from nine to eleven."),
    (ContactKind::Enquiry, "搬家需要提前登记吗？", "需要，请提前一天到前台填写放行条。"),
    (ContactKind::Message, "请转告工程部：钥匙放在前台。", "已转告，师傅下午来取。"),
    (ContactKind::Message, "Please tell the gardener thank you for the roses.", "Passed on, he was glad to hear it."),
    (ContactKind::Message, "快递到了请帮忙放一下，晚上来拿。", "已收好，晚上八点前都可以来取。"),
    (ContactKind::Complaint, "楼上半夜还在拖家具。", "已联系楼上住户，今晚由夜班保安再去提醒。"),
    (ContactKind::Complaint, "地下车库的灯太暗了。", "已安排巡查，坏灯今天更换。"),
    (
        ContactKind::Complaint,
        "The smoke in the stairwell is back.",
        "The guard walks the stairwell every hour from today.",
    ),
];

/// Writes it all down.
pub async fn write(
    db: &mut PgConnection,
    grounds: &[Ground],
    colleagues: &[(EstateId, Colleague)],
    dwellers: &[Dweller],
    now: Moment,
) -> Result<(), Fault> {
    for ground in grounds {
        let mut dice = Dice::of(&format!("contacts {}", ground.slug));
        let theirs: Vec<_> = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, one)| one).collect();
        let at_desk = |one: &&&Colleague| one.is(Role::Receptionist) || one.is(Role::Coordinator);
        let desk: Vec<_> = theirs.iter().filter(at_desk).copied().collect();
        let callers: Vec<_> = dwellers.iter().filter(|dweller| dweller.estate == ground.id).collect();
        let mut front = Front { db: &mut *db, ground, desk, callers, now };
        front.past(&mut dice).await?;
        front.present(&mut dice).await?;
    }
    Ok(())
}

/// One estate's front desk.
struct Front<'a> {
    db: &'a mut PgConnection,
    ground: &'a Ground,
    desk: Vec<&'a Colleague>,
    callers: Vec<&'a Dweller>,
    now: Moment,
}

impl<'a> Front<'a> {
    async fn past(&mut self, dice: &mut Dice) -> Result<(), Fault> {
        let zone = Zone::of(&self.ground.zone);
        for back in (1..=DAYS).rev() {
            let midnight = zone.earliest(zone.day_of(self.now - Duration::days(back)), 0);
            for _ in 0..dice.between(3, 6) {
                let at = midnight + Duration::seconds(dice.between(8 * 3600, 21 * 3600));
                self.one(dice, at).await?;
            }
        }
        Ok(())
    }

    async fn one(&mut self, dice: &mut Dice, at: Moment) -> Result<(), Fault> {
        let Some((mut contact, by)) = self.taken(dice, at) else { return Ok(()) };
        let Some((_, _, answer)) = ASKED.iter().find(|(_, words, _)| *words == contact.words) else { return Ok(()) };
        let actor = by.actor();
        store::insert(self.db, &contact).await?;
        self.record(&contact, &DeskHappening::Registered, actor, at).await?;
        let mut answered_at = at + Duration::seconds(dice.between(25, 170));
        if dice.chance(15) {
            // Explained, and a reply promised; it came in time.
            let reply_by = at + Duration::hours(2);
            let happening = contact.promise(&by.staff, None, reply_by, None, answered_at, answered_at)?;
            store::insert_promise(self.db, &contact, reply_by, by.staff.id, None, answered_at).await?;
            store::save(self.db, &mut contact).await?;
            self.record(&contact, &happening, actor, answered_at).await?;
            answered_at += Duration::minutes(dice.between(20, 100));
        } else if dice.chance(4) {
            answered_at = at + Duration::seconds(dice.between(190, 420));
            let due = contact.wall_due_at;
            store::insert_breach(self.db, &contact, due).await?;
            store::insert_rung(self.db, &contact, 0, Role::Supervisor, due).await?;
            let happening = DeskHappening::WallBreached { holder: contact.holder };
            self.record(&contact, &happening, Actor::default(), due).await?;
        }
        let happening = contact.answer(&by.staff, (*answer).to_owned(), answered_at)?;
        store::end_promise(self.db, &contact, ReplyEnd::Kept, answered_at).await?;
        store::save(self.db, &mut contact).await?;
        self.record(&contact, &happening, actor, answered_at).await
    }

    /// What counts down when the demo is opened: one that was just taken, and one that is offered to a colleague.
    async fn present(&mut self, dice: &mut Dice) -> Result<(), Fault> {
        let zone = Zone::of(&self.ground.zone);
        for (ago, is_offered) in [(20, false), (75, true)] {
            let at = self.now - Duration::seconds(ago);
            let Some((mut contact, by)) = self.taken(dice, at) else { continue };
            store::insert(self.db, &contact).await?;
            self.record(&contact, &DeskHappening::Registered, by.actor(), at).await?;
            let other = self.desk.iter().find(|one| one.staff.id != by.staff.id).copied();
            if let (true, Some(other)) = (is_offered, other) {
                let offer = Transfer { id: dice.id(at), to: TransferTo::Person(other.staff.id), note: None };
                let happening = contact.offer(&by.staff, offer.clone(), false)?;
                store::insert_transfer(self.db, &contact, &offer, at).await?;
                store::save(self.db, &mut contact).await?;
                self.record(&contact, &happening, by.actor(), at).await?;
            }
            let look = contact.next_look(&self.ground.policy.terms.desk, &zone, self.now);
            store::watch(self.db, &contact, look).await?;
        }
        let Some(by) = dice.pick(&self.desk).copied() else { return Ok(()) };
        let slip = Callback {
            id: dice.id(self.now),
            name: "吴女士".to_owned(),
            phone: "138 0000 4471".to_owned(),
            words: Some("想问会议室下周三是否有空。".to_owned()),
            due_at: self.now + Duration::minutes(90),
            taken_by: String::new(),
        };
        let taken_at = self.now - Duration::minutes(12);
        store::insert_callback(self.db, self.ground.id, &slip, by.staff.id, taken_at).await
    }

    /// Somebody calls, and somebody takes it.
    fn taken(&self, dice: &mut Dice, at: Moment) -> Option<(Contact, &'a Colleague)> {
        let zone = Zone::of(&self.ground.zone);
        let caller = dice.pick(&self.callers).copied().filter(|caller| caller.is_there(zone.day_of(at)))?;
        let by = dice.pick(&self.desk).copied()?;
        let (kind, words, _) = dice.pick(&ASKED)?;
        let policy = &self.ground.policy;
        let channel = if dice.chance(70) { Channel::Phone } else { Channel::WalkIn };
        let contact = Contact {
            id: dice.id(at),
            estate: self.ground.id,
            version: 1,
            channel,
            kind: *kind,
            urgency: Urgency::Normal,
            stage: ContactStage::Open,
            received_at: at,
            received_by: Some(by.staff.id),
            holder: by.staff.id,
            unit: Some(caller.unit),
            party: Some(caller.party),
            caller: None,
            phone: None,
            words: (*words).to_owned(),
            answer: None,
            read_back: dice.chance(85),
            rings_late: channel == Channel::Phone && dice.chance(6),
            request: None,
            policy_version: policy.version,
            wall_due_at: at + Duration::minutes(policy.terms.desk.minutes.into()),
            wall_stopped_at: None,
            offer: None,
            is_unclaimed: false,
        };
        Some((contact, by))
    }

    async fn record(&mut self, of: &Contact, what: &DeskHappening, by: Actor, at: Moment) -> Result<(), Fault> {
        let record = desk::record_of(of.estate, of.id.0, what);
        happenings::insert(self.db, &record, by, at).await.map(drop)
    }
}
