//! Replies that a page without scripts must show once: stored so that only the browser that asked can read them.

use super::model::{Fields, Kept};
use crate::fault::Fault;
use crate::ids::DraftId;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use sha2::{Digest, Sha256};

/// The field in which a sealed reply is stored; nothing that is posted may use it.
pub const REPLY: &str = "~reply";

/// Seals a reply into the fields of a draft.
pub fn seal(fields: &mut Fields, reply: &str, token: &str, id: DraftId) -> Result<(), Fault> {
    let sealed = cipher(token, id).encrypt(&Nonce::default(), reply.as_bytes());
    let sealed = sealed.map_err(|error| crate::backend::broken("a reply that cannot be sealed", &error))?;
    fields.0.push((REPLY.to_owned(), hex(&sealed)));
    Ok(())
}

/// Opens the reply of a draft that has one, with the token of the browser that sent the form.
pub fn unsealed(mut kept: Kept, token: &str, id: DraftId) -> Kept {
    if let Some(place) = kept.fields.0.iter().position(|(name, _)| name == REPLY) {
        let (_, text) = kept.fields.0.remove(place);
        let opened = unhex(&text).and_then(|sealed| cipher(token, id).decrypt(&Nonce::default(), &*sealed).ok());
        kept.reply = opened.and_then(|reply| String::from_utf8(reply).ok());
    }
    kept
}

/// A key of its own for each draft: from the browser's token, which is stored nowhere on our side, and the
/// draft's id. It seals one reply, so that one nonce does.
fn cipher(token: &str, id: DraftId) -> ChaCha20Poly1305 {
    let key = Sha256::new().chain_update("steward reply ").chain_update(token).chain_update(id.0).finalize();
    ChaCha20Poly1305::new(&key)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{REPLY, seal, unsealed};
    use crate::fault::Fault;
    use crate::forms::{Fields, Kept};
    use crate::ids::DraftId;
    use uuid::Uuid;

    #[test]
    fn only_the_browser_that_asked_can_read_a_reply() -> Result<(), Fault> {
        let (id, reply) = (DraftId(Uuid::from_u128(7)), r#"{"code":"ABCD-EFGH-JKLM"}"#);
        let mut kept = Kept { form: "people/invite".to_owned(), fields: Fields::default(), fault: None, reply: None };
        seal(&mut kept.fields, reply, "token", id)?;
        assert!(!format!("{kept:?}").contains("ABCD"));
        assert_eq!(unsealed(kept.clone(), "token", id).reply.as_deref(), Some(reply));
        assert_eq!(unsealed(kept.clone(), "other", id).reply, None);
        assert_eq!(unsealed(kept.clone(), "token", DraftId(Uuid::from_u128(8))).reply, None);
        // Nobody who reaches the table can change it unseen.
        let mut changed = kept;
        let sealed = changed.fields.get(REPLY).unwrap_or_default().to_owned();
        let first = if sealed.starts_with('0') { "1" } else { "0" };
        changed.fields = Fields(vec![(REPLY.to_owned(), format!("{first}{}", &sealed[1..]))]);
        assert_eq!(unsealed(changed, "token", id).reply, None);
        Ok(())
    }
}
