use super::super::model::{Channel, Happening, Report, Request};
use super::super::rules::Received;
use super::super::{code, store};
use super::answer_by;
use crate::call::Call;
use crate::desk;
use crate::fault::Fault;
use crate::ids::{AccountId, EstateId, PartyId, StaffId};
use crate::policy;
use crate::services::{Urgency, store::Problem};
use crate::texts::Lang;

/// Who reports, and how it comes in.
#[derive(Clone, Copy, Debug)]
pub struct Sender {
    /// By which way.
    pub channel: Channel,
    /// The language of their words.
    pub lang: Lang,
    /// Their account, if they have one.
    pub account: Option<AccountId>,
    /// For which party.
    pub party: Option<PartyId>,
    /// Who of the office took it, and answers for it; where it came by itself, the duty officer does.
    pub taken_by: Option<StaffId>,
    /// How pressing it sounded; never less than the catalogue says.
    pub urgency: Urgency,
}

/// A report becomes a request in this call's transaction, with a code, somebody who answers for it, and the promise
/// that the policy makes. Whoever calls checks the place before and tells what happened after.
pub async fn receive(
    call: &mut Call,
    estate: EstateId,
    report: &Report,
    problem: &Problem,
    by: Sender,
) -> Result<(Request, Happening), Fault> {
    let (prefix, duty_officer) = store::find_desk(call.db(), estate).await?.ok_or(Fault::NotAllowed)?;
    let number = store::next_number(call.db()).await?;
    let now = call.now;
    let (policy, zone) = policy::in_force(call, estate, now).await?;
    let urgency = problem.urgency.max(by.urgency);
    let new = Received {
        id: call.id()?,
        estate,
        code: code(&prefix, number),
        channel: by.channel,
        lang: by.lang,
        reporter: by.account,
        party: by.party,
        urgency,
        department: problem.category.and_then(|of| policy.terms.route(of)).unwrap_or(problem.department),
        answer_by: answer_by(&policy, &zone, problem.category, urgency, now)?,
        accountable: by.taken_by.unwrap_or(duty_officer),
    };
    let (request, happening) = Request::receive(report, new, now);
    store::insert(call.db(), &request, &report.times).await?;
    if let Some(promise) = request.promise {
        let id = call.id()?;
        store::insert_promise(call.db(), id, &request, promise, None, None, now).await?;
    }
    // Whoever takes it at the desk registers it there.
    if by.taken_by.is_none() {
        desk::arrive(call, &request).await?;
    }
    Ok((request, happening))
}
