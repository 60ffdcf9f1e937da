use super::super::model::{BookBoard, Standing, WaitCard, WaitFile};
use super::super::waiting::{LeaveLine, LoadWaiting, WaitFor};
use super::super::words::times_text;
use super::address::Address;
use super::board::times;
use super::parts::terms_list;
use crate::asking::{Loading, Reply};
use crate::forms::Opened;
use crate::ids::WaitingId;
use crate::live::Room;
use crate::page::lazy_page;
use crate::texts::{Texts, texts};
use crate::ui::{Chosen, Hidden, Post, WallClock, awaited, both, changing, fresh, icon, opened, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use server_fn::ServerFn;

/// A time that others have: how many wait for it, and the way into the line.
pub struct WaitPage {
    asked: Memo<Asked>,
    file: Loading<WaitFile>,
    opened: Loading<Opened>,
}

lazy_page!(WaitPage in wait);

/// What the address asks for: a week's, and from when on, in seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    address: Address,
    starts: i64,
}

impl Asked {
    fn of(params: &ParamsMap, query: &ParamsMap) -> Self {
        let starts = query.get_str("starts").and_then(|starts| starts.parse().ok()).unwrap_or_default();
        Self { address: Address::of_resident(params, query), starts }
    }

    fn question(&self) -> LoadWaiting {
        let Address { facility, estate, home, steps, heads, .. } = self.address.clone();
        LoadWaiting { facility, estate, home, starts: self.starts, steps, heads }
    }
}

impl WaitPage {
    fn data() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = Memo::new(move |_| params.with(|params| query.with(|query| Asked::of(params, query))));
        Self { asked, file: Loading::new(move || asked.with(Asked::question)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { asked, file, opened } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        shown(both(file.await, opened.await), |(file, opened)| view! { <Sheet file asked opened/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Sheet(file: WaitFile, asked: Asked, opened: Opened) -> impl IntoView {
    let t = texts();
    let name = file.facility.names.of(t.lang).to_owned();
    let title = t.wait_title(&name);
    let (home, heads, terms) = (file.home.label(t), file.heads, file.facility.terms.clone());
    let symbol = file.facility.icon.clone();
    let (week, back) = (asked.address.link(), asked.address.link());
    let data = fresh(file, Room::Bookings, move || asked.question());
    let clock = ticking(move || data.with(|file| file.wall.clone()));
    let standing = Memo::new(move |_| data.with(|file| file.standing));
    let when = move || data.with(|file| times_text(t, clock.at(file.starts_at), clock.at(file.ends_at)));
    let next = move || match standing.get() {
        Standing::Taken => view! { <GetInLine data opened=opened.clone()/> }.into_any(),
        Standing::Free => way(week.clone(), "calendar", t.wait_to_week()),
        Standing::InLine => way("/book".to_owned(), "list", t.wait_to_line()),
    };
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href=back>{icon("arrow-left")} " " {name}</a>
        <article class="card booking">
            <header>
                <h1>{icon(&symbol)} " " {title}</h1>
            </header>
            <p class="when">{changing(when)}</p>
            <p role="status">{changing(move || says(t, standing.get(), data.with(|file| file.waiting)))}</p>
            <dl class="facts">
                <div><dt>{t.booking_for()}</dt><dd>{home}</dd></div>
                <div><dt>{t.booking_people()}</dt><dd>{heads}</dd></div>
            </dl>
            {changing(next)}
        </article>
        <section aria-labelledby="terms">
            <h2 id="terms">{t.booking_terms()}</h2>
            {terms_list(t, &terms)}
        </section>
    }
}

/// How the household stands to it, and what comes next.
fn says(t: Texts, standing: Standing, waiting: u32) -> String {
    match (standing, waiting) {
        (Standing::Free, _) => t.wait_is_free().to_owned(),
        (Standing::InLine, _) => t.wait_already().to_owned(),
        (Standing::Taken, 0) => t.wait_first().to_owned(),
        (Standing::Taken, count) => t.wait_ahead(count),
    }
}

fn way(to: String, symbol: &'static str, word: &'static str) -> AnyView {
    view! { <div class="buttons"><a class="button" href=to>{icon(symbol)} " " {word}</a></div> }.into_any()
}

/// What becomes of a place in line stands before the button.
#[component]
fn GetInLine(data: RwSignal<WaitFile>, opened: Opened) -> impl IntoView {
    let t = texts();
    let file = data.get_untracked();
    let navigate = use_navigate();
    let on_done = Callback::new(move |_: Reply| navigate("/book", Default::default()));
    view! {
        <p class="hint">{t.wait_how()}</p>
        <Post to=WaitFor::PATH opened then="/book" on_done>
            <Chosen name="facility" value=file.facility.id.to_string()/>
            <Chosen name="home" value=file.home.id.to_string()/>
            <Chosen name="starts" value=file.starts_at.timestamp().to_string()/>
            <Chosen name="steps" value=file.steps.to_string()/>
            <Chosen name="heads" value=file.heads.to_string()/>
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">{icon("clock")} " " {t.wait_for_it()}</button>
            </div>
        </Post>
    }
}

/// Where the reader waits, and the way out of each line.
#[component]
pub(super) fn Lines(data: RwSignal<BookBoard>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let opened = StoredValue::new(opened);
    let ids = Memo::new(move |_| data.with(|board| board.waiting.iter().map(|card| card.entry.id).collect::<Vec<_>>()));
    let is_any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    let line = move |id: WaitingId| {
        let card =
            Memo::new(move |_| data.with(|board| board.waiting.iter().find(|card| card.entry.id == id).cloned()));
        let seen = Signal::derive(move || {
            card.with(|card| card.as_ref().map_or_else(String::new, |card| card.entry.version.to_string()))
        });
        view! {
            <li class="row">
                {icon("clock")}
                {changing(move || card.get().map(|card| place(t, data, &card, clock)))}
                <Post to=LeaveLine::PATH opened=opened.get_value() about=id.to_string() seen>
                    <Hidden name="id" value=id.to_string()/>
                    <button class="button" data-kind="quiet">{icon("cross")} " " {t.wait_leave()}</button>
                </Post>
            </li>
        }
        .into_any()
    };
    changing(move || {
        is_any.get().then(|| {
            view! {
                <section aria-labelledby="lines">
                    <h2 id="lines">{t.wait_lines()}</h2>
                    <ul class="rows">
                        <For each=move || ids.get() key=|id| *id children=line/>
                    </ul>
                </section>
            }
        })
    })
}

/// What somebody waits for, and their place in line.
fn place(t: Texts, data: RwSignal<BookBoard>, card: &WaitCard, clock: WallClock) -> AnyView {
    let entry = &card.entry;
    let times = times(t, data, entry.estate, (entry.starts_at, entry.ends_at), clock);
    view! {
        <span class="body">
            <span>{card.facility.of(t.lang).to_owned()}</span>
            <span class="hint">{times}</span>
            <span class="hint">{t.wait_place(card.ahead + 1)}</span>
        </span>
    }
    .into_any()
}
