use super::matter_facts::Facts;
use super::matter_moves::MoveBar;
use super::matter_words::WordsForm;
use super::queue_filter::Filter;
use super::{Ticket, Timeline, stage_chip, urgency_chip};
use crate::forms::Opened;
use crate::live::Room;
use crate::packed::Loading;
use crate::photos::PhotoGrid;
use crate::requests::{Matter, Side, StaffMove, load_matter};
use crate::texts::texts;
use crate::ui::{FaultPage, WallClock, fresh, icon, opened, ticking};
use crate::work::{OrderCard, OrderLine};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};

/// One matter as staff see it: everything on one page, and at its foot the moves that are legal now.
pub struct MatterPage {
    matter: Loading<Matter>,
    opened: Loading<Opened>,
}

#[lazy_route]
impl LazyRoute for MatterPage {
    fn data() -> Self {
        let params = use_params_map();
        let code = Memo::new(move |_| params.with(|params| params.get_str("code").unwrap_or_default().to_owned()));
        Self { matter: Loading::new(move || code.get(), load_matter), opened: opened() }
    }

    fn view(this: Self) -> AnyView {
        let MatterPage { matter, opened } = this;
        let t = texts();
        view! {
            <article class="matter" aria-labelledby="matter-title">
                <Transition fallback=move || {
                    view! { <div class="skeleton" role="status" aria-label=t.matter_loading()><i data-as="text"></i><i></i><i></i></div> }
                }>
                    {move || Suspend::new(async move {
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
        move || load_matter(code.clone())
    });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let card = Memo::new(move |_| data.with(|data| data.card.clone()));
    let stage = Memo::new(move |_| card.with(|card| card.line.stage.clone()));
    let urgency = Memo::new(move |_| card.with(|card| card.urgency));
    let photos = Memo::new(move |_| data.with(|data| data.photos.clone()));
    let timeline = Memo::new(move |_| data.with(|data| data.timeline.clone()));
    let may_speak = Memo::new(move |_| data.with(|data| data.moves.contains(&StaffMove::Note)));
    let query = use_query_map();
    let back = move || Filter { after: None, ..query.with(Filter::of) }.link("/staff");
    let form = {
        let opened = opened.clone();
        move || may_speak.get().then(|| view! { <WordsForm data opened=opened.clone()/> })
    };
    let title = t.frame_title(t.matter_title(&code, &item), t.frame_product());
    view! {
        <Title text=title/>
        <div class="body">
            <a class="back" href=back>{icon("arrow-left")} " " {t.queue_title()}</a>
            <header class="head">
                <h1 id="matter-title">{item}</h1>
                <span class="line">
                    <span class="code">{code}</span>
                    " "
                    {move || stage_chip(t, &stage.get())}
                    " "
                    {move || urgency_chip(t, urgency.get())}
                </span>
            </header>
            <Ticket card clock side=Side::Staff below=true/>
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
            {form}
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
        let card = order_of(data, order);
        view! { <OrderLine card estate clock/> }
    };
    move || {
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
    }
}

/// One of the matter's orders as it is now; it stays as it was should it vanish.
pub(super) fn order_of(data: RwSignal<Matter>, first: OrderCard) -> Memo<OrderCard> {
    let id = first.order.id;
    Memo::new(move |before: Option<&OrderCard>| {
        let found = data.with(|data| data.orders.iter().find(|order| order.order.id == id).cloned());
        found.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    })
}
