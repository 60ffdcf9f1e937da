#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{IssuedPin, MatterState, ProblemForm, Problems, ReportSlip};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{Key, PartyId, UnitId};
use leptos::prelude::*;

/// The way to go on with a half-filled report on a phone, as an SVG. `item` is a problem's slug; of `words` only a few go
/// along (≤ 120 characters). Lobby screens.
#[server(endpoint = "lobby/carry", prefix = "/api")]
pub async fn load_carried(item: String, words: Option<String>) -> Result<Packed<String>, Fault> {
    crate::asking::packed(super::serve::carry(item, words).await)
}

/// How a matter stands, by its code and its own PIN or its household's (six digits). An unknown code, a wrong PIN and a
/// code that was tried too often have one answer.
#[server(endpoint = "lobby/check", prefix = "/api")]
pub async fn check_matter(key: Key, code: String, pin: String) -> Result<MatterState, Fault> {
    let _ = key;
    super::serve::check(code, pin).await
}

/// One problem's form at a lobby screen, by its slug.
#[server(endpoint = "lobby/form", prefix = "/api")]
pub async fn load_problem_form(problem: String) -> Result<Packed<ProblemForm>, Fault> {
    crate::asking::packed(super::serve::form(problem).await)
}

/// A new PIN for the household of a unit, in the name of a party that lives there; shown once. Reception.
#[server(endpoint = "lobby/issue_pin", prefix = "/api")]
pub async fn issue_pin(key: Key, unit: UnitId, party: PartyId) -> Result<IssuedPin, Fault> {
    let _ = key;
    super::serve::issue_pin(unit, party).await
}

/// What can be reported at a lobby screen.
#[server(endpoint = "lobby/problems", prefix = "/api")]
pub async fn load_problems() -> Result<Packed<Problems>, Fault> {
    crate::asking::packed(super::serve::problems().await)
}

/// Reports a problem of the place where a lobby screen stands. `item` is the problem's id; words (≤ 200 characters), name
/// and phone (≤ 60 each) may be left out. The answer alone says the matter's PIN.
#[server(endpoint = "lobby/report", prefix = "/api")]
pub async fn report_here(
    key: Key,
    item: String,
    words: Option<String>,
    name: Option<String>,
    phone: Option<String>,
) -> Result<ReportSlip, Fault> {
    let _ = key;
    super::serve::report(item, words, name, phone).await
}

/// Sets the PIN (six digits, not easily guessed) of the household in a unit where the caller lives.
#[server(endpoint = "lobby/set_pin", prefix = "/api")]
pub async fn set_pin(key: Key, unit: UnitId, new_pin: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::set_pin(unit, new_pin).await
}
