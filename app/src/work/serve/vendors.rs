use super::super::model::{Vendor, Vendors};
use super::super::store;
use crate::call::Call;
use crate::fault::{Fault, Note, Notes};
use crate::happenings::Record;
use crate::ids::{ItemId, VendorId};
use crate::people::{Power, Staff};
use serde_json::json;

/// The vendors of the estate, for those who see its matters.
pub async fn vendors() -> Result<Vendors, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.matters()?;
    Ok(Vendors {
        all: store::list_vendors(call.db(), staff.estate).await?,
        categories: store::list_categories(call.db(), staff.estate).await?,
        may_change: may_change(&staff).is_ok(),
    })
}

/// Whoever sends orders says to which vendors.
fn may_change(staff: &Staff) -> Result<(), Fault> {
    if staff.can(Power::Dispatch) { Ok(()) } else { staff.needs(Power::Assign) }
}

/// A firm is asked from now on.
pub async fn add_vendor(
    name: String,
    trade: Option<String>,
    contact: Option<String>,
    phone: Option<String>,
    email: Option<String>,
) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let name = notes.text("name", &name, 120);
    let contact = notes.optional("contact", contact.as_deref(), 120);
    let phone = notes.optional("phone", phone.as_deref(), 40);
    let email = notes.optional("email", email.as_deref(), 200);
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        notes.add("email", Note::Malformed);
    }
    notes.check()?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    may_change(&staff)?;
    let trade: Option<ItemId> = match trade.as_deref().unwrap_or_default() {
        "" => None,
        tag => {
            let known = store::list_categories(call.db(), staff.estate).await?;
            let found = known.iter().find(|category| category.id.to_string() == tag).map(|category| category.id);
            Some(found.ok_or(Fault::field("trade", Note::NotAChoice))?)
        }
    };
    let vendor = Vendor { id: call.id()?, name, trade, contact, phone, email };
    let now = call.now;
    store::insert_vendor(call.db(), staff.estate, &vendor, staff.id, now).await?;
    call.record(Record::of_office(staff.estate, vendor.id.0, "vendor_added", json!({ "name": vendor.name }))).await?;
    call.commit(()).await
}

/// A firm is not asked any more.
pub async fn end_vendor(id: VendorId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    may_change(&staff)?;
    let now = call.now;
    if !store::end_vendor(call.db(), staff.estate, id, now).await? {
        return Err(Fault::NotFound);
    }
    call.record(Record::of_office(staff.estate, id.0, "vendor_ended", json!({}))).await?;
    call.commit(()).await
}

/// Something, one @, and something with a dot: the rest only a mail can tell. Nothing that would end the address in a
/// link, or begin another one.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_odd = |c: char| c.is_whitespace() || matches!(c, '?' | '&' | ',' | ';');
    !name.is_empty() && host.contains('.') && !host.contains('@') && !text.contains(is_odd)
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn an_address_is_one_address_and_nothing_else() {
        for good in ["service@pump.example", "s.wu+lift@pump.co.example", "维修@泵.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "@pump.example",
            "service",
            "a@b",
            "a@b@c.d",
            "a b@c.d",
            "a@c.d?bcc=e@f.g",
            "a@c.d&x",
            "a,b@c.d",
            "a;b@c.d",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
