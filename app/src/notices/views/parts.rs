use super::super::api::ReadNotice;
use super::super::model::{NoticeLine, NoticeStage, Priority};
use super::super::words::{priority_word, stage_icon, stage_word};
use crate::estate::Names;
use crate::forms::Opened;
use crate::ids::NoticeId;
use crate::texts::{Lang, Texts, texts};
use crate::ui::{Hidden, Post, WallClock, icon};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use uuid::Uuid;

/// Behind what the page of a list begins, as its address says; none on the first one. For `data()`.
pub fn more() -> Memo<Option<Uuid>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get_str("more").and_then(|id| id.parse().ok())))
}

/// The ways between the pages of a list.
pub fn ways(t: Texts, here: &str, is_first: bool, next: Option<Uuid>) -> AnyView {
    let here = here.to_owned();
    view! {
        <div class="buttons">
            {(!is_first).then(|| view! { <a class="button" href=here.clone()>{t.bulletin_newest()}</a> })}
            {next.map(|next| view! { <a class="button" href=format!("{here}?more={next}")>{t.bulletin_older()}</a> })}
        </div>
    }
    .into_any()
}

/// A notice as a row that leads to its page: how it stands is a word, not a colour alone. At home it says what is not read.
pub fn row(t: Texts, line: &NoticeLine, clock: WallClock, base: &str, is_at_home: bool) -> AnyView {
    let is_new = is_at_home && line.stage == NoticeStage::Published && !line.is_read;
    let new = is_new.then(|| {
        view! { <span class="chip" data-tone="new">{icon("circle")} " " {t.bulletin_unread()}</span> }
    });
    let lang = line.title.nearest(t.lang);
    let symbol = if line.priority == Priority::Emergency { "alert" } else { "board" };
    view! {
        <a class="row" href=format!("{base}/{}", line.id) data-tone=tone(line)>
            {icon(symbol)}
            <span class="body">
                <span lang=lang.tag()>{line.title.of(lang).to_owned()}</span>
                <span class="hint">{since(t, line, clock)}</span>
            </span>
            {chips(t, line)} {new}
            {icon("chevron")}
        </a>
    }
    .into_any()
}

fn tone(line: &NoticeLine) -> Option<&'static str> {
    let is_alarm = line.stage == NoticeStage::Published && line.priority == Priority::Emergency;
    is_alarm.then_some("broken")
}

/// When it came out and until when it applies.
pub fn since(t: Texts, line: &NoticeLine, clock: WallClock) -> String {
    let from = clock.near(t, line.published_at.unwrap_or(line.stage_at));
    match line.expires_at {
        Some(until) => t.bulletin_since_until(from, clock.near(t, until)),
        None => from,
    }
}

/// How much it matters, and how it stands.
pub fn chips(t: Texts, line: &NoticeLine) -> AnyView {
    let weight = (line.priority != Priority::Ordinary).then(|| {
        let tone = if line.priority == Priority::Emergency { "broken" } else { "risk" };
        view! { <span class="chip" data-tone=tone>{icon("alert")} " " {priority_word(t, line.priority)}</span> }
    });
    let (stage, word) = (line.stage, stage_word(t, line.stage));
    view! {
        {weight}
        <span class="chip" data-stage=stage.tag()>{icon(stage_icon(stage))} " " {word}</span>
    }
    .into_any()
}

/// What a notice says in one language.
pub fn words(html: &Names, lang: Lang) -> AnyView {
    view! { <div class="words" lang=lang.tag() inner_html=html.of(lang).to_owned()></div> }.into_any()
}

/// Its reader says that they have read it.
#[component]
pub fn Read(id: NoticeId, is_emergency: bool, opened: Opened) -> impl IntoView {
    let t = texts();
    let (kind, word) = if is_emergency { ("danger", t.bulletin_acknowledge()) } else { ("primary", t.bulletin_read()) };
    view! {
        <Post to=ReadNotice::PATH opened about=id.to_string()>
            <Hidden name="id" value=id.to_string()/>
            <div class="submit">
                <button class="button" data-kind=kind data-size="l">{icon("check")} " " {word}</button>
            </div>
        </Post>
    }
}
