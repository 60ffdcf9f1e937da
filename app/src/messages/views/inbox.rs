use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::MessageId;
use crate::live::Room;
use crate::messages::words::{telling_icon, telling_text};
use crate::messages::{Before, Inbox, LoadInbox, MarkRead, Message, Side, Telling};
use crate::page::{lazy_page, office_page};
use crate::requests::Happening;
use crate::texts::{Texts, texts};
use crate::ui::{Hidden, Post, WallClock, awaited, both, changing, follow, fresh, icon, opened, shown, ticking};
use crate::visitors::VisitNews;
use chrono::DateTime;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// What a resident was told, newest first.
pub struct InboxPage(Page);

/// What a member of staff was told, newest first.
pub struct OfficeInboxPage(Page);

lazy_page!(InboxPage in inbox);
office_page!(OfficeInboxPage in inbox);

impl InboxPage {
    fn data() -> Self {
        Self(Page::of(Side::Home))
    }

    fn view(self) -> AnyView {
        self.0.view()
    }
}

impl OfficeInboxPage {
    fn data() -> Self {
        Self(Page::of(Side::Office))
    }

    fn view(self) -> AnyView {
        self.0.view()
    }
}

struct Page {
    side: Side,
    before: Memo<Option<Before>>,
    inbox: Loading<Inbox>,
    opened: Loading<Opened>,
}

impl Page {
    fn of(side: Side) -> Self {
        let query = use_query_map();
        let before = Memo::new(move |_| query.with(|query| query.get_str("before").and_then(parse_before)));
        let question = move || LoadInbox { side: side.tag().to_owned(), before: before.get() };
        Self { side, before, inbox: Loading::new(question), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { side, before, inbox, opened } = self;
        view! {
            <Title text=t.frame_title(t.inbox_title(), t.frame_product())/>
            <header><h1>{t.inbox_title()}</h1></header>
            <Suspense>
                {awaited(move || {
                    let before = before.get();
                    async move {
                        shown(both(inbox.await, opened.await), |(inbox, opened)| view! { <List inbox opened side before/> })
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// A place in an inbox as an address carries it: microseconds and id.
fn write_before(before: Before) -> String {
    format!("{}.{}", before.at.timestamp_micros(), before.id)
}

fn parse_before(text: &str) -> Option<Before> {
    let (at, id) = text.split_once('.')?;
    Some(Before { at: DateTime::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}

#[component]
fn List(inbox: Inbox, opened: Opened, side: Side, before: Option<Before>) -> impl IntoView {
    let t = texts();
    let question = move || LoadInbox { side: side.tag().to_owned(), before };
    let data = fresh(inbox, Room::Messages, question);
    follow(data, Room::Notices, question);
    let clock = ticking(move || data.with(|inbox| inbox.wall.clone()));
    let here = if side == Side::Home { "/inbox" } else { "/staff/inbox" };
    let unread = Memo::new(move |_| {
        data.with(|inbox| {
            let is_unread = inbox.messages.iter().any(|message| !message.is_read);
            inbox.messages.first().filter(|_| is_unread).map(|message| message.id)
        })
    });
    let none = Memo::new(move |_| data.with(|inbox| inbox.messages.is_empty()));
    let next = Memo::new(move |_| data.with(|inbox| inbox.next));
    let of = move |id: MessageId| data.with(|inbox| inbox.messages.iter().find(|message| message.id == id).cloned());
    let row = move |first: Message| {
        let shown = changing(move || row(t, &of(first.id).unwrap_or_else(|| first.clone()), clock, side));
        view! { <li>{shown}</li> }.into_any()
    };
    view! {
        {changing(move || {
            none.get().then(|| {
                view! {
                    <div class="empty">{icon("bell")}<h2>{t.inbox_none()}</h2><p>{t.inbox_none_hint()}</p></div>
                }
            })
        })}
        <For
            each=move || unread.get()
            key=|id| *id
            children=move |id| {
                view! {
                    <Post to=MarkRead::PATH opened=opened.clone() class="read-all">
                        <Hidden name="until" value=id.to_string()/>
                        <button class="button" data-kind="quiet">{icon("check")} " " {t.inbox_read_all()}</button>
                    </Post>
                }
                .into_any()
            }
        />
        <ul class="rows inbox">
            <For each=move || data.with(|inbox| inbox.messages.clone()) key=|message| message.id children=row/>
        </ul>
        <div class="buttons">
            {before.map(|_| view! { <a class="button" href=here>{t.inbox_newest()}</a> })}
            {changing(move || next.get().map(|next| view! {
                <a class="button" href=format!("{here}?before={}", write_before(next))>{t.inbox_older()}</a>
            }))}
        </div>
    }
}

/// A message: what it says, about which matter, when; unread ones stand out by a dot and a word.
fn row(t: Texts, message: &Message, clock: WallClock, side: Side) -> AnyView {
    let when = clock.at(message.told_at);
    let near = when.near(t, clock.now());
    let about = message.matter.as_ref().map(|(code, item)| {
        view! { {item.of(t.lang).to_owned()} " · " <span class="code nowrap">{code.clone()}</span> " · " }
    });
    let body = view! {
        {icon(telling_icon(&message.telling))}
        <span class="body">
            <span>{telling_text(t, &message.telling, clock, side)}</span>
            <span class="hint">{about} <time class="nowrap" datetime=when.machine() title=when.full(t)>{near}</time></span>
        </span>
        {(!message.is_read).then(|| view! { <span class="chip" data-tone="new">{icon("circle")} " " {t.inbox_new()}</span> })}
    };
    let tone = message.telling.is_urgent().then_some("broken");
    match href(message, side) {
        Some(href) => view! { <a class="row" href=href data-tone=tone>{body}</a> }.into_any(),
        None => view! { <div class="row" data-tone=tone>{body}</div> }.into_any(),
    }
}

/// Where a message leads.
fn href(message: &Message, side: Side) -> Option<String> {
    if let Telling::Happened { happening: Happening::IncidentProposed { incident, .. } } = &message.telling {
        return Some(format!("/staff/incidents/{incident}"));
    }
    if let Telling::Desk { .. } = message.telling {
        return Some("/staff/wall".to_owned());
    }
    if let Telling::Lapse { staff, .. } = message.telling {
        return Some(format!("/staff/team/{staff}/conduct"));
    }
    if let Telling::Check { order, .. } = message.telling {
        return Some(format!("/staff/orders/{order}"));
    }
    if let Telling::Booking { code, .. } = &message.telling {
        return Some(match side {
            _ if code.is_empty() => "/book".to_owned(),
            Side::Home => format!("/bookings/{code}"),
            Side::Office => format!("/staff/bookings/{code}"),
        });
    }
    if let Telling::Service { code, .. } = &message.telling {
        let office = if side == Side::Office { "/staff" } else { "" };
        return Some(format!("{office}/services/orders/{code}"));
    }
    if let Telling::Relay { .. } | Telling::Mail { .. } = message.telling {
        let is_mail = matches!(message.telling, Telling::Mail { .. });
        return match side {
            Side::Home => Some("/mail".to_owned()),
            // Words for a colleague are all said here.
            Side::Office => is_mail.then(|| "/staff/mail".to_owned()),
        };
    }
    if let Telling::Lobby { news } = &message.telling {
        return Some(match news {
            VisitNews::Waits { visit, .. } => format!("/visitors/{visit}"),
            VisitNews::Rings { .. } | VisitNews::Complains => "/staff/visitors".to_owned(),
        });
    }
    if let Telling::Activity { code, .. } = &message.telling {
        let office = if side == Side::Office { "/staff" } else { "" };
        return Some(format!("{office}/activities/{code}"));
    }
    if let Telling::Notice { notice, .. } = message.telling {
        let office = if side == Side::Office { "/staff" } else { "" };
        return Some(format!("{office}/notices/{notice}"));
    }
    let (code, _) = message.matter.as_ref()?;
    Some(match side {
        Side::Home => format!("/requests/{code}"),
        Side::Office => format!("/staff/requests/{code}"),
    })
}
