use super::super::api::{LoadOwnMail, ReadMessage};
use super::super::model::{MailItem, MailStage, OwnMail, Relay};
use super::super::words::{call_text, item_state_text, mail_kind_word, mail_stage_word, passed_text};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::{ContactId, MailItemId};
use crate::live::Room;
use crate::page::lazy_page;
use crate::texts::{Texts, texts};
use crate::ui::{Hidden, Post, WallClock, awaited, both, changing, fresh, icon, opened, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// What was left for a resident at the desk: words, and what came by mail.
pub struct OwnMailPage {
    mail: Loading<OwnMail>,
    opened: Loading<Opened>,
}

lazy_page!(OwnMailPage in own_mail);

impl OwnMailPage {
    fn data() -> Self {
        Self { mail: Loading::new(question), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.mail_title(), t.frame_product())/>
            <header>
                <h1>{t.mail_title()}</h1>
                <p class="soft">{t.mail_lead()}</p>
            </header>
            <Suspense>
                {awaited(move || async move {
                    shown(both(self.mail.await, self.opened.await), |(mail, opened)| view! { <Board mail opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

fn question() -> LoadOwnMail {
    LoadOwnMail {}
}

#[component]
fn Board(mail: OwnMail, opened: Opened) -> impl IntoView {
    let t = texts();
    let data = fresh(mail, Room::Mail, question);
    let clock = ticking(move || data.with(|mail| mail.wall.clone()));
    let items = Memo::new(move |_| data.with(|mail| mail.items.iter().map(|item| item.id).collect::<Vec<_>>()));
    let relays = Memo::new(move |_| data.with(|mail| mail.relays.iter().map(|relay| relay.id).collect::<Vec<_>>()));
    let item = move |id: MailItemId| {
        let found = move || data.with(|mail| mail.items.iter().find(|item| item.id == id).cloned());
        view! { <li>{changing(move || found().map(|item| item_row(t, &item, clock)))}</li> }.into_any()
    };
    let relay = move |id: ContactId| {
        let found = move || data.with(|mail| mail.relays.iter().find(|relay| relay.id == id).cloned());
        let is_open = Memo::new(move |_| found().is_some_and(|relay| relay.passed_at.is_none()));
        let forms = opened.clone();
        let read = move || {
            is_open.get().then(|| {
                view! {
                    <Post to=ReadMessage::PATH opened=forms.clone() about=id.to_string()>
                        <Hidden name="id" value=id.to_string()/>
                        <button class="button">{icon("check")} " " {t.mail_read()}</button>
                    </Post>
                }
            })
        };
        view! {
            <li class="row">
                {changing(move || found().map(|relay| relay_row(t, &relay, clock)))}
                {changing(read)}
            </li>
        }
        .into_any()
    };
    view! {
        <section class="stack" aria-labelledby="items">
            <h2 id="items">{t.mail_items()}</h2>
            <p class="hint soft">{t.mail_bring()}</p>
            {changing(move || items.with(Vec::is_empty).then(|| view! { <p class="soft">{t.mail_items_none()}</p> }))}
            <ul class="rows" hidden=Signal::derive(move || items.with(Vec::is_empty))>
                <For each=move || items.get() key=|id| *id children=item/>
            </ul>
        </section>
        <section class="stack" aria-labelledby="messages">
            <h2 id="messages">{t.mail_messages()}</h2>
            {changing(move || relays.with(Vec::is_empty).then(|| view! { <p class="soft">{t.mail_messages_none()}</p> }))}
            <ul class="rows" hidden=Signal::derive(move || relays.with(Vec::is_empty))>
                <For each=move || relays.get() key=|id| *id children=relay/>
            </ul>
        </section>
    }
}

/// An item: what, from whom, for which home, and until when it waits or what became of it.
fn item_row(t: Texts, item: &MailItem, clock: WallClock) -> AnyView {
    let (symbol, word) = mail_stage_word(t, item.stage);
    let number = item.number.clone().map(|number| view! { " · " <span class="code">{number}</span> });
    view! {
        <div class="row" data-mail=item.stage.tag()>
            {icon(if item.stage == MailStage::Waiting { "inbox" } else { "check" })}
            <span class="body">
                <b>{mail_kind_word(t, item.kind)} " · " {item.carrier.clone()}</b>
                <span>{item.addressee.clone()} " · " {item.home.label(t)} {number}</span>
                <span class="hint">{t.mail_came(clock.near(t, item.arrived_at))} " · " {item_state_text(t, item, clock)}</span>
            </span>
            <span class="chip" data-stage=item.stage.tag()>{icon(symbol)} " " {word}</span>
        </div>
    }
    .into_any()
}

/// Words: from whom, when, what, and whether they were read.
fn relay_row(t: Texts, relay: &Relay, clock: WallClock) -> AnyView {
    let call = call_text(t, relay.phone.as_deref(), relay.call_by.map(|by| clock.at(by).full(t)));
    let urgent = relay.is_urgent.then(|| {
        view! { <span class="chip" data-tone="broken">{icon("alert")} " " {t.relay_urgent()}</span> }
    });
    let state = relay.passed_at.map(|_| view! { <span class="hint">{passed_text(t, relay, clock)}</span> });
    view! {
        {icon("chat")}
        <span class="body">
            <b>{t.mail_from(&relay.caller)} " · " {relay.addressee.clone()}</b>
            <span>{relay.words.clone()}</span>
            {call.map(|call| view! { <span>{call}</span> })}
            <span class="hint">{clock.near(t, relay.taken_at)} " " {urgent}</span>
            {state}
        </span>
    }
    .into_any()
}
