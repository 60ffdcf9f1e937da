use super::address::percent;
use super::behind::{RowsAddress, days};
use crate::insights::{Dashboard, Figure, ItemFigures, Part};
use crate::requests::{Satisfaction, TARGET};
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// So many ratings say something: one bad day of two is no trend.
pub const FEW: u64 = 5;

/// So many of them are read at a glance; the others fold out.
const WORST: usize = 3;

/// What is held against the target: a problem, or a service.
pub struct Measured<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Where it leads.
    pub href: String,
    /// By how many it was rated.
    pub rated: u64,
    /// What they found.
    pub found: Satisfaction,
}

/// The problems of which fewer are satisfied than the target asks for, each with the ratings behind it.
pub fn below_target(t: Texts, data: &Dashboard) -> Option<AnyView> {
    let department = data.department.as_ref().map(|one| one.id);
    let behind = |item: &ItemFigures| {
        let part = Part::Item(item.slug.clone(), department);
        RowsAddress::behind(Figure::Rated, days(data), &part).link()
    };
    let items = data.items.iter().map(|item| Measured {
        name: item.names.of(t.lang),
        href: behind(item),
        rated: item.figures.rated,
        found: item.figures.satisfaction(),
    });
    below(t, items.collect(), t.insights_alert_lead(FEW))
}

/// Those with which fewer are satisfied than the target asks for, the worst first (A2); nothing where there is none. `lead`
/// says which were looked at.
pub fn below(t: Texts, mut items: Vec<Measured<'_>>, lead: String) -> Option<AnyView> {
    items.retain(|item| item.rated >= FEW && item.found.is_met == Some(false));
    if items.is_empty() {
        return None;
    }
    items.sort_by_key(|item| item.found.rate);
    let others = items.split_off(items.len().min(WORST));
    let entry = |item: Measured<'_>| {
        let said = t.insights_alert_item(percent(t, item.found.rate), item.rated, percent(t, item.found.response));
        view! { <li><a href=item.href>{item.name.to_owned()}</a> " " <span>{said}</span></li> }.into_any()
    };
    let worst = items.into_iter().map(entry).collect_view();
    let more = (!others.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t.insights_alert_more(others.len())}</summary>
                <ul>{others.into_iter().map(entry).collect_view()}</ul>
            </details>
        }
        .into_any()
    });
    Some(
        view! {
            <section class="notice below-target" data-tone="broken" aria-labelledby="below-target">
                {icon("alert")}
                <div>
                    <h2 id="below-target">{t.insights_alert(TARGET)}</h2>
                    <p class="hint">{lead}</p>
                    <ul>{worst}</ul>
                    {more}
                </div>
            </section>
        }
        .into_any(),
    )
}
