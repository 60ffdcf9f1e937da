//! What is written in an order, and what of it proves that it was carried out.

use super::super::model::{Ask, Kept, MaterialDraft, Order, OrderStage, Proof};
use crate::fault::{Fault, Note, Refusal};
use crate::people::Staff;
use crate::requests::Happening;

/// What a worker gives as a proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Who signed.
    pub signer: Option<String>,
    /// Whether photos of the result came along.
    pub has_photos: bool,
    /// Why there is neither.
    pub reason: Option<String>,
}

impl Order {
    /// What proves it of what its worker gives. Where the order asks for something else, nothing does, and whoever
    /// oversees it looks; the worker says why. Where it asks for somebody else's check, what they give is kept, and
    /// proves nothing (C12).
    pub fn proof_of(&self, given: Given) -> Result<Option<Proof>, Fault> {
        let lacks_signature = self.asks.contains(&Ask::Signature) && given.signer.is_none();
        let lacks_photos = self.asks.contains(&Ask::Photos) && !(self.kept.before && given.has_photos);
        if lacks_signature || lacks_photos {
            return match given.reason {
                Some(_) => Ok(None),
                None => Err(Fault::field(if lacks_signature { "signer" } else { "photos" }, Note::Missing)),
            };
        }
        if self.asks.contains(&Ask::Check) {
            return Ok(None);
        }
        Ok(match (given.signer, given.has_photos, given.reason) {
            (Some(name), ..) => Some(Proof::Signature { name }),
            (None, true, _) => Some(Proof::Photo),
            (None, false, reason) => reason.map(|reason| Proof::Reason { reason }),
        })
    }

    /// Whether they write in it now what they find, use and spend: whoever holds it, from their arrival until it is
    /// verified.
    pub fn is_open_to(&self, by: &Staff) -> Result<(), Fault> {
        self.is_held_by(by)?;
        match self.stage {
            OrderStage::OnSite | OrderStage::Paused { .. } | OrderStage::Completed => Ok(()),
            _ => Err(Refusal::AlreadyMoved.into()),
        }
    }

    /// What is really to be done, written on site before the work goes on (C7).
    pub fn confirm_on_site(&mut self, by: &Staff, words: String, has_photos: bool) -> Result<Happening, Fault> {
        self.is_held_by(by)?;
        if !matches!(self.stage, OrderStage::OnSite | OrderStage::Paused { .. }) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.kept = Kept { finding: true, before: self.kept.before || has_photos };
        Ok(Happening::ConfirmedOnSite { order: self.id, words })
    }

    /// Something went into it; the client's own only once it was checked, and what failed with the reason (C8).
    pub fn use_material(&self, by: &Staff, draft: &MaterialDraft) -> Result<Happening, Fault> {
        self.is_open_to(by)?;
        let (order, name) = (self.id, draft.name.clone());
        Ok(match draft.passed {
            None => Happening::MaterialUsed { order, name },
            Some(false) if draft.remark.is_none() => return Err(Fault::field("remark", Note::Missing)),
            Some(passed) => Happening::MaterialChecked { order, name, passed, remark: draft.remark.clone() },
        })
    }

    /// Somebody spent time on it.
    pub fn spend_time(&self, by: &Staff, minutes: i32) -> Result<Happening, Fault> {
        self.is_open_to(by)?;
        Ok(Happening::TimeSpent { order: self.id, minutes })
    }

    /// A line was wrong; it stays, struck out.
    pub fn strike(&self, by: &Staff) -> Result<Happening, Fault> {
        self.is_open_to(by)?;
        Ok(Happening::LineStruck { order: self.id })
    }
}
