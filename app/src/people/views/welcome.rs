use crate::asking::Loading;
use crate::estate::ReachUs;
use crate::page::lazy_page;
use crate::people::{Frame, LoadFrame};
use crate::texts::texts;
use crate::ui::{awaited, icon, tel};
use leptos::prelude::*;
use leptos_meta::Title;

/// The front door: what this is, and the ways in.
pub struct WelcomePage {
    frame: Loading<Frame>,
}

lazy_page!(WelcomePage in welcome);

impl WelcomePage {
    fn data() -> Self {
        Self { frame: Loading::new(|| LoadFrame {}) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let frame = self.frame;
        view! {
            <Title text=t.frame_product()/>
            <div class="panel">
                <h1>{t.welcome_title()}</h1>
                <p class="lead">{t.welcome_lead()}</p>
                <Suspense>
                    {awaited(move || async move {
                        let frame = frame.await.unwrap_or_default();
                        let phone = frame.estate.as_ref().map(|estate| estate.emergency_phone.clone());
                        let ways = match frame.name {
                            Some(name) => view! {
                                <p>{t.welcome_hello(name)}</p>
                                <div class="buttons">
                                    <a
                                        class="button" data-kind="primary" data-size="l" rel="external"
                                        href=frame.start
                                    >
                                        {t.welcome_enter()}
                                    </a>
                                </div>
                            }
                            .into_any(),
                            None => view! {
                                <div class="buttons">
                                    <a class="button" data-kind="primary" data-size="l" href="/sign-in">
                                        {t.welcome_sign_in()}
                                    </a>
                                    <a class="button" data-size="l" href="/join">{icon("key")} " " {t.welcome_join()}</a>
                                </div>
                            }
                            .into_any(),
                        };
                        let danger = phone.map(|phone| {
                            view! {
                                <p class="soft">{t.welcome_danger()} " " <a href=tel(&phone)>{phone.clone()}</a></p>
                            }
                        });
                        let reach = frame.estate.map(|estate| view! { <ReachUs estate/> });
                        view! { {ways} {danger} {reach} }
                    })}
                </Suspense>
            </div>
            <Samples/>
        }
        .into_any()
    }
}

/// Two promise lines, so that a stranger sees what the product is.
#[component]
fn Samples() -> impl IntoView {
    let t = texts();
    let sentence = t.promise_by(t.day_today(), "\u{1}");
    let (before, after) = sentence.split_once('\u{1}').unwrap_or((&sentence, ""));
    let (before, after) = (before.trim().to_owned(), after.trim().to_owned());
    view! {
        <div class="stack" data-gap="s">
            <p class="soft">{t.welcome_sample()}</p>
            <div class="ticket" data-size="l">
                <h2 class="promise" data-clock="ok">
                    <span class="next">{t.welcome_sample_next()}</span>
                    " "
                    <span class="holder">{t.welcome_sample_holder()}</span>
                    " "
                    <span class="by">
                        <s><span class="sr">{t.promise_was()} " "</span> "15:00"</s>
                        " "
                        <span>{before}</span>
                        " "
                        <time>"16:30"</time>
                        " "
                        <span>{after}</span>
                    </span>
                </h2>
                <p class="strip">
                    <span>{t.welcome_sample_about()} " " <span class="code">"LY-00042-K"</span></span>
                    " "
                    <span class="clock" data-clock="ok">{icon("clock")} " " {t.welcome_sample_left()}</span>
                </p>
            </div>
            <div class="ticket">
                <h2 class="promise" data-clock="kept">
                    <span class="next">{t.welcome_sample_kept()}</span>
                    " "
                    <span class="holder">{t.welcome_sample_by()}</span>
                    " "
                    <span class="by">{icon("check-circle")} " " <span>{t.welcome_sample_kept_word()}</span></span>
                </h2>
            </div>
        </div>
    }
}
