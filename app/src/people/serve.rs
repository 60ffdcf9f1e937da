use super::limits::Limit;
use super::model::{
    Arrival, DemoPerson, Frame, IssuedInvitation, Me, Newcomer, OccupancyKind, Role, Team, Theme, UnitFile, UnitHit,
    check_password,
};
use super::rules::Power;
use super::session::{self, Here};
use super::{passwords, store};
use crate::call::{Call, limited, viewer};
use crate::estate;
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::happenings::Record;
use crate::ids::{AccountId, EstateId, InvitationId, PartyId, SessionId, StaffId, UnitId};
use crate::live::Room;
use crate::texts::Lang;
use axum::http::request::Parts;
use chrono::{Duration, NaiveDate};
use leptos::prelude::use_context;
use serde_json::json;
use sha2::{Digest, Sha256};

/// How long an invitation may wait.
const INVITED_FOR: Duration = Duration::days(14);

/// What the session's layer found, and the estate that goes with it.
pub async fn frame() -> Result<Frame, Fault> {
    let mut call = Call::read().await?;
    let estate = match call.viewer.estate() {
        Some(id) => Some(estate::store::find(call.db(), id).await?.0),
        None => None,
    };
    Ok(Frame { viewer: call.viewer.clone(), estate, demo: call.backend.demo })
}

/// Counts the try by name and by address before it looks at the password; hashes while nothing is held.
pub async fn sign_in(sign_in: String, password: String) -> Result<Arrival, Fault> {
    let sign_in = sign_in.trim().to_lowercase();
    limited(Limit::SIGN_IN, &sign_in).await?;
    limited(Limit::SIGN_IN_FROM, &address()?).await?;
    let known = store::find_sign_in(Call::read().await?.db(), &sign_in).await?;
    let (account, stored) = known.unzip();
    if !passwords::verify(password, stored).await? {
        return Err(Fault::field("sign_in", Note::BadSignIn));
    }
    let account = account.ok_or(Fault::NotFound)?;
    let mut call = Call::open().await?;
    let arrival = arrive(&mut call, account).await?;
    call.commit(arrival).await
}

/// Only where the backend runs as a demo; elsewhere the endpoint does not exist.
pub async fn demo_sign_in(sign_in: String) -> Result<Arrival, Fault> {
    let mut call = Call::open().await?;
    if !call.backend.demo {
        return Err(Fault::NotFound);
    }
    let (account, _) = store::find_sign_in(call.db(), &sign_in).await?.ok_or(Fault::NotFound)?;
    let arrival = arrive(&mut call, account).await?;
    call.commit(arrival).await
}

/// One sign-in per role and a few residents, for trying the product.
pub async fn demo_cast() -> Result<Vec<DemoPerson>, Fault> {
    let mut call = Call::read().await?;
    if !call.backend.demo {
        return Ok(Vec::new());
    }
    store::list_demo_cast(call.db()).await
}

/// Ends the session on both sides, and forgets this browser's drafts.
pub async fn sign_out() -> Result<(), Fault> {
    let mut call = Call::open().await?;
    if let (Ok(account), Some(here)) = (call.viewer.account(), here()?) {
        let now = call.now;
        store::revoke_session(call.db(), account, here, now).await?;
    }
    session::set_cookie(&session::gone(session::COOKIE));
    session::set_cookie(&session::gone("__Host-draft"));
    call.commit(()).await
}

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
    store::insert_account(call.db(), account, &newcomer.sign_in, &hash, &invitation.name, lang, now).await?;
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

/// Kept with the account, and in a cookie, so that the sign-in page keeps them too.
pub async fn choose_manners(
    lang: Option<String>,
    theme: Option<String>,
    large_text: Option<bool>,
) -> Result<(), Fault> {
    let mut manners = manners()?;
    if let Some(lang) = lang {
        manners.lang = Lang::from_tag(&lang).ok_or(Fault::field("lang", Note::NotAChoice))?;
    }
    if let Some(theme) = theme {
        manners.theme = Theme::from_tag(&theme).ok_or(Fault::field("theme", Note::NotAChoice))?;
    }
    manners.large_text = large_text.unwrap_or(manners.large_text);
    session::set_cookie(&session::manners_cookie(manners));
    let mut call = Call::open().await?;
    let Ok(account) = call.viewer.account() else { return Ok(()) };
    store::save_manners(call.db(), account, manners).await?;
    call.commit(()).await
}

/// The caller's own page.
pub async fn me() -> Result<Me, Fault> {
    let mut call = Call::read().await?;
    let account = call.viewer.account()?;
    let here = here()?.ok_or(Fault::SignedOut)?;
    let now = call.now;
    let sessions = store::list_sessions(call.db(), account, here, now, now - session::IDLE).await?;
    Ok(Me { viewer: call.viewer.clone(), sessions, wall: call.wall() })
}

/// Asks for the present password again, ends all other sessions.
pub async fn change_password(present: String, new: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    check_password(&mut notes, "new_password", &new);
    notes.check()?;
    let account = viewer()?.account()?;
    let here = here()?.ok_or(Fault::SignedOut)?;
    limited(Limit::SIGN_IN, &account.to_string()).await?;
    let (stored, sign_in, name) = store::find_password(Call::read().await?.db(), account).await?;
    if !passwords::verify(present, Some(stored)).await? {
        return Err(Fault::field("present_password", Note::WrongPassword));
    }
    passwords::check_strength("new_password", &new, &[&sign_in, &name])?;
    let hash = passwords::hash(new).await?;
    let mut call = Call::open().await?;
    let now = call.now;
    store::save_password(call.db(), account, &hash).await?;
    store::revoke_others(call.db(), account, here, now).await?;
    call.commit(()).await
}

/// One's own sessions only: another's looks as if it did not exist.
pub async fn revoke_session(id: SessionId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let account = call.viewer.account()?;
    let now = call.now;
    if !store::revoke_session(call.db(), account, id, now).await? {
        return Err(Fault::NotFound);
    }
    call.commit(()).await
}

/// Only into an estate of which the caller is a member.
pub async fn switch_estate(estate: EstateId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    let here = here()?.ok_or(Fault::SignedOut)?;
    if !store::list_memberships(call.db(), staff.person.account).await?.contains(&estate) {
        return Err(Fault::NotFound);
    }
    store::move_session(call.db(), here, estate).await?;
    call.commit(()).await
}

/// The desk's search.
pub async fn find_units(words: String) -> Result<Vec<UnitHit>, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let words: String = words.trim().chars().take(40).collect();
    let hits = estate::store::search_units(call.db(), staff.estate, &words).await?;
    Ok(hits.into_iter().map(|(unit, occupants)| UnitHit { id: unit.id, unit, occupants }).collect())
}

/// The desk's view of a unit.
pub async fn unit(id: UnitId) -> Result<UnitFile, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let now = call.now;
    let unit = store::find_unit(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    let occupants = store::list_occupants(call.db(), staff.estate, id, now).await?;
    Ok(UnitFile { unit, occupants, wall: call.wall() })
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
    let unit = store::withdraw_invitation(call.db(), staff.estate, id, now).await?.ok_or(Refusal::InvitationUsed)?;
    call.record(record(staff.estate, unit, "invitation_withdrawn", json!({}))).await?;
    call.commit(()).await
}

/// Registers a person or company in a unit.
pub async fn add_occupant(
    unit: UnitId,
    name: String,
    is_organisation: bool,
    phone: Option<String>,
    kind: String,
    from_on: String,
    to_on: Option<String>,
) -> Result<PartyId, Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Reception)?;
    let mut notes = Notes::default();
    let name = notes.text("name", &name, 120);
    let phone = notes.optional("phone", phone.as_deref(), 40);
    let kind = OccupancyKind::from_tag(&kind);
    let from_on = from_on.parse::<NaiveDate>().ok();
    let last = to_on.as_deref().map(str::trim).filter(|to_on| !to_on.is_empty());
    let to_on = last.and_then(|to_on| to_on.parse::<NaiveDate>().ok());
    if kind.is_none() {
        notes.add("kind", Note::NotAChoice);
    }
    if from_on.is_none() {
        notes.add("from_on", Note::Malformed);
    }
    if (last.is_some() && to_on.is_none()) || to_on.zip(from_on).is_some_and(|(to, from)| to < from) {
        notes.add("to_on", Note::Malformed);
    }
    notes.check()?;
    let (Some(kind), Some(from_on)) = (kind, from_on) else { return Err(Fault::field("kind", Note::Malformed)) };
    store::find_unit(call.db(), staff.estate, unit).await?.ok_or(Fault::NotFound)?;
    let (party, occupancy) = (call.id()?, call.id()?);
    let phone = phone.as_deref();
    store::insert_occupant(
        call.db(),
        staff.estate,
        party,
        occupancy,
        unit,
        &name,
        is_organisation,
        phone,
        kind,
        from_on,
        to_on,
    )
    .await?;
    call.record(record(staff.estate, unit, "occupant_added", json!({ "party": party, "kind": kind }))).await?;
    call.commit(party).await
}

/// Everybody may see who works here; only some may grant.
pub async fn team() -> Result<Team, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let colleagues = store::list_team(call.db(), staff.estate).await?;
    Ok(Team { colleagues, grantable: staff.grantable() })
}

/// Grants a role or takes it, where the rule allows it.
pub async fn change_role(id: StaffId, role: String, held: bool) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Grant)?;
    let role = Role::from_tag(&role).ok_or(Fault::field("role", Note::NotAChoice))?;
    let colleague = store::lock_colleague(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    staff.grant(role, &colleague.roles, colleague.department.id)?;
    let now = call.now;
    store::save_role(call.db(), staff.estate, id, role, held, staff.person.account, now).await?;
    let kind = if held { "role_granted" } else { "role_taken" };
    call.record(Record {
        estate: staff.estate,
        room: Room::People,
        subject: id.0,
        kind,
        is_public: false,
        unit: None,
        reader: None,
        details: json!({ "role": role }),
    })
    .await?;
    call.commit(()).await
}

/// Signing in, and where it leads. The session is new, whatever the browser had before.
async fn arrive(call: &mut Call, account: AccountId) -> Result<Arrival, Fault> {
    let estate = store::list_memberships(call.db(), account).await?.first().copied();
    let now = call.now;
    if let (Ok(before), Some(here)) = (call.viewer.account(), here()?) {
        store::revoke_session(call.db(), before, here, now).await?;
    }
    let id: SessionId = call.id()?;
    let cookie = session::begin(call.db(), id, account, estate, &device()?, now).await?;
    session::set_cookie(&cookie);
    Ok(Arrival { start: if estate.is_some() { "/staff" } else { "/home" }.to_owned() })
}

fn parts() -> Result<Parts, Fault> {
    use_context::<Parts>().ok_or(Fault::Broken { reference: String::new() })
}

fn here() -> Result<Option<SessionId>, Fault> {
    Ok(parts()?.extensions.get::<Here>().map(|here| here.0))
}

fn manners() -> Result<super::model::Manners, Fault> {
    Ok(parts()?.extensions.get().copied().unwrap_or_default())
}

/// The address that the request came from, as the server's layers determined it.
fn address() -> Result<String, Fault> {
    Ok(parts()?
        .extensions
        .get::<crate::backend::Address>()
        .map_or_else(|| "unknown".to_owned(), |address| address.0.to_string()))
}

/// What the browser calls itself, short enough for a list.
fn device() -> Result<String, Fault> {
    let parts = parts()?;
    let agent =
        parts.headers.get(axum::http::header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Ok(agent.chars().take(200).collect())
}

/// The site's own address as the browser sees it, for codes that a phone scans.
fn origin() -> Result<String, Fault> {
    let parts = parts()?;
    let header = |name| parts.headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    if let Some(origin) = header("origin").filter(|origin| *origin != "null") {
        return Ok(origin.to_owned());
    }
    Ok(format!("http://{}", header("host").unwrap_or("localhost")))
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

fn record(estate: EstateId, unit: UnitId, kind: &'static str, details: serde_json::Value) -> Record {
    Record {
        estate,
        room: Room::People,
        subject: unit.0,
        kind,
        is_public: false,
        unit: Some(unit),
        reader: None,
        details,
    }
}

fn redeemed(invitation: &store::OpenInvitation) -> Record {
    record(invitation.estate, invitation.unit, "invitation_redeemed", json!({ "party": invitation.party }))
}
