use super::super::model::{IssuedKey, Keys, Program};
use super::super::rules::Power;
use super::super::store;
use crate::backend::random;
use crate::call::Call;
use crate::fault::{Fault, Notes};
use crate::happenings::Record;
use crate::ids::ApiKeyId;
use crate::moment::Moment;
use chrono::Duration;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// The longest name of a program, in characters.
const LONGEST_NAME: u32 = 80;
/// How every secret begins, so that whoever finds one somewhere knows whose it is.
const MARK: &str = "steward_";
/// How much of a secret the office sees later.
const SHOWN: usize = MARK.len() + 6;
/// How stale `used_at` may be before a call writes it.
const USED_EVERY: Duration = Duration::hours(1);

/// The estate's keys, for whoever may make them.
pub async fn keys() -> Result<Keys, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Keys)?;
    let jurisdiction = store::find_jurisdiction(call.db(), staff.estate).await?;
    let keys = store::list_keys(call.db(), staff.estate).await?;
    Ok(Keys { keys, jurisdiction, wall: call.wall() })
}

/// A new key. The secret leaves this function once and is stored nowhere.
pub async fn make_key(name: String) -> Result<IssuedKey, Fault> {
    let mut notes = Notes::default();
    let name = notes.text("name", &name, LONGEST_NAME);
    notes.check()?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Keys)?;
    let (id, now): (ApiKeyId, _) = (call.id()?, call.now);
    let random: String = random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let secret = format!("{MARK}{random}");
    let prefix = secret.get(..SHOWN).unwrap_or(MARK);
    store::insert_key(call.db(), staff.estate, id, &name, prefix, &hash(&secret), staff.id, now).await?;
    call.record(Record::of_office(staff.estate, id.0, "key_made", json!({ "name": name }))).await?;
    let kept = IssuedKey { id, name: name.clone(), secret: String::new() };
    call.commit_once(IssuedKey { id, name, secret }, &kept).await
}

/// Makes a key worthless; one that is so already stays so.
pub async fn revoke_key(id: ApiKeyId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    staff.needs(Power::Keys)?;
    let is_open = store::lock_key(call.db(), staff.estate, id).await?.ok_or(Fault::NotFound)?;
    if is_open {
        let now = call.now;
        store::revoke_key(call.db(), staff.estate, id, staff.id, now).await?;
        call.record(Record::of_office(staff.estate, id.0, "key_revoked", json!({}))).await?;
    }
    call.commit(()).await
}

/// The program that a secret lets in; none where the secret is unknown or was revoked.
pub async fn program(db: &mut PgConnection, secret: &str, now: Moment) -> Result<Option<Program>, Fault> {
    let Some((program, used_at)) = store::find_program(db, &hash(secret)).await? else { return Ok(None) };
    if used_at.is_none_or(|used_at| now - used_at >= USED_EVERY) {
        store::touch_key(db, program.estate, program.key, now).await?;
    }
    Ok(Some(program))
}

/// Only this is stored. 256 random bits need no salt and no slow hash.
fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}
