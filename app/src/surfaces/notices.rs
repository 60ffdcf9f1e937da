use crate::live::pulse;
use crate::offline::{self, device};
use crate::people::Alarm;
use crate::texts::{Texts, texts};
use crate::ui::changing;
use crate::ui::icon;
use leptos::prelude::*;

/// An emergency, on top of every page until its reader says that they have read it. `base` is where notices are read.
pub fn siren(t: Texts, base: &str, alarm: &Alarm) -> AnyView {
    let lang = alarm.title.nearest(t.lang);
    view! {
        <div class="siren" role="alert">
            <a href=format!("{base}/{}", alarm.notice)>
                {icon("alert")} " " <b>{t.frame_alarm()}</b> " " <span lang=lang.tag()>{alarm.title.of(lang).to_owned()}</span>
            </a>
        </div>
    }
    .into_any()
}

/// What an open page must say of itself: that its line is down, or that the server was renewed.
#[component]
pub fn LiveNotices() -> impl IntoView {
    let t = texts();
    let pulse = pulse();
    let reload = move |_| offline::renew();
    let nearly_full = device().is_nearly_full;
    view! {
        <div class="toasts" role="status" aria-live="polite">
            {changing(move || {
                (!pulse.connected.get())
                    .then(|| view! { <div class="toast" data-kind="line">{icon("offline")} <p>{t.frame_offline()}</p></div> })
            })}
            {changing(move || {
                nearly_full.get().then(|| view! { <div class="toast">{icon("alert")} <p>{t.offline_full()}</p></div> })
            })}
            {changing(move || {
                pulse.outdated.get().then(|| {
                    view! {
                        <div class="toast">
                            <p>{t.frame_new_version()}</p>
                            <button class="button" type="button" on:click=reload>{icon("retry")} " " {t.frame_reload()}</button>
                        </div>
                    }
                })
            })}
        </div>
    }
}
