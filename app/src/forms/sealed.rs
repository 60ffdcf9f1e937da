//! Replies that a page without scripts must show once: stored so that only the browser that asked can read them.

use super::model::{Fields, Kept};
use crate::ids::DraftId;
use sha2::{Digest, Sha256};

/// The field in which a sealed reply is stored; nothing that is posted may use it.
pub const REPLY: &str = "~reply";

/// Seals a reply into the fields of a draft.
pub fn seal(fields: &mut Fields, reply: &serde_json::Value, token: &str, id: DraftId) {
    fields.0.push((REPLY.to_owned(), hex(&masked(token, id, reply.to_string().as_bytes()))));
}

/// Opens the reply of a draft that has one, with the token of the browser that sent the form.
pub fn unsealed(mut kept: Kept, token: &str, id: DraftId) -> Kept {
    if let Some(place) = kept.fields.0.iter().position(|(name, _)| name == REPLY) {
        let (_, text) = kept.fields.0.remove(place);
        kept.reply = unhex(&text).and_then(|bytes| serde_json::from_slice(&masked(token, id, &bytes)).ok());
    }
    kept
}

/// Seals and opens: a key stream of SHA-256 over the browser's token, which is stored nowhere on our
/// side, and the draft's own id, so that no stream is ever used twice.
fn masked(token: &str, id: DraftId, bytes: &[u8]) -> Vec<u8> {
    let block = |counter: u64| {
        let mut hasher = Sha256::new();
        hasher.update(b"steward reply ");
        hasher.update(token.as_bytes());
        hasher.update(id.0.as_bytes());
        hasher.update(counter.to_be_bytes());
        hasher.finalize()
    };
    let stream = (0..).flat_map(block);
    bytes.iter().zip(stream).map(|(byte, mask)| byte ^ mask).collect()
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
    use super::{seal, unsealed};
    use crate::forms::{Fields, Kept};
    use crate::ids::DraftId;
    use serde_json::json;
    use uuid::Uuid;

    #[test]
    fn only_the_browser_that_asked_can_read_a_reply() {
        let (id, reply) = (DraftId(Uuid::from_u128(7)), json!({ "code": "ABCD-EFGH-JKLM" }));
        let mut kept = Kept { form: "people/invite".to_owned(), fields: Fields::default(), fault: None, reply: None };
        seal(&mut kept.fields, &reply, "token", id);
        assert!(!format!("{kept:?}").contains("ABCD"));
        assert_eq!(unsealed(kept.clone(), "token", id).reply, Some(reply));
        assert_eq!(unsealed(kept.clone(), "other", id).reply, None);
        assert_eq!(unsealed(kept, "token", DraftId(Uuid::from_u128(8))).reply, None);
    }
}
