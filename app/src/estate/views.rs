use super::EstateRef;
use crate::texts::texts;
use crate::ui::{icon, tel};
use leptos::prelude::*;

/// Every way to reach an estate's office (B15), in one short list.
#[component]
pub fn ReachUs(
    /// The estate.
    estate: EstateRef,
    /// Whether it stands on the page where things are reported.
    #[prop(optional)]
    is_report: bool,
) -> impl IntoView {
    let t = texts();
    let way = |name: &'static str, href: String, word: &'static str, value: String| {
        view! {
            <li>
                <a class="row" href=href>
                    {icon(name)}
                    <span class="body"><span>{word}</span> <span class="hint">{value}</span></span>
                </a>
            </li>
        }
        .into_any()
    };
    let call = |word, number: String| way("phone", tel(&number), word, number);
    let online =
        (!is_report).then(|| way("report", "/report".to_owned(), t.reach_online(), t.reach_online_here().to_owned()));
    let written = estate.email.map(|email| way("send", format!("mailto:{email}"), t.reach_email(), email));
    view! {
        <section aria-labelledby="reach">
            <h2 id="reach">{t.reach_title()}</h2>
            <ul class="rows">
                {call(t.reach_desk(), estate.desk_phone)}
                {call(t.reach_complaints(), estate.complaint_phone)}
                {written}
                {online}
                <li class="row">
                    {icon("door")}
                    <span class="body">
                        <span>{t.reach_in_person()}</span> <span class="hint">{t.reach_at_desk()}</span>
                    </span>
                </li>
            </ul>
        </section>
    }
    .into_any()
}
