use super::super::api::{CancelBooking, ConfirmBooking, LoadBooking, RateBooking};
use super::super::model::{BookingCard, BookingFile, BookingMove, BookingStage, Terms};
use super::super::rules::LONGEST_NOTE;
use super::super::words::{cost_text, times_text};
use super::parts::{recurring, row, stage_chip, stars_text, terms_list, what};
use crate::asking::Loading;
use crate::calendar::add_to_calendar;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::lazy_page;
use crate::texts::{Texts, texts};
use crate::ui::{
    Checkbox, Chosen, Field, Hidden, Post, Stars, WallClock, awaited, both, changing, fresh, icon, opened, param,
    shown, ticking,
};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// One booking: its form while it is held, what was promised once it is booked, and the way back.
pub struct BookingPage {
    file: Loading<BookingFile>,
    opened: Loading<Opened>,
}

lazy_page!(BookingPage in booking);

impl BookingPage {
    fn data() -> Self {
        let code = param("code");
        Self { file: Loading::new(move || LoadBooking { code: code.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(self.file.await, self.opened.await), |(file, opened)| view! { <Sheet file opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Sheet(file: BookingFile, opened: Opened) -> impl IntoView {
    let t = texts();
    let code = file.card.booking.code.clone();
    let (title, icon_name) = (what(t, &file.card), file.card.icon.clone());
    let terms = file.facility.terms.clone();
    let again = code.clone();
    let data = fresh(file, Room::Bookings, move || LoadBooking { code: again.clone() });
    let clock = ticking(move || data.with(|file| file.wall.clone()));
    let stage = Memo::new(move |_| data.with(|file| file.card.booking.stage));
    let can = move |what: BookingMove| Memo::new(move |_| data.with(|file| file.moves.contains(&what)));
    let is_ahead = Memo::new(move |_| matches!(stage.get(), BookingStage::Requested | BookingStage::Confirmed));
    let its_code = code.clone();
    let (confirm, cancel, rate) = (can(BookingMove::Confirm), can(BookingMove::Cancel), can(BookingMove::Rate));
    let reschedule = can(BookingMove::Reschedule);
    let (one, two, three, terms_below) = (opened.clone(), opened.clone(), opened, terms.clone());
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href="/book">{icon("arrow-left")} " " {t.book_title()}</a>
        <article class="card booking">
            <header>
                <h1>{icon(&icon_name)} " " {title}</h1>
                {changing(move || stage_chip(t, stage.get()))}
            </header>
            <p class="when">{changing(move || when(t, data, clock))}</p>
            <div role="status">{changing(move || says(t, data, clock))}</div>
            <dl class="facts">
                <div><dt>{t.booking_for()}</dt><dd>{changing(move || data.with(|file| file.home.label(t)))}</dd></div>
                <div><dt>{t.booking_people()}</dt><dd>{changing(move || data.with(|file| file.card.booking.heads))}</dd></div>
                <div hidden=Signal::derive(move || confirm.get())>
                    <dt>{t.booking_price()}</dt><dd>{changing(move || cost(t, data))}</dd>
                </div>
                <div><dt>{t.booking_code()}</dt><dd><span class="code">{code}</span></dd></div>
                {changing(move || data.with(|file| file.card.booking.note.clone()).map(|note| view! {
                    <div><dt>{t.booking_note()}</dt><dd>{note}</dd></div>
                }))}
                {changing(move || data.with(|file| {
                    let booking = &file.card.booking;
                    booking.stars.map(|stars| stars_text(t, stars, booking.stars_words.as_deref()))
                }).map(|stars| view! { <div><dt>{t.booking_rated()}</dt><dd>{stars}</dd></div> }))}
            </dl>
            {changing(move || confirm.get().then(|| view! {
                <Confirm data terms=terms.clone() opened=one.clone() clock/>
            }))}
            {changing(move || rate.get().then(|| view! { <Rate data opened=three.clone()/> }))}
            {changing(move || is_ahead.get().then(|| add_to_calendar(t, &its_code)))}
        </article>
        {changing(move || (!confirm.get()).then(|| view! {
            <section aria-labelledby="terms">
                <h2 id="terms">{t.booking_terms()}</h2>
                {terms_list(t, &terms_below)}
            </section>
        }))}
        {changing(move || data.with(|file| (!file.rest.is_empty()).then(|| rest(t, file, clock))))}
        {changing(move || reschedule.get().then(|| view! {
            <a class="button" href=elsewhere(data)>{icon("calendar")} " " {t.booking_move()}</a>
        }))}
        {changing(move || cancel.get().then(|| view! { <GiveBack data confirm opened=two.clone()/> }))}
    }
}

/// Those that follow in its series.
fn rest(t: Texts, file: &BookingFile, clock: WallClock) -> AnyView {
    let line = |card: &BookingCard| {
        let times = times_text(t, clock.at(card.booking.starts_at), clock.at(card.booking.ends_at));
        view! { <li>{row(t, card, times)}</li> }
    };
    view! {
        <section aria-labelledby="rest">
            <h2 id="rest">{t.booking_rest()}</h2>
            <ul class="rows">{file.rest.iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn when(t: Texts, data: RwSignal<BookingFile>, clock: WallClock) -> String {
    data.with(|file| times_text(t, clock.at(file.card.booking.starts_at), clock.at(file.card.booking.ends_at)))
}

fn cost(t: Texts, data: RwSignal<BookingFile>) -> String {
    data.with(|file| cost_text(t, file.card.booking.price, &file.facility.terms.currency))
}

/// What happens next, and by when.
fn says(t: Texts, data: RwSignal<BookingFile>, clock: WallClock) -> AnyView {
    let (stage, held_until) = data.with(|file| (file.card.booking.stage, file.card.booking.held_until));
    let until = held_until.map(|until| clock.at(until));
    let over =
        || view! { <p>{t.booking_hold_over()}</p> <a class="button" href="/book">{t.booking_again()}</a> }.into_any();
    match (stage, until) {
        (BookingStage::Held, Some(until)) if clock.now() < until => {
            view! { <p>{t.booking_held_until(until.clock())}</p> }.into_any()
        }
        (BookingStage::Held | BookingStage::Expired, _) => over(),
        (BookingStage::Requested, _) => {
            let before = data.with(|file| clock.at(file.card.booking.starts_at)).full(t);
            view! { <p>{t.booking_is_requested(before)}</p> }.into_any()
        }
        (BookingStage::Confirmed, _) => view! { <p>{t.booking_is_yours()}</p> }.into_any(),
        (BookingStage::Present, _) => view! { <p>{t.booking_is_present()}</p> }.into_any(),
        (BookingStage::Done, _) => view! { <p>{t.booking_is_done()}</p> }.into_any(),
        (BookingStage::Missed, _) => view! { <p>{t.booking_is_missed()}</p> }.into_any(),
        (BookingStage::Lapsed, _) => view! { <p>{t.booking_is_lapsed()}</p> }.into_any(),
        (BookingStage::Declined | BookingStage::Cancelled, _) => {
            let word = match data.with(|file| file.card.booking.reason.clone()) {
                Some(reason) => t.booking_is_refused(reason),
                None => t.booking_is_cancelled().to_owned(),
            };
            view! { <p>{word}</p> }.into_any()
        }
    }
}

/// The week of its facility, to move it there.
fn elsewhere(data: RwSignal<BookingFile>) -> String {
    data.with(|file| format!("/book/{}?moving={}", file.facility.slug, file.card.booking.code))
}

fn id_of(data: RwSignal<BookingFile>) -> String {
    data.with_untracked(|file| file.card.booking.id.to_string())
}

fn seen_of(data: RwSignal<BookingFile>) -> Signal<String> {
    Signal::derive(move || data.with(|file| file.card.booking.version.to_string()))
}

/// Books what is held: price, rules and terms stand before the button.
#[component]
fn Confirm(data: RwSignal<BookingFile>, terms: Terms, opened: Opened, clock: WallClock) -> impl IntoView {
    let t = texts();
    let heads = data.with_untracked(|file| file.card.booking.heads.to_string());
    let how_many = if terms.seats.is_none() && terms.most_heads > 1 {
        view! { <Field name="heads" label=t.booking_people() kind="number" value=heads hint=t.booking_most(terms.most_heads)/> }
            .into_any()
    } else {
        view! { <Chosen name="heads" value=heads/> }.into_any()
    };
    view! {
        <Post to=ConfirmBooking::PATH opened about=id_of(data) seen=seen_of(data)>
            <Hidden name="id" value=id_of(data)/>
            {how_many}
            <Field name="note" label=t.booking_note() kind="textarea" longest=LONGEST_NOTE rows=2 optional=true/>
            {recurring(t, &terms, clock)}
            {terms_list(t, &terms)}
            {terms.least_age.map(|age| view! { <Checkbox name="of_age" label=t.booking_of_age(age)/> })}
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">{icon("check-circle")} " " {t.booking_book()}</button>
            </div>
        </Post>
    }
}

/// How it was.
#[component]
fn Rate(data: RwSignal<BookingFile>, opened: Opened) -> impl IntoView {
    let t = texts();
    view! {
        <Post to=RateBooking::PATH opened about=id_of(data) seen=seen_of(data)>
            <Hidden name="id" value=id_of(data)/>
            <Stars name="stars" label=t.booking_how()/>
            <Field name="words" label=t.booking_how_words() kind="textarea" longest=LONGEST_NOTE rows=2 optional=true/>
            <div class="submit">
                <button class="button" data-kind="primary">{icon("star")} " " {t.booking_rate()}</button>
            </div>
        </Post>
    }
}

/// Gives it back.
#[component]
fn GiveBack(data: RwSignal<BookingFile>, confirm: Memo<bool>, opened: Opened) -> impl IntoView {
    let t = texts();
    let word = move || if confirm.get() { t.booking_let_go() } else { t.booking_cancel() };
    // Ticked, it stays where it is while others of the series come and go.
    let is_any = Memo::new(move |_| data.with(|file| !file.rest.is_empty()));
    view! {
        <Post to=CancelBooking::PATH opened about=id_of(data) seen=seen_of(data)>
            <Hidden name="id" value=id_of(data)/>
            {changing(move || is_any.get().then(|| view! {
                <Checkbox name="rest" label=t.booking_with_rest(data.with_untracked(|file| file.rest.len()))/>
            }))}
            <div class="submit">
                <button class="button" data-kind="quiet">{icon("cross")} " " {changing(word)}</button>
            </div>
        </Post>
    }
}
