use super::filter_saved::Saved;
use super::queue_filter::Filter;
use super::queue_words::{CLOCKS, STATES, clock_word, facet_word, state_word, view_word};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::lazy_page;
use crate::requests::words::channel_word;
use crate::requests::{Channel, Facet, FilterChoices, LoadFilters, View};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, awaited, both, fresh, icon, opened, shown};
use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use web_sys::FormData;

/// Beside the queue: all ways to narrow it in one form, and the views that somebody keeps.
pub struct FilterPage {
    filter: Memo<Filter>,
    choices: Loading<FilterChoices>,
    opened: Loading<Opened>,
}

lazy_page!(FilterPage in filter);

impl FilterPage {
    fn data() -> Self {
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(Filter::of));
        Self { filter, choices: Loading::new(|| LoadFilters {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { filter, choices, opened } = self;
        view! {
            <Title text=t.frame_title(t.narrow_title(), t.frame_product())/>
            <div class="matter">
                <div class="body">
                    <Suspense>
                        {awaited(move || async move {
                            shown(both(choices.await, opened.await), |(choices, opened)| view! { <Narrow filter choices opened/> })
                        })}
                    </Suspense>
                </div>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Narrow(
    /// What the address asks for.
    filter: Memo<Filter>,
    /// What there is to choose from.
    choices: FilterChoices,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let navigate = use_navigate();
    let form = NodeRef::<Form>::new();
    let apply = move |event: SubmitEvent| {
        let Some(data) = form.get_untracked().and_then(|form| FormData::new_with_form(&form).ok()) else { return };
        event.prevent_default();
        let mut query = ParamsMap::new();
        for name in ["view", "q"].into_iter().chain(Facet::ALL.map(Facet::tag)) {
            query.insert(name, data.get(name).as_string().unwrap_or_default());
        }
        navigate(&Filter::of(&query).link("/staff"), NavigateOptions::default());
    };
    let now = filter.get_untracked();
    let back = Filter { after: None, ..now.clone() }.link("/staff");
    let words = now.words.clone();
    let chosen = Chosen { t, filter: now };
    let parts = View::ALL.map(|view| Choice::new(view.tag(), view_word(t, view)));
    let fields = fields(chosen.clone(), &choices);
    let choices = fresh(choices, Room::Requests, || LoadFilters {});
    let saved = Memo::new(move |_| choices.with(|choices| choices.saved.clone()));
    view! {
        <a class="back" href=back>{icon("arrow-left")} " " {t.narrow_back()}</a>
        <h1>{t.narrow_title()}</h1>
        <form class="form" method="get" action="/staff" node_ref=form on:submit=apply>
            <div class="pair">
                <div class="field">
                    <label for="narrow-q">{t.queue_search()}</label>
                    <input class="input" id="narrow-q" type="search" name="q" value=words placeholder=t.queue_search_hint()/>
                </div>
                {chosen.pick("view", t.narrow_part(), None, parts.into(), Vec::new())}
            </div>
            {fields}
            <div class="submit">
                <button class="button" data-kind="primary">{icon("filter")} " " {t.narrow_apply()}</button>
                <a class="button" data-kind="quiet" href="/staff">{t.narrow_clear()}</a>
            </div>
        </form>
        <Saved saved filter opened/>
    }
}

/// What the address asks for, for fields that show it.
#[derive(Clone)]
struct Chosen {
    t: Texts,
    filter: Filter,
}

type Group = (String, Vec<Choice>);

impl Chosen {
    fn value(&self, name: &str) -> String {
        match Facet::from_tag(name) {
            Some(facet) => self.filter.sieve.get(facet).unwrap_or_default().to_owned(),
            None => self.filter.view.tag().to_owned(),
        }
    }

    /// A choice from a list; `empty` says what the empty one means.
    fn pick(
        &self,
        name: &'static str,
        label: &'static str,
        empty: Option<&'static str>,
        choices: Vec<Choice>,
        groups: Vec<Group>,
    ) -> AnyView {
        let value = self.value(name);
        let options = |choices: Vec<Choice>| {
            let option = |choice: Choice| {
                let selected = choice.value == value;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            };
            choices.into_iter().map(option).collect_view()
        };
        let id = format!("narrow-{name}");
        view! {
            <div class="field">
                <label for=id.clone()>{label}</label>
                <select class="input" id=id name=name>
                    {empty.map(|empty| view! { <option value="">{empty}</option> })}
                    {options(choices)}
                    {groups
                        .into_iter()
                        .map(|(label, choices)| view! { <optgroup label=label>{options(choices)}</optgroup> })
                        .collect_view()}
                </select>
            </div>
        }
        .into_any()
    }

    fn facet(&self, facet: Facet, choices: Vec<Choice>) -> AnyView {
        self.pick(facet.tag(), facet_word(self.t, facet), Some(self.t.narrow_any()), choices, Vec::new())
    }

    fn typed(&self, facet: Facet, mode: &'static str) -> AnyView {
        let id = format!("narrow-{}", facet.tag());
        view! {
            <div class="field">
                <label for=id.clone()>{facet_word(self.t, facet)}</label>
                <input class="input" id=id name=facet.tag() value=self.value(facet.tag()) inputmode=mode maxlength="20" autocomplete="off"/>
            </div>
        }
        .into_any()
    }
}

fn fields(chosen: Chosen, choices: &FilterChoices) -> AnyView {
    let t = chosen.t;
    let states = STATES.iter().filter_map(|tag| Some(Choice::new(*tag, state_word(t, tag)?)));
    let clocks = CLOCKS.iter().filter_map(|tag| Some(Choice::new(*tag, clock_word(t, tag)?)));
    let mut groups: Vec<Group> = Vec::new();
    for problem in &choices.problems {
        let name = problem.names.of(t.lang);
        match groups.last_mut() {
            Some((_, problems)) if !problem.is_group => problems.push(Choice::new(&*problem.slug, name)),
            _ => groups.push((name.to_owned(), vec![Choice::new(&*problem.slug, t.narrow_all_of(name))])),
        }
    }
    let same = |name: &str| Choice::new(name, name);
    let buildings = choices.buildings.iter().map(|building| same(building.names.of(t.lang)));
    let mut areas: Vec<&str> = choices.areas.iter().map(|area| area.names.of(t.lang)).collect();
    areas.sort_unstable();
    areas.dedup();
    let departments = choices.departments.iter().map(|one| Choice::new(&*one.slug, one.names.of(t.lang)));
    let mut people: Vec<Group> = Vec::new();
    for one in &choices.people {
        let department = one.department.names.of(t.lang);
        let choice = Choice::new(one.id.to_string(), &*one.name);
        match people.last_mut() {
            Some((name, colleagues)) if *name == department => colleagues.push(choice),
            _ => people.push((department.to_owned(), vec![choice])),
        }
    }
    let sources = Channel::ALL.map(|channel| Choice::new(channel.tag(), channel_word(t, channel)));
    let mut stars = vec![Choice::new("none", t.rating_none())];
    stars.extend((1..5).map(|stars| Choice::new(stars.to_string(), t.rating_at_most(stars))));
    view! {
        <div class="pair">
            {chosen.facet(Facet::State, states.collect())} {chosen.facet(Facet::Clock, clocks.collect())}
        </div>
        {chosen.pick(Facet::Problem.tag(), facet_word(t, Facet::Problem), Some(t.narrow_any()), Vec::new(), groups)}
        <fieldset class="field">
            <legend>{t.narrow_place()}</legend>
            <div class="pair">
                {chosen.facet(Facet::Building, buildings.collect())}
                {chosen.facet(Facet::Area, areas.into_iter().map(same).collect())}
            </div>
            <div class="pair">{chosen.typed(Facet::Floor, "numeric")} {chosen.typed(Facet::Unit, "text")}</div>
        </fieldset>
        <div class="pair">
            {chosen.facet(Facet::Department, departments.collect())}
            {chosen.pick(Facet::Person.tag(), facet_word(t, Facet::Person), Some(t.narrow_any()), Vec::new(), people)}
        </div>
        <div class="pair">{chosen.facet(Facet::Source, sources.into())} {chosen.facet(Facet::Rating, stars)}</div>
    }
    .into_any()
}
