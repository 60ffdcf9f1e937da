use super::queue_filter::Filter;
use crate::forms::Opened;
use crate::requests::{
    Archive, Decline, GivePromise, MarkDuplicate, Matter, Promise, PromiseKind, Resume, StaffMove, Triage, Wait,
    kind_word, urgency_word,
};
use crate::services::Urgency;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Hold, Move, Radios, icon};
use crate::work::waits;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// One move of a matter.
#[component]
pub fn MoveForm(
    /// Which move.
    what: StaffMove,
    /// The matter.
    data: RwSignal<Matter>,
    /// The page's forms.
    opened: Opened,
    /// What keeps it while somebody is at it.
    hold: Hold,
    /// Folding these closes each other.
    group: &'static str,
    /// Whether it is the likeliest.
    is_first: Signal<bool>,
) -> impl IntoView {
    let t = texts();
    if what == StaffMove::Dispatch {
        return dispatch_link(t, data, is_first);
    }
    let Some((to, symbol, word)) = about(t, what) else {
        return ().into_any();
    };
    let id = data.with_untracked(|data| data.request.id.to_string());
    let seen = Signal::derive(move || data.with(|data| data.request.version.to_string()));
    let asks: Option<Children> = match what {
        StaffMove::Resume | StaffMove::Archive => None,
        what => Some(Box::new(move || fields(t, what, data, hold))),
    };
    view! {
        <Move
            to opened id seen hold looks=(symbol, word) group is_first asks
            is_harsh={matches!(what, StaffMove::Decline | StaffMove::MarkDuplicate)}
        />
    }
    .into_any()
}

/// Where a move is sent, its symbol and its word; none for what has a page or a form of its own.
fn about(t: Texts, what: StaffMove) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match what {
        StaffMove::Triage => (Triage::PATH, "user-check", t.matter_triage()),
        StaffMove::Promise => (GivePromise::PATH, "clock", t.matter_promise()),
        StaffMove::Wait => (Wait::PATH, "pause", t.matter_wait()),
        StaffMove::Resume => (Resume::PATH, "wrench", t.matter_resume()),
        StaffMove::Decline => (Decline::PATH, "cross", t.matter_decline()),
        StaffMove::MarkDuplicate => (MarkDuplicate::PATH, "users", t.matter_duplicate()),
        StaffMove::Archive => (Archive::PATH, "inbox", t.matter_archive()),
        StaffMove::Dispatch | StaffMove::Comment | StaffMove::Note => return None,
    })
}

/// Who goes is weighed on a page of its own.
fn dispatch_link(t: Texts, data: RwSignal<Matter>, is_first: Signal<bool>) -> AnyView {
    let path = data.with_untracked(|data| format!("/staff/requests/{}/dispatch", data.card.code));
    let query = use_query_map();
    let href = move || Filter { after: None, ..query.with(Filter::of) }.link(&path);
    let kind = move || is_first.get().then_some("primary");
    view! {
        <a class="button" data-kind=Signal::derive(kind) href=Signal::derive(href) aria-keyshortcuts="a">
            {icon("arrow-right")} " " {t.matter_dispatch()}
        </a>
    }
    .into_any()
}

fn fields(t: Texts, what: StaffMove, data: RwSignal<Matter>, hold: Hold) -> AnyView {
    match what {
        StaffMove::Triage => {
            let choices = Urgency::ALL.into_iter().map(|urgency| Choice::new(urgency.tag(), urgency_word(t, urgency))).collect();
            let urgency = data.with_untracked(|matter| matter.request.urgency.tag());
            view! { <Radios name="urgency" label=t.matter_urgency() choices value=urgency/> }.into_any()
        }
        StaffMove::Promise => promise_fields(t, data, hold),
        StaffMove::Wait => view! { <Radios name="on" label=t.matter_wait_on() choices=waits(t) value="resident"/> }.into_any(),
        StaffMove::Decline => {
            view! {
                <Field
                    name="reason" label=t.matter_decline_reason() hint=t.matter_resident_reads() kind="textarea" rows=2
                    longest=500
                />
            }
            .into_any()
        }
        StaffMove::MarkDuplicate => {
            view! { <Field name="of" label=t.matter_duplicate_of() hint=t.matter_duplicate_hint() autocomplete="off" longest=20/> }
                .into_any()
        }
        StaffMove::Dispatch | StaffMove::Resume | StaffMove::Archive | StaffMove::Comment | StaffMove::Note => ().into_any(),
    }
}

/// A time on the estate's wall. The first one is proposed by nobody; the present one stands there to be moved. Like
/// the version that goes along, it is the one that stood when the form was taken in hand.
fn promise_fields(t: Texts, data: RwSignal<Matter>, hold: Hold) -> AnyView {
    let present = Memo::new(move |before: Option<&Option<Promise>>| match before {
        Some(before) if hold.is_busy() => *before,
        _ => data.with(|matter| matter.request.promise),
    });
    let kind = move || match present.get() {
        Some(Promise { kind: PromiseKind::Finish, .. }) => PromiseKind::Finish.tag().to_owned(),
        _ => PromiseKind::Visit.tag().to_owned(),
    };
    let due = move || {
        let due = present.get().map(|promise| data.with_untracked(|matter| matter.wall.at(promise.due_at)).machine());
        due.map(|due| due.chars().take(16).collect::<String>()).unwrap_or_default()
    };
    let choices = PromiseKind::ALL.into_iter().map(|kind| Choice::new(kind.tag(), kind_word(t, kind))).collect();
    view! {
        <Radios name="kind" label=t.matter_promise_kind() choices value=Signal::derive(kind)/>
        <div class="pair">
            <Field name="due_at" label=t.matter_promise_by() kind="datetime-local" value=Signal::derive(due)/>
            <Field
                name="reason" label=t.matter_promise_reason() hint=t.matter_promise_reason_hint() longest=500 optional=true
            />
        </div>
    }
    .into_any()
}
