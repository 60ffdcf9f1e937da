//! Photos that come in a plain form, among its texts.

use super::serve::{Incoming, receive};
use crate::backend::{Backend, random};
use crate::fault::{Fault, FieldNote, Note};
use crate::forms::Fields;
use crate::ids::Key;
use crate::people::Viewer;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use sha2::{Digest, Sha256};

/// The longest plain form, in bytes. Six photos are 72 MB; whoever picks too many is told so, and for
/// that the browser must be heard out.
pub const LONGEST_FORM: usize = 256_000_000;
/// The longest text of a form, in bytes, and what every text of that many characters fits into.
const LONGEST_TEXT: usize = 65_536;
const LONGEST_TEXT_CHARS: u32 = 16_384;
/// The longest name of a field, in bytes.
const LONGEST_NAME: usize = 256;
/// All texts of a form, in bytes.
const ALL_TEXTS: usize = 262_144;
/// What one field costs beside its name and its value: empty ones are not free.
const FIELD_COST: usize = 64;
/// Photos of one form.
const MOST_PHOTOS: usize = 6;

/// Reads a plain form with files. Texts and ids come back as fields; every file of the field `files`
/// that could be stored is one more `photos[]`, whatever became of the others. The fields `estate` and
/// `key` stand before the files. With nobody signed in no file is kept, and the fault is [`Fault::SignedOut`].
pub async fn receive_form(backend: &Backend, viewer: &Viewer, mut form: Multipart) -> (Fields, Option<Fault>) {
    let mut draft = Draft::default();
    loop {
        let step = match form.next_field().await {
            Ok(Some(part)) => draft.read(backend, viewer, part).await,
            Ok(None) => break,
            Err(error) => Err(error),
        };
        if let Err(error) = step {
            let too_long = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
            draft.note(if too_long { ("photos", Note::TooMany(6)) } else { ("", Note::Malformed) });
            break;
        }
        if draft.read > LONGEST_FORM {
            draft.note(("photos", Note::TooMany(6)));
            break;
        }
    }
    draft.finish()
}

/// A form as far as it has been read.
#[derive(Default)]
struct Draft {
    fields: Fields,
    notes: Vec<FieldNote>,
    fault: Option<Fault>,
    /// Bytes of all parts.
    read: usize,
    /// Bytes of all texts.
    texts: usize,
    /// Files so far.
    files: u64,
}

impl Draft {
    async fn read(&mut self, backend: &Backend, viewer: &Viewer, part: Field<'_>) -> Result<(), MultipartError> {
        match (part.name(), part.file_name()) {
            (Some("files"), _) => self.file(backend, viewer, part).await,
            (Some(name), None) if name.len() <= LONGEST_NAME => {
                let name = name.to_owned();
                self.text(name, part).await
            }
            // No field of ours.
            _ => self.pour(part, |_| {}).await,
        }
    }

    async fn pour(&mut self, mut part: Field<'_>, mut into: impl FnMut(&[u8])) -> Result<(), MultipartError> {
        while let Some(chunk) = part.chunk().await? {
            self.read += chunk.len();
            if self.read > LONGEST_FORM {
                break;
            }
            into(&chunk);
        }
        Ok(())
    }

    async fn text(&mut self, name: String, part: Field<'_>) -> Result<(), MultipartError> {
        self.texts += name.len() + FIELD_COST;
        let room = LONGEST_TEXT.min(ALL_TEXTS.saturating_sub(self.texts));
        let (mut text, mut is_cut) = (Vec::new(), false);
        self.pour(part, |chunk| {
            let fits = chunk.len().min(room - text.len());
            text.extend_from_slice(&chunk[..fits]);
            is_cut |= fits < chunk.len();
        })
        .await?;
        self.texts += text.len();
        if is_cut {
            self.note((&name, Note::TooLong(LONGEST_TEXT_CHARS)));
        }
        if room > 0 {
            let text = String::from_utf8_lossy(&text);
            // Half a character at the cut is not something that was typed.
            let text = if is_cut { text.trim_end_matches('\u{FFFD}') } else { &text };
            self.fields.0.push((name, text.to_owned()));
        }
        Ok(())
    }

    async fn file(&mut self, backend: &Backend, viewer: &Viewer, part: Field<'_>) -> Result<(), MultipartError> {
        let has_room = self.photos() < MOST_PHOTOS;
        let is_wanted = has_room && self.fault.is_none() && viewer.account().is_ok();
        let mut file = Incoming::begin(is_wanted).await;
        self.pour(part, |chunk| file.push(chunk)).await?;
        if file.size == 0 || self.read > LONGEST_FORM {
            return Ok(());
        }
        self.files += 1;
        match self.receive(backend, viewer, has_room, file).await {
            Ok(Some(id)) if !self.fields.all("photos[]").contains(&id.as_str()) => {
                self.fields.0.push(("photos[]".to_owned(), id))
            }
            Ok(_) => {}
            Err(Fault::Invalid(notes)) => notes.iter().for_each(|note| self.note((&note.field, note.note))),
            Err(fault) => {
                self.note(("photos", Note::ChooseAgain));
                self.fault = Some(fault);
            }
        }
        Ok(())
    }

    async fn receive(
        &self,
        backend: &Backend,
        viewer: &Viewer,
        has_room: bool,
        file: Incoming,
    ) -> Result<Option<String>, Fault> {
        viewer.account()?;
        if self.fault.is_some() {
            return Ok(None);
        }
        if !has_room {
            return Err(Fault::field("photos", Note::TooMany(6)));
        }
        let estate = self.fields.get("estate").and_then(|id| id.parse().ok()).ok_or(Fault::NotFound)?;
        let key = match self.fields.get("key") {
            Some(key) => self.key_of(key, &file.hash),
            None => random()?,
        };
        let key = Key(uuid::Builder::from_custom_bytes(key).into_uuid());
        receive(backend, viewer, estate, key, file).await.map(|id| Some(id.to_string()))
    }

    /// The key of one file follows from the form's key, its place and its bytes: the same form sent again
    /// names the same photos, and so is the same form.
    fn key_of(&self, key: &str, file: &Sha256) -> [u8; 16] {
        let mut hash = file.clone().chain_update(key).chain_update(self.files.to_be_bytes()).finalize();
        let (key, _) = hash.split_at_mut(16);
        key.try_into().unwrap_or_default()
    }

    fn photos(&self) -> usize {
        self.fields.all("photos[]").len()
    }

    /// Adds a note, once.
    fn note(&mut self, (field, note): (&str, Note)) {
        let note = FieldNote { field: field.to_owned(), note };
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn finish(mut self) -> (Fields, Option<Fault>) {
        if self.photos() > MOST_PHOTOS {
            self.note(("photos", Note::TooMany(6)));
        }
        let notes = (!self.notes.is_empty()).then_some(Fault::Invalid(self.notes));
        // The notes tell what is lost; only that nobody is signed in must be known first.
        let fault = match self.fault {
            Some(Fault::SignedOut) => self.fault,
            fault => notes.or(fault),
        };
        (self.fields, fault)
    }
}
