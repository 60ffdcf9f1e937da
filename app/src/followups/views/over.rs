use crate::followups::{FollowUps, WasAsked, follow_up_means_icon, follow_up_means_word};
use crate::moment::month_of;
use crate::requests::{Card, place_text};
use crate::texts::Texts;
use crate::ui::{WallClock, icon};
use leptos::prelude::*;

/// How many of those who were drawn were asked, and how many of these were satisfied.
pub(super) fn numbers(t: Texts, data: &FollowUps) -> AnyView {
    let tally = data.tally;
    let rows = [
        (t.follow_asked(), t.follow_of(tally.asked, tally.drawn)),
        (t.follow_satisfied_of(), t.follow_of(tally.satisfied, tally.asked)),
    ];
    let rows = rows.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any());
    view! { <dl class="facts">{rows.collect_view()}</dl> }.into_any()
}

/// What came of one: the answer, in the resident's words, and who asked.
pub(super) fn over_row(t: Texts, one: &WasAsked, clock: WallClock) -> AnyView {
    let when = clock.at(one.at);
    let (name, word, state) = match &one.answer {
        Some(answer) if answer.satisfied => ("check-circle", t.follow_yes(), "confirmed"),
        Some(_) => ("cross-circle", t.follow_no(), "disputed"),
        None => ("help", t.follow_unreachable(), "unconfirmed"),
    };
    let means = one.answer.as_ref().map(|answer| {
        let (symbol, word) = (follow_up_means_icon(answer.means), follow_up_means_word(t, answer.means));
        view! { " " <span class="line hint">{icon(symbol)} " " {word}</span> }.into_any()
    });
    let words = one.answer.as_ref().and_then(|answer| answer.words.clone());
    let words = words.map(|words| view! { <span>{words}</span> }.into_any());
    // How it comes back is the resident's own way, or the closing page's.
    let is_not_satisfied = one.answer.as_ref().is_some_and(|answer| !answer.satisfied);
    let closing = (is_not_satisfied && one.is_seen).then(|| {
        let link = format!("/staff/requests/{}/closing", one.card.code);
        view! { <span><a href=link>{t.closing_title()}</a></span> }.into_any()
    });
    let about = format!("{} · {}", place_text(t, &one.card.place), one.department.of(t.lang));
    view! {
        <li class="row">
            {icon(&one.card.icon)}
            <div class="body">
                <span class="line">{matter(t, one.is_seen, &one.card)}</span>
                <span class="hint">{about}</span>
                {words}
                {closing}
                <span class="hint">
                    {one.by.clone()} " · " <time datetime=when.machine() title=when.full(t)>{when.near(t, clock.now())}</time>
                </span>
            </div>
            " "
            <span class="state"><span class="chip" data-stage=state>{icon(name)} " " {word}</span> {means}</span>
        </li>
    }
    .into_any()
}

/// What it was about, with its code: a link for those who see the matter.
pub(super) fn matter(t: Texts, is_seen: bool, card: &Card) -> AnyView {
    let (item, code) = (card.item.of(t.lang).to_owned(), card.code.clone());
    if is_seen {
        let link = format!("/staff/requests/{code}");
        view! { <a href=link>{item} " " <span class="code">{code}</span></a> }.into_any()
    } else {
        view! { <b>{item}</b> " " <span class="code">{code}</span> }.into_any()
    }
}

/// How they are drawn, and the seeds of the months that are over.
pub(super) fn how(t: Texts, data: &FollowUps) -> AnyView {
    let seeds = data.seeds.iter().map(|past| {
        view! { <div><dt>{month_of(t, past.month)}</dt><dd class="code">{past.seed.clone()}</dd></div> }.into_any()
    });
    let none = data.seeds.is_empty().then(|| view! { <p class="soft">{t.follow_no_seed()}</p> }.into_any());
    view! {
        <div class="stack">
            <p>{t.follow_how_more(data.rate)}</p>
            {none}
            <dl class="facts" data-as="rows" hidden=data.seeds.is_empty()>{seeds.collect_view()}</dl>
        </div>
    }
    .into_any()
}
