use crate::asking::Loading;
use crate::page::office_page;
use crate::people::{FindUnits, UnitHit};
use crate::texts::texts;
use crate::ui::{awaited, icon, shown};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

/// The desk's search: units by number, or by an occupant's name.
pub struct PeoplePage {
    words: Memo<String>,
    hits: Loading<Vec<UnitHit>>,
}

office_page!(PeoplePage in people);

impl PeoplePage {
    fn data() -> Self {
        let query = use_query_map();
        let words = Memo::new(move |_| query.with(|query| query.get_str("q").unwrap_or_default().trim().to_owned()));
        Self { words, hits: Loading::new(move || FindUnits { words: words.get() }) }
    }

    fn view(self) -> AnyView {
        let PeoplePage { words, hits } = self;
        let t = texts();
        view! {
            <Title text=t.frame_title(t.staff_people_title(), t.frame_product())/>
            <header><h1>{t.staff_people_title()}</h1></header>
            <Search words/>
            <Transition>
                {awaited(move || async move {
                    shown(hits.await, |hits| view! { <Hits hits words/> })
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Search(
    /// What the address asks for.
    words: Memo<String>,
) -> impl IntoView {
    let t = texts();
    let navigate = use_navigate();
    let field = NodeRef::<Input>::new();
    let search = move |event: SubmitEvent| {
        event.prevent_default();
        let mut query = ParamsMap::new();
        query.insert("q", field.get_untracked().map(|field| field.value()).unwrap_or_default());
        navigate(&format!("/staff/people{}", query.to_query_string()), NavigateOptions::default());
    };
    view! {
        <form class="search" role="search" method="get" action="/staff/people" on:submit=search>
            {icon("search")}
            <label class="sr" for="people-words">{t.staff_people_search()}</label>
            <input
                class="input" id="people-words" type="search" name="q" placeholder=t.staff_people_hint() node_ref=field
                value=words.get_untracked() prop:value=words aria-keyshortcuts="/"
            />
            <button class="button">{t.staff_people_find()}</button>
        </form>
    }
}

#[component]
fn Hits(
    /// What was found.
    hits: Vec<UnitHit>,
    /// What was looked for.
    words: Memo<String>,
) -> impl IntoView {
    let t = texts();
    if hits.is_empty() {
        let (title, more) = if words.with_untracked(String::is_empty) {
            (t.staff_people_start(), t.staff_people_start_more())
        } else {
            (t.staff_people_none(), t.staff_people_none_more())
        };
        return view! { <div class="empty">{icon("users")} <h2>{title}</h2> <p>{more}</p></div> }.into_any();
    }
    let rows = hits
        .into_iter()
        .map(|hit| {
            let names = if hit.occupants.is_empty() {
                t.staff_people_vacant().to_owned()
            } else {
                hit.occupants.join(t.matter_times_join())
            };
            view! {
                <li>
                    <a class="row" href=format!("/staff/people/{}", hit.id)>
                        {icon("door")}
                        <span class="body"><span>{hit.unit.label(t)}</span> " " <span class="hint">{names}</span></span>
                        {icon("chevron")}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }.into_any()
}
