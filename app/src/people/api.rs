#![expect(clippy::too_many_arguments, reason = "a server function takes its form's fields")]
#![expect(missing_docs, reason = "the arguments of a server function are the fields of its struct")]

use super::model::{
    Arrival, Conduct, DemoPerson, Frame, IssuedInvitation, IssuedKey, Keys, Me, Office, Team, UnitFile, UnitHit,
};
use crate::asking::Packed;
use crate::fault::Fault;
use crate::ids::{
    ApiKeyId, DepartmentId, EstateId, InvitationId, Key, LapseId, OccupancyId, PartyId, SessionId, StaffId, UnitId,
};
use leptos::prelude::*;

/// Who asks, and the estate around the page. A stranger is nobody, which is no fault.
#[server(endpoint = "people/frame", prefix = "/api")]
pub async fn load_frame() -> Result<Packed<Frame>, Fault> {
    crate::asking::packed(super::serve::frame().await)
}

/// The office around its pages, with whoever works there; null for anybody else.
#[server(endpoint = "people/office", prefix = "/api")]
pub async fn load_office() -> Result<Packed<Option<Office>>, Fault> {
    crate::asking::packed(super::serve::office().await)
}

/// Signs in with a name (≤ 80 characters) and a password; refuses both with one and the same note.
#[server(endpoint = "people/sign_in", prefix = "/api")]
pub async fn sign_in(key: Key, sign_in: String, password: String) -> Result<Arrival, Fault> {
    let _ = key;
    super::serve::sign_in(sign_in, password).await
}

/// Signs in as one of the demo estate's people; does not exist outside demo mode.
#[server(endpoint = "people/demo_sign_in", prefix = "/api")]
pub async fn demo_sign_in(key: Key, sign_in: String) -> Result<Arrival, Fault> {
    let _ = key;
    super::serve::demo_sign_in(sign_in).await
}

/// The demo estate's one-tap sign-ins, role by role; empty outside demo mode.
#[server(endpoint = "people/demo_cast", prefix = "/api")]
pub async fn demo_cast() -> Result<Packed<Vec<DemoPerson>>, Fault> {
    crate::asking::packed(super::serve::demo_cast().await)
}

/// Says that the caller gave up something that had never left their device: what it was (≤ 2 000 characters) and why
/// (≤ 500). It stands in their work log.
#[server(endpoint = "people/discard_unsent", prefix = "/api")]
pub async fn discard_unsent(key: Key, words: String, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::discard_unsent(words, reason).await
}

/// Ends this session.
#[server(endpoint = "people/sign_out", prefix = "/api")]
pub async fn sign_out(key: Key) -> Result<(), Fault> {
    let _ = key;
    super::serve::sign_out().await
}

/// Redeems an invitation (one-time code of twelve characters) for a new account, and signs it in.
#[server(endpoint = "people/redeem", prefix = "/api")]
pub async fn redeem(key: Key, code: String, sign_in: String, password: String) -> Result<Arrival, Fault> {
    let _ = key;
    super::serve::redeem(code, sign_in, password).await
}

/// Redeems an invitation for the account that is signed in.
#[server(endpoint = "people/redeem_here", prefix = "/api")]
pub async fn redeem_here(key: Key, code: String) -> Result<Arrival, Fault> {
    let _ = key;
    super::serve::redeem_here(code).await
}

/// Language tag, theme tag and type size, kept with the account, or in a cookie for a stranger.
#[server(endpoint = "people/choose_manners", prefix = "/api")]
pub async fn choose_manners(
    key: Key,
    lang: Option<String>,
    theme: Option<String>,
    large_text: Option<bool>,
) -> Result<(), Fault> {
    let _ = key;
    super::serve::choose_manners(lang, theme, large_text).await
}

/// The caller's account and signed-in browsers.
#[server(endpoint = "people/me", prefix = "/api")]
pub async fn load_me() -> Result<Packed<Me>, Fault> {
    crate::asking::packed(super::serve::me().await)
}

/// Changes the password (10 to 128 characters, not easily guessed); every other session ends.
#[server(endpoint = "people/change_password", prefix = "/api")]
pub async fn change_password(key: Key, present_password: String, new_password: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::change_password(present_password, new_password).await
}

/// Ends one of the caller's sessions.
#[server(endpoint = "people/revoke_session", prefix = "/api")]
pub async fn revoke_session(key: Key, session: SessionId) -> Result<(), Fault> {
    let _ = key;
    super::serve::revoke_session(session).await
}

/// Works in another estate in which the caller is staff too.
#[server(endpoint = "people/switch_estate", prefix = "/api")]
pub async fn switch_estate(key: Key, estate: EstateId) -> Result<(), Fault> {
    let _ = key;
    super::serve::switch_estate(estate).await
}

/// Units by number, or by an occupant's name; at most 24. The desk's.
#[server(endpoint = "people/find_units", prefix = "/api")]
pub async fn find_units(words: String) -> Result<Packed<Vec<UnitHit>>, Fault> {
    crate::asking::packed(super::serve::find_units(words).await)
}

/// A unit and its occupants. The desk's.
#[server(endpoint = "people/unit", prefix = "/api")]
pub async fn load_unit(id: UnitId) -> Result<Packed<UnitFile>, Fault> {
    crate::asking::packed(super::serve::unit(id).await)
}

/// Invites somebody who occupies the unit; an earlier invitation of theirs is withdrawn.
/// The reply is the only time that the code is seen.
#[server(endpoint = "people/invite", prefix = "/api")]
pub async fn invite(key: Key, unit: UnitId, party: PartyId) -> Result<IssuedInvitation, Fault> {
    let _ = key;
    super::serve::invite(unit, party).await
}

/// Makes an invitation worthless.
#[server(endpoint = "people/withdraw_invitation", prefix = "/api")]
pub async fn withdraw_invitation(key: Key, invitation: InvitationId) -> Result<(), Fault> {
    let _ = key;
    super::serve::withdraw_invitation(invitation).await
}

/// Registers somebody in a unit: a person or a company (`kind`: owner, tenant, relative, borrower).
#[server(endpoint = "people/add_occupant", prefix = "/api")]
pub async fn add_occupant(
    key: Key,
    unit: UnitId,
    name: String,
    is_organisation: Option<bool>,
    phone: Option<String>,
    kind: String,
    from_on: String,
    to_on: Option<String>,
) -> Result<PartyId, Fault> {
    let _ = key;
    super::serve::add_occupant(unit, name, is_organisation.unwrap_or(false), phone, kind, from_on, to_on).await
}

/// Names the last day of somebody's time in a unit, perhaps one that has passed; an end that has passed stands.
#[server(endpoint = "people/end_occupancy", prefix = "/api")]
pub async fn end_occupancy(key: Key, occupancy: OccupancyId, last_on: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::end_occupancy(occupancy, last_on).await
}

/// The office's people.
#[server(endpoint = "people/team", prefix = "/api")]
pub async fn load_team() -> Result<Packed<Team>, Fault> {
    crate::asking::packed(super::serve::team().await)
}

/// Grants a role below the caller's own.
#[server(endpoint = "people/grant_role", prefix = "/api")]
pub async fn grant_role(key: Key, staff: StaffId, role: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::change_role(staff, role, true).await
}

/// Invites a colleague into a department and a role below the caller's own; name ≤ 120 and phone ≤ 40 characters.
/// The reply is the only time that the code is seen.
#[server(endpoint = "people/invite_colleague", prefix = "/api")]
pub async fn invite_colleague(
    key: Key,
    name: String,
    phone: Option<String>,
    department: DepartmentId,
    role: String,
) -> Result<IssuedInvitation, Fault> {
    let _ = key;
    super::serve::invite_colleague(name, phone, department, role).await
}

/// Ends a colleague's time in the office, and their sessions; what they hold is handed over to whoever stands above
/// them. Refused while they answer for what comes in.
#[server(endpoint = "people/let_go", prefix = "/api")]
pub async fn let_go(key: Key, staff: StaffId) -> Result<(), Fault> {
    let _ = key;
    super::serve::let_go(staff).await
}

/// What was noted of a colleague's conduct: for themselves, and for those above them.
#[server(endpoint = "people/conduct", prefix = "/api")]
pub async fn load_conduct(staff: StaffId) -> Result<Packed<Conduct>, Fault> {
    crate::asking::packed(super::serve::conduct(staff).await)
}

/// Notes where a colleague fell short (`kind`: forbidden_answer, discourtesy, late_answer, post_empty): what was said or
/// done (1 to 500 characters), on which day, and about which matter, by its code. Those above them.
#[server(endpoint = "people/note_lapse", prefix = "/api")]
pub async fn note_lapse(
    key: Key,
    staff: StaffId,
    kind: String,
    said: String,
    on: String,
    code: Option<String>,
) -> Result<LapseId, Fault> {
    let _ = key;
    super::serve::note_lapse(staff, kind, said, on, code).await
}

/// Strikes a lapse, for a reason (1 to 500 characters); it stays on the record. Those above whoever it is of.
#[server(endpoint = "people/withdraw_lapse", prefix = "/api")]
pub async fn withdraw_lapse(key: Key, lapse: LapseId, reason: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::withdraw_lapse(lapse, reason).await
}

/// Takes a role below the caller's own.
#[server(endpoint = "people/take_role", prefix = "/api")]
pub async fn take_role(key: Key, staff: StaffId, role: String) -> Result<(), Fault> {
    let _ = key;
    super::serve::change_role(staff, role, false).await
}

/// The keys of other programs, those in use first. The site manager's.
#[server(endpoint = "people/keys", prefix = "/api")]
pub async fn load_keys() -> Result<Packed<Keys>, Fault> {
    crate::asking::packed(super::serve::keys().await)
}

/// Makes a key for another program, named after it (≤ 80 characters). The reply is the only time that its secret is
/// seen. The site manager's.
#[server(endpoint = "people/make_key", prefix = "/api")]
pub async fn make_key(key: Key, name: String) -> Result<IssuedKey, Fault> {
    let _ = key;
    super::serve::make_key(name).await
}

/// Makes a key worthless, at once and for good.
#[server(endpoint = "people/revoke_key", prefix = "/api")]
pub async fn revoke_key(key: Key, id: ApiKeyId) -> Result<(), Fault> {
    let _ = key;
    super::serve::revoke_key(id).await
}
