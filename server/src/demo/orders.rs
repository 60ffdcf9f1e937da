//! What residents have ordered of the catalogue lately, and what is under way now; made by calling the rules.

use std::collections::HashMap;

use app::bookings;
use app::concierge::{ServiceOrder, ServiceStage, SignedBy, store};
use app::estate::Zone;
use app::fault::Fault;
use app::happenings::{self, Record};
use app::ids::EstateId;
use app::live::Room;
use app::moment::Moment;
use app::people::{Actor, Role};
use app::requests::{Rating, answer_by};
use app::services::{self, Service, Urgency};
use chrono::{Days, Duration};
use serde_json::json;
use sqlx::PgConnection;

use super::cast;
use super::dice::Dice;
use super::people::Dweller;
use super::places::Ground;
use super::staff::Colleague;

/// How far an order has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Come {
    Asked,
    Priced,
    Begun,
    There,
    Accepted,
    Filed,
}

/// An order: of what, with which answers, so many days ago, and what its person gave on each axis. `{when}` is ten o'clock
/// on the next day.
type Tale = (&'static str, &'static [(&'static str, &'static str)], i64, Come, [i32; 4]);

const TAXI: &[(&str, &str)] =
    &[("when", "{when}"), ("destination", "机场"), ("people", "2"), ("car", "van"), ("phone", "138 0000 0000")];
const FLOWERS: &[(&str, &str)] =
    &[("when", "{when}"), ("kind", "bouquet"), ("to", "3号楼 1203"), ("budget", "200"), ("card", "生日快乐")];
const COPIES: &[(&str, &str)] = &[("pages", "24"), ("colour", "no")];
const TRAVEL: &[(&str, &str)] = &[("where", "云南"), ("from", "2027-02-06"), ("days", "5"), ("people", "3")];
const ERRAND: &[(&str, &str)] = &[("what", "代取快递两件")];

/// The oldest first; the last two are the named resident's, where one lives there.
const TALES: [Tale; 12] = [
    ("taxi", TAXI, 60, Come::Filed, [5, 5, 5, 5]),
    ("copying", COPIES, 52, Come::Filed, [5, 5, 4, 5]),
    ("flowers", FLOWERS, 41, Come::Filed, [4, 5, 5, 5]),
    ("taxi", TAXI, 33, Come::Filed, [5, 4, 2, 4]),
    ("errand", ERRAND, 21, Come::Accepted, [5, 5, 5, 4]),
    ("travel", TRAVEL, 17, Come::Accepted, [5, 5, 4, 4]),
    ("copying", COPIES, 9, Come::Accepted, [4, 4, 5, 5]),
    ("taxi", TAXI, 4, Come::Accepted, [5, 5, 5, 5]),
    ("flowers", FLOWERS, 1, Come::There, [0; 4]),
    ("errand", ERRAND, 0, Come::Asked, [0; 4]),
    ("taxi", TAXI, 0, Come::Begun, [0; 4]),
    ("travel", TRAVEL, 0, Come::Priced, [0; 4]),
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
        let mut dice = Dice::of(&format!("orders {}", ground.slug));
        let zone = Zone::of(&ground.zone);
        let today = zone.day_of(now);
        let is_here = |one: &&Dweller| one.estate == ground.id && one.resident.is_some() && one.is_there(today);
        let all: Vec<_> = dwellers.iter().filter(is_here).collect();
        let named = all.iter().copied().find(|one| one.is(cast::RESIDENT));
        let mut office = colleagues.iter().filter(|(estate, _)| *estate == ground.id).map(|(_, one)| one);
        let Some(desk) = office.find(|one| one.is(Role::Receptionist) || one.is(Role::Coordinator)) else { continue };
        for (nth, tale) in TALES.into_iter().enumerate() {
            let who = if nth + 2 < TALES.len() { None } else { named };
            let Some(who) = who.or_else(|| dice.pick(&all).copied()) else { continue };
            let Some(service) = services::store::find_service(&mut *db, ground.id, tale.0, now).await? else {
                continue;
            };
            let mut life = Life { db: &mut *db, ground, zone, desk, who, service, dice: &mut dice };
            life.live(tale, now).await?;
        }
    }
    Ok(())
}

/// One order, from its first moment on.
struct Life<'a> {
    db: &'a mut PgConnection,
    ground: &'a Ground,
    zone: Zone,
    desk: &'a Colleague,
    who: &'a Dweller,
    service: Service,
    dice: &'a mut Dice,
}

impl Life<'_> {
    async fn live(&mut self, (_, answers, days_ago, come, stars): Tale, now: Moment) -> Result<(), Fault> {
        let made_at = now - Duration::days(days_ago) - Duration::minutes(if days_ago == 0 { 9 } else { 200 });
        let after = |minutes: i64| (made_at + Duration::minutes(minutes)).min(now);
        let mut order = self.make(answers, made_at).await?;
        if come == Come::Asked {
            return Ok(());
        }
        let lead = self.service.terms.lead_minutes;
        if !order.is_free() {
            if order.can_be_quoted() {
                let amount = if self.service.slug == "travel" { "6800" } else { "218" };
                order.quote([Some("1"), Some(amount), None], self.ground.policy.terms.orders, after(3))?;
                self.keep(&mut order, "quoted", true, after(3)).await?;
            }
            if come == Come::Priced {
                return Ok(());
            }
            order.sign(lead, after(5))?;
            self.keep(&mut order, "signed", false, after(5)).await?;
            self.sign(&order, after(5)).await?;
        }
        let promised = order.promised_at;
        order.start(lead, after(7))?;
        order.agency = self.service.terms.is_agency.then(|| self.service.terms.deliverer.hans.clone());
        self.keep(&mut order, "begun", true, after(7)).await?;
        if let Some(due) = order.promised_at.filter(|_| promised.is_none()) {
            store::insert_promise(self.db, &order, due, (None, None), after(7)).await?;
        }
        if come == Come::Begun {
            return Ok(());
        }
        order.deliver(None, self.ground.policy.terms.orders, after(60))?;
        self.keep(&mut order, "delivered", true, after(60)).await?;
        if come == Come::There {
            return Ok(());
        }
        let [attitude, conduct, speed, result] = stars;
        order.accept(after(180))?;
        order.rate(Rating { attitude, conduct, speed, result }, None)?;
        self.keep(&mut order, "accepted", false, after(180)).await?;
        if order.bill(after(180))? {
            self.keep(&mut order, "billed", false, after(180)).await?;
        }
        if come == Come::Filed {
            order.archive(after(195))?;
            self.keep(&mut order, "archived", true, after(195)).await?;
        }
        Ok(())
    }

    /// The order itself; what its terms price, has a price at once.
    async fn make(&mut self, answers: &[(&str, &str)], made_at: Moment) -> Result<ServiceOrder, Fault> {
        let terms = self.service.terms.clone();
        let day = self.zone.day_of(made_at);
        let day = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let typed: HashMap<String, String> = answers
            .iter()
            .map(|(slug, answer)| ((*slug).to_owned(), answer.replace("{when}", &format!("{day}T10:00"))))
            .collect();
        let answers = terms.read_answers(&typed)?;
        let needed_at = terms.moment_in(&answers).map(|_| self.zone.earliest(day, 600));
        let reckoned = terms.reckon(&answers);
        let due_at = answer_by(&self.ground.policy, &self.zone, None, Urgency::Normal, made_at)?;
        let Some(resident) = self.who.resident.as_ref() else { return Err(Fault::NotFound) };
        let mut order = ServiceOrder {
            id: self.dice.id(made_at),
            estate: self.ground.id,
            code: bookings::store::next_code(self.db, self.ground.id).await?,
            version: 1,
            stage: ServiceStage::Requested,
            stage_at: made_at,
            item: self.service.id,
            terms: terms.version,
            unit: self.who.unit,
            account: resident.person.account,
            ordered_by: None,
            by_office: false,
            accountable: self.desk.staff.id,
            answers,
            note: None,
            needed_at,
            price_rule: terms.price_rule,
            rate: terms.price,
            currency: terms.currency,
            minutes: None,
            pieces: None,
            amount: None,
            quote_note: None,
            promised_at: None,
            arrived_at: None,
            owed_since: made_at,
            first_in_time: None,
            agency: None,
            due_at: Some(due_at),
            told_late_at: None,
            reason: None,
            accepted_at: None,
            unconfirmed_at: None,
            rating: None,
            rated_words: None,
            made_at,
        };
        order.amount = order.is_free().then_some(0);
        store::insert(self.db, &order, terms.delivered_by).await?;
        self.tell(&order, "requested", false, made_at).await?;
        order.quote_itself(reckoned, self.ground.policy.terms.orders, made_at)?;
        if order.stage == ServiceStage::Quoted {
            self.keep(&mut order, "quoted", false, made_at).await?;
        }
        Ok(order)
    }

    async fn sign(&mut self, order: &ServiceOrder, at: Moment) -> Result<(), Fault> {
        let signature = store::Signature {
            id: self.dice.id(at),
            means: SignedBy::Confirm,
            signer: &self.who.name,
            account: Some(order.account),
            taken_by: None,
            drawn: None,
        };
        store::insert_notice(self.db, order, &signature, at).await?;
        match order.promised_at {
            Some(due) => store::insert_promise(self.db, order, due, (None, None), at).await,
            None => Ok(()),
        }
    }

    async fn keep(
        &mut self,
        order: &mut ServiceOrder,
        kind: &'static str,
        by_office: bool,
        at: Moment,
    ) -> Result<(), Fault> {
        store::save(self.db, order, at).await?;
        self.tell(order, kind, by_office, at).await
    }

    async fn tell(
        &mut self,
        order: &ServiceOrder,
        kind: &'static str,
        by_office: bool,
        at: Moment,
    ) -> Result<(), Fault> {
        let record = Record {
            estate: order.estate,
            room: Room::Concierge,
            subject: order.id.0,
            kind,
            is_public: true,
            is_heard_at_home: true,
            unit: Some(order.unit),
            reader: Some(order.account),
            details: json!({ "stage": order.stage, "amount": order.amount, "promised_at": order.promised_at }),
        };
        let actor = Actor { account: Some(order.account), staff: None };
        let by = if by_office { self.desk.actor() } else { actor };
        happenings::insert(self.db, &record, by, at).await.map(drop)
    }
}
