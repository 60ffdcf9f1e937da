use super::super::api::LoadStanding;
use super::super::model::{Board, Standing};
use super::regularly::{MINUTE, regularly};
use crate::asking::ask;
use crate::live::{Room, own_build, pulse};
use crate::notices::Posted;
use crate::texts::{Lang, Texts, texts};
use crate::ui::{changing, icon};
use leptos::prelude::*;

/// Looks after the board of an enrolled screen, whichever page it shows, and lets an emergency take over all but whom to call.
#[component]
pub fn Watch(
    /// The board as the page came with it.
    first: Board,
    /// As it has become since.
    board: RwSignal<Option<Board>>,
) -> impl IntoView {
    let t = texts();
    let pulse = pulse();
    Effect::new(move |_| {
        pulse.of(Room::Notices);
        refresh(board);
    });
    regularly(MINUTE, move || refresh(board));
    let taken = move || board.with(|board| takeover(t, board.as_ref().unwrap_or(&first)));
    view! { <div class="takeovers" role="alert">{changing(taken)}</div> }
}

/// Asks for the board anew, and says which build asks. A screen that was revoked meanwhile is none.
fn refresh(board: RwSignal<Option<Board>>) {
    leptos::task::spawn_local(async move {
        match ask(LoadStanding { build: own_build() }).await {
            Ok(Standing::Enrolled(next)) => {
                let _ = board.try_set(Some(*next));
            }
            Ok(_) => {
                let _ = window().location().reload();
            }
            // The frame says that nobody answers.
            Err(_) => {}
        }
    });
}

/// Every emergency, in full.
fn takeover(t: Texts, board: &Board) -> Option<AnyView> {
    let alarms: Vec<_> =
        board.notices.iter().filter(|posted| posted.is_emergency).map(|posted| alarm(t, posted)).collect();
    (!alarms.is_empty()).then(|| {
        let phone = board.estate.emergency_phone.clone();
        view! {
            {alarms}
            <p class="takeover">{icon("phone")} " " {t.kiosk_emergency()} " " <span class="nowrap">{phone}</span></p>
        }
        .into_any()
    })
}

/// Its title in all languages in which it is written: whoever stands there may have chosen none.
fn alarm(t: Texts, posted: &Posted) -> AnyView {
    let lang = posted.title.nearest(t.lang);
    let others = Lang::ALL.into_iter().filter(|other| *other != lang && !posted.title.of(*other).is_empty());
    let others = others.map(|other| view! { <p lang=other.tag()>{posted.title.of(other).to_owned()}</p> });
    view! {
        <article class="takeover" lang=lang.tag()>
            <h2>{icon("alert")} " " {posted.title.of(lang).to_owned()}</h2>
            {others.collect_view()}
            <div inner_html=posted.html.of(lang).to_owned()></div>
        </article>
    }
    .into_any()
}
