use super::{Kind, document, stuck};
use crate::people::{Power, Viewer};
use crate::texts::Texts;
use crate::ui::icon;
use leptos::prelude::*;

/// The document in which a page that works offline opens where no server answers: the same head, and a calm line until
/// the browser's program has put the page there.
pub fn opening(options: LeptosOptions) -> impl IntoView {
    document(options, Kind::Opening, |t, _| {
        view! {
            <p id="opening" class="page soft" role="status">{t.away_opening()}</p>
            {stuck(t)}
        }
        .into_any()
    })
}

/// What is shown where a page cannot be had and no copy of it is kept: that nothing is lost, and what still works for
/// this person. It needs no script.
pub fn away(options: LeptosOptions) -> impl IntoView {
    document(options, Kind::Plain, |t, viewer| {
        let works = viewer.map(|viewer| works(t, &viewer)).unwrap_or_default();
        let has_some = !works.is_empty();
        view! {
            <header class="topbar">
                <span class="mark">
                    <img src="/favicon.svg" alt="" width="32" height="32"/>
                    <span>{t.frame_product()}</span>
                </span>
            </header>
            <main id="main" class="page" tabindex="-1">
                <div class="empty" data-as="page">
                    {icon("offline")}
                    <h1>{t.away_title()}</h1>
                    <p>{t.away_words()}</p>
                    <a class="button" data-kind="primary" href="">{icon("retry")} " " {t.away_again()}</a>
                    {has_some
                        .then(|| {
                            view! {
                                <h2>{t.away_works()}</h2>
                                <nav class="buttons" aria-label=t.away_works()>
                                    {works.into_iter().map(link).collect_view()}
                                </nav>
                            }
                        })}
                </div>
            </main>
        }
        .into_any()
    })
}

/// A page that opens without a network: its address, its symbol, its name.
type Place = (&'static str, &'static str, &'static str);

fn works(t: Texts, viewer: &Viewer) -> Vec<Place> {
    let (staff, resident) = (viewer.staff().ok(), viewer.resident().ok());
    let has_jobs = staff.as_ref().is_some_and(|staff| staff.can(Power::Work));
    let unsent = if staff.is_some() { "/staff/unsent" } else { "/unsent" };
    [
        (has_jobs, ("/staff/jobs", "wrench", t.staff_jobs())),
        (staff.is_some(), ("/staff/desk", "phone", t.staff_desk())),
        (resident.is_some(), ("/report", "report", t.frame_report())),
        (true, (unsent, "send", t.away_unsent())),
    ]
    .into_iter()
    .filter_map(|(is_theirs, place)| is_theirs.then_some(place))
    .collect()
}

fn link((href, name, word): Place) -> impl IntoView {
    view! { <a class="button" href=href>{icon(name)} " " {word}</a> }
}
