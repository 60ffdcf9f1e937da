use super::super::api::{HandOutMail, PassMessage, SendMailBack};
use super::super::model::{MailDesk, MailItem, PassedHow, Relay};
use super::super::rules::LONGEST_NOTE;
use super::super::words::{call_text, item_state_text, mail_kind_word, passed_text};
use crate::forms::Opened;
use crate::texts::{Texts, texts};
use crate::ui::{Checkbox, Field, Hidden, Move, Post, Row, SignaturePad, Steady, WallClock, changing, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// What waits at the desk: words to pass on, the oldest first, and items by unit.
#[component]
pub(super) fn Waiting(data: RwSignal<MailDesk>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let relays = Steady::of(move || data.with(|desk| desk.relays.iter().map(|relay| (relay.id.0, 0)).collect()));
    let items = Steady::of(move || data.with(|desk| desk.items.iter().map(|item| (item.id.0, 0)).collect()));
    let forms = opened.clone();
    let relay = move |row: Row| view! { <OneRelay data row clock opened=forms.clone()/> }.into_any();
    let item = move |row: Row| view! { <OneItem data row items clock opened=opened.clone()/> }.into_any();
    let passed = move || data.with(|desk| desk.passed.iter().map(|relay| passed_row(t, relay, clock)).collect_view());
    let is_any_passed = Memo::new(move |_| data.with(|desk| !desk.passed.is_empty()));
    view! {
        <section class="stack" aria-labelledby="relays">
            <h2 id="relays">{t.mail_relays()}</h2>
            {changing(move || relays.rows().is_empty().then(|| view! { <p class="soft">{t.mail_relays_none()}</p> }))}
            <ul class="cards"><For each=move || relays.rows() key=|row| *row children=relay/></ul>
        </section>
        <section class="stack" aria-labelledby="shelf">
            <h2 id="shelf">{t.mail_shelf()}</h2>
            <p class="soft">{changing(move || t.mail_shelf_lead(data.with(|desk| desk.kept_days)))}</p>
            {changing(move || items.rows().is_empty().then(|| view! { <p class="soft">{t.mail_shelf_none()}</p> }))}
            <ul class="cards"><For each=move || items.rows() key=|row| *row children=item/></ul>
        </section>
        <section class="stack" aria-labelledby="passed" hidden=Signal::derive(move || !is_any_passed.get())>
            <h2 id="passed">{t.mail_passed()}</h2>
            <ul class="rows">{changing(passed)}</ul>
        </section>
    }
}

#[component]
fn OneRelay(data: RwSignal<MailDesk>, row: Row, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let found = move || data.with(|desk| desk.relays.iter().find(|relay| relay.id.0 == row.0).cloned());
    let Some(first) = untrack(found) else { return ().into_any() };
    let seen = Signal::derive(move || found().map_or_else(String::new, |relay| relay.version.to_string()));
    let id = first.id.to_string();
    view! {
        <li>
            <article class="card relay">
                {changing(move || found().map(|relay| relay_facts(t, &relay, clock)))}
                <Post to=PassMessage::PATH opened about=id.clone() seen>
                    <Hidden name="id" value=id/>
                    <div class="buttons" role="group" aria-label=t.mail_pass_group(&first.addressee)>
                        <button class="button" name="how" value=PassedHow::Phone.tag()>{icon("phone")} " " {t.mail_pass_phone()}</button>
                        " "
                        <button class="button" name="how" value=PassedHow::InPerson.tag()>{icon("user-check")} " " {t.mail_pass_in_person()}</button>
                    </div>
                </Post>
            </article>
        </li>
    }
    .into_any()
}

/// For whom, from whom, what, and since when it waits.
fn relay_facts(t: Texts, relay: &Relay, clock: WallClock) -> AnyView {
    let home = relay.home.as_ref().map(|home| view! { " · " {home.label(t)} });
    let call = call_text(t, relay.phone.as_deref(), relay.call_by.map(|by| clock.at(by).full(t)));
    let urgent = relay.is_urgent.then(|| {
        view! { <span class="chip" data-tone="broken">{icon("alert")} " " {t.relay_urgent()}</span> }
    });
    view! {
        <header>
            <h3>{icon("chat")} " " {relay.addressee.clone()} {home}</h3>
            {urgent}
        </header>
        <p>{relay.words.clone()}</p>
        {call.map(|call| view! { <p>{call}</p> })}
        <p class="hint soft">
            {t.mail_from(&relay.caller)} " · " {clock.near(t, relay.taken_at)} " · " {passed_text(t, relay, clock)}
        </p>
    }
    .into_any()
}

fn passed_row(t: Texts, relay: &Relay, clock: WallClock) -> AnyView {
    view! {
        <li class="row">
            {icon("check")}
            <span class="body">
                <span>{relay.addressee.clone()} " · " {t.mail_from(&relay.caller)}</span>
                <span class="hint">{passed_text(t, relay, clock)}</span>
            </span>
        </li>
    }
    .into_any()
}

#[component]
fn OneItem(data: RwSignal<MailDesk>, row: Row, items: Steady, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let found = move || data.with(|desk| desk.items.iter().find(|item| item.id.0 == row.0).cloned());
    let Some(first) = untrack(found) else { return ().into_any() };
    let seen = Signal::derive(move || found().map_or_else(String::new, |item| item.version.to_string()));
    let moves = Steady::of(move || if found().is_some() { vec![(row.0, 1), (row.0, 2)] } else { Vec::new() });
    // Whoever is at a form of it keeps it, whatever becomes of it meanwhile.
    let kept = items.hold(row);
    Effect::new(move |_| kept.is_held.set(moves.is_held()));
    let is_over = Memo::new(move |_| found().is_some_and(|item| item.is_over(clock.now().moment())));
    let hand_out = Signal::derive(move || !is_over.get());
    let send_back = Signal::derive(move || is_over.get());
    let (id, two) = (first.id.to_string(), opened.clone());
    let sign: Children = Box::new(move || {
        view! {
            <SignaturePad/>
            <Field name="signer" label=t.order_signer() longest=80 autocomplete="off"/>
            <Checkbox name="signed" label=t.mail_signed_here() hint=t.order_signed_hint()/>
        }
        .into_any()
    });
    let why: Children = Box::new(move || {
        view! { <Field name="reason" label=t.mail_reason() kind="textarea" rows=2 longest=LONGEST_NOTE/> }.into_any()
    });
    view! {
        <li>
            <article class="card mail">
                {changing(move || found().map(|item| item_facts(t, &item, is_over.get(), clock)))}
                <footer class="moves" role="group" aria-label=t.mail_moves(&first.addressee, first.home.label(t))>
                    <Move
                        to=HandOutMail::PATH opened id=id.clone() seen hold=moves.hold((row.0, 1))
                        looks=("pen", t.mail_hand_out()) group="mail" is_first=hand_out asks=Some(sign)
                    />
                    <Move
                        to=SendMailBack::PATH opened=two id seen hold=moves.hold((row.0, 2))
                        looks=("undo", t.mail_send_back()) group="mail" is_first=send_back is_harsh=true asks=Some(why)
                    />
                </footer>
            </article>
        </li>
    }
    .into_any()
}

/// For whom, what, by whom and where it lies; and until when.
fn item_facts(t: Texts, item: &MailItem, is_over: bool, clock: WallClock) -> AnyView {
    let number = item.number.clone().map(|number| view! { " · " <span class="code">{number}</span> });
    let over = is_over.then(|| {
        view! { <span class="chip" data-tone="broken">{icon("alert")} " " {t.mail_is_over()}</span> }
    });
    view! {
        <header>
            <h3>{icon("inbox")} " " {item.home.label(t)} " · " {item.addressee.clone()}</h3>
            {over}
        </header>
        <p>{mail_kind_word(t, item.kind)} " · " {item.carrier.clone()} {number} " · " {item.place.clone()}</p>
        <p class="hint soft">{t.mail_came(clock.near(t, item.arrived_at))} " · " {item_state_text(t, item, clock)}</p>
    }
    .into_any()
}
