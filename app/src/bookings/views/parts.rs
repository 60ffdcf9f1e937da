use super::super::model::{BookingCard, BookingStage, Facility, Recurs, Terms};
use super::super::words::{
    booking_stage_icon, booking_stage_word, cancel_text, missed_text, money, price_text, quota_text, recurs_word,
};
use crate::fault::{Clash, Fault, Obstacle};
use crate::ids::FacilityUnitId;
use crate::policy::clock_face;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Select, WallClock, changing, form_state, icon};
use leptos::prelude::*;

/// A booking's stage: symbol, word and colour.
pub(super) fn stage_chip(t: Texts, stage: BookingStage) -> AnyView {
    view! {
        <span class="chip" data-stage=stage.tag()>{icon(booking_stage_icon(stage))} " " {booking_stage_word(t, stage)}</span>
    }
    .into_any()
}

/// What is booked: `Tennis court · Court 2`.
pub fn what(t: Texts, card: &BookingCard) -> String {
    let facility = card.facility.of(t.lang);
    match &card.place {
        Some(place) => t.booking_place(facility, place.of(t.lang)),
        None => facility.to_owned(),
    }
}

/// What one of a facility's units is called; without one, the facility.
pub(super) fn unit_name(t: Texts, facility: &Facility, unit: Option<FacilityUnitId>) -> String {
    let unit = unit.and_then(|unit| facility.units.iter().find(|one| one.id == unit));
    unit.map_or(&facility.names, |unit| &unit.names).of(t.lang).to_owned()
}

/// Whether it recurs: how often, and until when; and which of those times cannot be had. Stays are booked one by one.
pub(super) fn recurring(t: Texts, terms: &Terms, clock: WallClock) -> Option<AnyView> {
    if terms.is_by_night() {
        return None;
    }
    let choices = std::iter::once(Choice::new("", t.recurs_not()))
        .chain(Recurs::ALL.map(|recurs| Choice::new(recurs.tag(), recurs_word(t, recurs))))
        .collect();
    let fields = view! {
        <Clashes clock/>
        <div class="pair">
            <Select name="recurs" label=t.recurs_title() choices/>
            <Field name="until" label=t.recurs_until() kind="date" optional=true/>
        </div>
    };
    Some(fields.into_any())
}

/// Which of the times that were wanted together cannot be had, and why.
#[component]
fn Clashes(clock: WallClock) -> impl IntoView {
    let t = texts();
    let fault = form_state().fault;
    let line = move |clash: Clash| {
        let at = chrono::DateTime::from_timestamp(clash.at, 0)?;
        Some(view! { <li>{clock.at(at).full(t)} " · " {obstacle_word(t, clash.why)}</li> })
    };
    changing(move || match fault.get() {
        Some(Fault::Clash { times }) => Some(view! {
            <div class="notice" data-tone="risk">
                {icon("alert")}
                <div><p>{t.recurs_clash()}</p><ul class="plain">{times.into_iter().map(line).collect_view()}</ul></div>
            </div>
        }),
        _ => None,
    })
}

fn obstacle_word(t: Texts, why: Obstacle) -> &'static str {
    match why {
        Obstacle::Taken => t.slot_taken(),
        Obstacle::Closed => t.clash_closed(),
        Obstacle::Quota => t.clash_quota(),
        Obstacle::Drawn => t.clash_drawn(),
    }
}

/// Under the name of its facility its unit alone, else both.
pub(super) fn place_or_what(t: Texts, card: &BookingCard, with_facility: bool) -> String {
    match &card.place {
        Some(place) if !with_facility => place.of(t.lang).to_owned(),
        _ => what(t, card),
    }
}

/// `4 of 5 · The net was torn.`
pub(super) fn stars_text(t: Texts, stars: u8, words: Option<&str>) -> String {
    match words {
        Some(words) => t.booking_stars_words(stars, words),
        None => t.booking_stars(stars),
    }
}

/// A booking as a row that leads to its page.
pub(super) fn row(t: Texts, card: &BookingCard, times: String) -> AnyView {
    let booking = &card.booking;
    view! {
        <a class="row" href=format!("/bookings/{}", booking.code)>
            {icon(&card.icon)}
            <span class="body">
                <span>{what(t, card)}</span>
                <span class="hint">{times}</span>
            </span>
            {stage_chip(t, booking.stage)}
            {icon("chevron")}
        </a>
    }
    .into_any()
}

/// What holds for whoever books: before the button, not behind it.
pub(super) fn terms_list(t: Texts, terms: &Terms) -> AnyView {
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <dl class="facts">
            {fact(t.terms_price(), price_text(t, terms))}
            {(terms.deposit > 0).then(|| fact(t.terms_deposit(), money(terms.deposit, &terms.currency)))}
            {terms.quota.map(|quota| fact(t.terms_quota(), quota_text(t, quota)))}
            {terms.check_out.map(|out| fact(t.terms_check_out(), t.terms_check_out_until(clock_face(out))))}
            {fact(t.terms_cancel(), cancel_text(t, terms))}
            {terms.needs_approval.then(|| fact(t.terms_approval(), t.terms_approval_more().to_owned()))}
            {terms.checks_in.then(|| fact(t.terms_check_in(), t.terms_check_in_more(terms.grace_minutes)))}
            {terms.least_age.map(|age| fact(t.terms_age(), t.terms_age_least(age)))}
            {terms.needs_induction.then(|| fact(t.terms_induction(), t.terms_induction_more().to_owned()))}
            {terms.missed.map(|missed| fact(t.terms_missed(), missed_text(t, missed)))}
        </dl>
    }
    .into_any()
}
