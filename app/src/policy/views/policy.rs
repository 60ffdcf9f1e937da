use super::sections::section_view;
use crate::asking::Loading;
use crate::live::{Room, pulse};
use crate::moment::date;
use crate::page::office_page;
use crate::policy::{Book, Draft, LoadPolicy, Published, Section, section_word};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, fresh, icon, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use std::time::Duration;

/// How long a page is expected to stay open, in milliseconds: a day.
const LONGEST_WAIT: u64 = 24 * 60 * 60 * 1000;

/// What the estate promises itself: the version that holds, what the next one changes, and all there ever were.
pub struct PolicyPage {
    version: Memo<Option<i32>>,
    book: Loading<Book>,
}

office_page!(PolicyPage in policy);

impl PolicyPage {
    fn data() -> Self {
        let query = use_query_map();
        let version =
            Memo::new(move |_| query.with(|query| query.get_str("version").and_then(|text| text.parse().ok())));
        Self { version, book: Loading::new(move || LoadPolicy { version: version.get() }) }
    }

    fn view(self) -> AnyView {
        let PolicyPage { version, book } = self;
        view! {
            <Transition>
                {awaited(move || async move {
                    shown(book.await, |first| view! { <Reading first version/> })
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Reading(
    /// The policy as it was when the page was loaded.
    first: Book,
    /// Which version the address names.
    version: Memo<Option<i32>>,
) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Policy, move || LoadPolicy { version: version.get_untracked() });
    let clock = ticking(move || data.with(|book| book.wall.clone()));
    takes_over(data);
    view! {
        <Title text=t.frame_title(t.policy_title(), t.frame_product())/>
        <header class="stack" data-gap="s">
            <h1>{t.policy_title()}</h1>
            {changing(move || data.with(|book| standing(t, book, clock)))}
        </header>
        <div class="who">
            <div class="stack" data-gap="l">{changing(move || data.with(|book| sections(t, book)))}</div>
            <aside class="stack" aria-labelledby="versions">
                <h2 id="versions">{t.policy_versions()}</h2>
                <ul class="rows">{changing(move || data.with(|book| versions(t, book, clock)))}</ul>
            </aside>
        </div>
    }
}

/// Looks again when the next version begins: nothing happens then of which the page could be told.
fn takes_over(data: RwSignal<Book>) {
    let pulse = pulse();
    let until = Memo::new(move |_| {
        data.with(|book| Some((book.coming()?.valid_from - book.wall.now().moment()).num_milliseconds().max(0)))
    });
    Effect::new(move |_| {
        let Some(left) = until.get().and_then(|left| u64::try_from(left).ok()) else { return };
        if left > LONGEST_WAIT {
            return;
        }
        let look = move || pulse.beat(Room::Policy);
        if let Ok(handle) = set_timeout_with_handle(look, Duration::from_millis(left + 500)) {
            on_cleanup(move || handle.clear());
        }
    });
}

/// Which version this is, what follows it, and the draft.
fn standing(t: Texts, book: &Book, clock: WallClock) -> AnyView {
    let shown = &book.shown;
    let is_now = shown.version == book.in_force;
    let since = since(t, shown, clock);
    let line = match (is_now, shown.version > book.in_force) {
        (true, _) if shown.by.is_none() => t.policy_holds_first(shown.version),
        (true, _) => t.policy_holds(since, shown.version),
        (_, true) => t.policy_begins(since, shown.version),
        (_, false) => t.policy_held(since, shown.version),
    };
    let coming = book.coming().filter(|_| is_now).map(|coming| {
        let href = format!("/staff/policy?version={}", coming.version);
        let words = t.policy_coming(self::since(t, coming, clock), coming.version);
        view! {
            <div class="notice">{icon("calendar")} <div><p>{words} " " <a href=href>{t.policy_read_it()}</a></p></div></div>
        }
    });
    let back = (!is_now).then(|| view! { <p><a href="/staff/policy">{t.policy_to_present()}</a></p> });
    let draft = book.draft.as_ref().filter(|_| is_now).map(|draft| drafted(t, draft, clock));
    view! { <p class="soft">{line}</p> {back} {coming} {draft} }.into_any()
}

/// What the manager may do with the next version.
fn drafted(t: Texts, draft: &Draft, clock: WallClock) -> AnyView {
    let Some(edited) = &draft.edited else {
        return view! {
            <div class="buttons">
                <a class="button" href="/staff/policy/edit/calendar">{icon("pen")} " " {t.policy_begin()}</a>
            </div>
        }
        .into_any();
    };
    view! {
        <div class="notice" data-tone="risk">
            {icon("pen")}
            <div>
                <p>{t.policy_drafted(changed_words(t, &draft.changed), clock.near(t, edited.at), &edited.by)}</p>
                <div class="buttons">
                    <a class="button" href="/staff/policy/edit/calendar">{icon("pen")} " " {t.policy_go_on()}</a>
                    <a class="button" data-kind="primary" href="/staff/policy/preview">{icon("search")} " " {t.policy_preview()}</a>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The sections that a draft changes, in words.
pub(super) fn changed_words(t: Texts, changed: &[Section]) -> String {
    match changed {
        [] => t.policy_changes_nothing().to_owned(),
        changed => changed.iter().map(|section| section_word(t, *section)).collect::<Vec<_>>().join(t.policy_and()),
    }
}

fn sections(t: Texts, book: &Book) -> AnyView {
    let is_now = book.shown.version == book.in_force;
    let draft = book.draft.as_ref().filter(|_| is_now);
    let card = |section: Section| {
        let id = format!("policy-{}", section.tag());
        let edit = draft.map(|_| {
            let label = t.policy_edit_section(section_word(t, section));
            view! {
                <a class="button" data-kind="quiet" href=format!("/staff/policy/edit/{}", section.tag()) aria-label=label>
                    {icon("pen")} " " {t.policy_edit()}
                </a>
            }
        });
        let drafted = draft.filter(|draft| draft.edited.is_some() && draft.changed.contains(&section)).map(|draft| {
            view! {
                <div class="drafted stack">
                    <h3><span class="chip" data-urgency="urgent">{icon("pen")} " " {t.policy_in_the_draft()}</span></h3>
                    {section_view(t, section, &draft.terms, book)}
                </div>
            }
        });
        view! {
            <section class="card" aria-labelledby=id.clone()>
                <header><h2 id=id.clone()>{section_word(t, section)}</h2> {edit}</header>
                {section_view(t, section, &book.terms, book)}
                {drafted}
            </section>
        }
    };
    Section::ALL.map(card).collect_view().into_any()
}

fn versions(t: Texts, book: &Book, clock: WallClock) -> AnyView {
    let row = |version: &Published| {
        let number = version.version;
        let chip = match number.cmp(&book.in_force) {
            std::cmp::Ordering::Equal => Some(("check", t.policy_is_now())),
            std::cmp::Ordering::Greater => Some(("calendar", t.policy_is_coming())),
            std::cmp::Ordering::Less => None,
        };
        let chip = chip.map(|(symbol, word)| view! { " " <span class="chip">{icon(symbol)} " " {word}</span> });
        let by = version.by.as_ref();
        let by = by.map_or_else(|| t.policy_by_nobody().to_owned(), |by| t.policy_by(since(t, version, clock), by));
        let is_shown = (number == book.shown.version).then_some("true");
        view! {
            <li>
                <a class="row" href=format!("/staff/policy?version={number}") aria-current=is_shown>
                    <div class="body">
                        <span class="line"><strong>{t.policy_version(number)}</strong> {chip}</span>
                        <span>{by}</span>
                        {version.note.clone().map(|note| view! { <span class="hint">{note}</span> })}
                    </div>
                    {icon("chevron")}
                </a>
            </li>
        }
    };
    book.published.iter().map(row).collect_view().into_any()
}

/// From when a version holds.
pub(super) fn since(t: Texts, version: &Published, clock: WallClock) -> String {
    let when = clock.at(version.valid_from);
    t.when_full(date(t, when.day()), when.clock())
}
