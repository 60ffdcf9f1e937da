use super::super::api::{EndRing, LoadBell, RingDesk};
use super::super::model::{Bell, RingStage};
use super::polling::{Again, ask_while};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{Post, awaited, both, changing, fresh, icon, opened, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// Rings the desk from the lobby: one large button, and who comes.
pub struct RingPage {
    bell: Loading<Bell>,
    opened: Loading<Opened>,
}

office_page!(RingPage in lobby);

impl RingPage {
    fn data() -> Self {
        Self { bell: Loading::new(question), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.ring_title(), t.frame_product())/>
            <main id="main" class="booth" tabindex="-1">
                <header>
                    <h1>{t.ring_title()}</h1>
                    <p class="soft">{t.ring_lead()}</p>
                </header>
                <div class="asking" data-as="bell">
                    <Suspense>
                        {awaited(move || async move {
                            shown(both(self.bell.await, self.opened.await), |(first, opened)| view! { <Ringing first opened/> })
                        })}
                    </Suspense>
                </div>
                <footer><a class="button" data-size="l" href="/kiosk">{icon("arrow-left")} " " {t.lobby_back()}</a></footer>
            </main>
        }
        .into_any()
    }
}

fn question() -> LoadBell {
    LoadBell {}
}

#[component]
fn Ringing(first: Bell, opened: Opened) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Visitors, question);
    let is_open = Memo::new(move |_| data.with(|bell| bell.stage.is_some()));
    ask_while(is_open);
    let part = move |is_open: bool| {
        let opened = opened.clone();
        if is_open {
            view! {
                <Again href="/kiosk/ring"/>
                <Post to=EndRing::PATH opened>
                    <button class="button" data-size="l">{icon("cross")} " " {t.ring_end()}</button>
                </Post>
            }
            .into_any()
        } else {
            view! {
                <Post to=RingDesk::PATH opened>
                    <button class="button" data-kind="primary" data-size="xl">{icon("bell")} " " {t.ring_do()}</button>
                </Post>
            }
            .into_any()
        }
    };
    view! {
        <div class="answer" role="status" aria-live="polite">{changing(move || data.with(|bell| said(t, bell)))}</div>
        <For each=move || [is_open.get()] key=|is_open| *is_open children=part/>
    }
}

/// What the screen says of its ring.
fn said(t: Texts, bell: &Bell) -> Option<AnyView> {
    let by = bell.by.as_deref().unwrap_or(t.lobby_desk());
    let (symbol, word) = match bell.stage? {
        RingStage::Ringing => ("bell", t.ring_ringing().to_owned()),
        RingStage::Coming => ("user-check", t.ring_coming(by)),
        RingStage::Talking => ("chat", t.ring_talking(by)),
        RingStage::Over => return None,
    };
    let late = bell.is_late.then(|| view! { <p>{icon("phone")} " " {t.ring_late(&bell.desk_phone)}</p> });
    Some(view! { <p class="big">{icon(symbol)} " " {word}</p> {late} }.into_any())
}
