use super::super::model::{Every, Schedule, Schedules};
use super::super::store::{self, Due};
use super::{may_be_sent, order_in_hand};
use crate::backend::{Backend, broken};
use crate::call::Call;
use crate::due::{self, Turn};
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::happenings::Record;
use crate::ids::{OrderId, RequestId};
use crate::messages::{self, Telling};
use crate::people::{self, Power};
use crate::requests::{self, Channel, Happening, Report, Sender, tell};
use crate::services::store::Problem;
use crate::services::{self, Whereabouts};
use chrono::{Duration, NaiveDate};
use serde_json::json;
use uuid::Uuid;

/// How long a recurring order that could not be issued waits.
const PUT_OFF: Duration = Duration::minutes(10);

/// The recurring orders that the caller sees.
pub async fn schedules() -> Result<Schedules, Fault> {
    let mut call = Call::read().await?;
    let staff = call.viewer.staff()?;
    let scope = staff.matters()?;
    let found = store::list_schedules(call.db(), scope).await?;
    let ids: Vec<_> = found.iter().map(|(_, request)| *request).collect();
    let cards = requests::store::list_cards(call.db(), scope.estate, &ids).await?;
    let card = |id: RequestId| cards.iter().find(|card| card.id == id).cloned();
    let all = found.into_iter().filter_map(|(schedule, request)| Some((schedule, card(request)?))).collect();
    Ok(Schedules { all, may_change: staff.can(Power::Dispatch) || staff.can(Power::Assign), wall: call.wall() })
}

/// An order of a common area recurs from a day on, every so many days, weeks or months.
pub async fn repeat(id: OrderId, every: String, unit: String, first_on: String) -> Result<(), Fault> {
    let mut notes = Notes::default();
    let number = every.trim().parse::<i32>().ok().filter(|number| (1..=366).contains(number));
    if number.is_none() {
        notes.add("every", if every.trim().is_empty() { Note::Missing } else { Note::Malformed });
    }
    let unit = Every::from_tag(&unit);
    if unit.is_none() {
        notes.add("unit", Note::NotAChoice);
    }
    let first = first_on.trim().parse::<NaiveDate>().ok();
    if first.is_none() {
        notes.add("first_on", if first_on.trim().is_empty() { Note::Missing } else { Note::Malformed });
    }
    notes.check()?;
    let (Some(every), Some(unit), Some(first_on)) = (number, unit, first) else {
        return Err(Fault::field("every", Note::Malformed));
    };
    let (mut call, staff, mut case) = order_in_hand(id).await?;
    if first_on <= call.wall().now().day() {
        return Err(Fault::field("first_on", Note::InThePast));
    }
    let order = case.order(id)?.clone();
    order.may_recur(&case.request, &staff)?;
    if store::find_schedule(call.db(), staff.estate, id).await?.is_some() {
        return Err(Refusal::AlreadyMoved.into());
    }
    let schedule = Schedule { id: call.id()?, order: id, every, unit, first_on, next_on: first_on };
    let now = call.now;
    store::insert_schedule(call.db(), staff.estate, &schedule, staff.id, now).await?;
    let details = json!({ "order": id, "every": every, "unit": unit, "first_on": first_on });
    call.record(Record::of_office(staff.estate, schedule.id.0, "order_repeated", details)).await?;
    call.commit(()).await
}

/// It recurs no longer, said of the order that is repeated or of one that it became; what was issued stays.
pub async fn end_repeat(id: OrderId) -> Result<(), Fault> {
    let (mut call, staff, mut case) = order_in_hand(id).await?;
    case.order(id)?.may_settle_recurrence(&staff)?;
    let schedule = store::find_schedule(call.db(), staff.estate, id).await?.ok_or(Refusal::AlreadyMoved)?;
    let now = call.now;
    if !store::end_schedule(call.db(), staff.estate, schedule.id, now).await? {
        return Err(Refusal::AlreadyMoved.into());
    }
    let details = json!({ "order": schedule.order });
    call.record(Record::of_office(staff.estate, schedule.id.0, "order_repeated_no_longer", details)).await?;
    call.commit(()).await
}

/// Issues every recurring order that is due; `false` where none is. Days that passed while nobody looked are one. One
/// that cannot be issued is tried again later: the others do not wait for it.
pub async fn issue_due(backend: &Backend) -> Result<bool, Fault> {
    due::look("a recurring order", |aside| issue_one(backend, aside)).await
}

async fn issue_one(backend: &Backend, aside: Vec<Uuid>) -> Result<Turn, Fault> {
    let mut call = Call::of_job(backend).await?;
    let now = call.now;
    let Some(found) = store::lock_due(call.db(), now, &aside).await? else { return Ok(Turn::Over) };
    let (estate, id) = (found.estate, found.schedule.id);
    let issued = issue(call, found).await;
    if issued.is_err() {
        let mut db = backend.pool.acquire().await?;
        store::put_off(&mut db, estate, id, now + PUT_OFF).await?;
    }
    Ok(Turn::of(id.0, issued))
}

async fn issue(mut call: Call, due: Due) -> Result<(), Fault> {
    let Due { estate, today, request, schedule } = due;
    let now = call.now;
    let next_on = schedule.after(today).ok_or_else(|| broken("a schedule without a next day", &schedule.id))?;
    let mut case = requests::store::read(call.db(), request).await?;
    let template = case.order(schedule.order)?.clone();
    let of = case.request;
    let assignee = match template.assignee {
        Some(who) if store::works_in(call.db(), estate, who, template.department).await? => Some(who),
        _ => None,
    };
    let vendor = match template.vendor {
        Some(firm) if store::is_asked(call.db(), estate, firm).await? => Some(firm),
        _ => None,
    };
    let supervisor = store::find_supervisor(call.db(), estate, template.department).await?;
    let desk = requests::store::find_desk(call.db(), estate).await?.map(|(_, officer)| officer);
    let accountable = supervisor.or(desk).ok_or_else(|| broken("an estate where nobody answers", &estate))?;

    // What and where the one before was; nobody reports it.
    let words = of.words.clone();
    let report = Report { item: of.item, place: of.place, words, photos: Vec::new(), times: Vec::new() };
    let category = services::store::find_category(call.db(), estate, of.item).await?.map(|(id, _)| id);
    let (id, department) = (of.item, template.department);
    let problem = Problem { id, urgency: of.urgency, place: Whereabouts::Common, department, category };
    // It has no paper of its own.
    let channel = if of.channel == Channel::Branch { Channel::Letter } else { of.channel };
    let (lang, urgency) = (of.lang, of.urgency);
    let sender = Sender { channel, lang, account: None, party: None, taken_by: Some(accountable), urgency };
    let (mut request, came) = requests::receive(&mut call, estate, &report, &problem, sender).await?;
    tell(&mut call, &request, &came, &[]).await?;
    let taken = request.take_again(accountable, now)?;
    requests::keep(&mut call, &mut request, &taken, &[]).await?;
    store::keep_run(call.db(), estate, &schedule, request.id, next_on, now).await?;
    // The assessment of the one that it repeats holds for it too (C6); where that says no, a supervisor looks again.
    match may_be_sent(call.db(), &of).await {
        Err(Fault::Refused(Refusal::NotAssessed)) => {
            let (line, department) = (call.id()?, request.department);
            let matter = (estate, request.id);
            store::insert_assessment(call.db(), line, matter, department, None, accountable, now).await?;
            tell(&mut call, &request, &Happening::AssessmentAsked { department }, &[]).await?;
            return call.commit(()).await;
        }
        sent => sent?,
    }
    let order = template.again(call.id()?, request.id, (assignee, vendor, accountable), now);
    let went = request.send_again(&order, now)?;
    store::insert(call.db(), &order).await?;
    requests::keep(&mut call, &mut request, &went, &[]).await?;
    if order.vendor != template.vendor {
        // The firm is not asked any more: whoever answers for the team's order finds another way.
        let to = people::store::find_account_of(call.db(), estate, accountable).await?;
        messages::tell(&mut call, to.as_slice(), &Telling::Happened { happening: went }, (&request).into()).await?;
    }
    call.commit(()).await
}
