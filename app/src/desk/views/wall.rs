use super::wall_card::WallCard;
use crate::asking::Loading;
use crate::desk::{Breach, Callback, ContactCard, EndCallback, LoadWall, WallBoard};
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{
    Hidden, Post, Row, Steady, WallClock, awaited, both, changing, follow, fresh, icon, opened, shown, tel,
    ticking_seconds,
};
use leptos::ev::FocusEvent;
use leptos::html::Ol;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// The three-minute wall: what counts down, who holds it, who is to be called back, and what was missed today.
pub struct WallPage {
    board: Loading<WallBoard>,
    opened: Loading<Opened>,
}

office_page!(WallPage in wall);

impl WallPage {
    fn data() -> Self {
        Self { board: Loading::new(|| LoadWall {}), opened: opened() }
    }

    fn view(self) -> AnyView {
        let WallPage { board, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(board.await, opened.await), |(first, opened)| view! { <Board first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Board(
    /// The wall as it was when the page was loaded.
    first: WallBoard,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let minutes = first.minutes;
    let data = fresh(first, Room::Desk, || LoadWall {});
    follow(data, Room::Requests, || LoadWall {});
    let clock = ticking_seconds(move || data.with(|data| data.wall.clone()));
    let is_calm = Memo::new(move |_| data.with(|data| data.contacts.is_empty()));
    let callbacks = Memo::new(move |_| data.with(|data| data.callbacks.clone()));
    let breaches = Memo::new(move |_| data.with(|data| data.breaches.clone()));
    let slips = opened.clone();
    view! {
        <Title text=t.frame_title(t.wall_title(), t.frame_product())/>
        <header class="head">
            <h1>{t.wall_title()}</h1>
            <p class="soft">{t.wall_lead(minutes)}</p>
            <a class="button" data-kind="primary" href="/staff/desk">{icon("phone")} " " {t.desk_title()}</a>
        </header>
        {changing(move || is_calm.get().then(|| view! {
            <div class="empty">{icon("check-circle")} <h2>{t.wall_calm()}</h2> <p>{t.wall_calm_more()}</p></div>
        }))}
        <Cards data opened clock/>
        <section class="stack" aria-labelledby="callbacks" hidden=Signal::derive(move || callbacks.with(Vec::is_empty))>
            <h2 id="callbacks">{t.callback_title()}</h2>
            <ul class="rows">
                <For
                    each=move || callbacks.get()
                    key=|slip| slip.id
                    children=move |slip| slip_row(t, &slip, slips.clone(), clock)
                />
            </ul>
        </section>
        <section class="stack" aria-labelledby="breaches" hidden=Signal::derive(move || breaches.with(Vec::is_empty))>
            <h2 id="breaches">{t.wall_breaches()}</h2>
            <ul class="rows">
                <For
                    each=move || breaches.get()
                    key=|breach| breach.id
                    children=move |breach| view! { <li>{breach_row(t, &breach, clock)}</li> }.into_any()
                />
            </ul>
        </section>
    }
}

/// Contacts in the order of their urgency. While somebody is at one of them none changes its place.
#[component]
fn Cards(
    /// The wall.
    data: RwSignal<WallBoard>,
    /// The page's forms.
    opened: Opened,
    /// The page's clock, to the second.
    clock: WallClock,
) -> impl IntoView {
    let cards = Steady::of(move || data.with(|data| data.contacts.iter().map(row).collect()));
    let card = move |of: Row| {
        let find = move |data: &WallBoard| data.contacts.iter().find(|card| row(card) == of).cloned();
        data.with_untracked(find).map(|first| {
            let card = Memo::new(move |before: Option<&ContactCard>| {
                data.with(find).or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
            });
            view! { <WallCard card board=data hold=cards.hold(of) opened=opened.clone() clock/> }.into_any()
        })
    };
    let list = NodeRef::<Ol>::new();
    // A frame later: between two fields the focus is nowhere.
    let look = move |_: FocusEvent| {
        request_animation_frame(move || {
            if let Some(list) = list.try_get_untracked().flatten() {
                cards.keep_still(list.matches(":focus-within").unwrap_or(false));
            }
        });
    };
    view! {
        <ol class="walls" node_ref=list on:focusin=look on:focusout=look>
            <For each=move || cards.rows() key=|row| *row children=card/>
        </ol>
    }
}

fn row(card: &ContactCard) -> Row {
    (card.id.0, 0)
}

/// Whom to call back, at which number, by when.
fn slip_row(t: Texts, slip: &Callback, opened: Opened, clock: WallClock) -> AnyView {
    let id = slip.id.to_string();
    let due_at = slip.due_at;
    let tone = Signal::derive(move || (clock.now().moment() > due_at).then_some("broken"));
    view! {
        <li>
            <div class="row" data-tone=tone>
                {icon("phone")}
                <span class="body">
                    <span>{slip.name.clone()} " " <a href=tel(&slip.phone)>{slip.phone.clone()}</a></span>
                    <span class="hint">{slip.words.clone()} " " {t.callback_by(&slip.taken_by)}</span>
                </span>
                <span class="state">{changing(move || clock.near(t, due_at))}</span>
                <Post to=EndCallback::PATH opened about=id.clone()>
                    <Hidden name="id" value=Signal::stored(id)/>
                    <button class="button">{icon("check")} " " {t.callback_done()}</button>
                </Post>
            </div>
        </li>
    }
    .into_any()
}

fn breach_row(t: Texts, breach: &Breach, clock: WallClock) -> AnyView {
    let due_at = breach.due_at;
    view! {
        <div class="row" data-tone="broken">
            {icon("alert")}
            <span class="body">
                <span>{breach.words.clone()}</span>
                <span class="hint">{breach.unit.as_ref().map(|unit| unit.label(t))} " " {t.wall_held_by(&breach.holder)}</span>
            </span>
            <span class="state">{changing(move || clock.near(t, due_at))}</span>
        </div>
    }
    .into_any()
}
