use super::visit::{LONGEST_NAME, LONGEST_NUMBER};
use crate::fault::{Fault, Note, Notes};
use crate::ids::BuildingId;
use crate::visitors::Purpose;

/// The form of a visitor, as it was sent.
pub struct VisitForm {
    pub name: String,
    pub company: Option<String>,
    pub purpose: String,
    pub building: String,
    pub number: String,
}

/// Who asks for whom.
pub struct Asked {
    pub name: String,
    pub company: Option<String>,
    pub purpose: Purpose,
    pub building: BuildingId,
    pub number: String,
}

impl VisitForm {
    /// Reads the form. Whether there is such a home is not looked at: what is noted beside a field says nothing of it.
    pub fn read(self) -> Result<Asked, Fault> {
        let mut notes = Notes::default();
        let name = notes.text("name", &self.name, LONGEST_NAME);
        let company = notes.optional("company", self.company.as_deref(), LONGEST_NAME);
        let purpose = Purpose::from_tag(&self.purpose);
        if purpose.is_none() {
            notes.add("purpose", Note::NotAChoice);
        }
        let building = self.building.trim().parse::<BuildingId>().ok();
        if building.is_none() {
            notes.add("building", Note::NotAChoice);
        }
        let number = notes.text("number", &self.number, LONGEST_NUMBER);
        notes.check()?;
        let (purpose, building) = purpose.zip(building).ok_or(Fault::field("building", Note::NotAChoice))?;
        Ok(Asked { name, company, purpose, building, number })
    }
}
