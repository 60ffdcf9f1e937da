use super::super::words::{contact_kind_word, state_text};
use crate::asking::Loading;
use crate::desk::{ContactBook, ContactCard, ContactKind, Earlier, LoadContacts};
use crate::live::Room;
use crate::moment::Moment;
use crate::page::office_page;
use crate::requests::{Channel, channel_word, urgency_chip};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, fresh, icon, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;

/// The register of contacts (客户沟通登记表), newest first, by way and by kind.
pub struct ContactsPage {
    filter: Memo<Filter>,
    page: Loading<ContactBook>,
}

office_page!(ContactsPage in contacts);

/// What the address asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Filter {
    channel: Option<Channel>,
    kind: Option<ContactKind>,
    before: Option<Earlier>,
}

impl Filter {
    fn of(query: &ParamsMap) -> Self {
        Self {
            channel: query.get_str("channel").and_then(Channel::from_tag),
            kind: query.get_str("kind").and_then(ContactKind::from_tag),
            before: query.get_str("before").and_then(parse_before),
        }
    }

    fn link(self) -> String {
        let mut query = ParamsMap::new();
        if let Some(channel) = self.channel {
            query.insert("channel", channel.tag().to_owned());
        }
        if let Some(kind) = self.kind {
            query.insert("kind", kind.tag().to_owned());
        }
        if let Some(before) = self.before {
            query.insert("before", format!("{}~{}", before.at.timestamp_micros(), before.id));
        }
        format!("/staff/contacts{}", query.to_query_string())
    }

    fn question(self) -> LoadContacts {
        LoadContacts {
            channel: self.channel.map(|channel| channel.tag().to_owned()),
            kind: self.kind.map(|kind| kind.tag().to_owned()),
            before: self.before,
        }
    }
}

fn parse_before(tag: &str) -> Option<Earlier> {
    let (at, id) = tag.split_once('~')?;
    Some(Earlier { at: Moment::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}

impl ContactsPage {
    fn data() -> Self {
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(Filter::of));
        Self { filter, page: Loading::new(move || filter.get().question()) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let ContactsPage { filter, page } = self;
        view! {
            <Title text=t.frame_title(t.contacts_title(), t.frame_product())/>
            <header class="head">
                <h1>{t.contacts_title()}</h1>
                <a class="button" data-kind="primary" href="/staff/desk">{icon("phone")} " " {t.desk_title()}</a>
            </header>
            <Chips filter/>
            <Transition>
                {awaited(move || {
                    let filter = filter.get();
                    async move {
                        shown(page.await, |first| view! { <List first filter/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Chips(
    /// What is shown.
    filter: Memo<Filter>,
) -> impl IntoView {
    let t = texts();
    let chip = move |word: &'static str, to: Box<dyn Fn(Filter) -> Filter + Send + Sync>| {
        let target = Memo::new(move |_| to(Filter { before: None, ..filter.get() }));
        let is_here = move || (target.get() == Filter { before: None, ..filter.get() }).then_some("true");
        view! {
            <a href=Signal::derive(move || target.get().link()) aria-current=Signal::derive(is_here)>{word}</a>
        }
        .into_any()
    };
    let kinds = ContactKind::ALL
        .into_iter()
        .map(|kind| chip(contact_kind_word(t, kind), Box::new(move |now| Filter { kind: Some(kind), ..now })));
    let channels = Channel::ALL
        .into_iter()
        .map(|channel| chip(channel_word(t, channel), Box::new(move |now| Filter { channel: Some(channel), ..now })));
    let kinds = kinds.collect_view();
    let channels = channels.collect_view();
    view! {
        <nav class="tabs" aria-label=t.contacts_by_kind()>
            {chip(t.contacts_all_kinds(), Box::new(|now| Filter { kind: None, ..now }))} {kinds}
        </nav>
        <nav class="tabs" aria-label=t.contacts_by_channel()>
            {chip(t.contacts_all_channels(), Box::new(|now| Filter { channel: None, ..now }))} {channels}
        </nav>
    }
    .into_any()
}

#[component]
fn List(
    /// The page as it was loaded.
    first: ContactBook,
    /// What it was asked for.
    filter: Filter,
) -> impl IntoView {
    let t = texts();
    let data = fresh(first, Room::Desk, move || filter.question());
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let none = Memo::new(move |_| data.with(|data| data.contacts.is_empty()));
    let next = Memo::new(move |_| data.with(|data| data.next));
    let row = move |first: ContactCard| {
        let id = first.id;
        let shown = changing(move || {
            let now = data.with(|data| data.contacts.iter().find(|card| card.id == id).cloned());
            entry(t, &now.unwrap_or_else(|| first.clone()), clock)
        });
        view! { <li>{shown}</li> }.into_any()
    };
    view! {
        {changing(move || none.get().then(|| view! {
            <div class="empty">{icon("list")} <h2>{t.contacts_none()}</h2> <p>{t.contacts_none_more()}</p></div>
        }))}
        <ul class="rows">
            <For each=move || data.with(|data| data.contacts.clone()) key=|card| card.id children=row/>
        </ul>
        <div class="buttons">
            {filter.before.map(|_| view! { <a class="button" href=Filter { before: None, ..filter }.link()>{t.inbox_newest()}</a> })}
            {changing(move || next.get().map(|next| {
                let href = Filter { before: Some(next), ..filter }.link();
                view! { <a class="button" href=href>{t.inbox_older()}</a> }
            }))}
        </div>
    }
    .into_any()
}

/// One line of the register: when, how, who, what, and what came of it.
fn entry(t: Texts, card: &ContactCard, clock: WallClock) -> AnyView {
    let when = clock.at(card.received_at);
    let from = card.unit.as_ref().map(|unit| unit.label(t));
    let read_back =
        card.read_back.then(|| view! { <span class="chip">{icon("check")} " " {t.contacts_read_back()}</span> });
    let breached = card.is_breached.then(|| {
        view! { <span class="chip" data-tone="broken">{icon("alert")} " " {t.contacts_breached()}</span> }
    });
    let code = card
        .code
        .clone()
        .map(|code| view! { <a class="code" href=format!("/staff/requests/{code}")>{code.clone()}</a> });
    view! {
        <div class="row">
            {icon(if card.kind == ContactKind::Repair { "wrench" } else { "chat" })}
            <span class="body">
                <span>{from} " " {card.caller.clone()}</span>
                <span>{card.words.clone()}</span>
                <span class="hint">{state_text(t, card, clock)} " · " {t.wall_held_by(&card.holder)}</span>
                <span class="line">
                    <span class="chip">{contact_kind_word(t, card.kind)}</span>
                    " "
                    <span class="chip">{channel_word(t, card.channel)}</span>
                    " " {urgency_chip(t, card.urgency)} " " {read_back} " " {breached} " " {code}
                </span>
            </span>
            <span class="state"><time datetime=when.machine() title=when.full(t)>{when.near(t, clock.now())}</time></span>
        </div>
    }
    .into_any()
}
