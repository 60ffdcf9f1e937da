use super::super::api::LoadNotices;
use super::super::model::{NoticeBoard, NoticeLine, NoticeSheet, NoticeStage, Priority};
use super::parts::{Read, chips, more, row, since, ways, words};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::NoticeId;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Lang, texts};
use crate::ui::{FaultPage, awaited, changing, fresh, icon, opened, param, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;

/// What the reader's estates tell them; or one notice, to read.
pub struct NoticesPage {
    /// The one that is asked for; empty where all are.
    notice: Memo<String>,
    more: Memo<Option<Uuid>>,
    board: Loading<NoticeBoard>,
    opened: Loading<Opened>,
}

office_page!(NoticesPage in notices);

impl NoticesPage {
    fn data() -> Self {
        let (notice, more) = (param("notice"), more());
        let board = Loading::new(move || LoadNotices { notice: Some(notice.get()), more: more.get() });
        Self { notice, more, board, opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { notice, more, board, opened } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let (notice, more) = (notice.get(), more.get());
                    async move {
                        match (board.await, opened.await) {
                            (Ok(board), Ok(opened)) if board.one.is_some() => {
                                view! { <One board opened notice/> }.into_any()
                            }
                            (Ok(board), Ok(_)) => view! { <All board more/> }.into_any(),
                            (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                        }
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn All(board: NoticeBoard, more: Option<Uuid>) -> impl IntoView {
    let t = texts();
    let data = fresh(board, Room::Notices, move || LoadNotices { notice: None, more });
    let clock = ticking(move || data.with(|board| board.wall.clone()));
    let all = Memo::new(move |_| data.with(|board| board.notices.iter().map(|line| line.id).collect::<Vec<_>>()));
    let is_none = Memo::new(move |_| all.with(Vec::is_empty));
    let next = Memo::new(move |_| data.with(|board| board.next));
    let line = move |id: NoticeId| {
        let found = move || data.with(|board| board.notices.iter().find(|line| line.id == id).cloned());
        let shown = move || found().map(|line| row(t, &line, clock, "/notices", true));
        view! { <li>{changing(shown)}</li> }.into_any()
    };
    view! {
        <Title text=t.frame_title(t.bulletins_title(), t.frame_product())/>
        <header>
            <h1>{t.bulletins_title()}</h1>
            <p class="soft">{t.bulletins_lead()}</p>
        </header>
        {changing(move || is_none.get().then(|| view! {
            <div class="empty">{icon("board")}<h2>{t.bulletins_none()}</h2><p>{t.bulletins_none_hint()}</p></div>
        }))}
        <ul class="rows"><For each=move || all.get() key=|id| *id children=line/></ul>
        {changing(move || ways(t, "/notices", more.is_none(), next.get()))}
    }
}

/// What the page shows of it.
fn of<T>(data: RwSignal<NoticeBoard>, say: impl FnOnce(&NoticeSheet) -> T) -> Option<T> {
    data.with(|board| board.one.as_ref().map(say))
}

/// One notice in the reader's language, or the nearest one; the others fold out below.
#[component]
fn One(board: NoticeBoard, opened: Opened, notice: String) -> impl IntoView {
    let t = texts();
    let data = fresh(board, Room::Notices, move || LoadNotices { notice: Some(notice.clone()), more: None });
    let clock = ticking(move || data.with(|board| board.wall.clone()));
    let Some(NoticeSheet { line, html, .. }) = untrack(move || of(data, Clone::clone)) else { return ().into_any() };
    let NoticeLine { id, priority, title, .. } = line;
    let (lang, is_emergency) = (title.nearest(t.lang), priority == Priority::Emergency);
    let name = title.of(lang).to_owned();
    let others = Lang::ALL.into_iter().filter(|other| *other != lang && !title.of(*other).is_empty());
    let others = others.map(|other| view! {
        <details>
            <summary class="button" data-kind="quiet" lang=other.tag()>{icon("globe")} " " {other.own_name()}</summary>
            <h2 lang=other.tag()>{title.of(other).to_owned()}</h2>
            {words(&html, other)}
        </details>
    });
    let others = others.collect_view();
    let asks = Memo::new(move |_| {
        of(data, |sheet| sheet.line.stage == NoticeStage::Published && !sheet.line.is_read).unwrap_or_default()
    });
    let says = move || {
        of(data, |sheet| match sheet.line.stage {
            NoticeStage::Expired => t.bulletin_says_expired().to_owned(),
            NoticeStage::Withdrawn => t.bulletin_says_withdrawn(sheet.reason.clone().unwrap_or_default()),
            _ if sheet.line.is_read => t.bulletin_says_read().to_owned(),
            _ => String::new(),
        })
    };
    view! {
        <Title text=t.frame_title(&name, t.frame_product())/>
        <a class="back" href="/notices">{icon("arrow-left")} " " {t.bulletins_title()}</a>
        <article class="card bulletin" data-priority=priority.tag()>
            <header>
                <h1 lang=lang.tag()>{name}</h1>
                <p>{changing(move || of(data, |sheet| chips(t, &sheet.line)))}</p>
                <p class="hint">{changing(move || of(data, |sheet| since(t, &sheet.line, clock)))}</p>
            </header>
            <p role="status">{changing(says)}</p>
            {(lang != t.lang).then(|| view! { <p class="hint">{icon("globe")} " " {t.bulletin_nearest(lang.own_name())}</p> })}
            {words(&html, lang)}
            {changing(move || asks.get().then(|| view! { <Read id is_emergency opened=opened.clone()/> }))}
            {others}
        </article>
    }
    .into_any()
}
