use super::super::api::LoadVisitBook;
use super::super::model::{EarlierVisit, Visit, VisitBook};
use super::super::words::purpose_word;
use super::line::{Waiter, name, state, whom};
use super::rings::Rings;
use super::write::Write;
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::moment::{Moment, date};
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{Row, Steady, WallClock, awaited, both, changing, fresh, icon, opened, print_button, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Who rings, who waits in a lobby, and the visitor book of a day.
pub struct VisitorBookPage {
    asked: Memo<Asked>,
    book: Loading<VisitBook>,
    opened: Loading<Opened>,
}

office_page!(VisitorBookPage in visitor_book);

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    on: String,
    before: Option<EarlierVisit>,
}

impl Asked {
    fn question(&self) -> LoadVisitBook {
        LoadVisitBook { on: Some(self.on.clone()), before: self.before }
    }
}

fn parse_before(tag: &str) -> Option<EarlierVisit> {
    let (at, id) = tag.split_once('~')?;
    Some(EarlierVisit { at: Moment::from_timestamp_micros(at.parse().ok()?)?, id: id.parse().ok()? })
}

impl VisitorBookPage {
    fn data() -> Self {
        let query = use_query_map();
        let asked = Memo::new(move |_| {
            query.with(|query| Asked {
                on: query.get_str("on").unwrap_or_default().trim().to_owned(),
                before: query.get_str("before").and_then(parse_before),
            })
        });
        Self { asked, book: Loading::new(move || asked.with(Asked::question)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { asked, book, opened } = self;
        view! {
            <Title text=t.frame_title(t.visitors_title(), t.frame_product())/>
            <header class="noprint">
                <h1>{t.visitors_title()}</h1>
                <p class="soft">{t.visitors_lead()}</p>
            </header>
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        shown(both(book.await, opened.await), |(first, opened)| view! { <Book first asked opened/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Book(
    /// What it was when the page was loaded.
    first: VisitBook,
    /// What the address asks for.
    asked: Asked,
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (on, today) = (first.on.to_string(), first.today.to_string());
    let day = on.clone();
    let data = fresh(first, Room::Visitors, move || asked.question());
    let clock = ticking(move || data.with(|book| book.wall.clone()));
    let rows = Steady::of(move || {
        data.with(|book| book.waiting.iter().chain(&book.inside).map(|visit| (visit.id.0, 0)).collect())
    });
    let forms = opened.clone();
    let waiter = move |row: Row| view! { <Waiter data row rows clock opened=forms.clone()/> }.into_any();
    let older = move || {
        data.with(|book| book.next).map(|next| {
            let href = format!("/staff/visitors?on={day}&before={}~{}", next.at.timestamp_micros(), next.id);
            view! { <a class="button" href=href>{t.inbox_older()}</a> }
        })
    };
    view! {
        <div class="noprint stack">
            <Rings data clock opened=opened.clone()/>
            <section class="stack" aria-labelledby="waiting">
                <h2 id="waiting">{t.visitors_waiting()}</h2>
                {changing(move || rows.rows().is_empty().then(|| view! { <p class="soft">{t.visitors_waiting_none()}</p> }))}
                <ul class="cards"><For each=move || rows.rows() key=|row| *row children=waiter/></ul>
            </section>
            <Write data opened/>
        </div>
        <form class="search noprint" method="get" action="/staff/visitors">
            <label for="book-on">{t.visitors_on()}</label>
            <input class="input" id="book-on" type="date" name="on" value=on max=today/>
            <button class="button">{t.visitors_on_show()}</button>
        </form>
        <div class="buttons noprint">{print_button(t.print())}</div>
        <article class="paper" aria-labelledby="sheet">
            {changing(move || data.with(|book| sheet(t, book, clock)))}
        </article>
        <div class="buttons noprint">{changing(older)}</div>
    }
}

/// The day's lines, to print.
fn sheet(t: Texts, book: &VisitBook, clock: WallClock) -> AnyView {
    let line = |visit: &Visit| {
        let time = |at: Option<Moment>| at.map(|at| clock.at(at).full(t)).unwrap_or_default();
        let (symbol, word) = state(t, visit);
        view! {
            <tr>
                <th scope="row">{name(t, visit)}</th>
                <td>{visit.company.clone()}</td>
                <td>{purpose_word(t, visit.purpose)}</td>
                <td>{whom(t, visit)}</td>
                <td>{time(Some(visit.asked_at))}</td>
                <td>{time(visit.entered_at)}</td>
                <td>{time(visit.left_at)}</td>
                <td>{icon(symbol)} " " {word}</td>
            </tr>
        }
    };
    let none = book.visits.is_empty().then(|| view! { <p class="soft">{t.visitors_none()}</p> });
    view! {
        <header><h2 id="sheet">{t.visitors_sheet(date(t, book.on))}</h2></header>
        {none}
        <div class="scroll" tabindex="0" role="group" aria-label=t.visitors_title()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t.visitors_name()}</th>
                        <th scope="col">{t.visit_company()}</th>
                        <th scope="col">{t.visit_purpose()}</th>
                        <th scope="col">{t.visitors_whom()}</th>
                        <th scope="col">{t.visitors_asked_at()}</th>
                        <th scope="col">{t.visitors_entered_at()}</th>
                        <th scope="col">{t.visitors_left_at()}</th>
                        <th scope="col">{t.visitors_state()}</th>
                    </tr>
                </thead>
                <tbody>{book.visits.iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
