use crate::live::pulse;
use crate::offline::{self, device};
use crate::people::Siren;
use crate::texts::texts;
use crate::ui::changing;
use crate::ui::icon;
use leptos::prelude::*;

/// What stands on top of every page until its reader acts.
pub fn siren(siren: Siren) -> AnyView {
    let Siren { href, words, name, lang, is_caller } = siren;
    let symbol = if is_caller { "bell" } else { "alert" };
    view! {
        <div class="siren" data-kind=is_caller.then_some("caller") role="alert">
            <a href=href>{icon(symbol)} " " <b>{words}</b> " " <span lang=lang>{name}</span></a>
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
