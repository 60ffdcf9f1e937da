use super::super::model::{ServiceOrder, SignedBy};
use super::super::rules::read_signer;
use super::super::store::{self, Signature};
use super::{bundle, keep, news, office, own, service_of};
use crate::call::Call;
use crate::fault::{Fault, Refusal};
use crate::ids::ServiceOrderId;
use crate::moment::Moment;
use crate::requests::Version;
use crate::work;

/// What somebody signs at the desk.
pub struct SignedHere {
    /// Their name.
    pub signer: String,
    /// The tick beside it,
    pub signed: bool,
    /// or strokes on glass, as JSON.
    pub strokes: Option<String>,
}

/// The caller signs the charge notice of their order: before any work (J5).
pub async fn sign(id: ServiceOrderId, seen: Version) -> Result<(), Fault> {
    let (mut call, mut order) = own::theirs(id, seen).await?;
    let resident = call.viewer.resident()?;
    if !own::is_at_home(&resident, &order) {
        return Err(Refusal::MovedOut.into());
    }
    let person = resident.person;
    let name = short(&person.name);
    let signature = Signature {
        id: call.id()?,
        means: SignedBy::Confirm,
        signer: &name,
        account: Some(person.account),
        taken_by: None,
        drawn: None,
    };
    seal(&mut call, &mut order, &signature).await?;
    call.commit(()).await
}

/// They sign at the desk, on glass or by a typed name and a tick.
pub async fn sign_here(id: ServiceOrderId, seen: Version, here: SignedHere) -> Result<(), Fault> {
    let strokes = here.strokes.filter(|strokes| !strokes.is_empty());
    let drawing = strokes.as_deref().and_then(work::parse_strokes);
    let is_broken = strokes.is_some() && drawing.is_none();
    let signer = read_signer(&here.signer, here.signed || drawing.is_some(), is_broken)?;
    let (mut call, staff, mut order) = office::ours(id, seen).await?;
    let image = drawing.as_ref().map(work::drawing);
    let signature = Signature {
        id: call.id()?,
        means: if drawing.is_some() { SignedBy::Glass } else { SignedBy::Tick },
        signer: &signer,
        account: None,
        taken_by: Some(staff.id),
        drawn: drawing.as_ref().zip(image.as_deref()),
    };
    seal(&mut call, &mut order, &signature).await?;
    call.commit(()).await
}

/// Its price is signed: from now on neither it nor what was signed changes, and its terms promise when it comes.
async fn seal(call: &mut Call, order: &mut ServiceOrder, signature: &Signature<'_>) -> Result<(), Fault> {
    let now = call.now;
    let service = service_of(call, order).await?;
    let before = order.promised_at;
    order.sign(service.terms.lead_minutes, now)?;
    bundle::still_booked(call, order).await?;
    keep(call, order, "signed").await?;
    store::insert_notice(call.db(), order, signature, now).await?;
    promised_by_terms(call, order, before).await?;
    news::tell_signed(call, order, &service).await
}

/// What the terms promise by themselves is a promise like any other.
pub(super) async fn promised_by_terms(
    call: &mut Call,
    order: &ServiceOrder,
    before: Option<Moment>,
) -> Result<(), Fault> {
    let now = call.now;
    match order.promised_at {
        Some(due) if order.promised_at != before => {
            store::insert_promise(call.db(), order, due, (None, None), now).await
        }
        _ => Ok(()),
    }
}

/// As much of a name as a notice has room for.
fn short(name: &str) -> String {
    name.chars().take(80).collect()
}
