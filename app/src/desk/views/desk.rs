use super::counter::Side;
use super::intake::IntakeForm;
use crate::asking::Loading;
use crate::desk::{Caller, Counter, FindCallers, LoadCounter, LoadWall, WallBoard};
use crate::fault::Fault;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::texts;
use crate::ui::{FaultPage, awaited, fresh, icon, opened, ticking_seconds};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Intake: one form for a phone call, made for twenty seconds, and the wall beside it.
pub struct DeskPage {
    words: Memo<String>,
    counter: Loading<Counter>,
    callers: Loading<Vec<Caller>>,
    board: Loading<WallBoard>,
    opened: Loading<Opened>,
}

office_page!(DeskPage in desk);

impl DeskPage {
    fn data() -> Self {
        let query = use_query_map();
        let words = Memo::new(move |_| query.with(|query| query.get_str("q").unwrap_or_default().trim().to_owned()));
        Self {
            words,
            counter: Loading::new(|| LoadCounter {}),
            callers: Loading::new(move || FindCallers { words: words.get() }),
            board: Loading::new(|| LoadWall {}),
            opened: opened(),
        }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let DeskPage { words, counter, callers, board, opened } = self;
        view! {
            <Title text=t.frame_title(t.desk_title(), t.frame_product())/>
            <header class="head">
                <h1>{t.desk_title()}</h1>
                <span class="buttons">
                    <a class="button" href="/staff/wall">{icon("clock")} " " {t.staff_wall()}</a> " "
                    <a class="button" href="/staff/contacts">{icon("list")} " " {t.contacts_title()}</a> " "
                    <Suspense>
                        {awaited(move || async move {
                            counter.await.is_ok_and(|counter| counter.may_follow_up).then(|| view! {
                                <a class="button" href="/staff/followups">{icon("star")} " " {t.follow_title()}</a>
                            })
                        })}
                    </Suspense>
                </span>
            </header>
            <Suspense>
                {awaited(move || async move {
                    // Who may not look residents up, or cannot for want of a network, still registers.
                    let found = match callers.await {
                        Err(Fault::NotAllowed | Fault::Offline) => Ok(Vec::new()),
                        found => found,
                    };
                    match (counter.await, found, board.await, opened.await) {
                        (Ok(counter), Ok(found), Ok(board), Ok(opened)) => {
                            let board = fresh(board, Room::Desk, || LoadWall {});
                            let clock = ticking_seconds(move || board.with(|board| board.wall.clone()));
                            view! {
                                <div class="intake">
                                    <IntakeForm counter=counter found words opened=opened.clone()/>
                                    <Side board clock opened/>
                                </div>
                            }
                                .into_any()
                        }
                        (Err(fault), ..) | (_, Err(fault), ..) | (_, _, Err(fault), _) | (.., Err(fault)) => {
                            view! { <FaultPage fault/> }.into_any()
                        }
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}
