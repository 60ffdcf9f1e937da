use super::super::words::{contact_kind_word, countdown, handing, state_text};
use crate::desk::{
    Accept, Answer, Claim, ContactCard, ContactMove, ContactStage, Offer, PromiseReply, Refuse, WallBoard, Withdraw,
};
use crate::forms::Opened;
use crate::requests::{channel_word, urgency_chip};
use crate::texts::{Texts, texts};
use crate::ui::{Field, GroupedSelect, Hold, Move, Row, Steady, WallClock, changing, icon, tel};
use leptos::prelude::*;
use server_fn::ServerFn;

/// One contact: how long is left, who holds it, what it is about, and what may be done.
#[component]
pub fn WallCard(
    /// The contact, as it is now.
    card: Memo<ContactCard>,
    /// The wall that it hangs on.
    board: RwSignal<WallBoard>,
    /// What keeps it while somebody is at one of its moves.
    hold: Hold,
    /// The page's forms.
    opened: Opened,
    /// The page's clock, to the second.
    clock: WallClock,
) -> impl IntoView {
    let t = texts();
    let id = card.with_untracked(|card| card.id.0);
    let due_at = card.with_untracked(|card| card.due_at);
    let is_running = Memo::new(move |_| card.with(|card| card.stopped_at.is_none()));
    let state = Signal::derive(move || if is_running.get() { countdown(due_at, clock).1 } else { "good" });
    let left = move || match card.with(|card| card.stage) {
        _ if is_running.get() => countdown(due_at, clock).0,
        ContactStage::Promised { reply_by } => clock.at(reply_by).clock(),
        _ => t.wall_stopped().to_owned(),
    };
    let moves = Steady::of(move || {
        let offered = card.with(|card| card.moves.iter().map(|what| (id, *what as u8)).collect());
        if hold.is_offered.get() { offered } else { Vec::new() }
    });
    Effect::new(move |_| hold.is_held.set(moves.is_held()));
    let form = move |row: Row| {
        let what = card.with_untracked(|card| card.moves.iter().copied().find(|what| (id, *what as u8) == row));
        what.map(|what| view! { <MoveForm what card board hold=moves.hold(row) opened=opened.clone()/> })
    };
    let heading = format!("contact-{id}");
    let labelled = heading.clone();
    view! {
        <li>
            <article class="wall" data-clock=state aria-labelledby=labelled>
                <p class="left" role="timer">{changing(left)}</p>
                <h2 id=heading>{changing(move || card.with(|card| title(t, card)))}</h2>
                {changing(move || card.with(|card| about(t, card)))}
                <p class="clock">{icon("person")} " " {changing(move || card.with(|card| t.wall_held_by(&card.holder)))}
                    " · " {changing(move || card.with(|card| state_text(t, card, clock)))}</p>
                <div class="moves" role="group" aria-label=t.wall_moves()>
                    <For each=move || moves.rows() key=|row| *row children=form/>
                </div>
            </article>
        </li>
    }
}

fn title(t: Texts, card: &ContactCard) -> String {
    match (&card.unit, &card.caller) {
        (Some(unit), Some(name)) => t.desk_caller(name, unit.label(t)),
        (Some(unit), None) => unit.label(t),
        (None, Some(name)) => name.clone(),
        (None, None) => contact_kind_word(t, card.kind).to_owned(),
    }
}

fn about(t: Texts, card: &ContactCard) -> AnyView {
    let phone = card.phone.clone().map(|phone| view! { " " <a href=tel(&phone)>{phone.clone()}</a> });
    let code = card
        .code
        .clone()
        .map(|code| view! { " " <a class="code" href=format!("/staff/requests/{code}")>{code.clone()}</a> });
    let late = card.rings_late.then(|| view! { <p class="why">{icon("bell")} " " {t.desk_apology()}</p> });
    view! {
        <p class="line">
            <span class="chip">{contact_kind_word(t, card.kind)}</span>
            " "
            <span class="chip">{channel_word(t, card.channel)}</span>
            " "
            {urgency_chip(t, card.urgency)}
            {phone}
            {code}
        </p>
        <p>{card.words.clone()}</p>
        {late}
    }
    .into_any()
}

/// One move of a contact.
#[component]
fn MoveForm(
    /// Which move.
    what: ContactMove,
    /// The contact, as it is now.
    card: Memo<ContactCard>,
    /// The wall that it hangs on.
    board: RwSignal<WallBoard>,
    /// What keeps it while somebody is at it.
    hold: Hold,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = card.with_untracked(|card| card.id.to_string());
    let seen = Signal::derive(move || card.with(|card| card.version.to_string()));
    let (to, looks) = match what {
        ContactMove::Accept => (Accept::PATH, ("check", t.contact_accept())),
        ContactMove::Refuse => (Refuse::PATH, ("cross", t.contact_refuse())),
        ContactMove::Answer => (Answer::PATH, ("chat", t.contact_answer())),
        ContactMove::Promise => (PromiseReply::PATH, ("clock", t.contact_promise())),
        ContactMove::MovePromise => (PromiseReply::PATH, ("clock", t.contact_move_promise())),
        ContactMove::Offer => (Offer::PATH, ("arrow-right", t.contact_offer())),
        ContactMove::Withdraw => (Withdraw::PATH, ("undo", t.contact_withdraw())),
        ContactMove::Claim => (Claim::PATH, ("user-check", t.contact_claim())),
    };
    let asks: Option<Children> = match what {
        ContactMove::Accept | ContactMove::Withdraw | ContactMove::Claim => None,
        what => Some(Box::new(move || fields(t, what, board))),
    };
    let is_first = Signal::stored(matches!(what, ContactMove::Accept | ContactMove::Claim));
    view! {
        <Move to opened id seen hold looks group="move" is_first asks is_harsh={what == ContactMove::Refuse}/>
    }
}

fn fields(t: Texts, what: ContactMove, board: RwSignal<WallBoard>) -> AnyView {
    match what {
        ContactMove::Offer => {
            let groups = board.with_untracked(|board| handing(t, &board.colleagues));
            view! {
                <GroupedSelect name="to" label=t.desk_to() groups=groups empty=t.desk_to_none()/>
                <Field name="note" label=t.desk_note() longest=500 optional=true/>
            }
            .into_any()
        }
        ContactMove::Promise => {
            view! { <Field name="reply_by" label=t.desk_reply_by() kind="datetime-local"/> }.into_any()
        }
        ContactMove::MovePromise => view! {
            <Field name="reply_by" label=t.desk_reply_by() kind="datetime-local"/>
            <Field name="reason" label=t.matter_promise_reason() longest=500/>
        }
        .into_any(),
        ContactMove::Answer => {
            view! { <Field name="words" label=t.desk_answer() kind="textarea" rows=2 longest=2000/> }.into_any()
        }
        ContactMove::Refuse | ContactMove::Accept | ContactMove::Withdraw | ContactMove::Claim => {
            view! { <Field name="reason" label=t.contact_refuse_reason() kind="textarea" rows=2 longest=500/> }
                .into_any()
        }
    }
}
