use super::super::intake::{Intake, Outcome, Typed};
use super::super::words::{contact_kind_word, handing};
use super::callers::{Find, Found, Search};
use crate::asking::Reply;
use crate::desk::{Caller, ContactKind, Counter, Register, Registered};
use crate::fault::{Fault, Note};
use crate::forms::Opened;
use crate::ids::EstateId;
use crate::moment::Wall;
use crate::offline::{as_arrived, wall_here};
use crate::photos::PhotoPicker;
use crate::requests::{Channel, channel_word, urgency_word};
use crate::services::Urgency;
use crate::texts::{Texts, texts};
use crate::ui::{Check, Checkbox, Choice, ChoiceGroup, Field, GroupedSelect, Post, Radios, Select, changing, icon};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use server_fn::ServerFn;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement};

/// The form: who, what, and what was done about it. Which fields its outcome asks for is the style sheet's to show.
#[component]
pub fn IntakeForm(
    /// What it offers.
    counter: Counter,
    /// Who may be calling, by the address.
    found: Vec<Caller>,
    /// What the address looks for.
    words: Memo<String>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let search = Search::of(found, words.get_untracked());
    let registered = RwSignal::new(None::<Registered>);
    let next = move || {
        search.clear();
        if let Some(field) = document().get_element_by_id("desk-who").and_then(|field| field.dyn_into().ok()) {
            let field: web_sys::HtmlElement = field;
            let _ = field.focus();
        }
    };
    let done = Callback::new(move |reply: Reply| {
        registered.set(reply.open().ok());
        next();
    });
    let kept_here = Callback::new(move |()| {
        registered.set(None);
        next();
    });
    // Ctrl and Enter send it from wherever the cursor stands.
    let send = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let form = field.and_then(|field| field.closest("form[method=post]").ok().flatten());
            if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
                event.prevent_default();
                let _ = form.request_submit();
            }
        }
    };
    let may_find = counter.may_find;
    let wall = counter.wall.clone();
    // What was refused is seen without unfolding anything.
    let kept = opened.kept.as_ref();
    let is_of_branch = kept.is_some_and(|kept| kept.fields.get("channel") == Some(Channel::Branch.tag()));
    view! {
        <div class="stack" data-gap="l" data-as="intake" on:keydown=send>
            <div role="status">
                {changing(move || registered.get().map(|registered| view! { <Receipt registered/> }))}
            </div>
            {may_find.then(|| view! { <Find search/> })}
            <Post to=Register::PATH opened then="/staff/wall" on_done=done waits="contact:" check=Some(check(wall)) on_kept=kept_here dense=true with_files=true>
                {may_find.then(|| view! { <Found search/> })}
                <Field name="words" label=t.desk_words() kind="textarea" longest=2000 rows=2/>
                <Checkbox name="read_back" label=t.desk_read_back()/>
                <Radios name="kind" label=t.desk_kind() choices=kinds(t) value="repair".to_owned()/>
                <Radios name="outcome" label=t.desk_outcome() choices=outcomes(t) value="request".to_owned()/>
                {outcome_fields(t, &counter)}
                <div class="submit">
                    <button class="button" data-kind="primary" aria-keyshortcuts="Control+Enter">
                        {icon("check")} " " {t.desk_register()}
                    </button>
                </div>
                <details class="more" open=is_of_branch>
                    <summary class="button" data-kind="quiet">{icon("pen")} " " {t.desk_more()}</summary>
                    {more_fields(t, counter.estate)}
                </details>
            </Post>
        </div>
    }
    .into_any()
}

/// What is wrong with a contact, as far as can be said without the database.
fn check(wall: Wall) -> Check {
    Arc::new(move |body: &str| {
        let intake = Intake::parse(&Typed::of(&as_arrived(body)))?;
        let now = wall.at(wall_here().now().moment());
        match intake.outcome {
            Outcome::Promised(_, by) if !now.is_before(by) => Err(Fault::field("reply_by", Note::InThePast)),
            _ => Ok(()),
        }
    })
}

#[component]
fn Receipt(
    /// What it became.
    registered: Registered,
) -> impl IntoView {
    let t = texts();
    let link = registered.code.map(|code| {
        view! { " " <a class="code" href=format!("/staff/requests/{code}")>{code.clone()}</a> }
    });
    view! { <div class="notice" data-tone="good">{icon("check")} <div><p>{t.desk_registered()} {link}</p></div></div> }
}

fn kinds(t: Texts) -> Vec<Choice> {
    ContactKind::ALL.into_iter().map(|kind| Choice::new(kind.tag(), contact_kind_word(t, kind))).collect()
}

fn outcomes(t: Texts) -> Vec<Choice> {
    vec![
        Choice::new("request", t.desk_outcome_request()),
        Choice::new("answered", t.desk_outcome_answered()),
        Choice::new("promised", t.desk_outcome_promised()),
        Choice::new("offered", t.desk_outcome_offered()),
    ]
}

fn outcome_fields(t: Texts, counter: &Counter) -> AnyView {
    let reply_by = counter.reply_by.clone();
    view! {
        <div class="pair" data-for="request">
            <GroupedSelect name="item" label=t.desk_item() groups=problems(t, counter) empty=t.desk_item_none()/>
            <Select
                name="place" label=t.desk_place() choices=Vec::new() groups=places(t, counter) empty=t.desk_place_unit()
                optional=true
            />
        </div>
        <div data-for="answered promised">
            <Field name="answer" label=t.desk_answer() kind="textarea" rows=2 longest=2000/>
        </div>
        <div data-for="promised">
            <Field name="reply_by" label=t.desk_reply_by() kind="datetime-local" value=reply_by/>
        </div>
        <div class="pair" data-for="offered">
            <GroupedSelect name="to" label=t.desk_to() groups=handing(t, &counter.colleagues) empty=t.desk_to_none()/>
            <Field name="note" label=t.desk_note() longest=500 optional=true/>
        </div>
    }
    .into_any()
}

fn more_fields(t: Texts, estate: EstateId) -> AnyView {
    let channels =
        Channel::ALL.into_iter().map(|channel| Choice::new(channel.tag(), channel_word(t, channel))).collect();
    let urgencies = Urgency::ALL.into_iter().map(|one| Choice::new(one.tag(), urgency_word(t, one))).collect();
    view! {
        <div class="form" data-gap="s">
            <Select name="channel" label=t.desk_channel() choices=channels value="phone".to_owned()/>
            <div data-for="branch">
                <p class="hint">{t.desk_branch_hint()}</p>
                <PhotoPicker estate label=t.desk_branch_paper() is_needed=true/>
            </div>
            <Radios name="urgency" label=t.desk_urgency() choices=urgencies value="normal".to_owned()/>
            <div class="pair">
                <Field name="caller" label=t.desk_caller_name() longest=120 optional=true/>
                <Field name="phone" label=t.desk_caller_number() kind="tel" longest=40 optional=true/>
            </div>
            <Checkbox name="rings_late" label=t.desk_rings_late() hint=t.desk_rings_hint()/>
        </div>
    }
    .into_any()
}

fn problems(t: Texts, counter: &Counter) -> Vec<ChoiceGroup> {
    let groups = counter.items.iter().filter(|item| item.parent.is_none());
    groups
        .map(|group| {
            let problems = counter.items.iter().filter(|item| item.parent == Some(group.id));
            let choices = problems.map(|item| Choice::new(item.id.to_string(), item.name(t.lang))).collect();
            ChoiceGroup { label: group.name(t.lang).to_owned(), choices }
        })
        .collect()
}

fn places(t: Texts, counter: &Counter) -> Vec<(String, Vec<Choice>)> {
    let of = |building| {
        let areas = counter.areas.iter().filter(move |area| area.building == building);
        areas.map(|area| Choice::new(format!("area:{}", area.id), area.names.of(t.lang))).collect::<Vec<_>>()
    };
    let grounds = std::iter::once((t.desk_grounds().to_owned(), of(None)));
    let buildings = counter.buildings.iter().map(|one| (one.names.of(t.lang).to_owned(), of(Some(one.id))));
    grounds.chain(buildings).filter(|(_, areas)| !areas.is_empty()).collect()
}
