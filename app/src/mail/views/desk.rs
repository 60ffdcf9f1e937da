use super::super::api::LoadMailDesk;
use super::super::model::{MailDesk, MailShow};
use super::day::Day;
use super::letters::LettersOf;
use super::shelf::Waiting;
use super::take::Take;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::texts;
use crate::ui::{awaited, both, fresh, opened, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What is left at the desk for others: what waits, a day's count sheet, letters to owners.
pub struct MailDeskPage {
    asked: Memo<Asked>,
    desk: Loading<MailDesk>,
    opened: Loading<Opened>,
}

office_page!(MailDeskPage in mail_desk);

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Which of the three.
    pub show: MailShow,
    /// Which day.
    pub on: String,
    /// Whom something may be for.
    pub words: String,
}

impl Asked {
    fn question(&self) -> LoadMailDesk {
        LoadMailDesk {
            show: Some(self.show.tag().to_owned()),
            on: Some(self.on.clone()),
            words: Some(self.words.clone()),
        }
    }
}

impl MailDeskPage {
    fn data() -> Self {
        let query = use_query_map();
        let asked = Memo::new(move |_| {
            query.with(|query| {
                let text = |name: &str| query.get_str(name).unwrap_or_default().trim().to_owned();
                Asked { show: MailShow::of(&text("show")), on: text("on"), words: text("q") }
            })
        });
        Self { asked, desk: Loading::new(move || asked.with(Asked::question)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { asked, desk, opened } = self;
        view! {
            <Title text=t.frame_title(t.mail_desk_title(), t.frame_product())/>
            <header class="noprint">
                <h1>{t.mail_desk_title()}</h1>
                <p class="soft">{t.mail_desk_lead()}</p>
            </header>
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        shown(both(desk.await, opened.await), |(first, opened)| view! { <Desk first asked opened/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Desk(
    /// What it was when the page was loaded.
    first: MailDesk,
    /// What the address asks for.
    asked: Asked,
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (found, colleagues) = (first.found.clone(), first.colleagues.clone());
    let (show, words) = (asked.show, asked.words.clone());
    let data = fresh(first, Room::Mail, move || asked.question());
    let clock = ticking(move || data.with(|desk| desk.wall.clone()));
    let tab = |one: MailShow, word: &'static str| {
        let href = format!("/staff/mail?show={}", one.tag());
        view! { <a href=href aria-current=(one == show).then_some("true")>{word}</a> }
    };
    let inside = match show {
        MailShow::Waiting => {
            view! { <Take found colleagues words opened=opened.clone()/> <Waiting data clock opened/> }.into_any()
        }
        MailShow::Day => view! { <Day data clock opened/> }.into_any(),
        MailShow::Letters => view! { <LettersOf data clock opened/> }.into_any(),
    };
    view! {
        <nav class="tabs" aria-label=t.mail_tabs()>
            {tab(MailShow::Waiting, t.mail_tab_waiting())}
            {tab(MailShow::Day, t.mail_tab_day())}
            {tab(MailShow::Letters, t.mail_tab_letters())}
        </nav>
        {inside}
    }
}
