use super::super::model::{Made, ServiceNews, ServiceOrder, ServiceStage};
use super::super::rules::LONGEST_NOTE;
use super::super::store;
use super::bundle::{self, Day};
use super::{desk, keep, news, record};
use crate::bookings;
use crate::call::{Call, limited, viewer};
use crate::fault::{Fault, Note, Notes, Refusal};
use crate::ids::{AccountId, ItemId, StaffId, UnitId};
use crate::people::{self, Limit};
use crate::policy;
use crate::requests;
use crate::services::{self, Answers, Service, ServicePart, Urgency};
use std::collections::HashMap;

/// What the form of an order says.
pub struct Typed {
    /// The answers, by their questions' names.
    pub answers: HashMap<String, String>,
    /// Anything else, in up to 500 characters.
    pub note: Option<String>,
}

/// For whom it is, and who does it.
pub(super) struct Who {
    pub unit: UnitId,
    pub account: AccountId,
    pub by: Option<StaffId>,
    pub by_office: bool,
}

/// Orders a service for one of the caller's homes. What it costs is said at once where its terms tell it.
pub async fn order(service: ItemId, home: UnitId, typed: Typed) -> Result<Made, Fault> {
    limited(Limit::ORDER, &viewer()?.account()?.to_string()).await?;
    let mut call = Call::open().await?;
    let resident = call.as_resident()?;
    let home = resident.homes.iter().find(|one| one.unit.id == home).ok_or(Fault::NotFound)?;
    let (estate, now) = (home.estate, call.now);
    let found = services::store::find_offered(call.db(), estate, service, now).await?.ok_or(Fault::NotFound)?;
    let who = Who { unit: home.unit.id, account: resident.person.account, by: None, by_office: false };
    let order = place(&mut call, &found, who, typed).await?;
    news::tell_desk(&mut call, &order, &found.names).await?;
    call.commit(Made { code: order.code }).await
}

/// The office orders for a household: for one of those who live there or, where none of them has an account, in its own
/// name. Whoever does it answers for it.
pub async fn order_for(service: ItemId, unit: UnitId, account: Option<AccountId>, typed: Typed) -> Result<Made, Fault> {
    let mut call = Call::open().await?;
    let staff = desk::those(&call)?;
    people::store::find_unit(call.db(), staff.estate, unit).await?.ok_or(Fault::NotFound)?;
    let now = call.now;
    let found = services::store::find_offered(call.db(), staff.estate, service, now).await?.ok_or(Fault::NotFound)?;
    let by_office = account.is_none();
    let account = match account {
        Some(account) if bookings::store::is_guest(call.db(), staff.estate, unit, account, now).await? => account,
        Some(_) => return Err(Fault::field("account", Note::NotAChoice)),
        None if store::list_people(call.db(), staff.estate, unit, now).await?.is_empty() => staff.person.account,
        None => return Err(Fault::field("account", Note::Missing)),
    };
    let order = place(&mut call, &found, Who { unit, account, by: Some(staff.id), by_office }, typed).await?;
    if order.stage == ServiceStage::Requested {
        news::tell(&mut call, &order, &found.names, ServiceNews::TakenDown).await?;
    }
    call.commit(Made { code: order.code }).await
}

async fn place(call: &mut Call, service: &Service, who: Who, typed: Typed) -> Result<ServiceOrder, Fault> {
    let (now, terms) = (call.now, &service.terms);
    if !terms.is_ordered() {
        return Err(Refusal::NotOrdered.into());
    }
    let whole = terms.read_whole(&typed.answers)?;
    let mut notes = Notes::default();
    let note = notes.optional("note", typed.note.as_deref(), LONGEST_NOTE);
    let (policy, zone) = policy::in_force(call, service.estate, now).await?;
    let day = Day { now, zone: &zone, policy: &policy };
    let named = |slug: &str| bundle::field(terms, slug);
    let (needed_at, mut reckoned) = bundle::weigh(terms, &whole.own, &day, named, &mut notes);
    let lines = bundle::lines(service, &whole, &day, &mut notes);
    notes.check()?;
    let answers = whole.own;
    let lines = bundle::book(call, service, &who, (&answers, needed_at), lines).await?;
    // A bundle costs what its parts cost, too.
    reckoned.amount = reckoned.amount.map(|own| own + lines.iter().map(|line| line.amount).sum::<i64>());
    let (_, duty_officer) = requests::store::find_desk(call.db(), service.estate).await?.ok_or(Fault::NotAllowed)?;
    let mut order = ServiceOrder {
        id: call.id()?,
        estate: service.estate,
        code: bookings::store::next_code(call.db(), service.estate).await?,
        version: 1,
        stage: ServiceStage::Requested,
        stage_at: now,
        item: service.id,
        terms: terms.version,
        unit: who.unit,
        account: who.account,
        ordered_by: who.by,
        by_office: who.by_office,
        accountable: who.by.unwrap_or(duty_officer),
        answers,
        note,
        needed_at,
        price_rule: terms.price_rule,
        rate: terms.price,
        currency: terms.currency.clone(),
        minutes: None,
        pieces: None,
        amount: None,
        quote_note: None,
        promised_at: None,
        arrived_at: None,
        owed_since: now,
        first_in_time: None,
        agency: None,
        due_at: Some(requests::answer_by(&policy, &zone, None, Urgency::Normal, now)?),
        told_late_at: None,
        reason: None,
        accepted_at: None,
        unconfirmed_at: None,
        rating: None,
        rated_words: None,
        made_at: now,
    };
    // What is free costs nothing from the beginning.
    order.amount = order.is_free().then_some(0);
    store::insert(call.db(), &order, terms.delivered_by).await?;
    for (position, line) in lines.iter().enumerate() {
        store::insert_line(call.db(), &order, position, line).await?;
    }
    call.record(record(&order, "requested")).await?;
    order.quote_itself(reckoned, policy.terms.orders, now)?;
    if order.stage == ServiceStage::Quoted {
        keep(call, &mut order, "quoted").await?;
        news::tell_price(call, &order, &service.names).await?;
    } else if order.pieces.is_some() {
        store::save(call.db(), &mut order, now).await?;
    }
    if order.is_free() {
        news::tell_deliverer(call, &order, service, ServiceNews::Yours).await?;
    }
    Ok(order)
}

/// The answers of an order, as far as the terms that hold now, or those of its parts, still ask for them.
pub(super) fn still_asked(service: &Service, answers: &Answers) -> Answers {
    let of_parts: Vec<_> = service.terms.parts.iter().filter_map(ServicePart::terms_in_form).collect();
    let is_asked = |slug: &str| {
        service.terms.question(slug).is_some() || of_parts.iter().any(|terms| terms.question(slug).is_some())
    };
    answers.iter().filter(|(slug, _)| is_asked(slug)).map(|(slug, answer)| (slug.clone(), answer.clone())).collect()
}
