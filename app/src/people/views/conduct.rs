use super::super::words::lapse_word;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::{LapseId, StaffId};
use crate::live::Room;
use crate::moment::date;
use crate::page::office_page;
use crate::people::{Conduct, Lapse, LapseKind, LoadConduct, NoteLapse, WithdrawLapse};
use crate::texts::texts;
use crate::ui::{Choice, Field, Hidden, Post, Radios, awaited, both, changing, fresh, icon, opened, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use uuid::Uuid;

/// Where a colleague fell short (B10), for them and for those above them.
pub struct ConductPage {
    conduct: Loading<Conduct>,
    opened: Loading<Opened>,
}

office_page!(ConductPage in conduct);

impl ConductPage {
    fn data() -> Self {
        let params = use_params_map();
        let staff = move || params.with(|params| params.get_str("staff").and_then(|id| id.parse::<StaffId>().ok()));
        let staff = move || staff().unwrap_or(StaffId(Uuid::nil()));
        Self { conduct: Loading::new(move || LoadConduct { staff: staff() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let ConductPage { conduct, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(conduct.await, opened.await), |(first, opened)| view! { <Sheet first opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

/// The form for those above them, and what was noted, for both.
#[component]
fn Sheet(
    /// The record as it was when the page was loaded.
    first: Conduct,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (id, today, name) = (first.id, first.today, first.name.clone());
    let (may_note, may_withdraw) = (first.may_note, first.may_withdraw);
    let data = fresh(first, Room::People, move || LoadConduct { staff: id });
    let none = Memo::new(move |_| data.with(|data| data.lapses.is_empty()));
    let forms = opened.clone();
    let row = move |lapse: Lapse| view! { <Row lapse may_withdraw opened=forms.clone()/> };
    let kinds = LapseKind::ALL.into_iter().map(|kind| Choice::new(kind.tag(), lapse_word(t, kind))).collect();
    let is_open = opened.fault_of(NoteLapse::PATH.trim_start_matches("/api/")).is_some();
    let note = may_note.then(|| {
        view! {
            <details open=is_open>
                <summary class="button" data-kind="quiet">{icon("pen")} " " {t.conduct_note()}</summary>
                <Post to=NoteLapse::PATH opened dense=true>
                    <Hidden name="staff" value=Signal::stored(id.to_string())/>
                    <Radios name="kind" label=t.conduct_kind() choices=kinds/>
                    <p class="hint">{t.conduct_fine_hint()}</p>
                    <Field name="said" label=t.conduct_said() kind="textarea" rows=2 longest=500/>
                    <div class="pair">
                        <Field name="on" label=t.conduct_on() kind="date" value=Signal::stored(today.to_string())/>
                        <Field name="code" label=t.conduct_code() longest=40 looks="code" optional=true/>
                    </div>
                    <div class="submit">
                        <button class="button" data-kind="primary">{icon("check")} " " {t.conduct_submit()}</button>
                    </div>
                </Post>
            </details>
        }
        .into_any()
    });
    view! {
        <Title text=t.frame_title(&name, t.frame_product())/>
        <a class="back" href="/staff/team">{icon("arrow-left")} " " {t.staff_team_title()}</a>
        <header class="head">
            <h1>{name}</h1>
            <p class="soft">{t.conduct_title()}</p>
        </header>
        <p class="soft">{t.conduct_lead()}</p>
        {note}
        {changing(move || none.get().then(|| view! { <p class="line soft">{icon("check")} " " {t.conduct_none()}</p> }))}
        <ul class="rows" hidden=move || none.get()>
            <For
                each=move || data.with(|data| data.lapses.clone())
                key=|lapse| (lapse.id, lapse.withdrawn.is_some())
                children=row
            />
        </ul>
    }
    .into_any()
}

/// One lapse; struck where it does not count, with the reason beside it.
#[component]
fn Row(
    /// The lapse.
    lapse: Lapse,
    /// Whether the reader may withdraw it.
    may_withdraw: bool,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let is_struck = lapse.withdrawn.is_some();
    let said = if is_struck {
        view! { <s>{lapse.said}</s> }.into_any()
    } else {
        view! { <span>{lapse.said}</span> }.into_any()
    };
    let yuan = format!("{}.{:02}", lapse.fine_minor / 100, lapse.fine_minor % 100);
    let counts = lapse.fine_minor > 0 && !is_struck;
    let fine = counts.then(|| view! { " " <span class="chip">{t.conduct_fine(yuan)}</span> });
    let code = lapse.code.map(|code| view! { " · " <span class="code nowrap">{code}</span> });
    let withdrawn = lapse.withdrawn.map(|gone| {
        view! { <span class="hint">{t.conduct_withdrawn(&gone.by, &gone.reason)}</span> }
    });
    let withdraw = (may_withdraw && !is_struck).then(|| view! { <Withdraw id=lapse.id opened/> });
    view! {
        <li class="row">
            {icon("pen")}
            <div class="body">
                <span>{said} " " <span class="chip">{lapse_word(t, lapse.kind)}</span> {fine}</span>
                <span class="hint">{date(t, lapse.on)} " · " {t.conduct_noted_by(&lapse.noted_by)} {code}</span>
                {withdrawn}
                {withdraw}
            </div>
        </li>
    }
    .into_any()
}

/// The form that strikes a lapse, folded away.
#[component]
fn Withdraw(
    /// Which.
    id: LapseId,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let id = id.to_string();
    let is_open = opened.kept.as_ref().is_some_and(|kept| kept.fields.get("lapse") == Some(id.as_str()));
    view! {
        <details name="lapse" open=is_open>
            <summary class="button" data-kind="quiet">{icon("undo")} " " {t.conduct_withdraw()}</summary>
            <Post to=WithdrawLapse::PATH opened about=id.clone() dense=true>
                <Hidden name="lapse" value=Signal::stored(id)/>
                <Field name="reason" label=t.conduct_reason() longest=500/>
                <div class="submit"><button class="button" data-kind="danger">{t.conduct_withdraw()}</button></div>
            </Post>
        </details>
    }
    .into_any()
}
