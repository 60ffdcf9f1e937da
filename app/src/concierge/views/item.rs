use super::super::api::CreateService;
use super::super::words::line_word;
use super::parts::go_on;
use crate::forms::Opened;
use crate::services::{LONGEST_NAME, LONGEST_SLUG, Line};
use crate::texts::{Lang, texts};
use crate::ui::{Choice, Field, Fold, Post, Row, Select, Steady, icon};
use leptos::prelude::*;
use server_fn::ServerFn;
use uuid::Uuid;

/// The form that puts something more into the catalogue; it leads to where its first version is published.
#[component]
pub(super) fn NewItem(opened: Opened) -> impl IntoView {
    let t = texts();
    let only: Row = (Uuid::nil(), 0);
    let hold = Steady::of(move || vec![only]).hold(only);
    let lines = Line::ALL.map(|line| Choice::new(line.tag(), line_word(t, line))).to_vec();
    let names = ["name_en", "name_hans", "name_hant"].into_iter().zip(Lang::ALL).map(|(name, lang)| {
        let label = t.version_name_in(lang.own_name(), t.service_new_name());
        view! { <Field name label longest=LONGEST_NAME autocomplete="off"/> }
    });
    let names = names.collect_view();
    let then = "/staff/services/book?service={code}";
    view! {
        <section class="card" aria-label=t.service_new()>
            <Fold hold>
                <summary class="button">{icon("plus")} " " {t.service_new()}</summary>
                <Post to=CreateService::PATH opened then on_done=go_on(then) hold>
                    <p class="soft">{t.service_new_lead()}</p>
                    <div class="trio">{names}</div>
                    <div class="pair">
                        <Select name="line" label=t.service_book_line() choices=lines/>
                        <Field
                            name="slug" label=t.service_new_slug() hint=t.service_new_slug_hint() longest=LONGEST_SLUG
                            optional=true autocomplete="off"
                        />
                    </div>
                    <div class="submit">
                        <button class="button" data-kind="primary">{icon("check")} " " {t.service_new_do()}</button>
                    </div>
                </Post>
            </Fold>
        </section>
    }
}
