#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{Assigning, CheckAfter, HandFile, Jobs, Orphans, Rectifications, Schedules, Sheet, Vendors};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{Key, LineId, OrderId, RequestId, StaffId, VendorId, WindowId};
use crate::requests::Version;
use leptos::prelude::*;

/// The caller's orders and the team's that nobody has taken, by promise; at most 100 of each.
#[server(endpoint = "work/jobs", prefix = "/api")]
pub async fn load_jobs() -> Result<Packed<Jobs>, Fault> {
    crate::asking::packed(super::serve::jobs().await)
}

/// What a dispatcher weighs before an order goes out, by the matter's code. Those who may send one.
#[server(endpoint = "work/assigning", prefix = "/api")]
pub async fn load_assigning(code: String) -> Result<Packed<Assigning>, Fault> {
    crate::asking::packed(super::serve::assigning(code).await)
}

/// What is known of a colleague for assigning. Whoever leads them.
#[server(endpoint = "work/hand", prefix = "/api")]
pub async fn load_hand(staff: StaffId) -> Result<Packed<HandFile>, Fault> {
    crate::asking::packed(super::serve::hand(staff).await)
}

/// What a colleague knows (`skills`: categories), looks after (`areas`: buildings) and when they work: `days` 1 to 7
/// from Monday, `from` and `until` as `08:30`; without all three they work when the office does. `seen`: the version
/// that the form showed.
#[server(endpoint = "work/describe_hand", prefix = "/api")]
pub async fn describe_hand(
    key: Key,
    staff: StaffId,
    #[server(default)] skills: Vec<String>,
    #[server(default)] areas: Vec<String>,
    #[server(default)] days: Vec<String>,
    from: Option<String>,
    until: Option<String>,
    seen: Option<Version>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::save_hand(staff, skills, areas, days, from, until, seen).await
}

/// An order in full. Whoever may see it.
#[server(endpoint = "work/order", prefix = "/api")]
pub async fn load_order(order: OrderId) -> Result<Packed<Sheet>, Fault> {
    crate::asking::packed(super::serve::sheet(order).await)
}

/// What is really to be done, written on site (1 to 2000 characters), with at most 6 photos from before (C7).
#[server(endpoint = "work/confirm_on_site", prefix = "/api")]
pub async fn confirm_on_site(
    key: Key,
    id: OrderId,
    seen: Version,
    words: String,
    #[server(default)] photos: Vec<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::confirm_on_site(id, seen, words, photos).await
}

/// Something of the estate's went into it: a name (≤ 120 characters), how much (`1.5`) of what unit (≤ 20 characters).
#[server(endpoint = "work/use_material", prefix = "/api")]
pub async fn use_material(key: Key, id: OrderId, name: String, quantity: String, unit: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::use_material(id, name, quantity, unit).await
}

/// The client's own material was checked (C8). `result`: pass, fail; what failed needs a remark (≤ 500 characters).
#[server(endpoint = "work/check_material", prefix = "/api")]
pub async fn check_material(
    key: Key,
    id: OrderId,
    name: String,
    quantity: String,
    unit: String,
    result: String,
    remark: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::check_material(id, name, quantity, unit, result, remark).await
}

/// The caller's time at it: hours and minutes, together 1 minute to a day.
#[server(endpoint = "work/spend_time", prefix = "/api")]
pub async fn spend_time(key: Key, id: OrderId, hours: Option<String>, minutes: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::spend_time(id, hours, minutes).await
}

/// A line of the order (a material, a time) was wrong: it stays, struck out.
#[server(endpoint = "work/strike_line", prefix = "/api")]
pub async fn strike_line(key: Key, id: OrderId, line: LineId) -> Result<(), Fault> {
    let _ = key;
    super::serve::strike_line(id, line).await
}

/// Asks the supervisor of the matter's department whether it is the office's to do (C6); the question (≤ 500
/// characters) may be left out. One is open at a time.
#[server(endpoint = "work/ask_assessment", prefix = "/api")]
pub async fn ask_assessment(key: Key, id: RequestId, question: Option<String>) -> Result<(), Fault> {
    let _ = key;
    super::serve::ask_assessment(id, question).await
}

/// The supervisor's answer: `verdict` ours, chargeable, not_ours; the reply (1 to 500 characters) is the resident's.
#[server(endpoint = "work/assess", prefix = "/api")]
pub async fn assess(key: Key, id: RequestId, verdict: String, reply: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::assess(id, verdict, reply).await
}

/// Offers a time in which somebody may come: a day and two times on the estate's wall (`2026-11-24`, `14:00`, `16:00`).
#[server(endpoint = "work/offer_window", prefix = "/api")]
pub async fn offer_window(key: Key, id: RequestId, on: String, from: String, until: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::offer_window(id, on, from, until).await
}

/// Offers it no longer; the one that was picked is moved first.
#[server(endpoint = "work/withdraw_window", prefix = "/api")]
pub async fn withdraw_window(key: Key, id: RequestId, window: WindowId) -> Result<(), Fault> {
    let _ = key;
    super::serve::withdraw_window(id, window).await
}

/// The resident takes one of the offered times, perhaps instead of another, while nobody has come.
#[server(endpoint = "work/pick_window", prefix = "/api")]
pub async fn pick_window(key: Key, id: RequestId, #[server(default)] window: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::pick_window(id, window).await
}

/// Staff take one for a resident who said so at the desk or on the phone; to move the one that stands takes a reason (1
/// to 500 characters).
#[server(endpoint = "work/appoint", prefix = "/api")]
pub async fn appoint(
    key: Key,
    id: RequestId,
    #[server(default)] window: String,
    reason: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::appoint(id, window, reason).await
}

/// The vendors of the estate. Those who see its matters.
#[server(endpoint = "work/vendors", prefix = "/api")]
pub async fn load_vendors() -> Result<Packed<Vendors>, Fault> {
    crate::asking::packed(super::serve::vendors().await)
}

/// A firm is asked from now on: name and contact ≤ 120, phone ≤ 40, e-mail ≤ 200 characters; `trade` is a category.
#[server(endpoint = "work/add_vendor", prefix = "/api")]
pub async fn add_vendor(
    key: Key,
    name: String,
    trade: Option<String>,
    contact: Option<String>,
    phone: Option<String>,
    email: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::add_vendor(name, trade, contact, phone, email).await
}

/// A firm is not asked any more; what it was sent stays.
#[server(endpoint = "work/end_vendor", prefix = "/api")]
pub async fn end_vendor(key: Key, vendor: VendorId) -> Result<(), Fault> {
    let _ = key;
    super::serve::end_vendor(vendor).await
}

/// Matters whose holder left and with whose resident nobody was in touch yet, the most pressing first; at most 100.
#[server(endpoint = "work/orphans", prefix = "/api")]
pub async fn load_orphans() -> Result<Packed<Orphans>, Fault> {
    crate::asking::packed(super::serve::orphans().await)
}

/// Somebody was in touch with the resident of an orphaned matter (1 to 500 characters say what was said; C10).
#[server(endpoint = "work/contact_orphan", prefix = "/api")]
pub async fn contact_orphan(key: Key, id: RequestId, words: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::contact_orphan(id, words).await
}

/// Orders whose result somebody else checks (C12): 50 that are open, those that wait for a check first, then by when they
/// are due; on the first page the last 20 that were checked. Those who send, check or oversee.
#[server(endpoint = "work/rectifications", prefix = "/api")]
pub async fn load_rectifications(after: Option<CheckAfter>) -> Result<Packed<Rectifications>, Fault> {
    crate::asking::packed(super::serve::rectifications(after).await)
}

/// The recurring orders, the next one first; at most 200. Those who see the matters.
#[server(endpoint = "work/schedules", prefix = "/api")]
pub async fn load_schedules() -> Result<Packed<Schedules>, Fault> {
    crate::asking::packed(super::serve::schedules().await)
}

/// Lets an order of a common area recur: every so many (1 to 366) days, weeks or months (`unit`: day, week, month) from a
/// day to come on (`2026-12-01`).
#[server(endpoint = "work/repeat", prefix = "/api")]
pub async fn repeat_order(key: Key, id: OrderId, every: String, unit: String, first_on: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::repeat(id, every, unit, first_on).await
}

/// Lets it recur no longer.
#[server(endpoint = "work/end_repeat", prefix = "/api")]
pub async fn end_repeat(key: Key, id: OrderId) -> Result<(), Fault> {
    let _ = key;
    super::serve::end_repeat(id).await
}

/// Takes an order; the time is stamped (C5).
#[server(endpoint = "work/accept", prefix = "/api")]
pub async fn accept(key: Key, id: OrderId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::accept(id, seen).await
}

/// Gives an order back, with the reason (1 to 500 characters).
#[server(endpoint = "work/refuse", prefix = "/api")]
pub async fn refuse(key: Key, id: OrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::refuse(id, seen, reason).await
}

/// On the way.
#[server(endpoint = "work/set_out", prefix = "/api")]
pub async fn set_out(key: Key, id: OrderId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::set_out(id, seen).await
}

/// On site.
#[server(endpoint = "work/arrive", prefix = "/api")]
pub async fn arrive(key: Key, id: OrderId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::arrive(id, seen).await
}

/// The work rests. `on`: resident, parts, third_party, weather.
#[server(endpoint = "work/pause", prefix = "/api")]
pub async fn pause(key: Key, id: OrderId, seen: Version, on: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::pause(id, seen, on).await
}

/// The work goes on.
#[server(endpoint = "work/resume", prefix = "/api")]
pub async fn resume_work(key: Key, id: OrderId, seen: Version) -> Result<(), Fault> {
    let _ = key;
    super::serve::resume(id, seen).await
}

/// Done. The note (1 to 2000 characters) says what was done. Photos, a client's name with their tick or
/// strokes on glass (`signed`), or the reason why neither was possible verify the order at once; without
/// any of them a supervisor verifies it.
#[server(endpoint = "work/complete", prefix = "/api")]
pub async fn complete(
    key: Key,
    id: OrderId,
    seen: Version,
    note: String,
    #[server(default)] photos: Vec<String>,
    signer: Option<String>,
    signed: Option<bool>,
    strokes: Option<String>,
    no_proof_reason: Option<String>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::complete(id, seen, note, photos, signer, signed.unwrap_or(false), strokes, no_proof_reason).await
}

/// A supervisor accepts what was completed without a proof, and says why (1 to 500 characters).
#[server(endpoint = "work/verify", prefix = "/api")]
pub async fn verify(key: Key, id: OrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::verify(id, seen, reason).await
}

/// A supervisor sends it back, with the reason (1 to 500 characters).
#[server(endpoint = "work/send_back", prefix = "/api")]
pub async fn send_back(key: Key, id: OrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::send_back(id, seen, reason).await
}

/// Takes an order back, with the reason (1 to 500 characters).
#[server(endpoint = "work/cancel", prefix = "/api")]
pub async fn cancel_order(key: Key, id: OrderId, seen: Version, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::cancel(id, seen, reason).await
}
