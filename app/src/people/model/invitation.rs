use super::{LONGEST_SIGN_IN, check_password};
use crate::estate::UnitRef;
use crate::fault::{Fault, Note, Notes};
use crate::ids::InvitationId;
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// An invitation just issued: the only time that its code is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedInvitation {
    /// To withdraw it.
    pub id: InvitationId,
    /// Typed by hand: twelve characters in three groups.
    pub code: String,
    /// The address that the QR carries, relative to the site.
    pub path: String,
    /// The QR as SVG, made by the server.
    pub qr: String,
    /// Who is invited.
    pub name: String,
    /// Into which unit; none for a colleague.
    pub unit: Option<UnitRef>,
    /// Until when.
    #[serde(deserialize_with = "crate::moment::read")]
    pub expires_at: Moment,
}

impl IssuedInvitation {
    /// What may be kept of it.
    pub fn without_code(&self) -> Self {
        Self { code: String::new(), path: String::new(), qr: String::new(), ..self.clone() }
    }
}

/// Someone new, as the join form states them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newcomer {
    /// The invitation's code, with or without its dashes.
    pub code: String,
    /// The name to sign in with.
    pub sign_in: String,
    /// The password.
    pub password: String,
}

impl Newcomer {
    /// Trims, and refuses what could not be stored.
    pub fn parse(self) -> Result<Self, Fault> {
        let mut notes = Notes::default();
        let code: String =
            self.code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        if code.is_empty() {
            notes.add("code", Note::Missing);
        }
        let sign_in = notes.text("sign_in", &self.sign_in.to_lowercase(), LONGEST_SIGN_IN);
        if (1..3).contains(&sign_in.chars().count()) {
            notes.add("sign_in", Note::TooShort(3));
        }
        check_password(&mut notes, "password", &self.password);
        notes.check()?;
        Ok(Self { code, sign_in, password: self.password })
    }
}
