use super::super::model::{MailItem, MailNews, MailStage, Receipt};
use super::super::rules::{ItemForm, kept_until};
use super::super::store;
use super::{name_at, record, tell_home, those};
use crate::call::Call;
use crate::concierge::{SignedBy, read_signer};
use crate::fault::{Fault, Notes};
use crate::ids::MailItemId;
use crate::people::Staff;
use crate::policy;
use crate::requests::Version;
use crate::work;

/// Something came for a household, and is kept as long as the policy of now says.
pub async fn take_in(form: ItemForm) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let taken = form.read()?;
    let (now, estate) = (call.now, staff.estate);
    let (name, home) = name_at(&mut call, estate, taken.unit, taken.party).await?;
    let (policy, zone) = policy::in_force(&mut call, estate, now).await?;
    let item = MailItem {
        id: call.id()?,
        estate,
        version: 1,
        stage: MailStage::Waiting,
        stage_at: now,
        kind: taken.kind,
        unit: taken.unit,
        party: taken.party,
        addressee: taken.addressee.unwrap_or(name),
        home,
        carrier: taken.carrier,
        number: taken.number,
        place: taken.place,
        arrived_at: now,
        due_at: kept_until(policy.terms.desk.mail_days, &zone, now),
        told_due_at: None,
        reason: None,
        receipt: None,
    };
    store::insert_item(call.db(), &item, (staff.id, policy.version)).await?;
    call.record(record(estate, item.id.0, "mail_came", Some(item.unit))).await?;
    tell_home(&mut call, &item, MailNews::Waits { until: item.due_at }).await?;
    call.commit(()).await
}

/// Somebody signs for it, on glass or by a typed name and a tick.
pub async fn hand_out(
    id: MailItemId,
    seen: Version,
    signer: String,
    signed: bool,
    strokes: Option<String>,
) -> Result<(), Fault> {
    let (mut call, staff, mut item) = ours(id, seen).await?;
    let strokes = strokes.filter(|strokes| !strokes.is_empty());
    let drawing = strokes.as_deref().and_then(work::parse_strokes);
    let is_broken = strokes.is_some() && drawing.is_none();
    let signer = read_signer(&signer, signed || drawing.is_some(), is_broken)?;
    let image = drawing.as_ref().map(work::drawing);
    item.hand_out(call.now)?;
    let means = if drawing.is_some() { SignedBy::Glass } else { SignedBy::Tick };
    let receipt = Receipt { id: call.id()?, means, signer: signer.clone(), signed_at: call.now };
    store::save_item(call.db(), &mut item, Some(staff.id)).await?;
    store::insert_receipt(call.db(), &item, &receipt, drawing.as_ref().zip(image.as_deref()), staff.id).await?;
    call.record(record(item.estate, item.id.0, "mail_handed_out", Some(item.unit))).await?;
    tell_home(&mut call, &item, MailNews::HandedOut { signer }).await?;
    call.commit(()).await
}

/// It goes back to where it came from.
pub async fn send_back(id: MailItemId, seen: Version, reason: Option<String>) -> Result<(), Fault> {
    let (mut call, staff, mut item) = ours(id, seen).await?;
    let mut notes = Notes::default();
    let reason = notes.optional("reason", reason.as_deref(), super::super::rules::LONGEST_NOTE);
    notes.check()?;
    item.send_back(reason.clone(), call.now)?;
    store::save_item(call.db(), &mut item, Some(staff.id)).await?;
    call.record(record(item.estate, item.id.0, "mail_sent_back", Some(item.unit))).await?;
    tell_home(&mut call, &item, MailNews::SentBack { reason: reason.unwrap_or_default() }).await?;
    call.commit(()).await
}

/// An item of the caller's estate, locked, at the version that they saw.
async fn ours(id: MailItemId, seen: Version) -> Result<(Call, Staff, MailItem), Fault> {
    let mut call = Call::open().await?;
    let staff = those(&call)?;
    let item = store::lock_item(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    item.seen_at(seen)?;
    Ok((call, staff, item))
}
