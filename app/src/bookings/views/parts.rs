use super::super::model::{BookingCard, BookingStage, Terms};
use super::super::words::{
    booking_stage_icon, booking_stage_word, cancel_text, missed_text, money, price_text, quota_text,
};
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// A booking's stage: symbol, word and colour.
pub(super) fn stage_chip(t: Texts, stage: BookingStage) -> AnyView {
    view! {
        <span class="chip" data-stage=stage.tag()>{icon(booking_stage_icon(stage))} " " {booking_stage_word(t, stage)}</span>
    }
    .into_any()
}

/// What is booked: `Tennis court · Court 2`.
pub(super) fn what(t: Texts, card: &BookingCard) -> String {
    let facility = card.facility.of(t.lang);
    match &card.place {
        Some(place) => t.booking_place(facility, place.of(t.lang)),
        None => facility.to_owned(),
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
            {fact(t.terms_cancel(), cancel_text(t, terms))}
            {terms.needs_approval.then(|| fact(t.terms_approval(), t.terms_approval_more().to_owned()))}
            {terms.checks_in.then(|| fact(t.terms_check_in(), t.terms_check_in_more(terms.grace_minutes)))}
            {terms.missed.map(|missed| fact(t.terms_missed(), missed_text(t, missed)))}
        </dl>
    }
    .into_any()
}
