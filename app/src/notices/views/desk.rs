use super::super::api::{DraftNotice, LoadNoticeDesk};
use super::super::model::{Drafted, NoticeDesk, NoticeForm};
use super::entry::Entry;
use super::fields::fields;
use super::parts::{more, row, ways};
use crate::asking::{Loading, Reply};
use crate::fault::Fault;
use crate::forms::Opened;
use crate::ids::NoticeId;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::texts;
use crate::ui::{FaultPage, Post, awaited, changing, fresh, icon, opened, param, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};
use server_fn::ServerFn;
use uuid::Uuid;

/// What the address of the form says in the place of a notice.
const NEW: &str = "new";

/// The office's notices; the form that drafts one; or one of them, from its draft to whom it has reached.
pub struct NoticeDeskPage {
    /// The one that is asked for; empty where all are.
    notice: Memo<String>,
    more: Memo<Option<Uuid>>,
    desk: Loading<NoticeDesk>,
    opened: Loading<Opened>,
}

office_page!(NoticeDeskPage in notice_desk);

impl NoticeDeskPage {
    fn data() -> Self {
        let (notice, more) = (param("notice"), more());
        let from = from();
        let asked = move || if notice.get() == NEW { from.get() } else { Some(notice.get()) };
        let desk = Loading::new(move || LoadNoticeDesk { notice: asked(), more: more.get() });
        Self { notice, more, desk, opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { notice, more, desk, opened } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let (notice, more) = (notice.get(), more.get());
                    async move {
                        match (desk.await, opened.await) {
                            (Ok(desk), Ok(opened)) if desk.one.is_some() && notice != NEW => {
                                view! { <Entry desk opened notice more/> }.into_any()
                            }
                            (Ok(desk), Ok(opened)) if notice == NEW && desk.may_draft => {
                                view! { <New desk opened/> }.into_any()
                            }
                            (Ok(_), Ok(_)) if notice == NEW => view! { <FaultPage fault=Fault::NotAllowed/> }.into_any(),
                            (Ok(desk), Ok(_)) => view! { <All desk more/> }.into_any(),
                            (Err(fault), _) | (_, Err(fault)) => view! { <FaultPage fault/> }.into_any(),
                        }
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The notice of which the form begins as a copy, as its address says.
fn from() -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get_str("from").map(str::to_owned)))
}

#[component]
fn All(desk: NoticeDesk, more: Option<Uuid>) -> impl IntoView {
    let t = texts();
    let may_draft = desk.may_draft;
    let data = fresh(desk, Room::Notices, move || LoadNoticeDesk { notice: None, more });
    let clock = ticking(move || data.with(|desk| desk.wall.clone()));
    let all = Memo::new(move |_| data.with(|desk| desk.notices.iter().map(|line| line.id).collect::<Vec<_>>()));
    let is_none = Memo::new(move |_| all.with(Vec::is_empty));
    let next = Memo::new(move |_| data.with(|desk| desk.next));
    let line = move |id: NoticeId| {
        let found = move || data.with(|desk| desk.notices.iter().find(|line| line.id == id).cloned());
        let shown = move || found().map(|line| row(t, &line, clock, "/staff/notices", false));
        view! { <li>{changing(shown)}</li> }.into_any()
    };
    let draft = may_draft.then(|| view! {
        <div class="buttons">
            <a class="button" data-kind="primary" href="/staff/notices/new">{icon("plus")} " " {t.bulletin_new()}</a>
        </div>
    });
    view! {
        <Title text=t.frame_title(t.bulletins_title(), t.frame_product())/>
        <header>
            <h1>{t.bulletins_title()}</h1>
            <p class="soft">{t.bulletin_desk_lead()}</p>
        </header>
        {draft}
        {changing(move || is_none.get().then(|| view! {
            <div class="empty">{icon("board")}<h2>{t.bulletin_desk_none()}</h2><p>{t.bulletin_desk_none_hint()}</p></div>
        }))}
        <ul class="rows"><For each=move || all.get() key=|id| *id children=line/></ul>
        {changing(move || ways(t, "/staff/notices", more.is_none(), next.get()))}
    }
}

#[component]
fn New(desk: NoticeDesk, opened: Opened) -> impl IntoView {
    let t = texts();
    let navigate = use_navigate();
    let on_done = Callback::new(move |reply: Reply| {
        if let Ok(Drafted { id }) = reply.open() {
            navigate(&format!("/staff/notices/{id}"), Default::default());
        }
    });
    let was = desk.one.and_then(|one| one.file).map(|file| NoticeForm {
        // How long it applies is said anew.
        expires: String::new(),
        ..NoticeForm::of(&file.notice, |at| desk.wall.at(at))
    });
    let fields = fields(t, &desk.buildings, was.unwrap_or_default());
    view! {
        <Title text=t.frame_title(t.bulletin_new(), t.frame_product())/>
        <a class="back" href="/staff/notices">{icon("arrow-left")} " " {t.bulletins_title()}</a>
        <header><h1>{t.bulletin_new()}</h1></header>
        <Post to=DraftNotice::PATH opened then="/staff/notices/{id}" on_done>
            {fields}
            <div class="submit">
                <button class="button" data-kind="primary">{icon("check")} " " {t.bulletin_save()}</button>
            </div>
        </Post>
    }
}
