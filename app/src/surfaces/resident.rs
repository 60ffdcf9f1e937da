use super::FrameData;
use super::notices::{LiveNotices, siren};
use crate::asking::Loading;
use crate::live::Room;
use crate::messages::bell;
use crate::offline::UnsentCount;
use crate::page::first_page;
use crate::people::{Frame, LoadFrame};
use crate::texts::texts;
use crate::ui::{awaited, changing, follow, fresh, icon, tel};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// The frame of a resident's pages: the estate and its phone at the top, five ways, the page.
pub struct ResidentFrame {
    frame: Loading<Frame>,
}

first_page!(ResidentFrame);

impl ResidentFrame {
    fn data() -> Self {
        Self { frame: Loading::new(question) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let frame = self.frame;
        provide_context(FrameData(frame));
        let path = use_location().pathname;
        let class = move || {
            if path.with(|path| path.starts_with("/home")) { "page wide" } else { "page" }
        };
        let way = move |href: &'static str, name: &'static str, word: &'static str| {
            let is_here = move |path: &str| {
                let is_offer = leads_here(path, "/services") || leads_here(path, "/activities");
                leads_here(path, href) || href == "/book" && is_offer
            };
            let current = move || path.with(|path| is_here(path)).then_some("page");
            view! { <li><a href=href aria-current=Signal::derive(current)>{icon(name)} " " <span>{word}</span></a></li> }
        };
        view! {
            <a class="skip" href="#main">{t.frame_skip()}</a>
            <Suspense>
                {awaited(move || async move {
                    let first = frame.await.unwrap_or_default();
                    let frame = fresh(first, Room::People, question);
                    follow(frame, Room::Messages, question);
                    follow(frame, Room::Notices, question);
                    follow(frame, Room::Visitors, question);
                    view! { <Top frame/> }
                })}
            </Suspense>
            <nav class="mainnav" aria-label=t.frame_main()>
                <ul>
                    {way("/home", "home", t.frame_home())}
                    {way("/report", "report", t.frame_report())}
                    {way("/book", "calendar", t.book_title())}
                    {way("/notices", "board", t.frame_notices())}
                    {way("/me", "person", t.frame_me())}
                </ul>
            </nav>
            <main id="main" class=Signal::derive(class) tabindex="-1">
                <Outlet/>
            </main>
            <LiveNotices/>
        }
        .into_any()
    }
}

fn question() -> LoadFrame {
    LoadFrame {}
}

fn leads_here(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[component]
fn Top(
    /// Who and where.
    frame: RwSignal<Frame>,
) -> impl IntoView {
    let t = texts();
    let estate = Memo::new(move |_| frame.with(|frame| frame.estate.clone()));
    let unread = Memo::new(move |_| frame.with(|frame| frame.unread));
    let urgent = Memo::new(move |_| frame.with(|frame| frame.siren.clone()));
    let name = move || {
        estate.with(|estate| {
            estate.as_ref().map_or_else(|| t.frame_product().to_owned(), |estate| estate.names.of(t.lang).to_owned())
        })
    };
    let desk = move || {
        estate.get().map(|estate| {
            view! {
                <a class="button" data-kind="quiet" href=tel(&estate.desk_phone)>
                    {icon("phone")} " " {t.frame_call_desk()}
                </a>
            }
        })
    };
    view! {
        <header class="topbar">
            <a class="mark" href="/home">
                <img src="/favicon.svg" alt="" width="32" height="32"/>
                <span>{changing(name)}</span>
            </a>
            {changing(desk)}
            <UnsentCount href="/unsent"/>
            {changing(move || bell(t, "/inbox", unread.get()))}
            {changing(move || urgent.get().map(siren))}
        </header>
    }
}
