use super::super::limits::Limit;
use super::super::model::{Arrival, IssuedInvitation, Newcomer};
use super::super::rules::Power;
use super::super::{passwords, store};
use super::browser::{address, manners, origin};
use super::record;
use super::sign_in::arrive;
use crate::call::{Call, limited};
use crate::fault::{Fault, Note, Refusal};
use crate::happenings::Record;
use crate::ids::{AccountId, InvitationId, PartyId, UnitId};
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
    let name = if invitation.is_organisation { &newcomer.sign_in } else { &invitation.name };
    store::insert_account(call.db(), account, &newcomer.sign_in, &hash, name, lang, now).await?;
    let arrival = join(&mut call, &invitation, account).await?;
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
    store::redeem(call.db(), &invitation, account, now).await?;
    call.record(redeemed(&invitation)).await?;
    call.commit(Arrival { start: "/home".to_owned() }).await
}

async fn join(call: &mut Call, invitation: &store::OpenInvitation, account: AccountId) -> Result<Arrival, Fault> {
    let now = call.now;
    store::redeem(call.db(), invitation, account, now).await?;
    call.record(redeemed(invitation)).await?;
    arrive(call, account).await
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
    let code = new_code()?;
    let id: InvitationId = call.id()?;
    let expires_at = now + INVITED_FOR;
    store::insert_invitation(call.db(), staff.estate, id, unit, party, &code_hash(&code), staff.id, now, expires_at)
        .await?;
    call.record(record(staff.estate, unit, "invited", json!({ "party": party }))).await?;
    let path = format!("/join?code={code}");
    let qr = qr(&format!("{}{path}", origin()?));
    let shown = format!("{}-{}-{}", &code[0..4], &code[4..8], &code[8..12]);
    let issued = IssuedInvitation { id, code: shown, path, qr, name: occupant.name, unit: place, expires_at };
    let kept = IssuedInvitation { code: String::new(), path: String::new(), qr: String::new(), ..issued.clone() };
    call.commit_once(issued, &kept).await
}

/// Makes an open invitation worthless.
pub async fn withdraw_invitation(id: InvitationId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let now = call.now;
    let (unit, is_open) = store::lock_issued(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    if !is_open {
        return Err(Refusal::InvitationUsed.into());
    }
    store::withdraw_invitation(call.db(), staff.estate, id, now).await?;
    call.record(record(staff.estate, unit, "invitation_withdrawn", json!({}))).await?;
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

fn qr(text: &str) -> String {
    use fast_qr::convert::{Builder, Shape, svg::SvgBuilder};
    match fast_qr::QRBuilder::new(text).build() {
        Ok(code) => SvgBuilder::default().shape(Shape::Square).to_str(&code),
        // The typed code is enough to join.
        Err(_) => String::new(),
    }
}

fn redeemed(invitation: &store::OpenInvitation) -> Record {
    record(invitation.estate, invitation.unit, "invitation_redeemed", json!({ "party": invitation.party }))
}
