use super::address::Address;
use super::alert::below_target;
use super::log_address::LogAddress;
use super::sheet::sheet;
use super::tables::{departments, items, people};
use super::tiles::{clocks, figures};
use super::weeks::{breaches, matters, promises, returns, satisfaction};
use crate::asking::Loading;
use crate::insights::{Dashboard, Period};
use crate::live::Room;
use crate::moment::{date, month_of};
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{awaited, changing, follow, fresh, icon, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// How the whole does, for those who answer for it: figures of a period, over time, by item, department and person.
/// Everything leads to the list behind it.
pub struct DashboardPage {
    address: Memo<Address>,
    dashboard: Loading<Dashboard>,
}

office_page!(DashboardPage in insights);

impl DashboardPage {
    fn data() -> Self {
        let query = use_query_map();
        let address = Memo::new(move |_| query.with(Address::of));
        Self { address, dashboard: Loading::new(move || address.with(Address::question)) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { address, dashboard } = self;
        view! {
            <Title text=t.frame_title(t.insights_title(), t.frame_product())/>
            <Transition>
                {awaited(move || async move {
                    shown(dashboard.await, |first| view! { <Board first address/> })
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Board(
    /// The figures as they were when the page was loaded.
    first: Dashboard,
    /// Which figures the address asks for.
    address: Memo<Address>,
) -> impl IntoView {
    let t = texts();
    let question = move || address.with_untracked(Address::question);
    let data = fresh(first, Room::Requests, question);
    follow(data, Room::Desk, question);
    view! {
        <header class="stack" data-gap="s">
            <h1>{t.insights_title()}</h1>
            {changing(move || data.with(|data| heading(t, data)))}
        </header>
        {changing(move || data.with(|data| below_target(t, data)))}
        <section class="stack" aria-labelledby="by-clock">
            <h2 id="by-clock">{t.insights_now()}</h2>
            {changing(move || data.with(|data| clocks(t, data)))}
        </section>
        <section class="stack" aria-labelledby="figures">
            <h2 id="figures">{t.insights_figures()}</h2>
            {changing(move || data.with(|data| figures(t, data)))}
        </section>
        <div class="charts">
            <section class="card" aria-labelledby="week-matters">
                <h2 id="week-matters">{t.insights_weeks()}</h2>
                {changing(move || data.with(|data| matters(t, data)))}
            </section>
            <section class="card" aria-labelledby="week-promises">
                <h2 id="week-promises">{t.insights_promises()}</h2>
                {changing(move || data.with(|data| promises(t, data)))}
            </section>
            <section class="card" aria-labelledby="week-satisfaction">
                <h2 id="week-satisfaction">{t.insights_satisfaction()}</h2>
                {changing(move || data.with(|data| satisfaction(t, data)))}
            </section>
            <section class="card" aria-labelledby="week-returns">
                <h2 id="week-returns">{t.insights_returns()}</h2>
                {changing(move || data.with(|data| returns(t, data)))}
            </section>
            <section class="card" aria-labelledby="week-breaches">
                <h2 id="week-breaches">{t.insights_breached()}</h2>
                {changing(move || data.with(|data| breaches(t, data)))}
            </section>
        </div>
        <section class="stack" aria-labelledby="by-item">
            <h2 id="by-item">{t.insights_items()}</h2>
            {changing(move || data.with(|data| items(t, data)))}
        </section>
        {changing(move || data.with(|data| sheet(t, data)))}
        {changing(move || data.with(|data| departments(t, data)))}
        <section class="stack" aria-labelledby="by-person">
            <h2 id="by-person">{t.insights_people()}</h2>
            {changing(move || data.with(|data| people(t, data)))}
        </section>
    }
}

/// Which days, and which department; each as a choice.
fn heading(t: Texts, data: &Dashboard) -> AnyView {
    let here = Address::here(data);
    let chip = |address: &Address, word: String| {
        let is_here = (*address == here).then_some("true");
        view! { <a class="filter" href=address.link() aria-current=is_here>{word}</a> }.into_any()
    };
    let over = |period: Period, word: String| chip(&Address { period, ..here.clone() }, word);
    let periods = Period::SPANS.map(|period| over(period, t.insights_days(period.days().unwrap_or_default())));
    let months = data.months.iter().map(|month| over(Period::Calendar(*month), month_of(t, month.first_on())));
    let (periods, months) = (periods.into_iter().collect_view(), months.collect_view());
    let of = |slug: Option<&str>, word: &str| {
        chip(&Address { department: slug.map(str::to_owned), ..here.clone() }, word.to_owned())
    };
    let departments = (!data.departments.is_empty()).then(|| {
        let each = data.departments.iter().map(|one| of(Some(one.slug.as_str()), one.names.of(t.lang))).collect_view();
        view! {
            <nav class="filters" aria-label=t.facet_department()>
                {of(None, t.insights_all_departments())} {each}
            </nav>
        }
    });
    let days = t.insights_span(date(t, data.from_on), date(t, data.until_on));
    let days = match &data.department {
        Some(one) => t.insights_span_of(&days, one.names.of(t.lang)),
        None => days,
    };
    let (log, word) = match &data.department {
        Some(one) => (LogAddress::of_department(&one.slug).link(), t.log_of_department()),
        None => (LogAddress::default().link(), t.log_title()),
    };
    view! {
        <p class="soft">{days}</p>
        <nav class="filters" aria-label=t.insights_periods()>{periods}</nav>
        <nav class="filters" aria-label=t.insights_months()>{months}</nav>
        {departments}
        <p><a class="button" data-kind="quiet" href=log>{icon("list")} " " {word}</a></p>
    }
    .into_any()
}
