use super::super::limits::Limit;
use super::super::model::{Arrival, IssuedInvitation, Newcomer, Staff};
use super::super::passwords;
use super::super::rules::Power;
use super::super::store::{self, Invitee, OpenInvitation};
use super::browser::{address, manners, origin};
use super::record;
use super::sign_in::arrive;
use crate::call::{Call, limited};
use crate::estate::UnitRef;
use crate::fault::{Fault, Note, Refusal};
use crate::happenings::Record;
use crate::ids::{AccountId, InvitationId, PartyId, StaffId, UnitId};
use chrono::Duration;
use serde_json::json;
use sha2::{Digest, Sha256};

/// How long an invitation may wait.
const INVITED_FOR: Duration = Duration::days(14);

/// A code opens one account, once: the invitation stays locked while the account is made.
pub async fn redeem(code: String, sign_in: String, password: String) -> Result<Arrival, Fault> {
    let newcomer = Newcomer { code, sign_in, password }.parse()?;
    limited(Limit::CODE_FROM, &address()?).await?;
    passwords::check_strength("password", &newcomer.password, &[&newcomer.sign_in])?;
    let hash = passwords::hash(newcomer.password).await?;
    let mut call = Call::open().await?;
    let (now, lang) = (call.now, manners()?.lang);
    let invitation = store::lock_invitation(call.db(), &code_hash(&newcomer.code), now)
        .await?
        .ok_or(Fault::field("code", Note::BadCode))?;
    let account: AccountId = call.id()?;
    // A company's people are told apart by what they sign in with, not by the one name of the company.
    let name = if invitation.is_organisation { &newcomer.sign_in } else { invitation.to.name() };
    store::insert_account(call.db(), account, &newcomer.sign_in, &hash, name, lang, now).await?;
    join(&mut call, &invitation, account).await?;
    let arrival = arrive(&mut call, account).await?;
    call.commit(arrival).await
}

/// A second home for somebody who has an account.
pub async fn redeem_here(code: String) -> Result<Arrival, Fault> {
    limited(Limit::CODE_FROM, &address()?).await?;
    let mut call = Call::open().await?;
    let account = call.viewer.account()?;
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let now = call.now;
    let invitation =
        store::lock_invitation(call.db(), &code_hash(&code), now).await?.ok_or(Fault::field("code", Note::BadCode))?;
    join(&mut call, &invitation, account).await?;
    // Who lived here and now works here too begins in the office: that needs a session that knows it.
    let arrival = match invitation.to {
        Invitee::Occupant { .. } => Arrival { start: "/home".to_owned() },
        Invitee::Colleague { .. } => arrive(&mut call, account).await?,
    };
    call.commit(arrival).await
}

/// Whoever redeems acts for the party from now on, or works here.
async fn join(call: &mut Call, invitation: &OpenInvitation, account: AccountId) -> Result<(), Fault> {
    let now = call.now;
    store::redeem(call.db(), invitation, account, now).await?;
    let record = match &invitation.to {
        Invitee::Occupant { unit, party, .. } => {
            store::link_party(call.db(), invitation.estate, *party, account).await?;
            record(invitation.estate, *unit, "invitation_redeemed", json!({ "party": party }))
        }
        Invitee::Colleague { department, role, phone, .. } => {
            let staff: StaffId = call.id()?;
            let phone = phone.as_deref();
            let staff = store::insert_member(call.db(), invitation.estate, staff, account, *department, phone).await?;
            store::save_role(call.db(), invitation.estate, staff, *role, true, invitation.by, now).await?;
            Record::of_office(invitation.estate, staff.0, "colleague_joined", json!({ "role": role }))
        }
    };
    call.record(record).await
}

/// For somebody who occupies the unit; the code leaves this function once and is stored nowhere.
pub async fn invite(unit: UnitId, party: PartyId) -> Result<IssuedInvitation, Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let now = call.now;
    let place = store::find_unit(call.db(), staff.estate, unit).await?.ok_or(Fault::NotFound)?;
    let today = call.wall().now().day();
    let occupants = store::list_occupants(call.db(), staff.estate, unit, now).await?;
    let occupant = occupants
        .into_iter()
        .find(|occupant| occupant.party == party && occupant.to_on.is_none_or(|last| last >= today))
        .ok_or(Refusal::NotAnOccupant)?;
    let to = Invitee::Occupant { unit, party, name: occupant.name };
    let issued = issue(&mut call, &staff, &to, Some(place)).await?;
    call.record(record(staff.estate, unit, "invited", json!({ "party": party }))).await?;
    call.commit_once(issued.clone(), &issued.without_code()).await
}

/// A new invitation, with the code that only this reply holds.
pub(super) async fn issue(
    call: &mut Call,
    by: &Staff,
    to: &Invitee,
    unit: Option<UnitRef>,
) -> Result<IssuedInvitation, Fault> {
    let code = new_code()?;
    let (id, now): (InvitationId, _) = (call.id()?, call.now);
    let expires_at = now + INVITED_FOR;
    store::insert_invitation(call.db(), by.estate, id, to, &code_hash(&code), by.id, now, expires_at).await?;
    let path = format!("/join?code={code}");
    let qr = qr(&format!("{}{path}", origin()?));
    let shown = format!("{}-{}-{}", &code[0..4], &code[4..8], &code[8..12]);
    Ok(IssuedInvitation { id, code: shown, path, qr, name: to.name().to_owned(), unit, expires_at })
}

/// Makes an open invitation worthless.
pub async fn withdraw_invitation(id: InvitationId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    if !staff.can(Power::Reception) && !staff.can(Power::Grant) {
        return Err(Fault::NotAllowed);
    }
    let now = call.now;
    let issued = store::lock_issued(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    let withdrawn = match &issued.to {
        Invitee::Occupant { unit, .. } => {
            staff.needs(Power::Reception)?;
            record(staff.estate, *unit, "invitation_withdrawn", json!({}))
        }
        Invitee::Colleague { department, role, .. } => {
            staff.leads(&[*role], *department)?;
            Record::of_office(staff.estate, id.0, "invitation_withdrawn", json!({}))
        }
    };
    if !issued.is_open {
        return Err(Refusal::InvitationUsed.into());
    }
    store::withdraw_invitation(call.db(), staff.estate, id, now).await?;
    call.record(withdrawn).await?;
    call.commit(()).await
}

/// Twelve characters that are hard to mistake for one another: 60 bits.
fn new_code() -> Result<String, Fault> {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    Ok(crate::backend::random::<12>()?.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// Only this is stored. 60 random bits need no salt and no slow hash.
fn code_hash(code: &str) -> Vec<u8> {
    Sha256::digest(code.as_bytes()).to_vec()
}

/// A code that a phone scans, as an SVG.
pub fn qr(text: &str) -> String {
    use fast_qr::convert::{Builder, Shape, svg::SvgBuilder};
    match fast_qr::QRBuilder::new(text).build() {
        Ok(code) => SvgBuilder::default().shape(Shape::Square).to_str(&code),
        // What is typed does as well.
        Err(_) => String::new(),
    }
}
