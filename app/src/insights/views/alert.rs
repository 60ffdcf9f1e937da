use super::address::percent;
use super::behind::{RowsAddress, days};
use crate::insights::{Dashboard, Figure, ItemFigures, Part};
use crate::requests::TARGET;
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// So many ratings say something: one bad day of two is no trend.
const FEW: u64 = 5;

/// So many of them are read at a glance; the others fold out.
const WORST: usize = 3;

/// The problems of which fewer are satisfied than the target asks for, the worst first, each with the ratings behind it (A2); nothing
/// where there is none.
pub fn below_target(t: Texts, data: &Dashboard) -> Option<AnyView> {
    let is_below = |item: &&ItemFigures| item.figures.rated >= FEW && item.figures.satisfaction().is_met == Some(false);
    let mut below: Vec<&ItemFigures> = data.items.iter().filter(is_below).collect();
    if below.is_empty() {
        return None;
    }
    below.sort_by_key(|item| item.figures.satisfaction().rate);
    let others = below.split_off(below.len().min(WORST));
    let department = data.department.as_ref().map(|one| one.id);
    let entry = |item: &ItemFigures| {
        let part = Part::Item(item.slug.clone(), department);
        let href = RowsAddress::behind(Figure::Rated, days(data), &part).link();
        let found = item.figures.satisfaction();
        let said = t.insights_alert_item(percent(t, found.rate), item.figures.rated, percent(t, found.response));
        view! { <li><a href=href>{item.names.of(t.lang).to_owned()}</a> " " <span>{said}</span></li> }.into_any()
    };
    let worst = below.into_iter().map(entry).collect_view();
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
                    <p class="hint">{t.insights_alert_lead(FEW)}</p>
                    <ul>{worst}</ul>
                    {more}
                </div>
            </section>
        }
        .into_any(),
    )
}
