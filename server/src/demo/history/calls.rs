//! The contact by which each report came in (B1, B15): registered with it, and following it ever since.

use app::desk::{self, Contact, ContactKind, ContactStage, DeskHappening};
use app::estate::Zone;
use app::moment::Moment;
use app::people::Actor;
use app::policy::Desk;
use app::requests::Channel;
use chrono::Duration;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::super::dice::Dice;
use super::super::staff::Colleague;
use super::super::store;
use super::life::Life;
use super::phrases;
use crate::boot::Failure;

/// The rows of all of them, by table: one by one they would take longer than all the rest of their requests.
#[derive(Default)]
pub struct Register {
    calls: Vec<Value>,
    breaches: Vec<Value>,
    rungs: Vec<Value>,
    watches: Vec<Value>,
    records: Vec<(Moment, Value)>,
}

/// What of one contact was missed so far.
#[derive(Default)]
struct Missed {
    is_breached: bool,
    /// Which rungs of the chain were told.
    rungs: Vec<usize>,
}

impl Register {
    /// The contact of a life, moved by all that happened in it.
    pub fn add(&mut self, life: &Life) {
        let (ground, now) = (life.office.ground, life.office.clock.now);
        let desk = &ground.policy.terms.desk;
        let (mut contact, by) = begun(life);
        self.record(&contact, &DeskHappening::Registered, by, contact.received_at);
        let mut missed = Missed::default();
        for (at, happening, by, accountable) in life.tape.told() {
            self.overdue(&contact, desk, &mut missed, at);
            let heard = contact.follow(desk.stops_at, happening, accountable, at);
            contact.version += i32::from(!heard.is_empty());
            for what in &heard {
                self.record(&contact, what, by, at);
            }
        }
        self.overdue(&contact, desk, &mut missed, now);
        if let Some(look) = contact.next_look(desk, &Zone::of(&ground.zone), now) {
            self.watches.push(json!({ "estate_id": contact.estate, "contact_id": contact.id, "look_at": look }));
        }
        self.calls.push(row(&contact));
    }

    /// The three minutes, on whoever holds it then, and each rung of the chain as its time comes.
    fn overdue(&mut self, contact: &Contact, desk: &Desk, missed: &mut Missed, until: Moment) {
        if contact.wall_stopped_at.is_some() || !contact.is_breached(until) {
            return;
        }
        let due_at = contact.wall_due_at;
        if !missed.is_breached {
            missed.is_breached = true;
            self.breaches.push(json!({
                "estate_id": contact.estate, "contact_id": contact.id, "holder_id": contact.holder, "due_at": due_at,
                "recorded_at": due_at,
            }));
            let happening = DeskHappening::WallBreached { holder: contact.holder };
            self.record(contact, &happening, Actor::default(), due_at);
        }
        for (number, rung) in desk.chain.iter().enumerate() {
            let told_at = due_at + Duration::minutes(rung.after_minutes.into());
            if told_at > until || missed.rungs.contains(&number) {
                continue;
            }
            missed.rungs.push(number);
            self.rungs.push(json!({
                "estate_id": contact.estate, "contact_id": contact.id, "rung": number, "role": rung.role,
                "told_at": told_at,
            }));
        }
    }

    fn record(&mut self, contact: &Contact, what: &DeskHappening, by: Actor, at: Moment) {
        let record = desk::record_of(contact.estate, contact.id.0, what);
        let row = json!({
            "estate_id": record.estate, "room": record.room.tag(), "subject_id": record.subject, "kind": record.kind,
            "is_public": record.is_public, "by_account_id": by.account, "by_staff_id": by.staff, "at": at,
            "details": record.details, "is_heard_at_home": record.is_heard_at_home,
        });
        self.records.push((at, row));
    }

    /// Stores them all, after their requests.
    pub async fn store(mut self, db: &mut PgConnection) -> Result<(), Failure> {
        self.records.sort_by_key(|(at, _)| *at);
        let records: Vec<Value> = self.records.into_iter().map(|(_, row)| row).collect();
        store::insert(db, store::CALLS, &self.calls).await?;
        store::insert(db, store::BREACHES, &self.breaches).await?;
        store::insert(db, store::RUNGS, &self.rungs).await?;
        store::insert(db, store::WATCHES, &self.watches).await?;
        store::insert(db, store::RECORDS, &records).await?;
        store::check_evidence(db).await
    }
}

/// A contact as it was registered, and by whom.
fn begun(life: &Life) -> (Contact, Actor) {
    let (request, plan, ground) = (&life.case.request, life.plan, life.office.ground);
    let (at, taken_by) = (request.received_at, life.taken_by);
    let mut dice = Dice::of(&format!("contact {}", request.id));
    // What comes by itself says nothing of its kind.
    let is_complaint = ground.problems.get(&plan.story.problem).is_some_and(|problem| problem.category == "neighbours");
    let kind = if is_complaint && taken_by.is_some() { ContactKind::Complaint } else { ContactKind::Repair };
    let caller = (request.channel == Channel::Branch).then(|| phrases::other_office(&ground.slug).to_owned());
    let contact = Contact {
        id: dice.id(at),
        estate: request.estate,
        version: 1,
        channel: request.channel,
        kind,
        urgency: request.urgency,
        stage: ContactStage::Requested,
        received_at: at,
        received_by: taken_by.map(|one| one.staff.id),
        holder: taken_by.map_or(life.office.duty_officer, |one| one.staff.id),
        unit: if taken_by.is_some() { Some(plan.teller.unit) } else { request.place.unit() },
        party: request.party,
        caller,
        phone: None,
        words: request.words.clone(),
        answer: None,
        read_back: taken_by.is_some() && dice.chance(90),
        rings_late: request.channel == Channel::Phone && dice.chance(6),
        request: Some(request.id),
        policy_version: ground.policy.version,
        wall_due_at: at + Duration::minutes(ground.policy.terms.desk.minutes.into()),
        wall_stopped_at: None,
        offer: None,
        is_unclaimed: taken_by.is_none(),
    };
    let by = taken_by.map_or(Actor { account: request.reporter, staff: None }, Colleague::actor);
    (contact, by)
}

/// As its table has it.
fn row(contact: &Contact) -> Value {
    json!({
        "estate_id": contact.estate, "id": contact.id, "version": contact.version, "channel": contact.channel.tag(),
        "kind": contact.kind.tag(), "urgency": contact.urgency.tag(), "stage": contact.stage.tag(),
        "received_at": contact.received_at, "received_by": contact.received_by, "holder_id": contact.holder,
        "unit_id": contact.unit, "party_id": contact.party, "caller": contact.caller, "words": contact.words,
        "read_back": contact.read_back, "rings_late": contact.rings_late, "request_id": contact.request,
        "policy_version": contact.policy_version, "wall_due_at": contact.wall_due_at,
        "wall_stopped_at": contact.wall_stopped_at,
    })
}
