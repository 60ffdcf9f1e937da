use super::notices::LiveNotices;
use crate::asking::Loading;
use crate::fault::Fault;
use crate::forms::{Opened, is_kiosk};
use crate::page::first_page;
use crate::people::ChooseManners;
use crate::texts::{Lang, texts};
use crate::ui::{FaultPage, PlainButtons, awaited, opened};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;
use server_fn::ServerFn;

/// The frame of the pages before the door: the product, the languages, one panel.
pub struct PublicFrame {
    opened: Loading<Opened>,
}

first_page!(PublicFrame);

impl PublicFrame {
    fn data() -> Self {
        Self { opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let opened = self.opened;
        let path = use_location().pathname;
        let class = move || {
            if path.with(|path| path.starts_with("/gallery")) { "page wide" } else { "door" }
        };
        let size = move || path.with(|path| path == "/").then_some("l");
        view! {
            <a class="skip" href="#main">{t.frame_skip()}</a>
            <header class="topbar">
                <a class="mark" href="/">
                    <img src="/favicon.svg" alt="" width="32" height="32"/>
                    <span>{t.frame_product()}</span>
                </a>
                <Suspense>
                    {awaited(move || async move {
                        opened.await.ok().map(|opened| {
                            let buttons = Lang::ALL
                                .into_iter()
                                .map(|lang| {
                                    let pressed = if lang == t.lang { "true" } else { "false" };
                                    view! {
                                        <button name="lang" value=lang.tag() lang=lang.tag() aria-pressed=pressed>
                                            {lang.own_name()}
                                        </button>
                                    }
                                })
                                .collect_view();
                            view! {
                                <div role="group" aria-label=t.frame_language()>
                                    <PlainButtons to=ChooseManners::PATH opened class="langs">{buttons}</PlainButtons>
                                </div>
                            }
                        })
                    })}
                </Suspense>
            </header>
            <main id="main" class=Signal::derive(class) data-size=Signal::derive(size) tabindex="-1">
                <Outlet/>
            </main>
            <LiveNotices/>
        }
        .into_any()
    }
}

/// An address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let t = texts();
    let start = if is_kiosk(&use_location().pathname.get_untracked()) { "/kiosk" } else { "/" };
    view! {
        <a class="skip" href="#main">{t.frame_skip()}</a>
        <header class="topbar">
            <a class="mark" href=start rel="external">
                <img src="/favicon.svg" alt="" width="32" height="32"/>
                <span>{t.frame_product()}</span>
            </a>
        </header>
        <main id="main" class="page" tabindex="-1">
            <FaultPage fault=Fault::NotFound/>
        </main>
    }
}
