use super::line::{Headline, ticket};
use crate::asking::Loading;
use crate::live::Room;
use crate::page::lazy_page;
use crate::requests::words::Side;
use crate::requests::{Card, HomeBoard, LoadHome};
use crate::surfaces::FrameData;
use crate::texts::texts;
use crate::ui::{awaited, changing, fresh, icon, shown, tel, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// A resident's first page: what is open, then what they can do.
pub struct HomePage {
    board: Loading<HomeBoard>,
}

lazy_page!(HomePage in home);

impl HomePage {
    fn data() -> Self {
        Self { board: Loading::new(|| LoadHome {}) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        view! {
            <Title text=t.frame_title(t.frame_home(), t.frame_product())/>
            <Suspense>
                {awaited(move || async move {
                    shown(self.board.await, |board| view! { <Board board/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Board(board: HomeBoard) -> impl IntoView {
    let t = texts();
    let board = fresh(board, Room::Requests, || LoadHome {});
    let clock = ticking(move || board.with(|board| board.wall.clone()));
    let count = Memo::new(move |_| board.with(|board| board.open.len()));
    let none = Memo::new(move |_| count.get() == 0);
    let title = move || match count.get() {
        0 => t.home_none().to_owned(),
        n => t.home_open(n),
    };
    let who = move || {
        board.with(|board| {
            let name = &board.name;
            board.unit.as_ref().map_or_else(|| name.clone(), |unit| t.home_who(unit.label(t), name))
        })
    };
    let row = move |first: Card| {
        let href = format!("/requests/{}", first.code);
        let ticket = changing(move || {
            board.with(|board| {
                let card = board.open.iter().find(|card| card.id == first.id).unwrap_or(&first);
                ticket(t, card, clock, Side::Resident, Headline::Link(&href))
            })
        });
        view! { <li>{ticket}</li> }.into_any()
    };
    let tickets = move || {
        if none.get() {
            view! {
                <div class="empty">
                    {icon("check-circle")}
                    <h3>{t.home_well()}</h3>
                    <p>{t.home_well_hint()}</p>
                </div>
            }
            .into_any()
        } else {
            view! {
                <ul class="tickets">
                    <For each=move || board.with(|board| board.open.clone()) key=|card| card.id children=row/>
                </ul>
            }
            .into_any()
        }
    };
    view! {
        <div class="home">
            <header>
                <h1>{changing(title)}</h1>
                <p class="soft">{changing(who)}</p>
            </header>
            <section aria-labelledby="open">
                <h2 id="open" class="sr">{t.home_open_heading()}</h2>
                {changing(tickets)}
            </section>
            <Actions/>
        </div>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let t = texts();
    let frame = use_context::<FrameData>();
    let desk = move || {
        Suspend::new(async move {
            let estate = match frame {
                Some(FrameData(frame)) => frame.await.ok().and_then(|frame| frame.estate),
                None => None,
            };
            estate.map(|estate| {
                view! {
                    <li>
                        <a class="tile" href=tel(&estate.desk_phone)>
                            {icon("phone")}
                            <span>
                                {t.frame_call_desk()} <span class="hint">{t.home_desk_hint()}</span>
                            </span>
                        </a>
                    </li>
                }
            })
        })
    };
    view! {
        <section aria-labelledby="do">
            <h2 id="do" class="sr">{t.home_do()}</h2>
            <ul class="actions">
                <li>
                    <a class="tile" data-kind="primary" href="/report">
                        {icon("report")}
                        <span>{t.home_report()} <span class="hint">{t.home_report_hint()}</span></span>
                    </a>
                </li>
                <li>
                    <a class="tile" href="/services">
                        {icon("truck")}
                        <span>{t.services_title()} <span class="hint">{t.home_services_hint()}</span></span>
                    </a>
                </li>
                <li>
                    <a class="tile" href="/mail">
                        {icon("send")}
                        <span>{t.mail_title()} <span class="hint">{t.home_mail_hint()}</span></span>
                    </a>
                </li>
                <li>
                    <a class="tile" href="/activities">
                        {icon("party")}
                        <span>{t.activities_title()} <span class="hint">{t.home_activities_hint()}</span></span>
                    </a>
                </li>
                <li>
                    <a class="tile" href="/requests">
                        {icon("list")}
                        <span>{t.frame_requests()} <span class="hint">{t.home_requests_hint()}</span></span>
                    </a>
                </li>
                <Suspense>{changing(desk)}</Suspense>
            </ul>
        </section>
    }
}
