use super::super::api::{AskFor, LoadDoor, NextVisitor};
use super::super::model::{Door, Shown};
use super::super::rules::{KEPT_DAYS, LONGEST_NAME, LONGEST_NUMBER};
use super::super::words::purposes;
use super::polling::{Again, ask_while};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Keypad, Post, Select, awaited, both, changing, fresh, icon, opened, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// A visitor in the lobby asks for somebody, and reads what they are to do.
pub struct DoorPage {
    door: Loading<Door>,
    opened: Loading<Opened>,
}

office_page!(DoorPage in lobby);

impl DoorPage {
    fn data() -> Self {
        Self { door: Loading::new(question), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.visit_title(), t.frame_product())/>
            <main id="main" class="booth" tabindex="-1">
                <header>
                    <h1>{t.visit_title()}</h1>
                    <p class="soft">{t.visit_lead()}</p>
                </header>
                <div class="asking">
                    <Suspense>
                        {awaited(move || async move {
                            shown(both(self.door.await, self.opened.await), |(first, opened)| view! { <Asking first opened/> })
                        })}
                    </Suspense>
                </div>
                <footer>
                    <a class="button" data-size="l" href="/kiosk">{icon("arrow-left")} " " {t.lobby_back()}</a>
                    <a class="button" data-size="l" href="/kiosk/ring">{icon("bell")} " " {t.ring_title()}</a>
                </footer>
            </main>
        }
        .into_any()
    }
}

fn question() -> LoadDoor {
    LoadDoor {}
}

#[component]
fn Asking(first: Door, opened: Opened) -> impl IntoView {
    let t = texts();
    let buildings = first.buildings.iter().map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang)));
    let buildings = buildings.collect::<Vec<_>>();
    let here = first.here.map(|id| id.to_string()).unwrap_or_default();
    let data = fresh(first, Room::Visitors, question);
    let is_open = Memo::new(move |_| data.with(|door| door.shown.is_some()));
    ask_while(is_open);
    let part = move |is_open: bool| {
        let opened = opened.clone();
        if is_open {
            view! {
                <Again href="/kiosk/visitor"/>
                <Post to=NextVisitor::PATH opened>
                    <button class="button" data-size="l">{icon("person")} " " {t.visit_next()}</button>
                </Post>
            }
            .into_any()
        } else {
            let (buildings, here) = (buildings.clone(), here.clone());
            view! {
                <Post to=AskFor::PATH opened dense=true>
                    <Keypad>
                        <Select name="building" label=t.visit_building() choices=buildings value=here/>
                        <Field name="number" label=t.visit_number() hint=t.visit_number_hint() looks="code" longest=LONGEST_NUMBER autocomplete="off"/>
                        <Field name="name" label=t.visit_name() hint=t.visit_name_hint(KEPT_DAYS) longest=LONGEST_NAME autocomplete="off"/>
                        <Field name="company" label=t.visit_company() longest=LONGEST_NAME optional=true autocomplete="off"/>
                        <Select name="purpose" label=t.visit_purpose() choices=purposes(t)/>
                    </Keypad>
                    <div class="submit">
                        <button class="button" data-kind="primary" data-size="l">{icon("send")} " " {t.visit_send()}</button>
                    </div>
                </Post>
            }
            .into_any()
        }
    };
    view! {
        <div class="answer" role="status" aria-live="polite">{changing(move || data.with(|door| door.shown.map(|shown| said(t, shown))))}</div>
        <For each=move || [is_open.get()] key=|is_open| *is_open children=part/>
    }
}

/// What a visitor is to do. The words are the same wherever nobody agreed.
fn said(t: Texts, shown: Shown) -> AnyView {
    let (symbol, word) = match shown {
        Shown::Waiting => ("clock", t.visit_told()),
        Shown::Up => ("check", t.visit_come_up()),
        Shown::Down => ("user-check", t.visit_comes_down()),
        Shown::Desk => ("bell", t.visit_to_desk()),
    };
    view! { <p class="big">{icon(symbol)} " " {word}</p> }.into_any()
}
