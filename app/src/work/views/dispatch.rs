use super::assessment::AssessmentPart;
use super::order_line::OrderLine;
use super::windows::WindowsPart;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::{EstateId, ItemId};
use crate::live::Room;
use crate::moment::day;
use crate::page::lazy_page;
use crate::people::role_word;
use crate::requests::{Dispatch, Filter, Headline, PlaceName, Side, part_word, ticket};
use crate::texts::{Texts, texts};
use crate::ui::{
    Choice, Choices, FaultPage, Field, Hidden, Hold, Pick, Picks, Post, Row, Steady, WallClock, awaited, changing,
    fresh, icon, opened, param, ticking,
};
use crate::work::{
    Ask, Assigning, LoadAssigning, OrderCard, Suggested, ask_word, hours_text, reason_icon, reason_word,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// Who goes: the matter, what is out already, and everybody who could go in a suggested order with its reasons. The
/// dispatcher decides; nothing is chosen beforehand.
pub struct DispatchPage {
    sheet: Loading<Assigning>,
    opened: Loading<Opened>,
}

lazy_page!(DispatchPage in dispatch);

impl DispatchPage {
    fn data() -> Self {
        let code = param("code");
        Self { sheet: Loading::new(move || LoadAssigning { code: code.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let DispatchPage { sheet, opened } = self;
        let t = texts();
        view! {
            <article class="matter" aria-labelledby="dispatch-title">
                <Transition fallback=move || {
                    view! { <div class="skeleton" role="status" aria-label=t.matter_loading()><i data-as="text"></i><i></i><i></i></div> }
                }>
                    {awaited(move || async move {
                        match (sheet.await, opened.await) {
                            (Ok(first), Ok(opened)) => view! {
                                <For
                                    each=move || [first.clone()]
                                    key=|sheet| sheet.card.id
                                    children=move |first| view! { <Sheet first opened=opened.clone()/> }
                                />
                            }
                                .into_any(),
                            (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                        }
                    })}
                </Transition>
            </article>
        }
        .into_any()
    }
}

/// How many of those who could go stand in sight at once.
const IN_SIGHT: usize = 6;

/// The one form of the page.
const FORM: Row = (uuid::Uuid::nil(), 0);

#[component]
fn Sheet(
    /// The page as it was when it was loaded.
    first: Assigning,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let code = first.card.code.clone();
    let item = first.card.item.of(t.lang).to_owned();
    let data = fresh(first, Room::Requests, {
        let code = code.clone();
        move || LoadAssigning { code: code.clone() }
    });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let query = use_query_map();
    let matter = format!("/staff/requests/{code}");
    let back = move || Filter { after: None, ..query.with(Filter::of) }.link(&matter);
    let forms = Steady::of(move || data.with(|data| data.may_send.then_some(FORM).into_iter().collect()));
    let request = data.with_untracked(|data| data.card.id);
    let windows = Memo::new(move |_| data.with(|data| data.windows.clone()));
    let form = {
        let opened = opened.clone();
        move |row: Row| view! { <Sending data hold=forms.hold(row) opened=opened.clone()/> }
    };
    let closed = move || {
        forms.rows().is_empty().then(|| {
            view! { <div class="notice">{icon("help")} <div><p>{t.dispatch_closed()}</p></div></div> }
        })
    };
    view! {
        <Title text=t.frame_title(t.matter_title(&code, t.dispatch_title()), t.frame_product())/>
        <div class="body">
            <a class="back" data-to="matter" href=Signal::derive(back)>{icon("arrow-left")} " " {t.dispatch_back()}</a>
            <header class="head">
                <h1 id="dispatch-title">{t.dispatch_title()}</h1>
                <span class="line"><span class="code">{code}</span> " " <span>{item}</span></span>
            </header>
            {changing(move || data.with(|data| ticket(t, &data.card, clock, Side::Staff, Headline::Section)))}
            {changing(move || data.with(|data| facts(t, data)))}
            <AssessmentPart data clock opened=opened.clone()/>
            <Out data clock/>
            {changing(closed)}
            <For each=move || forms.rows() key=|row| *row children=form/>
            <WindowsPart request windows clock opened=opened.clone() is_office=true/>
        </div>
    }
}

/// What bears on who is sent.
fn facts(t: Texts, data: &Assigning) -> AnyView {
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    let category = data.category.as_ref().map(|names| fact(t.dispatch_skill(), names.of(t.lang).to_owned()));
    let times = data.times.iter().map(|time| t.matter_time(day(t, time.on), part_word(t, time.part)));
    let times: Vec<_> = times.collect();
    let times = (!times.is_empty()).then(|| fact(t.matter_times(), times.join(t.matter_times_join())));
    let coordinator = data.coordinator.clone().map(|name| fact(t.dispatch_coordinator(), name));
    view! { <dl class="facts">{category} {coordinator} {times}</dl> }.into_any()
}

/// The orders that are out already: a matter may need several departments.
#[component]
fn Out(
    /// The page.
    data: RwSignal<Assigning>,
    /// Its clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let has_any = Memo::new(move |_| data.with(|data| !data.orders.is_empty()));
    let row = move |order: OrderCard| {
        let (id, estate): (_, EstateId) = (order.order.id, order.order.estate);
        let card = Memo::new(move |before: Option<&OrderCard>| {
            let found = data.with(|data| data.orders.iter().find(|order| order.order.id == id).cloned());
            found.or_else(|| before.cloned()).unwrap_or_else(|| order.clone())
        });
        view! { <OrderLine card estate clock/> }
    };
    changing(move || {
        has_any.get().then(|| {
            view! {
                <section class="card" aria-labelledby="dispatch-out">
                    <header><h2 id="dispatch-out">{t.dispatch_out()}</h2></header>
                    <ul>
                        <For each=move || data.with(|data| data.orders.clone()) key=|order| order.order.id children=row/>
                    </ul>
                </section>
            }
            .into_any()
        })
    })
}

/// Who goes, and what they are told. While somebody is at it nobody changes their place.
#[component]
fn Sending(
    /// The page.
    data: RwSignal<Assigning>,
    /// What keeps it while somebody is at it.
    hold: Hold,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = data.with_untracked(|data| data.card.id.to_string());
    let seen = Signal::derive(move || data.with(|data| data.version.to_string()));
    let shown = Memo::new(move |before: Option<&Vec<Pick>>| match before {
        Some(before) if hold.is_busy() => before.clone(),
        _ => data.with(|data| picks(t, data)),
    });
    let asks = Ask::ALL.into_iter().map(|ask| Choice::new(ask.tag(), ask_word(t, ask))).collect();
    // In somebody's home it is confirmed with them before the work begins (C7).
    let is_home = data.with_untracked(|data| matches!(data.card.place, PlaceName::Home(_)));
    let chosen = if is_home { vec![Ask::Finding.tag().to_owned()] } else { Vec::new() };
    view! {
        <section aria-labelledby="dispatch-form">
            <h2 id="dispatch-form">{t.dispatch_who()}</h2>
            <p class="soft">{t.dispatch_suggestion()}</p>
            <Post to=Dispatch::PATH opened about=id.clone() seen hold>
                <Hidden name="id" value=Signal::stored(id)/>
                {changing(move || {
                    let picks = shown.get();
                    let folded = (IN_SIGHT, t.dispatch_more(picks.len().saturating_sub(IN_SIGHT)));
                    view! { <Picks name="to" label=t.matter_to() picks folded/> }
                })}
                <Choices name="asks" label=t.dispatch_asks() hint=t.dispatch_asks_hint() choices=asks chosen/>
                <Field name="instructions" label=t.matter_instructions() kind="textarea" rows=2 longest=500 optional=true/>
                <div class="submit">
                    <button class="button" data-kind="primary">{icon("arrow-right")} " " {t.dispatch_send()}</button>
                </div>
            </Post>
        </section>
    }
}

fn picks(t: Texts, data: &Assigning) -> Vec<Pick> {
    let people = data.hands.iter().map(|hand| person(t, data, hand));
    let teams = data.teams.iter().map(|team| Pick {
        value: format!("team:{}", team.id),
        label: t.matter_whole_team(team.names.of(t.lang)),
        hint: t.dispatch_team_hint().to_owned(),
        marks: Vec::new(),
    });
    let vendors = data.vendors.iter().map(|vendor| {
        let is_theirs = vendor.trade.is_some() && vendor.trade == data.trade;
        let mark = is_theirs.then(|| ("wrench", t.vendor_trade_mark().to_owned(), true));
        Pick {
            value: format!("vendor:{}", vendor.id),
            label: vendor.name.clone(),
            hint: t.vendor_pick().to_owned(),
            marks: mark.into_iter().collect(),
        }
    });
    people.chain(teams).chain(vendors).collect()
}

fn person(t: Texts, data: &Assigning, suggested: &Suggested) -> Pick {
    let Suggested { candidate, reasons } = suggested;
    let who = &candidate.who;
    let join = t.matter_times_join();
    let roles: Vec<_> = who.roles.iter().map(|role| role_word(t, *role)).collect();
    let category = |id: &ItemId| data.categories.iter().find(|one| one.id == *id).map(|one| one.names.of(t.lang));
    let skills: Vec<_> = candidate.skills.iter().filter_map(category).collect();
    let areas = data.buildings.iter().filter(|building| candidate.areas.contains(&building.id));
    let areas: Vec<_> = areas.map(|building| building.names.of(t.lang)).collect();
    let facts = [
        Some(t.dispatch_role(who.department.names.of(t.lang), roles.join(join))),
        (!skills.is_empty()).then(|| t.dispatch_skills(skills.join(join))),
        (!areas.is_empty()).then(|| t.dispatch_areas(areas.join(join))),
        Some(hours_text(t, &candidate.hours)),
    ];
    let facts: Vec<_> = facts.into_iter().flatten().collect();
    let marks = reasons.iter().map(|reason| (reason_icon(*reason), reason_word(t, *reason), reason.is_for()));
    Pick {
        value: format!("person:{}", who.id),
        label: who.name.clone(),
        hint: facts.join(" · "),
        marks: marks.collect(),
    }
}
