use crate::live::pulse;
use crate::offline::{self, device};
use crate::people::Alarm;
use crate::texts::{Texts, texts};
use crate::ui::changing;
use crate::ui::icon;
use crate::visitors::VisitNews;
use leptos::prelude::*;

/// What stands on top of every page until its reader acts: an emergency that they have not said they read, or else
/// whoever waits for them in a lobby. `base` is where notices are read.
pub fn siren(t: Texts, base: &str, alarm: Option<Alarm>, caller: Option<VisitNews>) -> Option<AnyView> {
    let kind = alarm.is_none().then_some("caller");
    let (href, symbol, word, title) = match (alarm, caller) {
        (Some(alarm), _) => {
            let lang = alarm.title.nearest(t.lang);
            let title = view! { " " <span lang=lang.tag()>{alarm.title.of(lang).to_owned()}</span> };
            (format!("{base}/{}", alarm.notice), "alert", t.frame_alarm().to_owned(), Some(title))
        }
        (None, Some(VisitNews::Waits { visit, home })) => {
            (format!("/visitors/{visit}"), "door", t.told_visitor(home.label(t)), None)
        }
        (None, Some(VisitNews::Rings { place })) => {
            ("/staff/visitors".to_owned(), "bell", t.told_ring(place.label(t)), None)
        }
        (None, _) => return None,
    };
    let bar = view! {
        <div class="siren" data-kind=kind role="alert">
            <a href=href>{icon(symbol)} " " <b>{word}</b> {title}</a>
        </div>
    };
    Some(bar.into_any())
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
