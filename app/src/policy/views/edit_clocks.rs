use super::sheet::Sheet;
use crate::ids::ItemId;
use crate::policy::{
    AmountUnit, Book, ClockKind, ClockRule, Counts, SetClocks, Terms, clock_rows, clock_word, counts_word, length_word,
};
use crate::requests::urgency_word;
use crate::services::Urgency;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, cell, changing, icon, select_cell};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The general clocks, or those of the category that the address names.
pub(super) fn clocks(sheet: &Sheet, category: Option<String>) -> AnyView {
    let t = texts();
    let data = sheet.data;
    let known = data.with_untracked(|book| {
        let named = book.categories.iter().find(|each| Some(each.id.to_string()) == category);
        named.map(|category| (category.id, category.names.of(t.lang).to_owned()))
    });
    let (id, title) = known.map_or((None, t.policy_general().to_owned()), |(id, name)| (Some(id), name));
    let about = id.map_or_else(|| "general".to_owned(), |id| id.to_string());
    let hint = if id.is_some() { t.policy_clocks_own_hint() } else { t.policy_clocks_hint() };
    let table = table(t, sheet, id);
    view! {
        <nav class="filters" aria-label=t.policy_clocks_whose()>{changing(move || data.with(|book| whose(t, book, id)))}</nav>
        <section class="card" aria-labelledby="edit-clocks">
            <h2 id="edit-clocks">{title}</h2>
            <p class="soft">{hint}</p>
            {sheet.form(SetClocks::PATH, Some(("category", about)), table)}
        </section>
    }
    .into_any()
}

fn has_own(terms: &Terms, category: ItemId) -> bool {
    terms.clocks.iter().any(|rule| rule.category == Some(category))
}

/// The general rule and all categories; those with rules of their own say so.
fn whose(t: Texts, book: &Book, here: Option<ItemId>) -> AnyView {
    let link = |href: String, name: String, is_here: bool, is_own: bool| {
        let own = is_own.then(|| view! { " " <span class="chip">{icon("pin")} " " {t.policy_clocks_own()}</span> });
        view! { <a class="filter" href=href aria-current=is_here.then_some("page")>{name} {own}</a> }.into_any()
    };
    let path = "/staff/policy/edit/clocks";
    let general = link(path.to_owned(), t.policy_general().to_owned(), here.is_none(), false);
    let own = book.categories.iter().map(|category| {
        let is_own = book.draft.as_ref().is_some_and(|draft| has_own(&draft.terms, category.id));
        let name = category.names.of(t.lang).to_owned();
        link(format!("{path}?category={}", category.id), name, here == Some(category.id), is_own)
    });
    view! { {general} {own.collect_view()} }.into_any()
}

fn table(t: Texts, sheet: &Sheet, category: Option<ItemId>) -> impl FnOnce() -> AnyView + Send + use<> {
    let sheet = sheet.clone();
    move || {
        let groups = ClockKind::ALL.into_iter().map(|kind| {
            let rows = clock_rows().enumerate().filter(|(_, (each, _))| *each == kind);
            let rows = rows.map(|(at, (kind, urgency))| row(t, &sheet, category, at, kind, urgency)).collect_view();
            view! { <fieldset class="lengthrows"><legend>{clock_word(t, kind)}</legend>{rows}</fieldset> }
        });
        let data = sheet.data;
        let is_own = move || {
            data.with(|book| {
                book.draft.as_ref().is_some_and(|draft| category.is_some_and(|id| has_own(&draft.terms, id)))
            })
        };
        view! {
            {groups.collect_view()}
            <div class="submit">
                <button class="button" data-kind="primary">{icon("check")} " " {t.policy_save()}</button>
                <button class="button" data-kind="danger" name="remove" value="true" hidden=Signal::derive(move || !is_own())>
                    {icon("cross")} " " {t.policy_clocks_remove()}
                </button>
            </div>
        }
        .into_any()
    }
}

fn row(t: Texts, sheet: &Sheet, category: Option<ItemId>, at: usize, kind: ClockKind, urgency: Urgency) -> AnyView {
    let own = move |terms: &Terms| {
        terms.clocks.iter().find(|rule| (rule.kind, rule.urgency, rule.category) == (kind, urgency, category)).copied()
    };
    // What an empty row proposes is what the general rule counts.
    let near = move |terms: &Terms| own(terms).or_else(|| terms.clock(kind, None, urgency));
    let read = |pick: fn(&ClockRule) -> String, is_own: bool| {
        sheet.value(move |terms| {
            (if is_own { own(terms) } else { near(terms) }).map_or_else(String::new, |rule| pick(&rule))
        })
    };
    let general = category.map(|_| {
        sheet.value(move |terms| {
            let rule = terms.clock(kind, None, urgency);
            rule.map_or_else(String::new, |rule| {
                t.policy_general_is(counts_word(t, rule.counts), length_word(t, rule.minutes.into()))
            })
        })
    });
    let what = format!("{} · {}", clock_word(t, kind), urgency_word(t, urgency));
    let units = AmountUnit::ALL.map(|unit| Choice::new(unit.tag(), unit_word(t, unit))).to_vec();
    let counts = Counts::ALL.map(|counts| Choice::new(counts.tag(), counts_word(t, counts))).to_vec();
    view! {
        <div class="lengthrow">
            <b>{urgency_word(t, urgency)}</b>
            {cell("number", format!("amount[{at}]"), t.policy_amount(&what), read(|rule| rule.amount().0.to_string(), true))}
            {select_cell(format!("unit[{at}]"), t.policy_unit(&what), units, None, read(|rule| rule.amount().1.tag().to_owned(), false))}
            {select_cell(format!("counts[{at}]"), t.policy_counts(&what), counts, None, read(|rule| rule.counts.tag().to_owned(), false))}
            {general.map(|general| view! { <span class="soft">{changing(move || general.get())}</span> })}
        </div>
    }
    .into_any()
}

fn unit_word(t: Texts, unit: AmountUnit) -> &'static str {
    match unit {
        AmountUnit::Minutes => t.policy_minutes(),
        AmountUnit::Hours => t.policy_hours(),
        AmountUnit::Days => t.policy_days_of_24(),
    }
}
