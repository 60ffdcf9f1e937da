use super::super::api::WriteIn;
use super::super::model::VisitBook;
use super::super::rules::{LONGEST_NAME, LONGEST_NUMBER};
use super::super::words::purposes;
use crate::forms::Opened;
use crate::texts::texts;
use crate::ui::{Checkbox, Choice, Field, Post, Select, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The desk writes a visitor in.
#[component]
pub(super) fn Write(data: RwSignal<VisitBook>, opened: Opened) -> impl IntoView {
    let t = texts();
    let buildings = data.with_untracked(|book| {
        let all = book.buildings.iter();
        all.map(|one| Choice::new(one.id.to_string(), one.names.of(t.lang))).collect::<Vec<_>>()
    });
    view! {
        <section class="card stack noprint" aria-labelledby="write">
            <h2 id="write">{t.visitors_write()}</h2>
            <Post to=WriteIn::PATH opened dense=true>
                <div class="pair">
                    <Select name="building" label=t.visit_building() choices=buildings/>
                    <Field name="number" label=t.visit_number() longest=LONGEST_NUMBER autocomplete="off"/>
                </div>
                <Field name="name" label=t.visitors_name() longest=LONGEST_NAME autocomplete="off"/>
                <div class="pair">
                    <Field name="company" label=t.visit_company() longest=LONGEST_NAME optional=true autocomplete="off"/>
                    <Select name="purpose" label=t.visit_purpose() choices=purposes(t)/>
                </div>
                <Checkbox name="ask" label=t.visitors_ask_first() ticked=true/>
                <div class="submit">
                    <button class="button" data-kind="primary">{icon("pen")} " " {t.visitors_write_do()}</button>
                </div>
            </Post>
        </section>
    }
}
