use super::line::{Headline, ticket};
use crate::asking::Loading;
use crate::live::Room;
use crate::page::lazy_page;
use crate::requests::words::Side;
use crate::requests::{LoadTrack, Track};
use crate::texts::texts;
use crate::ui::{awaited, changing, fresh, icon, param, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// What a report became: its code, and the first promise.
pub struct SentPage {
    track: Loading<Track>,
}

lazy_page!(SentPage in sent);

impl SentPage {
    fn data() -> Self {
        let code = param("code");
        Self { track: Loading::new(move || LoadTrack { code: code.get() }) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.sent_title(), t.frame_product())/>
            <Suspense>
                {awaited(move || async move {
                    shown(self.track.await, |track| view! { <Sent track/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Sent(track: Track) -> impl IntoView {
    let t = texts();
    let code = track.card.code.clone();
    let href = format!("/requests/{code}");
    let again = code.clone();
    let data = fresh(track, Room::Requests, move || LoadTrack { code: again.clone() });
    let clock = ticking(move || data.with(|track| track.wall.clone()));
    view! {
        <article class="sent">
            {icon("check-circle")}
            <header>
                <h1>{t.sent_title()}</h1>
                <p class="soft">{t.sent_lead()}</p>
            </header>
            <p>
                <span class="sr">{t.sent_code()} " "</span>
                <span class="bigcode">{code}</span>
            </p>
            {changing(move || data.with(|track| ticket(t, &track.card, clock, Side::Resident, Headline::Section)))}
            <div class="buttons">
                <a class="button" data-kind="primary" href=href>{t.sent_follow()}</a>
                <a class="button" href="/home">{t.sent_home()}</a>
            </div>
        </article>
    }
}
