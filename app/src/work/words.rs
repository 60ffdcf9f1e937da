//! What the stages and moves of an order are called.

use super::api::{
    Accept, Arrive, CheckMaterial, Complete, ConfirmOnSite, Pause, Refuse, ResumeWork, SetOut, SpendTime, UseMaterial,
};
use super::model::{Ask, OrderMove, OrderStage, Proof, Reason, Verdict};
use crate::desk::Register;
use crate::offline::{Entry, wall_here};
use crate::policy::{Hours, Minute};
use crate::requests::{FileReport, WaitingOn, waiting_word};
use crate::texts::Texts;
use crate::ui::encode;
use chrono::DateTime;
use server_fn::ServerFn;

/// What a stage is called on a chip.
pub fn order_stage_word(t: Texts, stage: &OrderStage) -> &'static str {
    match stage {
        OrderStage::Issued => t.order_issued(),
        OrderStage::Accepted => t.order_accepted(),
        OrderStage::Refused { .. } => t.order_refused(),
        OrderStage::EnRoute => t.order_en_route(),
        OrderStage::OnSite => t.order_on_site(),
        OrderStage::Paused { .. } => t.order_paused(),
        OrderStage::Completed => t.order_completed(),
        OrderStage::Verified => t.order_verified(),
        OrderStage::Rework { .. } => t.order_rework(),
        OrderStage::Cancelled { .. } => t.order_cancelled(),
    }
}

/// A stage's symbol.
pub fn order_stage_icon(stage: &OrderStage) -> &'static str {
    match stage {
        OrderStage::Issued => "circle",
        OrderStage::Accepted | OrderStage::Completed => "check",
        OrderStage::EnRoute => "truck",
        OrderStage::OnSite => "pin",
        OrderStage::Paused { .. } => "pause",
        OrderStage::Verified => "check-circle",
        OrderStage::Rework { .. } => "retry",
        OrderStage::Refused { .. } | OrderStage::Cancelled { .. } => "cross",
    }
}

/// What a move is called on its button.
pub fn order_move_word(t: Texts, what: OrderMove) -> &'static str {
    match what {
        OrderMove::Accept => t.order_move_accept(),
        OrderMove::Refuse => t.order_move_refuse(),
        OrderMove::SetOut => t.order_move_set_out(),
        OrderMove::Arrive => t.order_move_arrive(),
        OrderMove::Pause => t.order_move_pause(),
        OrderMove::Resume => t.order_move_resume(),
        OrderMove::Complete => t.order_move_complete(),
        OrderMove::Verify => t.order_move_verify(),
        OrderMove::SendBack => t.order_move_send_back(),
        OrderMove::Cancel => t.order_move_cancel(),
    }
}

/// A move's symbol.
pub fn order_move_icon(what: OrderMove) -> &'static str {
    match what {
        OrderMove::Accept | OrderMove::Complete => "check",
        OrderMove::SetOut => "truck",
        OrderMove::Arrive => "pin",
        OrderMove::Pause => "pause",
        OrderMove::Resume => "wrench",
        OrderMove::Verify => "check-circle",
        OrderMove::SendBack => "retry",
        OrderMove::Refuse | OrderMove::Cancel => "cross",
    }
}

/// What proves that an order was carried out.
pub fn proof_text(t: Texts, proof: &Proof) -> String {
    match proof {
        Proof::Signature { name } => t.order_proof_signature(name),
        Proof::Photo => t.order_proof_photo().to_owned(),
        Proof::Reason { reason } => t.order_proof_reason(reason),
        Proof::Check { words } => t.order_proof_check(words),
    }
}

/// Why somebody is suggested, or is not.
pub fn reason_word(t: Texts, reason: Reason) -> String {
    match reason {
        Reason::Skill => t.reason_skill().to_owned(),
        Reason::NoSkill => t.reason_no_skill().to_owned(),
        Reason::Area => t.reason_area().to_owned(),
        Reason::OnShift(until) => t.reason_on_shift(minute_text(until)),
        Reason::Later(from) => t.reason_later(minute_text(from)),
        Reason::OffShift => t.reason_off_shift().to_owned(),
        Reason::Load(0) => t.reason_free().to_owned(),
        Reason::Load(orders) => t.reason_load(orders),
        Reason::Leads => t.reason_leads().to_owned(),
        Reason::OtherDepartment => t.reason_other_department().to_owned(),
    }
}

/// A reason's symbol.
pub fn reason_icon(reason: Reason) -> &'static str {
    match reason {
        Reason::Skill | Reason::NoSkill => "wrench",
        Reason::Area => "building",
        Reason::OnShift(_) | Reason::Later(_) | Reason::OffShift => "clock",
        Reason::Load(_) => "list",
        Reason::Leads => "user-check",
        Reason::OtherDepartment => "team",
    }
}

/// `08:30`; midnight at the end of a day is `24:00`.
pub fn minute_text(minute: Minute) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// When somebody works today.
pub fn hours_text(t: Texts, hours: &[Hours]) -> String {
    if hours.is_empty() {
        return t.dispatch_off().to_owned();
    }
    let spans = hours.iter().map(|hours| format!("{}–{}", minute_text(hours.from), minute_text(hours.until)));
    t.dispatch_works(spans.collect::<Vec<_>>().join(" "))
}

/// What an order asks for.
pub fn ask_word(t: Texts, ask: Ask) -> &'static str {
    match ask {
        Ask::Finding => t.ask_finding(),
        Ask::Photos => t.ask_photos(),
        Ask::Signature => t.ask_signature(),
        Ask::Check => t.ask_check(),
    }
}

/// What a supervisor found.
pub fn verdict_word(t: Texts, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ours => t.verdict_ours(),
        Verdict::Chargeable => t.verdict_chargeable(),
        Verdict::NotOurs => t.verdict_not_ours(),
    }
}

/// A link that begins a mail, with a subject and words where there are any.
pub fn mail_link(address: &str, written: Option<(&str, &str)>) -> String {
    let (name, host) = address.rsplit_once('@').unwrap_or((address, ""));
    let query = written.map(|(subject, words)| format!("?subject={}&body={}", encode(subject), encode(words)));
    format!("mailto:{}@{}{}", encode(name), encode(host), query.unwrap_or_default())
}

/// `1.5`, out of thousandths.
pub fn quantity_text(thousandths: i64) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What was done, by where it is sent: of what may wait on a device.
pub fn entry_word(t: Texts, to: &str) -> &'static str {
    let words = [
        (Accept::PATH, t.order_move_accept()),
        (Refuse::PATH, t.order_move_refuse()),
        (SetOut::PATH, t.order_move_set_out()),
        (Arrive::PATH, t.order_move_arrive()),
        (Pause::PATH, t.order_move_pause()),
        (ResumeWork::PATH, t.order_move_resume()),
        (Complete::PATH, t.order_move_complete()),
        (ConfirmOnSite::PATH, t.sheet_confirm()),
        (UseMaterial::PATH, t.sheet_use()),
        (CheckMaterial::PATH, t.sheet_check()),
        (SpendTime::PATH, t.sheet_spend()),
        (Register::PATH, t.offline_what_contact()),
        (FileReport::PATH, t.offline_what_report()),
    ];
    words.into_iter().find(|(path, _)| *path == to).map_or_else(|| t.offline_what_note(), |(_, word)| word)
}

/// What somebody chose or wrote in an entry of the outbox.
pub fn entry_said(t: Texts, entry: &Entry) -> String {
    let on = entry.fields.get("on").and_then(WaitingOn::from_tag).map(|on| waiting_word(t, on).to_owned());
    let parts = [on.unwrap_or_default(), entry.said()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// So much of an entry's own words is told where it is given up, in characters: with the reason it must fit into a remark.
const TOLD: usize = 1400;

/// An entry of the outbox in a sentence, for whoever reads of it later: what, when, and its own words.
pub fn entry_told(t: Texts, entry: &Entry) -> String {
    let wall = wall_here();
    let made = DateTime::from_timestamp_millis(entry.made_at).map(|at| t.offline_made(wall.at(at).full(t)));
    let parts = [Some(entry_word(t, &entry.to).to_owned()), made, Some(entry_said(t, entry))];
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let told = parts.join(" · ");
    match told.char_indices().nth(TOLD) {
        Some((end, _)) => told.get(..end).unwrap_or_default().to_owned() + "…",
        None => told,
    }
}
