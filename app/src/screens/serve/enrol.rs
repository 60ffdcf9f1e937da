use super::super::model::Standing;
use super::super::store::{self, NewScreen};
use crate::call::{Call, limited};
use crate::fault::Fault;
use crate::happenings::Record;
use crate::ids::{EstateId, ScreenId};
use crate::moment::Moment;
use crate::people::{self, Limit};
use axum::http::request::Parts;
use chrono::Duration;
use leptos::prelude::use_context;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// The secret of a browser that asks to be let in.
const ASKING: &str = "__Host-asking";
/// How long it may wait for that.
const ASKS_FOR: Duration = Duration::minutes(15);
/// What a demo's screen is called until somebody gives it another name.
const DEMO_NAME: &str = "Demo · 演示";

/// What a browser is that is no screen: one that asks, by the secret that it holds, or any other.
pub(super) async fn asks(call: &mut Call) -> Result<Standing, Fault> {
    let Some(secret) = asking() else { return Ok(Standing::Unknown) };
    let now = call.now;
    let asked = store::find_ask(call.db(), &people::hash_token(&secret), now).await?;
    Ok(asked.map_or(Standing::Unknown, |is_let_in| {
        let code = code_of(&secret);
        Standing::Asking { code: format!("{}-{}", &code[..4], &code[4..]), is_let_in }
    }))
}

/// The secret is new, whatever the browser asked before.
pub async fn ask_in() -> Result<(), Fault> {
    limited(Limit::SCREEN_FROM, &people::address()?).await?;
    let mut call = Call::open().await?;
    if call.viewer.screen().is_some() {
        return Err(Fault::NotAllowed);
    }
    let (secret, now) = (people::new_token()?, call.now);
    let (secret_hash, code_hash) = (people::hash_token(&secret), hash_code(&code_of(&secret)));
    store::insert_ask(call.db(), &secret_hash, &code_hash, now, now + ASKS_FOR).await?;
    let age = ASKS_FOR.num_seconds();
    people::set_cookie(&format!("{ASKING}={secret}; Path=/; Max-Age={age}; Secure; HttpOnly; SameSite=Strict"));
    call.is_done_anew();
    call.commit(()).await
}

/// Only the browser that asked holds the secret, and what it collects is made here, once.
pub async fn enrol() -> Result<(), Fault> {
    let mut call = Call::open().await?;
    call.is_done_anew();
    let Some(secret) = asking() else { return call.commit(()).await };
    let now = call.now;
    if let Some((estate, id)) = store::take_ask(call.db(), &people::hash_token(&secret), now).await? {
        hand_over(&mut call, estate, id).await?;
        people::set_cookie(&people::gone(ASKING));
        call.record(Record::of_office(estate, id.0, "screen_enrolled", json!({}))).await?;
    }
    call.commit(()).await
}

/// Only where the backend runs as a demo; else the endpoint does not exist.
pub async fn open_demo(estate: EstateId) -> Result<(), Fault> {
    let mut call = Call::open().await?;
    if !call.backend.demo {
        return Err(Fault::NotFound);
    }
    let (area, by) = store::find_demo_stand(call.db(), estate).await?.ok_or(Fault::NotFound)?;
    let (id, now) = (call.id()?, call.now);
    store::insert(call.db(), NewScreen { estate, id, name: DEMO_NAME, area, by }, now).await?;
    hand_over(&mut call, estate, id).await?;
    call.is_done_anew();
    call.commit(()).await
}

/// Gives a screen its credential, which leaves this function once and is stored nowhere. Whoever was signed in on that
/// browser is so no more.
async fn hand_over(call: &mut Call, estate: EstateId, id: ScreenId) -> Result<(), Fault> {
    let token = people::new_token()?;
    store::save_token(call.db(), estate, id, &people::hash_token(&token)).await?;
    people::end_here(call).await?;
    people::set_cookie(&people::device_cookie(&token));
    Ok(())
}

/// Forgets those who asked and were not let in, or never came for what they asked.
pub async fn sweep(db: &mut PgConnection, now: Moment) -> Result<(), Fault> {
    store::sweep(db, now).await
}

/// The code of a secret: eight characters that are hard to mistake for one another, 40 bits for a quarter of an hour.
fn code_of(secret: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let digest = Sha256::new().chain_update("steward screen ").chain_update(secret).finalize();
    digest.iter().take(8).map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// Only this is stored of a code, however it is typed.
pub(super) fn hash_code(typed: &str) -> Vec<u8> {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    people::hash_token(&code)
}

/// The credential of the screen that asks.
pub(super) fn own_token() -> Option<String> {
    use_context::<Parts>().and_then(|parts| people::cookie(&parts.headers, people::DEVICE))
}

fn asking() -> Option<String> {
    use_context::<Parts>().and_then(|parts| people::cookie(&parts.headers, ASKING))
}

#[cfg(test)]
mod tests {
    use super::{code_of, hash_code};

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = code_of("secret");
        assert_eq!(code.len(), 8);
        assert_ne!(code, code_of("another"));
        let typed = format!(" {}-{} ", code[..4].to_lowercase(), &code[4..]);
        assert_eq!(hash_code(&typed), hash_code(&code));
    }
}
