//! What is typed about an order, before a rule looks at it: read here by the server, and by a device that keeps it until
//! the server can.

use super::super::api::{CheckMaterial, Complete, ConfirmOnSite, Refuse, SpendTime, UseMaterial};
use super::super::model::MaterialDraft;
use crate::fault::{Fault, Note, Notes};
use crate::forms::Fields;
use crate::requests::{LONGEST_REASON, LONGEST_WORDS};
use server_fn::ServerFn;

impl MaterialDraft {
    /// Reads a line: name (1 to 120 characters), how much (`1.5`) of what unit (1 to 20); of the client's own also
    /// `pass` or `fail`, with what the check found (≤ 500).
    pub fn parse(name: &str, quantity: &str, unit: &str, check: Option<(&str, Option<&str>)>) -> Result<Self, Fault> {
        let (mut passed, mut remark) = (None, None);
        if let Some((result, found)) = check {
            passed = match result {
                "pass" => Some(true),
                "fail" => Some(false),
                _ => return Err(Fault::field("result", Note::NotAChoice)),
            };
            let mut notes = Notes::default();
            remark = notes.optional("remark", found, LONGEST_REASON);
            notes.check()?;
        }
        let mut notes = Notes::default();
        let name = notes.text("name", name, 120);
        let unit = notes.text("unit", unit, 20);
        let amount = thousandths(quantity);
        if amount.is_none() {
            notes.add("quantity", if quantity.trim().is_empty() { Note::Missing } else { Note::Malformed });
        }
        notes.check()?;
        let quantity = amount.ok_or(Fault::field("quantity", Note::Malformed))?;
        Ok(MaterialDraft { name, quantity, unit, passed, remark })
    }
}

/// Hours and minutes, together 1 minute to a day.
pub fn minutes_of(hours: Option<&str>, minutes: Option<&str>) -> Result<i32, Fault> {
    let number = |typed: Option<&str>| match typed.unwrap_or_default().trim() {
        "" => Some(0),
        typed => typed.parse::<i32>().ok().filter(|number| (0..=1440).contains(number)),
    };
    let hours = number(hours).ok_or(Fault::field("hours", Note::Malformed))?;
    let minutes = number(minutes).ok_or(Fault::field("minutes", Note::Malformed))?;
    let minutes = hours * 60 + minutes;
    if (1..=1440).contains(&minutes) {
        return Ok(minutes);
    }
    Err(Fault::field("hours", if minutes == 0 { Note::Missing } else { Note::Malformed }))
}

/// What was done, and what its worker gives as a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What was done: 1 to 2000 characters.
    pub note: String,
    /// Who signed: at most 80 characters.
    pub signer: Option<String>,
    /// Why there is no proof: at most 500 characters.
    pub reason: Option<String>,
}

impl Done {
    /// Reads the form; whoever signs is named, and whoever is named has signed. `notes`: what is wrong already.
    pub fn parse(
        mut notes: Notes,
        note: &str,
        signer: Option<&str>,
        has_signed: bool,
        reason: Option<&str>,
    ) -> Result<Self, Fault> {
        let note = notes.text("note", note, LONGEST_WORDS);
        let signer = notes.optional("signer", signer, 80);
        let reason = notes.optional("no_proof_reason", reason, LONGEST_REASON);
        if has_signed && signer.is_none() {
            notes.add("signer", Note::Missing);
        }
        if signer.is_some() && !has_signed {
            notes.add("signed", Note::Missing);
        }
        notes.check()?;
        Ok(Self { note, signer, reason })
    }
}

/// What is wrong with a form about an order, by where it is sent, as far as anybody can say without the order.
pub fn check_form(to: &str, fields: &Fields) -> Result<(), Fault> {
    let get = |name: &str| fields.get(name).unwrap_or_default();
    let mut notes = Notes::default();
    if to == ConfirmOnSite::PATH {
        notes.text("words", get("words"), LONGEST_WORDS);
    } else if to == Refuse::PATH {
        notes.text("reason", get("reason"), LONGEST_REASON);
    } else if to == UseMaterial::PATH {
        MaterialDraft::parse(get("name"), get("quantity"), get("unit"), None)?;
    } else if to == CheckMaterial::PATH {
        let check = (get("result"), fields.get("remark"));
        let draft = MaterialDraft::parse(get("name"), get("quantity"), get("unit"), Some(check))?;
        if draft.passed == Some(false) && draft.remark.is_none() {
            notes.add("remark", Note::Missing);
        }
    } else if to == SpendTime::PATH {
        minutes_of(fields.get("hours"), fields.get("minutes"))?;
    } else if to == Complete::PATH {
        let has_signed = !get("signed").is_empty() || !get("strokes").is_empty();
        let (signer, reason) = (fields.get("signer"), fields.get("no_proof_reason"));
        Done::parse(notes, get("note"), signer, has_signed, reason)?;
        return Ok(());
    }
    notes.check()
}

/// `2`, `1.5`, `0,75`: more than nothing, at most a million, in thousandths.
fn thousandths(typed: &str) -> Option<i64> {
    let typed = typed.trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 7 || part.len() > 3 || !digits(whole) || !digits(part) {
        return None;
    }
    let quantity = format!("{whole}{part:0<3}").parse().ok()?;
    (1..=1_000_000_000).contains(&quantity).then_some(quantity)
}

#[cfg(test)]
mod tests {
    use super::thousandths;

    #[test]
    fn quantities_are_kept_in_thousandths() {
        for (typed, kept) in [("2", 2000), (" 1.5 ", 1500), ("0,75", 750), ("0.001", 1), ("1000000", 1_000_000_000)] {
            assert_eq!(thousandths(typed), Some(kept), "{typed}");
        }
        for typed in ["", "0", "0.0", "-1", "1.2345", "a", ".5", "1.2.3", "1000000.001", "1e3", "99999999"] {
            assert_eq!(thousandths(typed), None, "{typed}");
        }
    }
}
