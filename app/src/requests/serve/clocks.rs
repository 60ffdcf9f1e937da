use super::super::courses::{Course, Step, courses};
use super::super::model::{Clocks, Happening, PolicyVersion, Reckoned, Request};
use super::super::{code, store};
use crate::backend::broken;
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::Fault;
use crate::ids::ItemId;
use crate::moment::Moment;
use crate::policy::{self, ClockKind, Policy};
use crate::services::{self, Urgency};

/// Reckons the clocks of a request anew from all that happened to it, this call's happenings included, and stores
/// them.
pub(super) async fn settle(call: &mut Call, request: &Request) -> Result<(), Fault> {
    let category = services::store::find_category(call.db(), request.estate, request.item).await?;
    let (clocks, _) = reckoned(call, request, category.map(|(id, _)| id)).await?;
    store::save_clocks(call.db(), request, &clocks).await
}

/// *Explain this deadline*: the very values that the reckoning returns.
pub async fn clocks(typed: String) -> Result<Clocks, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let code = code::parse(&typed).ok_or(Fault::NotFound)?;
    let id = store::find_id(call.db(), scope, &code).await?.ok_or(Fault::NotFound)?;
    let request = store::read(call.db(), id).await?.request;
    let card = store::find_card(call.db(), scope.estate, id).await?;
    let category = services::store::find_category(call.db(), scope.estate, request.item).await?;
    let (category, name) = category.unzip();
    let (clocks, policies) = reckoned(&mut call, &request, category).await?;
    let published =
        policies.iter().map(|policy| PolicyVersion { number: policy.version, valid_from: policy.valid_from });
    Ok(Clocks {
        code: card.code,
        item: card.item,
        place: card.place,
        clocks,
        category: name,
        published: published.collect(),
        wall: call.wall(),
    })
}

async fn reckoned(
    call: &mut Call,
    request: &Request,
    category: Option<ItemId>,
) -> Result<(Vec<Reckoned>, Vec<Policy>), Fault> {
    let steps = store::list_steps(call.db(), request.estate, request.id).await?;
    let mut policies: Vec<Policy> = Vec::new();
    let mut zone = Zone::of("UTC");
    for begun in steps.iter().filter(|step| step.happening.begins_a_life()) {
        let (policy, there) = policy::in_force(call, request.estate, begun.at).await?;
        zone = there;
        if policies.last().is_none_or(|last| last.version != policy.version) {
            policies.push(policy);
        }
    }
    let clocks = clocks_of(&steps, category, &policies, &zone)?;
    Ok((clocks, policies))
}

/// The clocks that a history set going; each life's under the policy that was in force when it began. `policies` are
/// in the order in which they hold.
pub fn clocks_of(
    history: &[Step],
    category: Option<ItemId>,
    policies: &[Policy],
    zone: &Zone,
) -> Result<Vec<Reckoned>, Fault> {
    courses(history).into_iter().map(|course| clock(course, category, policies, zone)).collect()
}

fn clock(course: Course, category: Option<ItemId>, policies: &[Policy], zone: &Zone) -> Result<Reckoned, Fault> {
    let Course { kind, life, urgency, started_at, stopped_at, rests } = course;
    let policy = policies.iter().rev().find(|policy| policy.valid_from <= started_at);
    let policy = policy.ok_or_else(|| broken("a clock without a policy", &started_at))?;
    let rule = policy.terms.clock(kind, category, urgency);
    let rule = rule.ok_or_else(|| broken("a policy without a clock", &kind.tag()))?;
    // What the matter waited for after this clock had stopped is none of its rests.
    let rests = rests.into_iter().filter(|rest| stopped_at.is_none_or(|stopped_at| rest.from < stopped_at)).collect();
    Ok(Reckoned { life, deadline: policy::reckon(policy, zone, rule, started_at, rests, stopped_at) })
}

/// Until when a matter that comes in now is answered: the end of the very clock that starts with it.
pub fn answer_by(
    policy: &Policy,
    zone: &Zone,
    category: Option<ItemId>,
    urgency: Urgency,
    at: Moment,
) -> Result<Moment, Fault> {
    let begun = Step { at, happening: Happening::Received { urgency: Some(urgency) }, by_office: false };
    let clocks = clocks_of(&[begun], category, std::slice::from_ref(policy), zone)?;
    let answer = clocks.iter().find(|clock| clock.deadline.rule.kind == ClockKind::Answer);
    answer.and_then(|clock| clock.deadline.due_at).ok_or_else(|| broken("an answer that is never due", &policy.version))
}
