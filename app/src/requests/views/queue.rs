use super::queue_filter::Filter;
use super::queue_list::{QueueList, page};
use super::queue_parts::Parts;
use crate::asking::Loading;
use crate::estate::Names;
use crate::fault::Fault;
use crate::page::lazy_page;
use crate::requests::{Counts, Facet, Queue, SavedView};
use crate::surfaces::{OfficeData, works_here};
use crate::texts::texts;
use crate::ui::{FaultPage, awaited, changing, icon};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

/// The office's first page: on the left all that waits, by promise; on the right the matter that is open.
pub struct QueuePage {
    filter: Memo<Filter>,
    queue: Loading<Queue>,
}

lazy_page!(QueuePage in queue);

impl QueuePage {
    fn data() -> Self {
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(Filter::of));
        Self { filter, queue: Loading::new(move || filter.with(|filter| page(filter, filter.after))) }
    }

    fn view(self) -> AnyView {
        let QueuePage { filter, queue } = self;
        view! { <Panes filter queue/> }.into_any()
    }
}

/// What the heading and the list say to each other.
#[derive(Clone, Copy)]
pub(super) struct Chip {
    /// How many rows wait to be shown; none where the list is as it should be.
    pub waiting: RwSignal<Option<usize>>,
    /// Counts the wishes to see them.
    pub pulled: RwSignal<u32>,
}

/// What the server says beside the rows.
#[derive(Clone, Copy)]
pub(super) struct Side {
    /// How many wait in each part.
    pub counts: RwSignal<Counts>,
    /// The views that the reader keeps.
    pub saved: RwSignal<Vec<SavedView>>,
    /// What the slugs in the address are called.
    pub names: RwSignal<Vec<(Facet, Names)>>,
}

impl Side {
    /// As the server says it now.
    pub fn take(self, queue: &Queue) {
        self.counts.set(queue.counts);
        self.saved.set(queue.saved.clone());
        self.names.set(queue.names.clone());
    }
}

#[component]
fn Panes(
    /// What the address asks for.
    filter: Memo<Filter>,
    /// The first page of it.
    queue: Loading<Queue>,
) -> impl IntoView {
    let t = texts();
    let path = use_location().pathname;
    let is_open = Memo::new(move |_| path.with(|path| path.trim_end_matches('/') != "/staff"));
    let office = use_context::<OfficeData>();
    let chip = Chip { waiting: RwSignal::new(None), pulled: RwSignal::new(0) };
    let side = Side { counts: RwSignal::default(), saved: RwSignal::default(), names: RwSignal::default() };
    view! {
        <section class="queue" aria-labelledby="queue-title">
            <Heading filter is_open chip/>
            <Transition fallback=move || view! { <Waiting/> }>
                {awaited(move || async move {
                    match queue.await {
                        Ok(first) => {
                            let asked = filter.get_untracked();
                            side.take(&first);
                            view! {
                                <Parts filter side/>
                                <For
                                    each=move || [(asked.clone(), first.clone())]
                                    key=|(filter, _)| filter.clone()
                                    children=move |(filter, first)| view! { <QueueList filter first chip side/> }
                                />
                            }
                                .into_any()
                        }
                        // Administrators and fee collectors work here too, but see no matters.
                        Err(Fault::NotAllowed) if works_here(office).await.is_some() => view! { <NoMatters/> }.into_any(),
                        Err(fault) => view! { <FaultPage fault/> }.into_any(),
                    }
                })}
            </Transition>
        </section>
        {changing(move || {
            (!is_open.get())
                .then(|| view! { <Title text=t.frame_title(t.queue_title(), t.frame_product())/> <NoneOpen/> })
        })}
        <Outlet/>
    }
}

#[component]
fn Heading(
    /// What the address asks for.
    filter: Memo<Filter>,
    /// Whether a matter is open beside it.
    is_open: Memo<bool>,
    /// The chip of fresh rows.
    chip: Chip,
) -> impl IntoView {
    let t = texts();
    let navigate = use_navigate();
    let field = NodeRef::<Input>::new();
    let search = move |event: SubmitEvent| {
        event.prevent_default();
        let words = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let filter = Filter { words: words.trim().to_owned(), after: None, ..filter.get_untracked() };
        navigate(&filter.link("/staff"), leptos_router::NavigateOptions::default());
    };
    let narrow = move || Filter { after: None, ..filter.get() }.link("/staff/filter");
    let sheet = move || Filter { after: None, ..filter.get() }.link("/staff/list");
    let title = move || {
        if is_open.get() {
            view! { <h2 id="queue-title">{t.queue_title()}</h2> }.into_any()
        } else {
            view! { <h1 id="queue-title">{t.queue_title()}</h1> }.into_any()
        }
    };
    let fresh = move || {
        chip.waiting.get().map(|count| {
            let words = if count == 0 { t.queue_sort_again().to_owned() } else { t.queue_fresh(count) };
            view! {
                <button
                    class="button fresh" data-kind="primary" type="button"
                    on:click=move |_| chip.pulled.update(|pulled| *pulled += 1)
                >
                    {icon(if count == 0 { "retry" } else { "plus" })} " " {words}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <header>
            <div class="head">
                {changing(title)} <span aria-live="polite">{changing(fresh)}</span>
                <a class="button" data-kind="quiet" href=Signal::derive(narrow)>{icon("filter")} " " {t.queue_narrow()}</a>
                <a class="button" data-kind="quiet" href=Signal::derive(sheet)>{icon("list")} " " {t.queue_sheet()}</a>
            </div>
            <form class="search" role="search" method="get" action="/staff" on:submit=search>
                {icon("search")}
                <label class="sr" for="queue-words">{t.queue_search()}</label>
                <input
                    class="input" id="queue-words" type="search" name="q" placeholder=t.queue_search_hint() node_ref=field
                    value=filter.get_untracked().words prop:value=Signal::derive(move || filter.get().words) aria-keyshortcuts="/"
                />
                <input type="hidden" name="view" prop:value=Signal::derive(move || filter.get().view.tag()) value=filter.get_untracked().view.tag()/>
                {changing(move || filter.get().sieve.iter().map(|(facet, value)| {
                    view! { <input type="hidden" name=facet.tag() value=value.to_owned()/> }
                }).collect_view())}
            </form>
        </header>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let t = texts();
    view! { <div class="skeleton" role="status" aria-label=t.queue_loading()><i></i><i></i><i></i></div> }
}

/// The right side while no matter is open.
#[component]
fn NoneOpen() -> impl IntoView {
    let t = texts();
    view! {
        <div class="matter">
            <div class="body">
                <div class="empty">
                    {icon("inbox")}
                    <h2>{t.queue_none_open()}</h2>
                    <p>{t.queue_none_open_more()}</p>
                </div>
            </div>
        </div>
    }
}

/// The left side for those whose roles see no matters.
#[component]
fn NoMatters() -> impl IntoView {
    let t = texts();
    view! {
        <div class="empty">
            {icon("team")}
            <h2>{t.queue_no_matters()}</h2>
            <p>{t.queue_no_matters_more()}</p>
            <div class="buttons">
                <a class="button" data-kind="primary" href="/staff/team">{icon("team")} " " {t.staff_team()}</a>
                <a class="button" href="/staff/me">{icon("person")} " " {t.staff_me()}</a>
            </div>
        </div>
    }
}
