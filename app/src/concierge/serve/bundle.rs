use super::super::model::ServiceOrder;
use super::super::store::{self, Line};
use super::place::Who;
use crate::bookings::{self, BookingStage, PartEnd, PartWish};
use crate::call::Call;
use crate::estate::Zone;
use crate::fault::{Fault, FieldNote, Note, Notes, Refusal};
use crate::moment::Moment;
use crate::policy::Policy;
use crate::services::{
    Answers, PartBooked, PriceRule, Question, Reckoned, Service, ServicePart, ServiceTerms, WholeAnswers,
};
use chrono::Timelike;

/// When an order is made, and by which days and hours.
pub(super) struct Day<'a> {
    pub now: Moment,
    pub zone: &'a Zone,
    pub policy: &'a Policy,
}

/// When something is wanted and whether it can be had then, and what it costs by its answers. What is wrong is noted under the
/// names that the form's fields have, by their questions'.
pub(super) fn weigh(
    terms: &ServiceTerms,
    answers: &Answers,
    day: &Day<'_>,
    field: impl Fn(&str) -> String,
    notes: &mut Notes,
) -> (Option<Moment>, Reckoned) {
    let needed = terms.moment_in(answers);
    if let Some((at, slug)) = needed.zip(terms.moment_from.as_deref()) {
        let is_holiday = day.policy.terms.calendar.is_holiday(at.date());
        if let Err(note) = terms.can_be_then(at, day.zone.shown_at(day.now), is_holiday) {
            notes.add(&field(slug), note);
        }
    }
    let reckoned = terms.reckon(answers);
    // More than anybody pays is a slip of the finger.
    let counted = match reckoned.minutes {
        None if terms.hours_from.is_some() => terms.hours_from.as_deref(),
        _ => terms.pieces_from.as_deref().or(terms.hours_from.as_deref()),
    };
    if let Some(slug) =
        counted.filter(|_| reckoned.amount.is_none() && terms.price_rule != PriceRule::Free && terms.says_its_price())
    {
        notes.add(&field(slug), Note::Malformed);
    }
    let minute = |at: chrono::NaiveDateTime| u16::try_from(at.hour() * 60 + at.minute()).unwrap_or(0);
    (needed.map(|at| day.zone.earliest(at.date(), minute(at))), reckoned)
}

/// The name that a question of a service has in its form.
pub(super) fn field(terms: &ServiceTerms, slug: &str) -> String {
    terms.question(slug).map(Question::field).unwrap_or_default()
}

/// The parts of a bundle that are items, as they will stand on its order; none of what is booked.
pub(super) fn lines(service: &Service, whole: &WholeAnswers, day: &Day<'_>, notes: &mut Notes) -> Vec<Option<Line>> {
    let line = |part: &ServicePart| {
        let item = part.item.as_ref()?;
        let answers = whole.parts.get(&part.slug).cloned().unwrap_or_default();
        let field = |slug: &str| format!("answers[{}]", part.asked_as(slug));
        let (needed_at, reckoned) = weigh(&item.terms, &answers, day, field, notes);
        Some(Line {
            slug: part.slug.clone(),
            item: Some((item.id, item.terms.version)),
            answers,
            needed_at,
            price_rule: item.terms.price_rule,
            rate: item.terms.price,
            minutes: reckoned.minutes,
            pieces: reckoned.pieces,
            amount: reckoned.amount.unwrap_or_default(),
            delivered_by: Some(item.terms.delivered_by),
            booking: None,
        })
    };
    service.terms.parts.iter().map(line).collect()
}

/// Books what the rest of the parts are, all or nothing: what cannot be had refuses the whole.
pub(super) async fn book(
    call: &mut Call,
    service: &Service,
    who: &Who,
    (answers, needed_at): (&Answers, Option<Moment>),
    lines: Vec<Option<Line>>,
) -> Result<Vec<Line>, Fault> {
    let terms = &service.terms;
    let booked = terms.parts.iter().filter_map(|part| part.booked.as_ref());
    let facilities: Vec<_> = booked.map(|booked| booked.facility.clone()).collect();
    // The first of several is held while the next is waited for.
    if facilities.len() > 1 {
        bookings::store::lock_facilities(call.db(), service.estate, &facilities).await?;
    }
    let mut all = Vec::new();
    for (part, line) in terms.parts.iter().zip(lines) {
        if let Some(line) = line {
            all.push(line);
            continue;
        }
        let booked = part.booked.as_ref().ok_or(Fault::NotFound)?;
        let starts_at = needed_at.ok_or(Fault::NotFound)?;
        let wish = PartWish {
            facility: &booked.facility,
            unit: who.unit,
            account: who.account,
            by_office: who.by_office,
            is_approved: who.by.is_some(),
            starts_at,
            steps: booked.steps,
            hours: booked.hours_from.as_deref().and_then(|slug| terms.number_in(answers, slug)),
            heads: terms.number_in(answers, &booked.heads_from).unwrap_or_default(),
        };
        let booking = bookings::book_part(call, service.estate, wish).await;
        let booking = booking.map_err(|fault| on_form(fault, booked, terms))?;
        all.push(Line {
            slug: part.slug.clone(),
            item: None,
            answers: Answers::new(),
            needed_at: Some(booking.starts_at),
            price_rule: if booking.price > 0 { PriceRule::Fixed } else { PriceRule::Free },
            rate: booking.price,
            minutes: None,
            pieces: None,
            amount: booking.price,
            delivered_by: None,
            booking: Some(booking.id),
        });
    }
    Ok(all)
}

/// What is wrong with a booking stands beside the questions of the bundle that it was read from.
fn on_form(fault: Fault, booked: &PartBooked, terms: &ServiceTerms) -> Fault {
    let moved = |note: FieldNote| {
        let slug = match note.field.as_str() {
            "heads" => Some(booked.heads_from.as_str()),
            "steps" => booked.hours_from.as_deref().or(terms.moment_from.as_deref()),
            _ => terms.moment_from.as_deref(),
        };
        // It does not begin then: no choice of theirs, but when it is open.
        let is_start = note.field == "starts" && note.note == Note::NotAChoice;
        let why = if is_start { Note::NotOpen } else { note.note };
        FieldNote { field: slug.map(|slug| field(terms, slug)).unwrap_or_default(), note: why }
    };
    match fault {
        Fault::Invalid(notes) => Fault::Invalid(notes.into_iter().map(moved).collect()),
        other => other,
    }
}

/// What was booked for an order that does not come about is free again; refused where its person gives it back, and cannot.
pub(super) async fn release(call: &mut Call, order: &ServiceOrder, why: PartEnd) -> Result<(), Fault> {
    for booking in store::list_part_bookings(call.db(), order.estate, order.id).await? {
        bookings::drop_part(call, order.estate, booking, why).await?;
    }
    Ok(())
}

/// Refuses to sign for what is not booked any more.
pub(super) async fn still_booked(call: &mut Call, order: &ServiceOrder) -> Result<(), Fault> {
    let lines = store::list_lines(call.db(), order.estate, order.id).await?;
    let mut stages = lines.iter().filter_map(|line| line.booking.as_ref()).map(|card| card.booking.stage);
    let stands = [BookingStage::Requested, BookingStage::Confirmed, BookingStage::Present, BookingStage::Done];
    if stages.all(|stage| stands.contains(&stage)) { Ok(()) } else { Err(Refusal::PartGone.into()) }
}
