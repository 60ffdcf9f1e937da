use super::super::intake::{Intake, Outcome, Typed};
use super::super::model::{Contact, ContactKind, ContactStage, DeskHappening, News, Registered, Transfer};
use super::super::store;
use super::watch::overdue;
use super::{offered_to, press, record_of, tell, watch};
use crate::backend::broken;
use crate::call::Call;
use crate::estate;
use crate::fault::{Fault, Note};
use crate::ids::{ContactId, EstateId};
use crate::moment::Moment;
use crate::people::{self, Staff};
use crate::photos;
use crate::policy;
use crate::requests::{self, Channel, Place, Report, Request, Sender};
use crate::services::{self, Urgency, Whereabouts};
use chrono::Duration;

/// Registers what somebody wants: whoever took it owns it, and the three minutes begin (B1, B2, B4).
pub async fn register(typed: Typed) -> Result<Registered, Fault> {
    let intake = Intake::parse(&typed)?;
    let mut call = Call::open().await?;
    let staff = call.viewer.staff()?;
    check_caller(&mut call, &staff, &intake).await?;
    let request = match &intake.outcome {
        Outcome::Request(report) => Some(become_request(&mut call, &staff, &intake, report).await?),
        _ => None,
    };
    let mut contact = Contact {
        channel: intake.channel,
        kind: intake.kind,
        urgency: request.as_ref().map_or(intake.urgency, |request| request.urgency),
        received_by: Some(staff.id),
        holder: staff.id,
        unit: intake.unit,
        party: intake.party,
        caller: intake.caller,
        phone: intake.phone,
        words: intake.words,
        read_back: intake.read_back,
        rings_late: intake.rings_late,
        request: request.as_ref().map(|request| request.id),
        stage: if request.is_some() { ContactStage::Requested } else { ContactStage::Open },
        ..blank(&mut call, staff.estate, staff.id).await?
    };
    let now = call.now;
    let mut happenings = vec![DeskHappening::Registered];
    let mut offered = None;
    match intake.outcome {
        Outcome::Answered(words) => happenings.push(contact.answer(&staff, words, now)?),
        Outcome::Promised(words, by) => {
            let by = estate::instant(&staff.zone, by).ok_or(Fault::field("reply_by", Note::Malformed))?;
            happenings.push(contact.promise(&staff, words, by, None, call.made_at(), now)?);
        }
        Outcome::Offered(to, note) => {
            let offer = Transfer { id: call.id()?, to, note };
            happenings.push(contact.offer(&staff, offer.clone(), false)?);
            offered = Some(offer);
        }
        Outcome::Request(_) => {}
    }
    store::insert(call.db(), &contact).await?;
    if let ContactStage::Promised { reply_by } = contact.stage {
        let made_at = call.made_at();
        store::insert_promise(call.db(), &contact, reply_by, staff.id, None, made_at).await?;
    }
    for happening in &happenings {
        call.record(record_of(contact.estate, contact.id.0, happening)).await?;
    }
    if let Some(offer) = offered {
        let to = offered_to(&mut call, &contact, offer.to).await?;
        store::insert_transfer(call.db(), &contact, &offer, now).await?;
        tell(&mut call, &to, &contact, News::Offered).await?;
    }
    // A promise of a device without a signal may have been broken on its way here.
    overdue(&mut call, &contact).await?;
    begin(&mut call, &contact).await?;
    let code = request.map(|request| request.code);
    call.commit(Registered { id: contact.id, code }).await
}

/// Words that somebody leaves for somebody else.
pub struct LeftWords {
    /// By which way they came.
    pub channel: Channel,
    /// From whom,
    pub caller: String,
    /// with their number.
    pub phone: Option<String>,
    /// What they said.
    pub words: String,
    /// Whether it was read back to them.
    pub read_back: bool,
    /// Whom it is for.
    pub whom: String,
}

/// Takes down words for somebody else (A3): a contact like any other (A10), answered by passing them on; its id.
pub async fn take_words(call: &mut Call, staff: &Staff, left: LeftWords) -> Result<ContactId, Fault> {
    let mut contact = Contact {
        channel: left.channel,
        kind: ContactKind::Message,
        received_by: Some(staff.id),
        caller: Some(left.caller),
        phone: left.phone,
        words: left.words,
        read_back: left.read_back,
        ..blank(call, staff.estate, staff.id).await?
    };
    let happening = contact.answer(staff, format!("→ {}", left.whom), call.now)?;
    store::insert(call.db(), &contact).await?;
    for happening in [DeskHappening::Registered, happening] {
        call.record(record_of(contact.estate, contact.id.0, &happening)).await?;
    }
    begin(call, &contact).await?;
    Ok(contact.id)
}

/// A request that came by itself has a contact too: whoever answers for it holds it (B15).
pub async fn arrive(call: &mut Call, request: &Request) -> Result<(), Fault> {
    let holder = request.accountable.ok_or_else(|| broken("a request without an accountable person", &request.code))?;
    let contact = Contact {
        channel: request.channel,
        urgency: request.urgency,
        unit: request.place.unit(),
        party: request.party,
        words: request.words.clone(),
        request: Some(request.id),
        stage: ContactStage::Requested,
        is_unclaimed: true,
        ..blank(call, request.estate, holder).await?
    };
    store::insert(call.db(), &contact).await?;
    call.record(record_of(contact.estate, contact.id.0, &DeskHappening::Registered)).await?;
    begin(call, &contact).await
}

/// The wall is watched from now on; what is pressing pages the site manager at once.
async fn begin(call: &mut Call, contact: &Contact) -> Result<(), Fault> {
    watch(call, contact).await?;
    if contact.urgency > Urgency::Normal { press(call, contact).await } else { Ok(()) }
}

/// A contact that says nothing yet, under the policy of this moment.
async fn blank(call: &mut Call, estate: EstateId, holder: crate::ids::StaffId) -> Result<Contact, Fault> {
    let now: Moment = call.now;
    let (policy, _) = policy::in_force(call, estate, now).await?;
    Ok(Contact {
        id: call.id()?,
        estate,
        version: 1,
        channel: Channel::Phone,
        kind: ContactKind::Repair,
        urgency: Urgency::Normal,
        stage: ContactStage::Open,
        received_at: now,
        received_by: None,
        holder,
        unit: None,
        party: None,
        caller: None,
        phone: None,
        words: String::new(),
        answer: None,
        read_back: false,
        rings_late: false,
        request: None,
        policy_version: policy.version,
        wall_due_at: now + Duration::minutes(policy.terms.desk.minutes.max(1).into()),
        wall_stopped_at: None,
        offer: None,
        is_unclaimed: false,
    })
}

/// The unit is the estate's, and the person is there now.
async fn check_caller(call: &mut Call, staff: &Staff, intake: &Intake) -> Result<(), Fault> {
    let now = call.now;
    let Some(unit) = intake.unit else { return Ok(()) };
    let is_known = match intake.party {
        Some(party) => store::occupies(call.db(), staff.estate, unit, party, now).await?,
        None => people::store::find_unit(call.db(), staff.estate, unit).await?.is_some(),
    };
    if is_known { Ok(()) } else { Err(Fault::field("who", Note::NotAChoice)) }
}

async fn become_request(call: &mut Call, staff: &Staff, intake: &Intake, report: &Report) -> Result<Request, Fault> {
    let problem = services::store::find_problem(call.db(), staff.estate, report.item).await?;
    let problem = problem.ok_or(Fault::field("item", Note::NotAChoice))?;
    let fits = match report.place {
        // The caller's own: another's would be told to whoever lives there.
        Place::Home(unit) => problem.place != Whereabouts::Common && Some(unit) == intake.unit,
        Place::Common { area, .. } => {
            problem.place != Whereabouts::Home && requests::store::has_area(call.db(), staff.estate, area.0).await?
        }
    };
    if !fits {
        return Err(Fault::field("place", Note::NotAChoice));
    }
    let by = Sender {
        channel: intake.channel,
        lang: staff.person.manners.lang,
        account: None,
        party: intake.party,
        taken_by: Some(staff.id),
        urgency: intake.urgency,
    };
    let (request, happening) = requests::receive(call, staff.estate, report, &problem, by).await?;
    let (sent, by) = (&report.photos, staff.person.account);
    photos::store::attach(call.db(), staff.estate, sent, by, request.id, None).await?;
    requests::tell(call, &request, &happening, sent).await?;
    Ok(request)
}
