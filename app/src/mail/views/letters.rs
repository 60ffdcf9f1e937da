use super::super::api::{PrepareLetters, SendLetters};
use super::super::model::{LetterBatch, MailDesk};
use super::super::rules::{LONGEST_NAME, LONGEST_NOTE};
use crate::forms::Opened;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Hidden, Post, Row, Select, Steady, WallClock, changing, icon, print_button};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Letters to owners: sorted by unit, to be walked in that order, and counted out.
#[component]
pub(super) fn LettersOf(data: RwSignal<MailDesk>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let buildings = data.with_untracked(|desk| {
        let all = desk.letters.iter().flat_map(|letters| letters.buildings.iter());
        all.map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang))).collect::<Vec<_>>()
    });
    let rows = move || {
        data.with(|desk| {
            let all = desk.letters.iter().flat_map(|letters| letters.batches.iter());
            all.map(|batch| (batch.id.0, u8::from(batch.sent.is_some()))).collect::<Vec<Row>>()
        })
    };
    let batches = Steady::of(rows);
    let forms = opened.clone();
    let line = move |row: Row| view! { <OneBatch data row batches clock opened=forms.clone()/> }.into_any();
    view! {
        <section class="card stack noprint" aria-labelledby="sort">
            <h2 id="sort">{t.mail_tab_letters()}</h2>
            <p class="soft">{t.mail_letters_lead()}</p>
            <Post to=PrepareLetters::PATH opened>
                <Field name="title" label=t.mail_letters_title() longest=LONGEST_NAME autocomplete="off"/>
                <Select name="building" label=t.mail_letters_building() choices=buildings empty=t.mail_letters_all() optional=true/>
                <div class="submit">
                    <button class="button" data-kind="primary">{icon("building")} " " {t.mail_letters_sort()}</button>
                </div>
            </Post>
        </section>
        <div class="buttons noprint">{print_button(t.print())}</div>
        {changing(move || batches.rows().is_empty().then(|| view! { <p class="soft">{t.mail_letters_none()}</p> }))}
        <ul class="cards"><For each=move || batches.rows() key=|row| *row children=line/></ul>
    }
}

#[component]
fn OneBatch(data: RwSignal<MailDesk>, row: Row, batches: Steady, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let found = move || {
        data.with(|desk| {
            let mut all = desk.letters.iter().flat_map(|letters| letters.batches.iter());
            all.find(|batch| batch.id.0 == row.0).cloned()
        })
    };
    let Some(first) = untrack(found) else { return ().into_any() };
    let (id, pieces) = (first.id.to_string(), first.pieces.to_string());
    let hold = batches.hold(row);
    let send = first.sent.is_none().then(|| {
        view! {
            <Post to=SendLetters::PATH opened about=id.clone() hold dense=true>
                <Hidden name="id" value=id/>
                <Field name="pieces" label=t.mail_letters_out() kind="number" value=pieces/>
                <Field name="note" label=t.mail_letters_why() longest=LONGEST_NOTE optional=true autocomplete="off"/>
                <div class="submit">
                    <button class="button" data-kind="primary">{icon("send")} " " {t.mail_letters_send()}</button>
                </div>
            </Post>
        }
    });
    view! {
        <li>
            <article class="card letters">
                {changing(move || found().map(|batch| facts(t, &batch, clock)))}
                {send}
            </article>
        </li>
    }
    .into_any()
}

fn facts(t: Texts, batch: &LetterBatch, clock: WallClock) -> AnyView {
    let building = batch.building.as_ref().map_or(t.mail_letters_all(), |names| names.of(t.lang)).to_owned();
    let sent = batch.sent.as_ref().map(|sent| {
        let note = sent.note.clone().map(|note| view! { " · " {note} });
        let said = t.mail_letters_sent(&sent.by, sent.pieces, batch.pieces, clock.near(t, sent.at));
        view! { <p role="status">{icon("check")} " " {said} {note}</p> }
    });
    let units = batch.units.iter().map(|unit| view! { <li>{unit.label(t)}</li> }).collect_view();
    let list = (!batch.units.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t.mail_letters_list()}</summary>
                <ol class="columns">{units}</ol>
            </details>
        }
    });
    view! {
        <header>
            <h3>{batch.title.clone()}</h3>
            <span class="soft">{building} " · " {t.mail_letters_pieces(batch.pieces)} " · " {clock.near(t, batch.prepared_at)}</span>
        </header>
        {sent}
        {list}
    }
    .into_any()
}
