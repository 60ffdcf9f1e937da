use super::report_check::{Check, Summary};
use super::report_draft::{Draft, bring, form_of};
use super::report_place::PlaceFields;
use crate::asking::Reply;
use crate::fault::{Fault, Note};
use crate::forms::Opened;
use crate::incidents::{JoinField, Nearby};
use crate::moment::day;
use crate::offline::as_arrived;
use crate::photos::PhotoPicker;
use crate::requests::words::part_word;
use crate::requests::{DayPart, FileReport, LONGEST_WORDS, PreferredTime, Receipt, Report};
use crate::services::{Catalogue, Item, Whereabouts};
use crate::texts::{Texts, texts};
use crate::ui::{Check as FormCheck, Choice, Choices, Field, Hidden, Post, changing, form_state, icon};
use chrono::Days;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use server_fn::ServerFn;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// How far ahead preferred times are offered, in days.
const DAYS: u64 = 3;

/// Which part of the form is shown; without scripts there is one, and it sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// Where, and what it looks like.
    Fill,
    /// What will be sent.
    Check,
}

/// The report's form, in two steps where scripts run.
#[component]
pub fn ReportForm(
    /// What can be reported, and where.
    catalogue: Catalogue,
    /// The problem.
    item: Item,
    /// The page's key.
    opened: Opened,
    /// What neighbours have reported.
    nearby: Nearby,
) -> impl IntoView {
    let t = texts();
    let draft = Draft::of(catalogue.account, &item);
    let on_done = sent(draft);
    let navigate = use_navigate();
    let on_kept = Callback::new(move |()| {
        draft.clear();
        navigate("/unsent", NavigateOptions { replace: true, ..Default::default() });
    });
    let tiles = catalogue.address(None);
    let step = RwSignal::new(Step::Fill);
    let name = item.name(t.lang).to_owned();
    let current = move |this: Step| (step.get() == this).then_some("step");
    let title = move || match step.get() {
        Step::Fill => name.clone(),
        Step::Check => t.report_check_title().to_owned(),
    };
    view! {
        <ol class="steps" aria-label=t.report_steps()>
            <li><a href=tiles>{t.report_step_what()}</a></li>
            <li aria-current=Signal::derive(move || current(Step::Fill))>{t.report_step_where()}</li>
            <li aria-current=Signal::derive(move || current(Step::Check))>{t.report_step_check()}</li>
        </ol>
        <header>
            <h1 id="report-title" tabindex="-1">{changing(title)}</h1>
            <p class="soft" hidden=Signal::derive(move || step.get() == Step::Check)>{t.report_lead()}</p>
        </header>
        <Post to=FileReport::PATH opened then="/requests/{code}/sent" on_done waits="report:" check=Some(check()) on_kept with_files=true>
            <Hidden name="item" value=item.id.to_string()/>
            <JoinField nearby/>
            <Steps catalogue item step draft/>
        </Post>
    }
}

/// What is wrong with a report, as far as can be said without the catalogue.
fn check() -> FormCheck {
    Arc::new(|body: &str| {
        let fields = as_arrived(body);
        let get = |name: &str| fields.get(name).unwrap_or_default();
        let all = |name: &str| fields.all(name).into_iter().map(str::to_owned).collect::<Vec<_>>();
        let (photos, times) = (all("photos[]"), all("times[]"));
        Report::parse(get("item"), get("place"), fields.get("floor"), get("words"), &photos, &times).map(|_| ())
    })
}

/// Where a report that was sent leads: its code.
pub(super) fn sent(draft: Draft) -> Callback<Reply> {
    let navigate = use_navigate();
    Callback::new(move |reply: Reply| {
        if let Ok(Receipt { code }) = reply.open() {
            draft.clear();
            navigate(&format!("/requests/{code}/sent"), NavigateOptions { replace: true, ..Default::default() });
        }
    })
}

#[component]
fn Steps(catalogue: Catalogue, item: Item, step: RwSignal<Step>, draft: Draft) -> impl IntoView {
    let t = texts();
    let state = form_state();
    let (fault, sending) = (state.fault, state.sending);
    let words_id = format!("{}-words", state.prefix);
    let had_kept = state.kept.with_untracked(Option::is_some);
    let estate = catalogue.estate.id;
    let times = times(t, &catalogue);
    let has_times = item.place != Whereabouts::Common;
    let tiles = catalogue.address(None);
    let catalogue = StoredValue::new(catalogue);
    let root = NodeRef::<html::Div>::new();
    let form = move || root.get_untracked().and_then(|root| form_of(&root));
    let alive = RwSignal::new(false);
    let restored = RwSignal::new(Vec::new());
    let was_restored = RwSignal::new(false);
    let summary = RwSignal::new(Summary::default());
    let keep = move || {
        if let Some(form) = form() {
            draft.save(&form);
        }
    };

    Effect::new(move |_| {
        let Some(form) = root.get().and_then(|root| form_of(&root)) else {
            return;
        };
        if !had_kept && let Some(photos) = draft.restore(&form) {
            was_restored.set(true);
            restored.set(photos);
        }
        bring(&form);
        alive.set(true);
    });
    // A photo's id stands in the form once it was sent.
    Effect::new(move |before: Option<usize>| {
        let count = sending.get();
        if before.is_some_and(|before| before > count) {
            request_animation_frame(keep);
        }
        count
    });
    Effect::new(move |_| {
        if fault.get().is_some() {
            step.set(Step::Fill);
        }
    });

    let known_times = times.clone();
    let described = item.clone();
    let next = move |_| {
        let Some(form) = form() else { return };
        keep();
        let read = catalogue.with_value(|catalogue| Summary::read(t, &form, catalogue, &described, &known_times));
        if read.words.is_empty() {
            fault.set(Some(Fault::field("words", Note::Missing)));
            focus(&words_id);
            return;
        }
        fault.set(None);
        summary.set(read);
        step.set(Step::Check);
        focus("report-title");
    };
    let back = move |_| {
        step.set(Step::Fill);
        focus("report-title");
    };
    // Enter in a single line goes on to the check, not past it.
    let on_enter = {
        let next = next.clone();
        move |event: KeyboardEvent| {
            let in_line = event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlInputElement>().is_some());
            if event.key() == "Enter" && in_line {
                event.prevent_default();
                next(());
            }
        }
    };
    let buttons = move |now: (bool, Step)| {
        let next = next.clone();
        match now {
            (true, Step::Fill) => view! {
                <button type="button" class="button" data-kind="primary" data-size="l" on:click=move |_| next(())>
                    {t.report_next()} " " {icon("arrow-right")}
                </button>
                <a class="button" data-kind="quiet" href=tiles.clone()>{t.report_back()}</a>
            }
            .into_any(),
            (true, Step::Check) => view! {
                <button class="button" data-kind="primary" data-size="l">{icon("send")} " " {t.report_send()}</button>
                <button type="button" class="button" data-kind="quiet" on:click=back>
                    {icon("pen")} " " {t.report_change()}
                </button>
            }
            .into_any(),
            (false, _) => view! {
                <button class="button" data-kind="primary" data-size="l">{icon("send")} " " {t.report_send()}</button>
                <a class="button" data-kind="quiet" href=tiles.clone()>{t.report_back()}</a>
            }
            .into_any(),
        }
    };
    let shown = item.clone();
    view! {
        <div role="status">
            {changing(move || was_restored.get().then(|| view! {
                <div class="notice">{icon("history")} <div><p>{t.report_restored()}</p></div></div>
            }))}
        </div>
        <div
            node_ref=root hidden=Signal::derive(move || step.get() == Step::Check) on:keydown=on_enter on:input=move |_| keep()
            on:change=move |_| keep()
        >
            <div class="form">
                <PlaceFields catalogue item/>
                <Field
                    name="words" label=t.report_words() hint=t.report_words_hint() kind="textarea" rows=4
                    longest=LONGEST_WORDS
                />
                <PhotoPicker estate restored/>
                {has_times.then(|| view! {
                    <Choices name="times" label=t.report_times() hint=t.report_times_hint() choices=times/>
                })}
            </div>
        </div>
        <Check item=shown step summary estate/>
        // Keyed, so that no button turns into another under the finger that presses it.
        <div class="submit"><For each=move || [(alive.get(), step.get())] key=|now| *now children=buttons/></div>
    }
}

/// The parts of the next days.
fn times(t: Texts, catalogue: &Catalogue) -> Vec<Choice> {
    let days = (0..DAYS).filter_map(|ahead| catalogue.today.checked_add_days(Days::new(ahead)));
    days.flat_map(|on| {
        DayPart::ALL
            .map(|part| Choice::new(PreferredTime { on, part }.tag(), t.report_time(day(t, on), part_word(t, part))))
    })
    .collect()
}

fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // After the step is shown.
        request_animation_frame(move || {
            let _ = element.focus();
        });
    }
}
