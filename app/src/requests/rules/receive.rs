use super::super::model::{Channel, Happening, Promise, PromiseKind, Report, Request, Stage};
use crate::ids::{AccountId, DepartmentId, EstateId, PartyId, RequestId, StaffId};
use crate::moment::Moment;
use crate::services::Urgency;
use crate::texts::Lang;

/// What a new request is made of, besides the report itself.
#[derive(Clone, Debug)]
pub struct Received {
    /// The new id.
    pub id: RequestId,
    /// The estate.
    pub estate: EstateId,
    /// The new code.
    pub code: String,
    /// By which way it came in.
    pub channel: Channel,
    /// The language of its words.
    pub lang: Lang,
    /// Who reports, if they have an account.
    pub reporter: Option<AccountId>,
    /// For which party.
    pub party: Option<PartyId>,
    /// How pressing the catalogue says it is.
    pub urgency: Urgency,
    /// Who the catalogue says looks after it.
    pub department: DepartmentId,
    /// By when the policy wants a first answer.
    pub answer_by: Moment,
    /// Who answers for it until somebody takes it: whoever received it, else the estate's duty officer.
    pub accountable: StaffId,
}

impl Request {
    /// A report becomes a request, promised an answer by the policy's clock.
    pub fn receive(report: &Report, new: Received, at: Moment) -> (Self, Happening) {
        let request = Self {
            id: new.id,
            estate: new.estate,
            code: new.code,
            version: 1,
            stage: Stage::Received,
            stage_at: at,
            item: report.item,
            urgency: new.urgency,
            channel: new.channel,
            place: report.place,
            words: report.words.clone(),
            lang: new.lang,
            reporter: new.reporter,
            party: new.party,
            department: new.department,
            accountable: Some(new.accountable),
            promise: Some(Promise { kind: PromiseKind::Answer, due_at: new.answer_by }),
            received_at: at,
            reopened_times: 0,
            reopened_at: None,
        };
        let happening = Happening::Received { urgency: Some(request.urgency) };
        (request, happening)
    }
}
