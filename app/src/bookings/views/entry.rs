use super::super::api::{ApproveBooking, CallOffBooking, CheckIn, DeclineBooking, LoadEntry, MissBooking};
use super::super::model::{BookingMove, EntryFile};
use super::super::rules::LONGEST_NOTE;
use super::super::words::{cost_text, times_text};
use super::parts::{stage_chip, stars_text, terms_list, what};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{
    Field, Move, Row, Steady, WallClock, awaited, both, changing, fresh, icon, opened, param, shown, ticking,
};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// One booking, as the office sees it: yes or no, they came or nobody did, or it cannot be after all.
pub struct EntryPage {
    file: Loading<EntryFile>,
    opened: Loading<Opened>,
}

office_page!(EntryPage in entry);

impl EntryPage {
    fn data() -> Self {
        let code = param("code");
        Self { file: Loading::new(move || LoadEntry { code: code.get() }), opened: opened() }
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
fn Sheet(file: EntryFile, opened: Opened) -> impl IntoView {
    let t = texts();
    let card = file.entry.card.clone();
    let title = what(t, &card);
    let (home, unit, person) = (file.entry.home.label(t), card.booking.unit, file.entry.person.clone());
    let theirs = format!("/staff/bookings?person={}", card.booking.account);
    let (code, terms) = (card.booking.code.clone(), file.facility.terms.clone());
    let fact = |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let whole = file.part_of.clone().map(|whole| {
        let href = format!("/staff/services/orders/{whole}");
        fact(t.entry_part_of(), view! { <a href=href><span class="code">{whole}</span></a> }.into_any())
    });
    let again = code.clone();
    let data = fresh(file, Room::Bookings, move || LoadEntry { code: again.clone() });
    let clock = ticking(move || data.with(|file| file.wall.clone()));
    let stage = Memo::new(move |_| data.with(|file| file.entry.card.booking.stage));
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href="/staff/bookings">{icon("arrow-left")} " " {t.diary_title()}</a>
        <article class="card booking">
            <header>
                <h1>{icon(&card.icon)} " " {title}</h1>
                {changing(move || stage_chip(t, stage.get()))}
            </header>
            <p class="when">{changing(move || when(t, data, clock))}</p>
            <dl class="facts">
                {fact(t.booking_for(), view! { <a href=format!("/staff/people/{unit}")>{home}</a> }.into_any())}
                {fact(t.entry_person(), view! { <a href=theirs>{person}</a> }.into_any())}
                {fact(t.booking_code(), view! { <span class="code">{code}</span> }.into_any())}
                {whole}
                {changing(move || data.with(|file| facts(t, file)))}
            </dl>
            <Moves data clock opened/>
        </article>
        <section aria-labelledby="terms">
            <h2 id="terms">{t.booking_terms()}</h2>
            {terms_list(t, &terms)}
        </section>
    }
}

fn when(t: Texts, data: RwSignal<EntryFile>, clock: WallClock) -> String {
    data.with(|file| {
        let booking = &file.entry.card.booking;
        times_text(t, clock.at(booking.starts_at), clock.at(booking.ends_at))
    })
}

/// What may still change.
fn facts(t: Texts, file: &EntryFile) -> AnyView {
    let booking = &file.entry.card.booking;
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let price = cost_text(t, booking.price, &file.facility.terms.currency);
    view! {
        {fact(t.booking_people(), booking.heads.to_string())}
        {fact(t.booking_price(), price)}
        {booking.note.clone().map(|note| fact(t.entry_note(), note))}
        {booking.reason.clone().map(|reason| fact(t.entry_reason(), reason))}
        {booking.stars.map(|stars| fact(t.entry_stars(), stars_text(t, stars, booking.stars_words.as_deref())))}
    }
    .into_any()
}

#[component]
fn Moves(data: RwSignal<EntryFile>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let id = data.with_untracked(|file| file.entry.card.booking.id);
    let seen = Signal::derive(move || data.with(|file| file.entry.card.booking.version.to_string()));
    let all = Memo::new(move |_| {
        let now = clock.now().moment();
        data.with(|file| file.moves(now))
    });
    let first = Memo::new(move |_| all.with(|all| all.first().copied()));
    let can_move = Memo::new(move |_| all.with(|all| all.contains(&BookingMove::Reschedule)));
    let moves = Steady::of(move || all.with(|all| all.iter().map(|what| (id.0, *what as u8)).collect()));
    let form = move |row: Row| {
        let what = all.with_untracked(|all| all.iter().copied().find(|what| *what as u8 == row.1))?;
        let (to, symbol, word, asks) = looks(t, what)?;
        let is_first = Signal::derive(move || first.get() == Some(what));
        let asks = asks.map(|label| -> Children { Box::new(move || reason(label)) });
        let is_harsh = matches!(what, BookingMove::Decline | BookingMove::Miss | BookingMove::CallOff);
        Some(view! {
            <Move
                to opened=opened.clone() id=id.to_string() seen hold=moves.hold(row) looks=(symbol, word) group="moves"
                is_first is_harsh asks
            />
        })
    };
    view! {
        <footer class="moves" role="group" aria-label=t.entry_moves() hidden=Signal::derive(move || moves.rows().is_empty())>
            <For each=move || moves.rows() key=|row| *row children=form/>
            {changing(move || can_move.get().then(|| view! {
                <a class="button" href=elsewhere(data)>{icon("calendar")} " " {t.booking_move()}</a>
            }))}
        </footer>
    }
}

/// The week of its facility, to move it there.
fn elsewhere(data: RwSignal<EntryFile>) -> String {
    data.with(|file| {
        let booking = &file.entry.card.booking;
        format!("/staff/people/{}/book/{}?moving={}", booking.unit, file.facility.slug, booking.code)
    })
}

fn reason(label: &'static str) -> AnyView {
    view! { <Field name="reason" label kind="textarea" rows=2 longest=LONGEST_NOTE/> }.into_any()
}

/// Where a move of the office's is sent, its symbol and word, and what it asks.
fn looks(t: Texts, what: BookingMove) -> Option<(&'static str, &'static str, &'static str, Option<&'static str>)> {
    Some(match what {
        BookingMove::Approve => (ApproveBooking::PATH, "check", t.entry_approve(), None),
        BookingMove::Decline => (DeclineBooking::PATH, "cross", t.entry_decline(), Some(t.entry_why())),
        BookingMove::CheckIn => (CheckIn::PATH, "user-check", t.entry_check_in(), None),
        BookingMove::Miss => (MissBooking::PATH, "cross", t.entry_miss(), None),
        BookingMove::CallOff => (CallOffBooking::PATH, "alert", t.entry_call_off(), Some(t.entry_why())),
        BookingMove::Confirm | BookingMove::Reschedule | BookingMove::Cancel | BookingMove::Rate => return None,
    })
}
