//! What may become of an incident, and how a report that belongs to one follows its lead.

use super::model::{Incident, IncidentMove, IncidentStage};
use crate::fault::{Fault, Refusal};
use crate::ids::RequestId;
use crate::moment::Moment;
use crate::people::{Power, Staff};
use crate::requests::{Request, Version};

/// Every legal move of an incident, by the stages' tags; the database refuses all others.
pub const MOVES: [(&str, &str); 4] =
    [("", "proposed"), ("proposed", "open"), ("proposed", "dismissed"), ("open", "closed")];

impl Incident {
    /// Refuses a move that was decided on an older version.
    pub fn seen_at(&self, seen: Version) -> Result<(), Fault> {
        if self.version == seen { Ok(()) } else { Err(Fault::Stale) }
    }

    /// The desk takes it for one: the work is ordered on the lead.
    pub fn accept(&mut self, by: &Staff, lead: RequestId, at: Moment) -> Result<(), Fault> {
        by.needs(Power::Triage)?;
        self.go(IncidentStage::Open, at)?;
        self.lead = Some(lead);
        Ok(())
    }

    /// The desk takes it for none; its reports go their own ways.
    pub fn dismiss(&mut self, by: &Staff, reason: String, at: Moment) -> Result<(), Fault> {
        by.needs(Power::Triage)?;
        self.go(IncidentStage::Dismissed, at)?;
        self.reason = Some(reason);
        Ok(())
    }

    /// It is over, once nothing is owed on its lead any more.
    pub fn close(&mut self, by: &Staff, lead: &Request, at: Moment) -> Result<(), Fault> {
        by.needs(Power::Triage)?;
        if lead.stage.is_open() {
            return Err(Refusal::StillAtWork.into());
        }
        self.go(IncidentStage::Closed, at)
    }

    /// A word to all, a report taken in or out: while it is not over.
    pub fn change(&self, by: &Staff) -> Result<(), Fault> {
        by.needs(Power::Triage)?;
        if self.stage.is_live() { Ok(()) } else { Err(Refusal::AlreadyMoved.into()) }
    }

    /// What somebody may do with it now.
    pub fn moves(&self, by: &Staff, lead: Option<&Request>, at: Moment) -> Vec<IncidentMove> {
        if self.change(by).is_err() {
            return Vec::new();
        }
        let mut moves = match self.stage {
            IncidentStage::Proposed => vec![IncidentMove::Accept, IncidentMove::Dismiss],
            _ => vec![IncidentMove::Update],
        };
        moves.extend([IncidentMove::Add, IncidentMove::Remove]);
        if lead.is_some_and(|lead| self.clone().close(by, lead, at).is_ok()) {
            moves.push(IncidentMove::Close);
        }
        moves
    }

    fn go(&mut self, to: IncidentStage, at: Moment) -> Result<(), Fault> {
        if !MOVES.contains(&(self.stage.tag(), to.tag())) {
            return Err(Refusal::AlreadyMoved.into());
        }
        self.stage = to;
        self.stage_at = at;
        Ok(())
    }
}
