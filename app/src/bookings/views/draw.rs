use super::super::draws::{EnterDraw, LeaveDraw, LoadDraw};
use super::super::model::{DrawFile, DrawStage, Lot, LotStage, Tried};
use super::super::words::{draw_text, times_text, tried_word, wish_text};
use super::parts::terms_list;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::{DrawId, EstateId, UnitId};
use crate::live::Room;
use crate::moment::span;
use crate::page::lazy_page;
use crate::people::Home;
use crate::texts::{Texts, texts};
use crate::ui::{
    Checkbox, Choice, Chosen, Field, Hidden, Post, Select, WallClock, awaited, both, changing, fresh, icon, opened,
    shown, ticking,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use server_fn::ServerFn;

/// A draw as a household sees it: what is drawn and until when, its lot, and what came of that once it is drawn.
pub struct DrawPage {
    asked: Memo<Asked>,
    file: Loading<DrawFile>,
    opened: Loading<Opened>,
}

lazy_page!(DrawPage in draw);

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    facility: String,
    estate: Option<EstateId>,
    home: Option<UnitId>,
    draw: Option<DrawId>,
}

impl Asked {
    fn of(params: &ParamsMap, query: &ParamsMap) -> Self {
        Self {
            facility: params.get("facility").unwrap_or_default(),
            estate: query.get_str("estate").and_then(|id| id.parse().ok()),
            home: query.get_str("home").and_then(|id| id.parse().ok()),
            draw: query.get_str("draw").and_then(|id| id.parse().ok()),
        }
    }

    fn question(&self) -> LoadDraw {
        let Self { facility, estate, home, draw } = self.clone();
        LoadDraw { facility, estate, home, draw }
    }
}

impl DrawPage {
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
fn Sheet(file: DrawFile, asked: Asked, opened: Opened) -> impl IntoView {
    let t = texts();
    let name = file.facility.names.of(t.lang).to_owned();
    let (title, symbol) = (t.draw_title(&name), file.facility.icon.clone());
    let (terms, tabs, windows) = (file.facility.terms.clone(), for_whom(t, &file), file.draw.windows.clone());
    let back = format!("/book/{}?estate={}&home={}", file.facility.slug, file.draw.estate, file.home);
    let record = format!("/draws/{}.json", file.draw.id);
    // Another one that is announced meanwhile does not come in its place.
    let asked = Asked { draw: Some(file.draw.id), ..asked };
    let data = fresh(file, Room::Bookings, move || asked.question());
    let clock = ticking(move || data.with(|file| file.wall.clone()));
    let is_open = Memo::new(move |_| {
        let now = clock.now().moment();
        data.with(|file| file.draw.is_open(now))
    });
    let lot = Memo::new(move |_| data.with(|file| file.lot.clone()));
    let (of_lot, of_form) = (opened.clone(), opened);
    let times = windows.into_iter().map(|window| {
        view! { <li>{times_text(t, clock.at(window.starts_at), clock.at(window.ends_at))}</li> }
    });
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href=back>{icon("arrow-left")} " " {name}</a>
        {tabs}
        <article class="card booking">
            <header>
                <h1>{icon(&symbol)} " " {title}</h1>
            </header>
            <p role="status">{changing(move || data.with(|file| draw_text(t, &file.draw, clock)))}</p>
            <h2>{t.draw_what()}</h2>
            <ul class="plain">{times.collect_view()}</ul>
            <p class="hint">{changing(move || t.draw_count(data.with(|file| file.draw.lots)))}</p>
            <For
                each=move || lot.get() key=|lot| (lot.id, lot.version)
                children=move |lot| view! { <Own lot data clock is_open opened=of_lot.clone()/> }.into_any()
            />
            {changing(move || is_open.get().then(|| view! { <Enter data clock opened=of_form.clone()/> }))}
        </article>
        <section aria-labelledby="how">
            <h2 id="how">{t.draw_how()}</h2>
            <p>{t.draw_how_more()}</p>
            <dl class="facts" data-as="rows">{changing(move || data.with(|file| seeds(t, file)))}</dl>
            <div class="buttons">
                <a class="button" href=record rel="external">{icon("list")} " " {t.draw_record()}</a>
            </div>
        </section>
        <section aria-labelledby="terms">
            <h2 id="terms">{t.booking_terms()}</h2>
            {terms_list(t, &terms)}
        </section>
    }
}

/// For which of several homes: each has a lot of its own.
fn for_whom(t: Texts, file: &DrawFile) -> Option<AnyView> {
    let tab = |home: &Home| {
        let current = (home.unit.id == file.home).then_some("true");
        let (slug, estate, draw) = (&file.facility.slug, file.draw.estate, file.draw.id);
        let to = format!("/book/{slug}/draw?estate={estate}&home={}&draw={draw}", home.unit.id);
        view! { <a href=to aria-current=current>{home.unit.label(t)}</a> }
    };
    (file.homes.len() > 1).then(|| {
        view! { <nav class="tabs" aria-label=t.book_home()>{file.homes.iter().map(tab).collect_view()}</nav> }
            .into_any()
    })
}

/// What is told of the seed: its hash from the beginning on, itself once it is drawn.
fn seeds(t: Texts, file: &DrawFile) -> AnyView {
    let fact = |name: &'static str, value: &Option<String>| {
        let value = value.clone()?;
        Some(view! { <div><dt>{name}</dt><dd class="code digits">{value}</dd></div> })
    };
    view! {
        {fact(t.draw_seed_hash(), &file.draw.seed_hash)}
        {fact(t.draw_seed(), &file.draw.seed)}
    }
    .into_any()
}

/// A household's lot: what it wishes for and the way out, or what came of it.
#[component]
fn Own(lot: Lot, data: RwSignal<DrawFile>, clock: WallClock, is_open: Memo<bool>, opened: Opened) -> impl IntoView {
    let t = texts();
    let (id, seen) = (lot.id, lot.version);
    let is_over = data.with_untracked(|file| file.draw.stage == DrawStage::Drawn);
    let all = data.with_untracked(|file| file.draw.lots);
    let says = match (lot.stage, lot.place) {
        (LotStage::Won, Some(place)) => t.draw_won(all, place),
        (LotStage::Lost, Some(place)) => t.draw_lost(all, place),
        _ => t.draw_is_in().to_owned(),
    };
    let tried = lot.tried.iter().map(|tried| Some(*tried)).chain(std::iter::repeat(None));
    let wish = |(starts, tried): (&i64, Option<Tried>)| {
        let word = tried.map(|tried| view! { " " <span class="hint">{tried_word(t, tried)}</span> });
        view! { <li>{wish_text(t, *starts, clock)} {word}</li> }
    };
    let wishes = lot.wishes.iter().zip(tried).map(wish).collect_view();
    let booking = lot.booking.clone().map(|code| {
        view! {
            <div class="buttons">
                <a class="button" data-kind="primary" href=format!("/bookings/{code}")>{icon("calendar")} " " {t.draw_to_booking()}</a>
            </div>
        }
    });
    let tone = if is_over && lot.stage == LotStage::Won { "good" } else { "plain" };
    view! {
        <div class="notice" data-tone=tone>
            {icon("lot")}
            <div>
                <p>{says}</p>
                <ol class="plain">{wishes}</ol>
                <p class="hint">{t.draw_lot(id)}</p>
                {booking}
                {changing(move || is_open.get().then(|| view! {
                    <Post to=LeaveDraw::PATH opened=opened.clone() about=id.to_string()>
                        <Hidden name="id" value=id.to_string()/>
                        <Hidden name="seen" value=seen.to_string()/>
                        <button class="button" data-kind="quiet">{icon("cross")} " " {t.draw_leave()}</button>
                    </Post>
                }))}
            </div>
        </div>
    }
}

/// One to three of the times that are drawn, the dearest first.
#[component]
fn Enter(data: RwSignal<DrawFile>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let file = data.get_untracked();
    let terms = file.facility.terms.clone();
    let choices: Vec<_> =
        file.starts.iter().map(|starts| Choice::new(starts.to_string(), wish_text(t, *starts, clock))).collect();
    let (second, third) = (choices.clone(), choices.clone());
    // What the household wishes for now, until somebody changes it.
    let wish = move |at: usize| {
        let now = move |file: &DrawFile| file.lot.as_ref()?.wishes.get(at).map(|starts| starts.to_string());
        Signal::derive(move || data.with(now).unwrap_or_default())
    };
    let least = terms.least_steps;
    let steps = Signal::derive(move || data.with(|file| file.lot.as_ref().map_or(least, |lot| lot.steps)).to_string());
    let heads = Signal::derive(move || data.with(|file| file.lot.as_ref().map_or(1, |lot| lot.heads)).to_string());
    let lengths = (least..=terms.most_steps)
        .map(|steps| Choice::new(steps.to_string(), span(t, i64::from(steps) * i64::from(terms.step_minutes))));
    let lengths: Vec<_> = lengths.collect();
    let is_in = Memo::new(move |_| data.with(|file| file.lot.is_some()));
    let seen = Signal::derive(move || data.with(|file| file.lot.as_ref().map_or(0, |lot| lot.version)).to_string());
    view! {
        <Post to=EnterDraw::PATH opened about=file.draw.id.to_string() seen>
            <Hidden name="id" value=file.draw.id.to_string()/>
            <Hidden name="home" value=file.home.to_string()/>
            <Select name="first" label=t.draw_first() choices value=wish(0) empty=t.draw_choose()/>
            <Select name="second" label=t.draw_second() choices=second value=wish(1) empty=t.draw_nothing() optional=true/>
            <Select name="third" label=t.draw_third() choices=third value=wish(2) empty=t.draw_nothing() optional=true/>
            {if lengths.len() > 1 {
                view! { <Select name="steps" label=t.book_length() choices=lengths value=steps/> }.into_any()
            } else {
                view! { <Chosen name="steps" value=steps/> }.into_any()
            }}
            {if terms.most_heads > 1 {
                view! { <Field name="heads" label=t.booking_people() kind="number" value=heads hint=t.booking_most(terms.most_heads)/> }
                    .into_any()
            } else {
                view! { <Chosen name="heads" value=heads/> }.into_any()
            }}
            {terms.least_age.map(|age| view! { <Checkbox name="of_age" label=t.booking_of_age(age)/> })}
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">
                    {icon("lot")} " " {changing(move || if is_in.get() { t.draw_change() } else { t.draw_enter() })}
                </button>
            </div>
        </Post>
    }
}
