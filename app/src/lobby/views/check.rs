use super::super::api::CheckMatter;
use super::super::model::{MatterState, PIN_LENGTH};
use super::report::to_board;
use super::state::state_lines;
use crate::asking::{Loading, Reply, read};
use crate::fault::Fault;
use crate::forms::Opened;
use crate::page::office_page;
use crate::requests::parse_code;
use crate::screens::Standing;
use crate::surfaces::KioskData;
use crate::texts::texts;
use crate::ui::{FaultPage, Field, Hidden, Keypad, Post, awaited, changing, icon, opened, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

/// The longest code that somebody types, with all that may stand between its parts.
const LONGEST_CODE: u32 = 20;
/// Six digits, perhaps in two groups.
const LONGEST_PIN: u32 = PIN_LENGTH + 1;

/// A matter looked up at a lobby screen: by its code and a PIN.
pub struct CheckPage {
    opened: Loading<Opened>,
}

office_page!(CheckPage in lobby);

impl CheckPage {
    fn data() -> Self {
        Self { opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let screen = use_context::<KioskData>();
        view! {
            <Title text=t.frame_title(t.lobby_check(), t.frame_product())/>
            <main id="main" class="booth" tabindex="-1">
                <header>
                    <h1>{t.lobby_check()}</h1>
                    <p class="soft">{t.lobby_check_lead()}</p>
                </header>
                <Suspense>
                    {awaited(move || async move {
                        let is_screen = match screen {
                            Some(KioskData { standing, .. }) => matches!(standing.await, Ok(Standing::Enrolled(_))),
                            None => false,
                        };
                        if !is_screen {
                            return view! { <FaultPage fault=Fault::NotAllowed/> }.into_any();
                        }
                        shown(self.opened.await, |opened| view! { <Look opened at_screen=true/> }).into_any()
                    })}
                </Suspense>
                <footer>{to_board(t)}</footer>
            </main>
        }
        .into_any()
    }
}

/// The same on anybody's phone: a lobby screen's QR code brings the code along, behind the `#` of the address.
pub struct StatePage {
    opened: Loading<Opened>,
}

office_page!(StatePage in track);

impl StatePage {
    fn data() -> Self {
        Self { opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.lobby_check(), t.frame_product())/>
            <div class="panel">
                <header><h1>{t.lobby_check()}</h1></header>
                <p class="lead">{t.lobby_check_lead()}</p>
                <Suspense>
                    {awaited(move || async move {
                        shown(self.opened.await, |opened| view! { <Look opened at_screen=false/> })
                    })}
                </Suspense>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Look(
    /// The page's key.
    opened: Opened,
    /// Whether fingers type on the page itself.
    at_screen: bool,
) -> impl IntoView {
    let t = texts();
    let kept = opened.kept.as_ref().filter(|kept| kept.form == CheckMatter::PATH.trim_start_matches("/api/"));
    let state = RwSignal::new(kept.and_then(|kept| kept.reply.as_deref()).and_then(read::<MatterState>));
    let on_done = Callback::new(move |reply: Reply| {
        if let Ok(found) = reply.open::<MatterState>() {
            state.set(Some(found));
        }
    });
    let code = RwSignal::new(String::new());
    Effect::new(move |_| {
        let carried = window().location().hash().unwrap_or_default();
        if let Some(carried) = parse_code(&carried) {
            code.set(carried);
        }
    });
    let fields = move || {
        view! {
            <Field
                name="code" label=t.lobby_code() hint=t.lobby_code_hint() value=code looks="code" longest=LONGEST_CODE
                autocomplete="off"
            />
            <Field
                name="pin" label=t.lobby_pin() hint=t.lobby_pin_hint() kind="tel" looks="pin" longest=LONGEST_PIN
                autocomplete="off"
            />
        }
    };
    let is_found = Signal::derive(move || state.with(Option::is_some));
    view! {
        <div hidden=is_found>
            <Post to=CheckMatter::PATH opened on_done>
                <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
                {if at_screen { view! { <Keypad>{fields()}</Keypad> }.into_any() } else { fields().into_any() }}
                <div class="submit">
                    <button class="button" data-kind="primary" data-size="l">{icon("search")} " " {t.lobby_look()}</button>
                </div>
            </Post>
        </div>
        {changing(move || state.with(|state| state.as_ref().map(|state| view! {
            <section class="card given" id="reply" role="status" aria-labelledby="given">
                <h2 id="given">{t.lobby_stands()}</h2>
                {state_lines(t, state)}
            </section>
        })))}
    }
}
