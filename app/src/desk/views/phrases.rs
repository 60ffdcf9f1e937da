use crate::texts::texts;
use leptos::prelude::*;

/// How we speak and greet: what is said on the phone, how somebody is received (B3, B6, B12), and what is said instead
/// of what is never said (B10).
#[component]
pub fn Phrases() -> impl IntoView {
    let t = texts();
    let list = |lines: [&'static str; 6]| lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let spoken = [
        t.phrase_greet(),
        t.phrase_late(),
        t.phrase_hold(),
        t.phrase_read_back(),
        t.phrase_unknown(),
        t.phrase_close(),
    ];
    let received =
        [t.manner_rise(), t.manner_order(), t.manner_one(), t.manner_rings(), t.manner_hang_up(), t.manner_post()];
    let swaps = [
        (t.never_unknown(), t.instead_unknown()),
        (t.never_mine(), t.instead_mine()),
        (t.never_way(), t.instead_way()),
        (t.never_other(), t.instead_other()),
        (t.never_hurry(), t.instead_hurry()),
        (t.never_sooner(), t.instead_sooner()),
    ];
    let swaps = swaps.into_iter().map(|(never, instead)| view! { <tr><td>{never}</td><td>{instead}</td></tr> });
    view! {
        <details open>
            <summary>{t.phrase_title()}</summary>
            <ul class="phrases">{list(spoken)}</ul>
        </details>
        <details>
            <summary>{t.manner_title()}</summary>
            <ul class="phrases">{list(received)}</ul>
            <table class="table">
                <caption>{t.never_title()}</caption>
                <thead><tr><th scope="col">{t.never_head()}</th><th scope="col">{t.instead_head()}</th></tr></thead>
                <tbody>{swaps.collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
