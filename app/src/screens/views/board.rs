use super::super::model::{Board, FreeToday, Outage, Standing};
use super::enrol::HowToEnrol;
use super::regularly::regularly;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::incidents::reach_text;
use crate::live::pulse;
use crate::moment::{Moment, Wall};
use crate::notices::Posted;
use crate::offline;
use crate::page::office_page;
use crate::people::ChooseManners;
use crate::requests::PromiseKind;
use crate::surfaces::KioskData;
use crate::texts::{Lang, Texts, texts};
use crate::ui::{FaultPage, PlainButtons, awaited, both, changing, icon, opened};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use std::time::Duration;

/// How often a copy of the board is kept anew for a screen that starts without a network.
const KEPT_EVERY: Duration = Duration::from_secs(600);

/// The lobby screen's board: what somebody who stands before it can do here today. A browser that is no screen shows how it
/// becomes one, and nothing else.
pub struct KioskPage {
    opened: Loading<Opened>,
}

office_page!(KioskPage in lobby_board);

impl KioskPage {
    fn data() -> Self {
        Self { opened: opened() }
    }

    fn view(self) -> AnyView {
        let opened = self.opened;
        // Its frame has asked already.
        let Some(screen) = use_context::<KioskData>() else { return ().into_any() };
        view! {
            <Suspense>
                {awaited(move || async move {
                    match both(screen.standing.await, opened.await) {
                        Ok((Standing::Enrolled(board), opened)) => view! { <Hall first=*board screen opened/> }.into_any(),
                        Ok((standing, opened)) => view! { <HowToEnrol standing opened/> }.into_any(),
                        Err(fault) => {
                            view! { <main id="main" class="hall" tabindex="-1"><FaultPage fault/></main> }.into_any()
                        }
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Hall(
    /// What stands on it as the page came.
    first: Board,
    /// The frame's: what stands on it since.
    screen: KioskData,
    /// For the language buttons.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let pulse = pulse();
    let is_low = screen.is_low;
    let estate = first.estate.clone();
    let phones = [("phone", t.kiosk_desk(), estate.desk_phone), ("alert", t.kiosk_emergency(), estate.emergency_phone)];
    let place = first.place.label(t);
    let is_large = first.is_large;
    let data = Signal::derive(move || screen.board.get().unwrap_or_else(|| first.clone()));
    Effect::new(move |_| {
        if pulse.connected.get() {
            offline::keep_board(pulse);
        }
    });
    regularly(KEPT_EVERY, move || {
        if pulse.connected.get_untracked() {
            offline::keep_board(pulse);
        }
    });
    let is_away = Signal::derive(move || !pulse.connected.get());
    let away = move || {
        is_away.get().then(|| {
            let as_of = data.with(|board| {
                let wall = &board.wall;
                wall.now().near(t, wall.at(offline::wall_here().now().moment()))
            });
            view! {
                <div class="notice">
                    {icon("offline")}
                    <div><p>{t.kiosk_away(as_of)}</p> <p class="hint">{t.kiosk_away_more()}</p></div>
                </div>
            }
        })
    };
    let tiles = phones.map(|(name, label, number)| {
        view! {
            <li>
                <span class="tile">{icon(name)} <span>{label} <br/> <span class="nowrap">{number}</span></span></span>
            </li>
        }
    });
    view! {
        <Title text=t.frame_title(t.kiosk_board(), t.frame_product())/>
        <section class="board" aria-label=t.kiosk_board()>
            <div role="status">{changing(away)}</div>
            <p class="welcome">{icon("pin")} " " {t.kiosk_welcome()} " · " {place} <span class="hint">{t.kiosk_welcome_more()}</span></p>
            {changing(move || data.with(|board| notices(t, board)))}
            {changing(move || data.with(|board| outages(t, board)))}
            {changing(move || data.with(|board| free(t, board)))}
        </section>
        <main id="main" class="hall" tabindex="-1">
            <h1>{t.kiosk_title()}</h1>
            <ul class="tiles">{doors(t, is_away)} {tiles.into_iter().collect_view()}</ul>
            <footer>
                <div hidden=is_away><Languages opened=opened.clone()/></div>
                <div hidden=is_away>
                    <PlainButtons to=ChooseManners::PATH opened class="buttons">
                        <button
                            class="button" name="large_text" value=if is_large { "false" } else { "true" }
                            aria-pressed=if is_large { "true" } else { "false" }
                        >
                            {icon("text-size")} " " {t.kiosk_large()}
                        </button>
                    </PlainButtons>
                </div>
                <button
                    class="button" type="button"
                    aria-pressed=Signal::derive(move || if is_low.get() { "true" } else { "false" })
                    on:click=move |_| is_low.update(|low| *low = !*low)
                >
                    {icon("low")} " " {t.kiosk_lower()}
                </button>
            </footer>
        </main>
    }
}

/// What can be done here at one touch, while there is a server to do it.
fn doors(t: Texts, is_away: Signal<bool>) -> AnyView {
    let doors = [
        ("report", "/kiosk/report", t.lobby_report(), true),
        ("search", "/kiosk/check", t.lobby_check(), true),
        ("bell", "/kiosk/ring", t.ring_title(), false),
        ("door", "/kiosk/visitor", t.visit_title(), false),
    ];
    let door = |(symbol, path, word, is_first): (&'static str, &'static str, &'static str, bool)| {
        view! {
            <li hidden=is_away>
                <a class="tile" data-kind=is_first.then_some("primary") href=path>{icon(symbol)} <span>{word}</span></a>
            </li>
        }
    };
    doors.map(door).into_iter().collect_view().into_any()
}

/// The languages, each by its own name.
#[component]
pub(super) fn Languages(
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let langs = Lang::ALL.map(|lang| {
        let is_this = if lang == t.lang { "true" } else { "false" };
        view! {
            <button name="lang" value=lang.tag() lang=lang.tag() aria-pressed=is_this>{lang.own_name()}</button>
        }
    });
    view! {
        <PlainButtons to=ChooseManners::PATH opened class="langs">{langs.into_iter().collect_view()}</PlainButtons>
    }
}

/// What the estate tells everybody.
fn notices(t: Texts, board: &Board) -> Option<AnyView> {
    let row = |posted: &Posted| {
        let lang = posted.title.nearest(t.lang);
        view! {
            <li>
                <a class="row" href=format!("/kiosk/notice/{}", posted.id)>
                    {icon("board")} <span class="body" lang=lang.tag()>{posted.title.of(lang).to_owned()}</span>
                </a>
            </li>
        }
        .into_any()
    };
    let rows: Vec<_> = board.notices.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="notices" data-as="wide">
                <h2 id="notices">{t.bulletins_title()}</h2>
                <ul class="rows" data-as="dense">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// What is out of order, and until when.
fn outages(t: Texts, board: &Board) -> Option<AnyView> {
    let rows: Vec<_> = board.incidents.iter().map(|outage| outage_row(t, &board.wall, outage)).collect();
    let more = (board.more > 0).then(|| view! { <p class="hint">{t.kiosk_outages_more(board.more)}</p> });
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="outages">
                <h2 id="outages">{t.kiosk_outages()}</h2>
                <ul class="rows" data-as="dense">{rows}</ul>
                {more}
            </section>
        }
        .into_any()
    })
}

fn outage_row(t: Texts, wall: &Wall, outage: &Outage) -> AnyView {
    let until = match outage.promise {
        Some(promise) => {
            let (due, now) = (wall.at(promise.due_at), wall.now());
            let at = if due.day() == now.day() { due.clock() } else { due.near(t, now) };
            match promise.kind {
                _ if due < now => t.kiosk_late(at),
                PromiseKind::Finish => t.kiosk_back_by(at),
                PromiseKind::Visit => t.kiosk_visit_by(at),
                PromiseKind::Answer => t.kiosk_answer_by(at),
            }
        }
        None => t.kiosk_seen_to().to_owned(),
    };
    let what = format!("{} · {}", outage.topic.of(t.lang), reach_text(t, &outage.reach));
    view! {
        <li class="row">
            {icon(&outage.icon)} <span class="body"><span>{what}</span> <span class="hint">{until}</span></span>
        </li>
    }
    .into_any()
}

/// What can still be booked today.
fn free(t: Texts, board: &Board) -> Option<AnyView> {
    let rows: Vec<_> = board.free.iter().map(|free| free_row(t, &board.wall, free)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="free">
                <h2 id="free">{t.kiosk_free()}</h2>
                <ul class="rows" data-as="dense">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn free_row(t: Texts, wall: &Wall, free: &FreeToday) -> AnyView {
    let times = free.starts.iter().filter_map(|start| Moment::from_timestamp(*start, 0));
    let times: Vec<String> = times.map(|start| wall.at(start).clock()).collect();
    view! {
        <li class="row">
            {icon(&free.icon)}
            <span class="body">
                <span>{free.names.of(t.lang).to_owned()}</span> <span class="hint">{times.join(" · ")}</span>
            </span>
        </li>
    }
    .into_any()
}
