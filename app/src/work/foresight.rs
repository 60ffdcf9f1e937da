//! What orders look like once what waits in this device's outbox has been sent: by the same rules, in the browser, so
//! that what would be refused is not offered here either.

use super::api::{
    Accept, Arrive, CheckMaterial, Complete, ConfirmOnSite, Pause, Refuse, ResumeWork, SetOut, SpendTime, UseMaterial,
};
use super::model::{Finding, Jobs, Material, MaterialDraft, Order, OrderCard, Sheet, Signed, TimeSpent};
use super::rules::{Given, check_form, minutes_of};
use crate::fault::{Fault, Note};
use crate::ids::{LineId, OrderId, SignatureId};
use crate::moment::Moment;
use crate::offline::Entry;
use crate::people::Staff;
use crate::requests::WaitingOn;
use server_fn::ServerFn;
use uuid::Uuid;

/// What entries about an order are about.
pub fn matter_of(order: OrderId) -> String {
    format!("order:{order}")
}

/// A technician's day. What they take here leaves the team's list.
pub fn foresee_jobs(jobs: &mut Jobs, entries: &[Entry], by: &Staff) {
    for job in jobs.mine.iter_mut().chain(&mut jobs.team) {
        foresee_card(&mut job.order, entries, by);
    }
    let taken = jobs.team.extract_if(.., |job| job.order.order.assignee == Some(by.id));
    jobs.mine.extend(taken);
}

/// An order's own page.
pub fn foresee_sheet(sheet: &mut Sheet, entries: &[Entry], by: &Staff) {
    let (order, version) = (sheet.job.order.order.id, sheet.job.order.order.version);
    if !foresee_card(&mut sheet.job.order, entries, by) {
        return;
    }
    // The truth has the lines of those that it has already.
    let is_to_come = |entry: &&Entry| entry.seen().is_none_or(|seen| seen >= version);
    for entry in about(entries, order).filter(is_to_come) {
        write_line(sheet, entry, &by.person.name);
    }
    sheet.may_write = sheet.job.order.order.is_open_to(by).is_ok();
}

/// Whether anything about it waits.
fn foresee_card(card: &mut OrderCard, entries: &[Entry], by: &Staff) -> bool {
    let (mut at, mut is_any) = (card.order.stage_at, false);
    for entry in about(entries, card.order.id) {
        is_any = true;
        // The truth has it already, or has gone past it: what waits is told beside it.
        if entry.seen().is_some_and(|seen| seen < card.order.version) {
            continue;
        }
        at = made_at(entry).unwrap_or(at);
        let mut next = card.order.clone();
        // What the rules forbid by now is decided by its person; what follows it waits for that.
        if foresee_order(&mut next, entry, by, at).is_err() {
            break;
        }
        card.order = next;
    }
    if is_any {
        let own = |id| id == Some(by.id);
        card.assignee = if own(card.order.assignee) { Some(by.person.name.clone()) } else { card.assignee.take() };
        card.accepted_by =
            if own(card.order.accepted_by) { Some(by.person.name.clone()) } else { card.accepted_by.take() };
        card.moves = card.order.moves(by, at);
    }
    is_any
}

fn about(entries: &[Entry], order: OrderId) -> impl Iterator<Item = &Entry> {
    let matter = matter_of(order);
    entries.iter().filter(move |entry| entry.matter == matter).take_while(|entry| !entry.is_refused)
}

fn made_at(entry: &Entry) -> Option<Moment> {
    chrono::DateTime::from_timestamp_millis(entry.made_at)
}

/// One entry, as the server's own story of it goes, without what only the server has. Each save counts one version.
fn foresee_order(order: &mut Order, entry: &Entry, by: &Staff, at: Moment) -> Result<(), Fault> {
    let text = |name: &str| entry.fields.get(name).unwrap_or_default().to_owned();
    let has_photos = !entry.photos.is_empty();
    let to = entry.to.as_str();
    check_form(to, &entry.fields)?;
    if to == UseMaterial::PATH || to == CheckMaterial::PATH || to == SpendTime::PATH {
        return order.is_open_to(by);
    }
    if to == Complete::PATH {
        let given = |name: &str| Some(text(name)).filter(|given| !given.is_empty());
        let (signer, reason) = (given("signer"), given("no_proof_reason"));
        order.complete(by, text("note"), at)?;
        order.version += 1;
        if let Some(proof) = order.proof_of(Given { signer, has_photos, reason })? {
            order.prove(by, proof, at)?;
            order.version += 1;
        }
        return Ok(());
    }
    if to == Accept::PATH {
        order.accept(by, at)?;
    } else if to == Refuse::PATH {
        order.refuse(by, text("reason"), at)?;
    } else if to == SetOut::PATH {
        order.set_out(by, at)?;
    } else if to == Arrive::PATH {
        order.arrive(by, at)?;
    } else if to == Pause::PATH {
        let on = WaitingOn::from_tag(&text("on")).ok_or(Fault::field("on", Note::NotAChoice))?;
        order.pause(by, on, at)?;
    } else if to == ResumeWork::PATH {
        order.resume(by, at)?;
    } else if to == ConfirmOnSite::PATH {
        order.confirm_on_site(by, text("words"), has_photos)?;
    } else {
        return Ok(());
    }
    order.version += 1;
    Ok(())
}

/// What an entry writes in the sheet.
fn write_line(sheet: &mut Sheet, entry: &Entry, by: &str) {
    let Some(at) = made_at(entry) else { return };
    let text = |name: &str| entry.fields.get(name).unwrap_or_default().to_owned();
    let (to, by) = (entry.to.as_str(), by.to_owned());
    // Its form's key stands for the id that the server will give it.
    let id = entry.key.parse().unwrap_or(Uuid::nil());
    if to == ConfirmOnSite::PATH {
        sheet.findings.push(Finding { words: text("words"), by, at });
    } else if to == UseMaterial::PATH || to == CheckMaterial::PATH {
        let result = text("result");
        let check = (to == CheckMaterial::PATH).then_some((result.as_str(), entry.fields.get("remark")));
        let draft = MaterialDraft::parse(&text("name"), &text("quantity"), &text("unit"), check);
        if let Ok(MaterialDraft { name, quantity, unit, passed, remark }) = draft {
            let id = LineId(id);
            let line = Material { id, name, quantity, unit, passed, remark, is_struck: false, is_unsent: true };
            sheet.materials.push(line);
        }
    } else if to == SpendTime::PATH {
        let minutes = minutes_of(entry.fields.get("hours"), entry.fields.get("minutes")).unwrap_or_default();
        sheet.hours.push(TimeSpent { id: LineId(id), by, minutes, at, is_struck: false, is_unsent: true });
    } else if to == Complete::PATH && !text("signer").is_empty() {
        sheet.signatures.push(Signed { id: SignatureId(id), name: text("signer"), at, is_drawn: false });
    }
}

/// Whether an entry would be accepted on an order as it stands now.
pub fn would_go(order: &Order, entry: &Entry, by: &Staff) -> bool {
    let at = made_at(entry).unwrap_or(order.stage_at);
    let mut order = order.clone();
    foresee_order(&mut order, entry, by, at).is_ok()
}

/// How many versions an entry adds to its order: each save counts one, and a proof is one of its own.
pub fn versions_of(entry: &Entry) -> i32 {
    let is_given = |name: &str| entry.fields.get(name).is_some_and(|value| !value.is_empty());
    let proves = !entry.photos.is_empty() || is_given("signer") || is_given("no_proof_reason");
    if entry.to == Complete::PATH && proves { 2 } else { 1 }
}

/// The order that an entry is about.
pub fn order_of(entry: &Entry) -> Option<OrderId> {
    entry.matter.strip_prefix("order:")?.parse().ok()
}
