use super::address::{Address, in_register};
use super::behind::RowsAddress;
use crate::asking::Loading;
use crate::insights::{Figure, FigureRow, FigureRows, LateContact, Month, Period, RowAbout, Whose};
use crate::live::Room;
use crate::moment::date;
use crate::page::office_page;
use crate::requests::{Card, place_text, stage_chip};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, follow, fresh, icon, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The rows behind a figure of the dashboard, the latest first; each leads to its matter, or to its contact.
pub struct RowsPage {
    address: Memo<RowsAddress>,
    rows: Loading<FigureRows>,
}

office_page!(RowsPage in figure_rows);

impl RowsPage {
    fn data() -> Self {
        let query = use_query_map();
        let address = Memo::new(move |_| query.with(RowsAddress::of));
        Self { address, rows: Loading::new(move || address.with(RowsAddress::question)) }
    }

    fn view(self) -> AnyView {
        let Self { address, rows } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let asked = address.get();
                    async move {
                        shown(rows.await, |first| view! { <List first asked/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn List(
    /// The page as it was loaded.
    first: FigureRows,
    /// What it was asked for.
    asked: RowsAddress,
) -> impl IntoView {
    let t = texts();
    let title = t.frame_title(figure_word(t, first.figure), t.frame_product());
    let back = dashboard(&first).link();
    let question = {
        let asked = asked.clone();
        move || asked.question()
    };
    let data = fresh(first, Room::Requests, question.clone());
    follow(data, Room::Desk, question);
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let newest = asked.after.map(|_| {
        let href = RowsAddress { after: None, ..asked.clone() }.link();
        view! { <a class="button" href=href>{t.inbox_newest()}</a> }
    });
    let older = move || {
        data.with(|data| data.next).map(|next| {
            let href = RowsAddress { after: Some(next), ..asked.clone() }.link();
            view! { <a class="button" href=href>{t.inbox_older()}</a> }
        })
    };
    let row = move |first: FigureRow| {
        let key = first.key();
        let shown = changing(move || {
            let now = data.with(|data| data.rows.iter().find(|row| row.key() == key).cloned());
            entry(t, &now.unwrap_or_else(|| first.clone()), clock)
        });
        view! { <li>{shown}</li> }.into_any()
    };
    view! {
        <Title text=title/>
        <a class="back" href=back>{icon("arrow-left")} " " {t.insights_rows_back()}</a>
        <header class="stack" data-gap="s">{changing(move || data.with(|data| heading(t, data)))}</header>
        {changing(move || data.with(|data| data.rows.is_empty()).then(|| view! {
            <div class="empty">{icon("chart")} <h2>{t.insights_rows_none()}</h2> <p>{t.insights_rows_none_hint()}</p></div>
        }))}
        <ul class="rows">
            <For each=move || data.with(|data| data.rows.clone()) key=FigureRow::key children=row/>
        </ul>
        <div class="buttons">{newest} {changing(older)}</div>
    }
    .into_any()
}

/// The dashboard on which the figure stands, as far as the rows know.
fn dashboard(data: &FigureRows) -> Address {
    let days = u16::try_from((data.until_on - data.from_on).num_days() + 1).ok();
    let month = Month::of(data.from_on);
    // The present one ends today.
    let ends = [month.last_on(), data.wall.now().day().min(month.last_on())];
    let is_month = data.from_on == month.first_on() && ends.contains(&data.until_on);
    let month = is_month.then_some(Period::Calendar(month));
    let department = data.whose.department().map(|one| one.slug.clone());
    Address { period: month.or(days.and_then(Period::from_days)).unwrap_or_default(), department }
}

/// Which figure, how many, from when to when, and whose; beside it the figures of the same whole.
fn heading(t: Texts, data: &FigureRows) -> AnyView {
    let days = t.insights_span(date(t, data.from_on), date(t, data.until_on));
    let related = data.figure.related().iter().map(|figure| {
        let href = RowsAddress::behind(*figure, (data.from_on, data.until_on), &data.whose.part()).link();
        let is_here = (*figure == data.figure).then_some("true");
        view! { <a class="filter" href=href aria-current=is_here>{figure_word(t, *figure)}</a> }
    });
    let related = (!data.figure.related().is_empty()).then(|| {
        view! { <nav class="filters" aria-label=t.insights_rows_related()>{related.collect_view()}</nav> }
    });
    view! {
        <h1>{t.insights_rows_title(figure_word(t, data.figure), data.total)}</h1>
        <p class="soft">{t.insights_span_of(days, whose_text(t, &data.whose))}</p>
        {related}
    }
    .into_any()
}

/// What a figure's rows are called.
fn figure_word(t: Texts, figure: Figure) -> &'static str {
    match figure {
        Figure::Received => t.figure_received(),
        Figure::Closed => t.figure_closed(),
        Figure::PromiseKept => t.figure_kept(),
        Figure::PromiseMissed => t.figure_missed(),
        Figure::Returned => t.figure_returned(),
        Figure::FirstFix => t.figure_first_fix(),
        Figure::Rated => t.figure_rated(),
        Figure::Satisfied => t.figure_satisfied(),
        Figure::Unsatisfied => t.figure_unsatisfied(),
        Figure::Breach => t.figure_breach(),
    }
}

/// A part of the estate, in words.
pub(super) fn whose_text(t: Texts, whose: &Whose) -> String {
    match whose {
        Whose::Estate => t.insights_all_departments().to_owned(),
        Whose::Department(one) => one.names.of(t.lang).to_owned(),
        Whose::Person { name, department, .. } => t.insights_pair(name, department.names.of(t.lang)),
        Whose::Item { names, department: None, .. } => names.of(t.lang).to_owned(),
        Whose::Item { names, department: Some(one), .. } => t.insights_pair(names.of(t.lang), one.names.of(t.lang)),
    }
}

/// One of what was counted: what it leads to, and when it was.
fn entry(t: Texts, row: &FigureRow, clock: WallClock) -> AnyView {
    let when = match row.at {
        Some(at) => {
            let when = clock.at(at);
            view! { <time datetime=when.machine() title=when.full(t)>{when.near(t, clock.now())}</time> }.into_any()
        }
        None => view! { <time datetime=row.on.to_string()>{date(t, row.on)}</time> }.into_any(),
    };
    match &row.about {
        RowAbout::Matter(card) => matter(t, card, row.stars.map(|stars| stars_chip(t, stars)), when),
        RowAbout::Contact(contact) => late(t, contact, when),
        RowAbout::Hidden => view! {
            <div class="row">
                {icon("lock")}
                <span class="body"><span class="soft">{t.insights_rows_hidden()}</span></span>
                <span class="state">{when}</span>
            </div>
        }
        .into_any(),
    }
}

fn matter(t: Texts, card: &Card, stars: Option<AnyView>, when: AnyView) -> AnyView {
    let about = t.insights_pair(card.item.of(t.lang), place_text(t, &card.place));
    view! {
        <a class="row" href=format!("/staff/requests/{}", card.code)>
            {icon(&card.icon)}
            <span class="body">
                <span>{about}</span>
                <span class="hint"><span class="code nowrap">{card.code.clone()}</span> " · " {card.words.clone()}</span>
            </span>
            {stars}
            {stage_chip(t, &card.line.stage)}
            <span class="state">{when}</span>
        </a>
    }
    .into_any()
}

/// What somebody gave on the average, and whether that is satisfied: four of five is.
fn stars_chip(t: Texts, stars: u8) -> AnyView {
    let is_satisfied = stars >= 16;
    let given = match (stars / 4, stars % 4) {
        (whole, 0) => whole.to_string(),
        (whole, quarters) => format!("{whole}.{}", quarters * 25),
    };
    let given = t.insights_rows_stars(given);
    let (symbol, word) = if is_satisfied { ("check", t.figure_satisfied()) } else { ("alert", t.figure_unsatisfied()) };
    view! { <span class="chip" data-met=is_satisfied.to_string()>{icon(symbol)} " " {given} " " {word}</span> }
        .into_any()
}

/// A contact leads to its place in the register.
fn late(t: Texts, contact: &LateContact, when: AnyView) -> AnyView {
    let href = in_register(contact.id, contact.received_at);
    let code = contact.code.clone().map(|code| view! { <span class="code nowrap">{code}</span> " · " });
    let from = contact.unit.as_ref().map(|unit| view! { {unit.label(t)} " · " });
    view! {
        <a class="row" href=href data-tone="broken">
            {icon("alert")}
            <span class="body">
                <span>{contact.words.clone()}</span>
                <span class="hint">{code} {from} {t.wall_held_by(&contact.holder)}</span>
            </span>
            <span class="state">{when}</span>
        </a>
    }
    .into_any()
}
