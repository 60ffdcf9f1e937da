use super::super::api::{LoadCarried, LoadProblemForm, ReportHere};
use super::super::model::{LONGEST_CONTACT, LONGEST_HERE, ProblemForm, ReportSlip};
use super::report::to_board;
use super::slip::slip_card;
use crate::asking::{Loading, Reply, ask, read};
use crate::forms::Opened;
use crate::page::office_page;
use crate::services::{Item, Urgency};
use crate::texts::{Texts, texts};
use crate::ui::{Field, Hidden, Keypad, Post, awaited, both, changing, icon, opened, param, shown};
use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// A lobby screen's second step of a report: send it, or take it along on a phone. Words and name may be left out.
pub struct ReportHerePage {
    form: Loading<ProblemForm>,
    opened: Loading<Opened>,
}

office_page!(ReportHerePage in lobby);

impl ReportHerePage {
    fn data() -> Self {
        let problem = param("problem");
        Self { form: Loading::new(move || LoadProblemForm { problem: problem.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let ReportHerePage { form, opened } = self;
        view! {
            <Title text=t.frame_title(t.lobby_report(), t.frame_product())/>
            <main id="main" class="booth" tabindex="-1">
                <Suspense>
                    {awaited(move || async move {
                        shown(both(form.await, opened.await), |(form, opened)| view! { <Form form opened/> })
                    })}
                </Suspense>
                <footer>
                    {to_board(t)}
                    <a class="button" data-size="l" href="/kiosk/report" rel="external">{icon("list")} " " {t.lobby_other()}</a>
                </footer>
            </main>
        }
        .into_any()
    }
}

#[component]
fn Form(
    /// The problem, and where.
    form: ProblemForm,
    /// The page's key.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let ProblemForm { place, item, estate, qr } = form;
    // Without scripts the answer comes with the next page; with them it is set when it comes.
    let kept = opened.kept.as_ref().filter(|kept| kept.form == ReportHere::PATH.trim_start_matches("/api/"));
    let slip = RwSignal::new(kept.and_then(|kept| kept.reply.as_deref()).and_then(read::<ReportSlip>));
    let on_done = Callback::new(move |reply: Reply| {
        if let Ok(sent) = reply.open::<ReportSlip>() {
            slip.set(Some(sent));
        }
    });
    let is_sent = Signal::derive(move || slip.with(Option::is_some));
    let root = NodeRef::<html::Div>::new();
    let (id, slug) = (item.id.to_string(), item.slug.clone());
    view! {
        <header>
            <h1>{icon(&item.icon)} " " {item.name(t.lang).to_owned()}</h1>
            <p class="soft">{icon("pin")} " " {place.label(t)}</p>
            {danger(t, &item, &estate.emergency_phone)}
        </header>
        <div class="sides" node_ref=root hidden=is_sent>
            <Post to=ReportHere::PATH opened on_done>
                <Hidden name="item" value=Signal::stored(id)/>
                <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
                <div class="submit">
                    <button class="button" data-kind="primary" data-size="l">{icon("send")} " " {t.lobby_send()}</button>
                </div>
                <Keypad>
                    <Field
                        name="words" label=t.lobby_words() hint=t.lobby_words_hint() optional=true longest=LONGEST_HERE
                        autocomplete="off"
                    />
                    <Field name="name" label=t.lobby_name() optional=true longest=LONGEST_CONTACT autocomplete="off"/>
                    <Field
                        name="phone" label=t.lobby_phone() kind="tel" optional=true longest=LONGEST_CONTACT
                        autocomplete="off"
                    />
                </Keypad>
            </Post>
            <PhoneWay slug qr root/>
        </div>
        {changing(move || slip.get().map(|slip| slip_card(t, slip)))}
    }
}

/// Whom to call at once, and what to do meanwhile.
fn danger(t: Texts, item: &Item, phone: &str) -> Option<AnyView> {
    let number = item.call_number.as_ref().map_or_else(|| phone.to_owned(), |numbers| numbers.replace(',', " · "));
    (item.urgency == Urgency::Emergency).then(|| {
        let advice = item.advice.as_ref().map(|advice| view! { <p>{advice.of(t.lang).to_owned()}</p> });
        view! {
            <div class="notice" data-tone="broken" role="alert">
                {icon("phone")} <div><p><b>{t.lobby_call(number)}</b></p> {advice}</div>
            </div>
        }
        .into_any()
    })
}

/// The way to go on on a phone: what stands in the form goes along when it is asked for, a few words of it, and nobody's
/// name.
#[component]
fn PhoneWay(
    /// The problem.
    slug: String,
    /// The way without words.
    qr: String,
    /// What the form stands in.
    root: NodeRef<html::Div>,
) -> impl IntoView {
    let t = texts();
    let shown = RwSignal::new(qr);
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let slug = StoredValue::new(slug);
    let take_along = move |_| {
        let form = root.get_untracked().and_then(|root| root.query_selector("form").ok().flatten());
        let data = form.and_then(|form| FormData::new_with_form(form.dyn_ref::<HtmlFormElement>()?).ok());
        let words = data.and_then(|data| data.get("words").as_string());
        leptos::task::spawn_local(async move {
            if let Ok(qr) = ask(LoadCarried { item: slug.get_value(), words }).await {
                let _ = shown.try_set(qr);
            }
        });
    };
    view! {
        <aside class="phone" aria-label=t.lobby_on_phone()>
            <h2>{t.lobby_on_phone()}</h2>
            <div class="qr" role="img" aria-label=t.lobby_qr_report() inner_html=move || shown.get()></div>
            <p class="hint">{t.lobby_on_phone_more()}</p>
            {changing(move || alive.get().then(|| view! {
                <button class="button" type="button" on:click=take_along>{icon("qr")} " " {t.lobby_take_words()}</button>
            }))}
        </aside>
    }
}
