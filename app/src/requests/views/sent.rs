use super::line::Ticket;
use crate::live::Room;
use crate::packed::Loading;
use crate::requests::words::Side;
use crate::requests::{Track, load_track};
use crate::texts::texts;
use crate::ui::{FaultPage, fresh, icon, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

/// What a report became: its code, and the first promise.
pub struct SentPage {
    track: Loading<Track>,
}

#[lazy_route]
impl LazyRoute for SentPage {
    fn data() -> Self {
        let params = use_params_map();
        let code = move || params.with(|params| params.get("code").unwrap_or_default());
        Self { track: Loading::new(code, load_track) }
    }

    fn view(this: Self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.sent_title(), t.frame_product())/>
            <Suspense>
                {move || Suspend::new(async move {
                    match this.track.await {
                        Ok(track) => view! { <Sent track/> }.into_any(),
                        Err(fault) => view! { <FaultPage fault/> }.into_any(),
                    }
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
    let data = fresh(track, Room::Requests, move || load_track(again.clone()));
    let clock = ticking(move || data.with(|track| track.wall.clone()));
    let card = Memo::new(move |_| data.with(|track| track.card.clone()));
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
            <Ticket card clock side=Side::Resident below=true/>
            <div class="buttons">
                <a class="button" data-kind="primary" href=href>{t.sent_follow()}</a>
                <a class="button" href="/home">{t.sent_home()}</a>
            </div>
        </article>
    }
}
