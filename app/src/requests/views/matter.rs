use super::matter_facts::Facts;
use super::matter_moves::MoveBar;
use super::matter_words::WordsForm;
use super::queue_filter::Filter;
use super::{Headline, Timeline, stage_chip, ticket, urgency_chip};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::OrderId;
use crate::live::Room;
use crate::page::lazy_page;
use crate::photos::PhotoGrid;
use crate::requests::{LoadMatter, Matter, Side, StaffMove};
use crate::texts::texts;
use crate::ui::{FaultPage, WallClock, awaited, changing, fresh, icon, opened, param, ticking};
use crate::work::{OrderCard, OrderLine};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// One matter as staff see it: everything on one page, and at its foot the moves that are legal now.
pub struct MatterPage {
    matter: Loading<Matter>,
    opened: Loading<Opened>,
}

lazy_page!(MatterPage in matter);

impl MatterPage {
    fn data() -> Self {
        let code = param("code");
        Self { matter: Loading::new(move || LoadMatter { code: code.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let MatterPage { matter, opened } = self;
        let t = texts();
        view! {
            <article class="matter" aria-labelledby="matter-title">
                <Transition fallback=move || {
                    view! { <div class="skeleton" role="status" aria-label=t.matter_loading()><i data-as="text"></i><i></i><i></i></div> }
                }>
                    {awaited(move || async move {
                        match (matter.await, opened.await) {
                            (Ok(first), Ok(opened)) => {
                                // Another matter is another page: nothing of the last one's forms may stay.
                                view! {
                                    <For
                                        each=move || [first.clone()]
                                        key=|matter| matter.card.id
                                        children=move |first| view! { <Sheet first opened=opened.clone()/> }
                                    />
                                }
                                    .into_any()
                            }
                            (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                        }
                    })}
                </Transition>
            </article>
        }
        .into_any()
    }
}

#[component]
fn Sheet(
    /// The matter as it was when the page was loaded.
    first: Matter,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let code = first.card.code.clone();
    let estate = first.request.estate;
    let item = first.card.item.of(t.lang).to_owned();
    let (words, lang) = (first.request.words.clone(), first.request.lang.tag());
    let data = fresh(first, Room::Requests, {
        let code = code.clone();
        move || LoadMatter { code: code.clone() }
    });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let photos = Memo::new(move |_| data.with(|data| data.photos.clone()));
    let timeline = Memo::new(move |_| data.with(|data| data.timeline.clone()));
    let may_speak = Memo::new(move |_| data.with(|data| data.moves.contains(&StaffMove::Note)));
    let query = use_query_map();
    let link = move |path: &str| Filter { after: None, ..query.with(Filter::of) }.link(path);
    let back = move || link("/staff");
    let (clocks, closing) = (format!("/staff/requests/{code}/clocks"), format!("/staff/requests/{code}/closing"));
    let why = move || link(&clocks);
    let end = move || link(&closing);
    let is_open = Memo::new(move |_| data.with(|data| data.card.line.stage.is_open()));
    let form = {
        let opened = opened.clone();
        move || may_speak.get().then(|| view! { <WordsForm data opened=opened.clone()/> })
    };
    let title = t.frame_title(t.matter_title(&code, &item), t.frame_product());
    view! {
        <Title text=title/>
        <div class="body">
            <a class="back" href=Signal::derive(back)>{icon("arrow-left")} " " {t.queue_title()}</a>
            <header class="head">
                <h1 id="matter-title">{item}</h1>
                <span class="line">
                    <span class="code">{code}</span>
                    " "
                    {changing(move || data.with(|data| stage_chip(t, &data.card.line.stage)))}
                    " "
                    {changing(move || data.with(|data| urgency_chip(t, data.card.urgency)))}
                </span>
            </header>
            <div>
                {changing(move || data.with(|data| ticket(t, &data.card, clock, Side::Staff, Headline::Section)))}
                <a class="button" data-kind="quiet" href=Signal::derive(why)>{icon("clock")} " " {t.clocks_title()}</a>
                " "
                <a class="button" data-kind="quiet" href=Signal::derive(end) hidden=is_open>
                    {icon("phone")} " " {t.closing_title()}
                </a>
            </div>
            <Facts data clock/>
            <section aria-labelledby="matter-words">
                <h2 id="matter-words">{t.matter_words()}</h2>
                <p lang=lang>{words}</p>
                <PhotoGrid estate photos/>
            </section>
            <Orders data clock/>
            <section aria-labelledby="matter-timeline">
                <h2 id="matter-timeline">{t.matter_timeline()}</h2>
                <Timeline entries=timeline estate clock side=Side::Staff/>
            </section>
            {changing(form)}
        </div>
        <MoveBar data opened/>
    }
}

#[component]
fn Orders(
    /// The matter.
    data: RwSignal<Matter>,
    /// The page's clock.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let estate = data.with_untracked(|data| data.request.estate);
    let has_any = Memo::new(move |_| data.with(|data| !data.orders.is_empty()));
    let row = move |order: OrderCard| {
        let card = order_of(data, order.order.id);
        card.map(|card| view! { <OrderLine card estate clock/> })
    };
    changing(move || {
        has_any.get().then(|| {
            view! {
                <section class="card" aria-labelledby="matter-orders">
                    <header><h2 id="matter-orders">{t.matter_orders()}</h2></header>
                    <ul>
                        <For
                            each=move || data.with(|data| data.orders.clone())
                            key=|order| order.order.id
                            children=row
                        />
                    </ul>
                </section>
            }
            .into_any()
        })
    })
}

/// One of the matter's orders as it is now; it stays as it was should it vanish.
fn order_of(data: RwSignal<Matter>, id: OrderId) -> Option<Memo<OrderCard>> {
    let find = move |data: &Matter| data.orders.iter().find(|order| order.order.id == id).cloned();
    let first = data.with_untracked(find)?;
    Some(Memo::new(move |before: Option<&OrderCard>| {
        data.with(find).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    }))
}
