use crate::desk::contact_kind_word;
use crate::insights::{Dashboard, SheetLine, Sort};
use crate::requests::channel_word;
use crate::texts::Texts;
use leptos::prelude::*;

/// What came in at the desk or by itself, by kind and by way, and what has become of it (C11); nothing where a department
/// is looked at.
pub fn sheet(t: Texts, data: &Dashboard) -> Option<AnyView> {
    if data.sheet.is_empty() {
        return None;
    }
    let lines = |is_here: fn(Sort) -> bool| data.sheet.iter().filter(move |line| is_here(line.of));
    let by_kind = table(t, t.contacts_by_kind(), lines(|of| !matches!(of, Sort::Channel(_))));
    let by_channel = table(t, t.contacts_by_channel(), lines(|of| matches!(of, Sort::Channel(_))));
    Some(
        view! {
            <section class="stack" aria-labelledby="desk-sheet">
                <h2 id="desk-sheet">{t.insights_sheet()}</h2>
                <p class="soft">{t.insights_sheet_lead()}</p>
                {by_kind}
                {by_channel}
            </section>
        }
        .into_any(),
    )
}

fn table<'a>(t: Texts, by: &'static str, lines: impl Iterator<Item = &'a SheetLine>) -> AnyView {
    let heads = [
        t.insights_col_received(),
        t.insights_col_answered(),
        t.insights_col_requested(),
        t.insights_col_open(),
        t.insights_col_replied(),
        t.insights_col_replied_late(),
    ];
    let row = |line: &SheetLine| {
        let name = match line.of {
            Sort::All => t.insights_sheet_all(),
            Sort::Kind(kind) => contact_kind_word(t, kind),
            Sort::Channel(channel) => channel_word(t, channel),
        };
        let cells = [line.received, line.answered, line.requested, line.open, line.kept, line.missed];
        let cells = cells.map(|n| view! { <td data-as="number">{n}</td> }.into_any()).into_iter().collect_view();
        view! { <tr><th scope="row">{name}</th> {cells}</tr> }.into_any()
    };
    let head = |word: &'static str| view! { <th scope="col" data-as="number">{word}</th> }.into_any();
    view! {
        <div class="scroll" tabindex="0" role="group" aria-label=by>
            <table class="table">
                <thead><tr><th scope="col">{by}</th> {heads.map(head).into_iter().collect_view()}</tr></thead>
                <tbody>{lines.map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
