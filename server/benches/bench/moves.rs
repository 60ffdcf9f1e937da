//! What staff may try on a request and on its orders, and how they choose: mostly what its page offers them, now and then
//! anything, whether or not it is theirs to do.

use app::clock::Clock;
use chrono::Duration;
use serde_json::Value;
use server::boot::Failure;
use uuid::Uuid;

use crate::member::key;

pub struct Move {
    /// How a matter's page offers it.
    offer: &'static str,
    /// How likely it is chosen: matters go on rather than back, and hardly ever end.
    weight: usize,
    pub endpoint: &'static str,
    /// What it says besides; `{…}` are filled as it is sent.
    fields: &'static [(&'static str, &'static str)],
    /// What it leaves in the record by itself; what follows from that is not counted here.
    pub records: &'static [&'static str],
}

const fn may(
    offer: &'static str,
    weight: usize,
    endpoint: &'static str,
    fields: &'static [(&'static str, &'static str)],
    records: &'static [&'static str],
) -> Move {
    Move { offer, weight, endpoint, fields, records }
}

const ON: usize = 40;
const ASIDE: usize = 10;
const BACK: usize = 2;
const END: usize = 1;

const TO_THE_TEAM: &[(&str, &str)] = &[("to", "{team}")];
const TO_A_PERSON: &[(&str, &str)] = &[("to", "{person}")];
const LATER: &[(&str, &str)] = &[("kind", "finish"), ("due_at", "{due}"), ("reason", "Later")];
const OBJECTS: &[(&str, &str)] = &[("means", "phone"), ("outcome", "not_fixed"), ("note", "It still drips.")];
const REASON: &[(&str, &str)] = &[("reason", "Because")];
const ON_PARTS: &[(&str, &str)] = &[("on", "parts")];
const DONE: &[(&str, &str)] = &[("note", "Done")];
const PROVED: &[(&str, &str)] = &[("note", "Done"), ("no_proof_reason", "Nobody was in.")];

const ON_REQUEST: &[Move] = &[
    may("Triage", ON, "requests/triage", &[("urgency", "normal")], &["triaged"]),
    may("Promise", ASIDE, "requests/promise", LATER, &["promised"]),
    may("Dispatch", ASIDE, "requests/dispatch", TO_THE_TEAM, &["dispatched"]),
    may("Dispatch", ASIDE, "requests/dispatch", TO_A_PERSON, &["dispatched"]),
    may("Wait", ASIDE, "requests/wait", ON_PARTS, &["waiting"]),
    may("Resume", ON, "requests/resume", &[], &["went_on"]),
    may("Decline", END, "requests/decline", REASON, &["declined"]),
    may("MarkDuplicate", END, "requests/mark_duplicate", &[("of", "{other}")], &["marked_duplicate"]),
    may("Archive", END, "requests/archive", &[], &["archived"]),
    // Another page offers these two.
    may("", ON, "requests/log_attempt", OBJECTS, &["contact_attempted", "disputed", "reopened"]),
    may("", BACK, "requests/close_unconfirmed", &[], &["unconfirmed"]),
];

const ON_ORDER: &[Move] = &[
    may("Accept", ON, "work/accept", &[], &["order_accepted"]),
    may("Refuse", BACK, "work/refuse", REASON, &["order_refused"]),
    may("SetOut", ON, "work/set_out", &[], &["set_out"]),
    may("Arrive", ON, "work/arrive", &[], &["arrived"]),
    may("Pause", ASIDE, "work/pause", ON_PARTS, &["paused"]),
    may("Resume", ON, "work/resume", &[], &["resumed"]),
    may("Complete", ON, "work/complete", PROVED, &["completed", "verified"]),
    may("Complete", ASIDE, "work/complete", DONE, &["completed"]),
    may("Verify", ON, "work/verify", REASON, &["verified"]),
    may("SendBack", BACK, "work/send_back", REASON, &["sent_back"]),
    may("Cancel", BACK, "work/cancel", REASON, &["order_cancelled"]),
];

/// Whatever an accepted move may leave in the record by itself.
pub fn kinds() -> Vec<&'static str> {
    ON_REQUEST.iter().chain(ON_ORDER).flat_map(|what| what.records).copied().collect()
}

/// What is to be done, and who is there to do it.
pub struct Floor {
    pub matters: Vec<Matter>,
    pub staff: Vec<Colleague>,
}

#[derive(sqlx::FromRow)]
pub struct Matter {
    pub id: Uuid,
    pub code: String,
}

#[derive(sqlx::FromRow)]
pub struct Colleague {
    id: Uuid,
    pub sign_in: String,
}

/// A move, and what it is tried on: a request or an order of it.
type Choice<'a> = (&'static Move, &'a Value);

/// What somebody tries.
pub struct Attempt {
    pub what: &'static Move,
    pub request: Uuid,
    /// The request or the order that it moves.
    pub subject: Uuid,
    /// The version of that which they saw.
    pub seen: i64,
    fields: Vec<(&'static str, String)>,
}

impl Attempt {
    /// After a look at the page of a matter.
    pub fn choose(page: &Value, floor: &Floor, dice: &mut Dice) -> Result<Self, Failure> {
        let mut all = offered(page);
        if all.is_empty() || dice.below(4) == 0 {
            all = anything(page);
        }
        let (what, moved) = weighed(&all, dice).ok_or("There is nothing to choose.")?;
        let (request, subject) = (id_of(&page["request"])?, id_of(moved)?);
        let seen = moved["version"].as_i64().ok_or("WRONG: a page without a version.")?;
        let mut fields = vec![("key", key()?), ("id", subject.to_string()), ("seen", seen.to_string())];
        for (name, value) in what.fields {
            fields.push((*name, floor.filled(value, page, dice)));
        }
        Ok(Self { what, request, subject, seen, fields })
    }

    pub fn fields(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
}

impl Floor {
    fn filled(&self, value: &str, page: &Value, dice: &mut Dice) -> String {
        match value {
            "{team}" => format!("team:{}", page["request"]["department"].as_str().unwrap_or_default()),
            "{person}" => format!("person:{}", self.staff[dice.below(self.staff.len())].id),
            "{other}" => self.matters[dice.below(self.matters.len())].code.clone(),
            // On the wall of wherever the estate is it lies ahead.
            "{due}" => (Clock::System.now() + Duration::days(7)).format("%Y-%m-%dT%H:%M").to_string(),
            other => other.to_owned(),
        }
    }
}

fn id_of(moved: &Value) -> Result<Uuid, Failure> {
    Ok(moved["id"].as_str().ok_or("WRONG: a page without an id.")?.parse()?)
}

/// What the page says that the caller may do.
fn offered(page: &Value) -> Vec<Choice<'_>> {
    let mut all = named(&page["moves"], ON_REQUEST, &page["request"]);
    for card in orders(page) {
        all.extend(named(&card["moves"], ON_ORDER, &card["order"]));
    }
    all
}

fn named<'a>(names: &Value, moves: &'static [Move], moved: &'a Value) -> Vec<Choice<'a>> {
    let names = names.as_array().map(Vec::as_slice).unwrap_or_default();
    moves.iter().filter(|what| names.iter().any(|name| *name == what.offer)).map(|what| (what, moved)).collect()
}

fn anything(page: &Value) -> Vec<Choice<'_>> {
    let mut all: Vec<Choice<'_>> = ON_REQUEST.iter().map(|what| (what, &page["request"])).collect();
    for card in orders(page) {
        all.extend(ON_ORDER.iter().map(|what| (what, &card["order"])));
    }
    all
}

fn orders(page: &Value) -> &[Value] {
    page["orders"].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn weighed<'a>(all: &[Choice<'a>], dice: &mut Dice) -> Option<Choice<'a>> {
    let mut left = dice.below(all.iter().map(|(what, _)| what.weight).sum());
    for &(what, moved) in all {
        if left < what.weight {
            return Some((what, moved));
        }
        left -= what.weight;
    }
    None
}

/// Chance that is the same in every run.
pub struct Dice(u64);

impl Dice {
    /// One's own, by a number from 1 on.
    pub fn of(number: u64) -> Self {
        Self(number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below this one, which is not 0. An xorshift generator.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}
