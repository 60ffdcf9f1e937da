use super::super::model::{Colleague, Role, Staff};
use super::rank;
use crate::fault::Fault;

impl Staff {
    /// Whether a colleague's lapses are theirs to note, and to read (B10): supervisors and heads note those of whoever
    /// stands below them in their own department, the site manager those of everybody below. Nobody notes their own.
    pub fn notes_lapses_of(&self, who: &Colleague) -> Result<(), Fault> {
        let is_over = |role: &Role| match role {
            Role::Supervisor | Role::Head => who.department.id == self.department.id,
            Role::SiteManager => true,
            _ => false,
        };
        let own = self.roles.iter().filter(|role| is_over(role)).map(|role| rank(*role)).max();
        let is_below = own.is_some_and(|own| who.roles.iter().all(|role| rank(*role) < own));
        if is_below && who.id != self.id { Ok(()) } else { Err(Fault::NotAllowed) }
    }
}
