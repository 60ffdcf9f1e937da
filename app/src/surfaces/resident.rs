use super::frame::share_frame;
use super::notices::LiveNotices;
use crate::live::Room;
use crate::people::{Frame, load_frame};
use crate::texts::texts;
use crate::ui::{fresh, icon, tel};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// The frame of a resident's pages: the estate and its phone at the top, four ways, the page.
#[component]
pub fn ResidentFrame() -> impl IntoView {
    let t = texts();
    let frame = share_frame().0;
    let path = use_location().pathname;
    let class = move || {
        if path.with(|path| path.starts_with("/home")) { "page wide" } else { "page" }
    };
    let way = move |href: &'static str, name: &'static str, word: &'static str| {
        let current = move || path.with(|path| leads_here(path, href)).then_some("page");
        view! { <li><a href=href aria-current=current>{icon(name)} " " <span>{word}</span></a></li> }
    };
    view! {
        <a class="skip" href="#main">{t.frame_skip()}</a>
        <Suspense>
            {move || Suspend::new(async move {
                let first = frame.await.unwrap_or_default();
                let frame = fresh(first, Room::People, load_frame);
                view! { <Top frame/> }
            })}
        </Suspense>
        <nav class="mainnav" aria-label=t.frame_main()>
            <ul>
                {way("/home", "home", t.frame_home())}
                {way("/report", "report", t.frame_report())}
                {way("/requests", "list", t.frame_requests())}
                {way("/me", "person", t.frame_me())}
            </ul>
        </nav>
        <main id="main" class=class tabindex="-1">
            <Outlet/>
        </main>
        <LiveNotices/>
    }
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
                <span>{name}</span>
            </a>
            {desk}
        </header>
    }
}
