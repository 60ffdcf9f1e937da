use super::address::in_register;
use super::log_address::LogAddress;
use super::rows::whose_text;
use crate::asking::Loading;
use crate::desk::deed_text;
use crate::insights::{Deed, Log, LogEntry, Whose};
use crate::live::Room;
use crate::moment::date;
use crate::page::office_page;
use crate::people::Colleague;
use crate::requests::{Side, happening_text};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, follow, fresh, icon, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The work log (工作日志, 部门日志; N6): what somebody, or a department, did on a day, to read and to print.
pub struct LogPage {
    address: Memo<LogAddress>,
    log: Loading<Log>,
}

office_page!(LogPage in work_log);

impl LogPage {
    fn data() -> Self {
        let query = use_query_map();
        let address = Memo::new(move |_| query.with(LogAddress::of));
        Self { address, log: Loading::new(move || address.with(LogAddress::question)) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let Self { address, log } = self;
        view! {
            <Title text=t.frame_title(t.log_title(), t.frame_product())/>
            <Transition>
                {awaited(move || {
                    let asked = address.get();
                    async move {
                        shown(log.await, |first| view! { <Sheet first asked/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Sheet(
    /// The page as it was loaded.
    first: Log,
    /// What it was asked for.
    asked: LogAddress,
) -> impl IntoView {
    let t = texts();
    let choose = choose(t, &first, &asked);
    let question = {
        let asked = asked.clone();
        move || asked.question()
    };
    let data = fresh(first, Room::Requests, question.clone());
    follow(data, Room::Desk, question);
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let newest = asked.after.map(|_| {
        let href = LogAddress { after: None, ..asked.clone() }.link();
        view! { <a class="button" href=href>{t.inbox_newest()}</a> }
    });
    let older = move || {
        data.with(|data| data.next.map(|next| (next, data.on))).map(|(next, on)| {
            // The page that follows is of the same day, whatever day it is by then.
            let href = LogAddress { day: on.to_string(), after: Some(next), ..asked.clone() }.link();
            view! { <a class="button" href=href>{t.inbox_older()}</a> }
        })
    };
    view! {
        <header class="stack" data-gap="s">
            <h1>{t.log_title()}</h1>
            {changing(move || data.with(|data| heading(t, data)))}
        </header>
        {choose}
        {changing(move || data.with(|data| table(t, data, clock)))}
        <div class="buttons">{newest} {changing(older)}</div>
        <p class="signed">{t.log_signed()}</p>
    }
    .into_any()
}

/// Whose it is, of which day, and how much was done.
fn heading(t: Texts, data: &Log) -> AnyView {
    let shown = data.entries.len();
    let is_part = i64::try_from(shown).is_ok_and(|shown| shown < data.things);
    let part = is_part.then(|| view! { <p class="hint">{t.list_part_of(shown, data.things)}</p> });
    view! {
        <p>{t.insights_pair(whose_text(t, &data.whose), date(t, data.on))}</p>
        <p class="soft">{t.log_count(data.matters, data.things)}</p>
        {part}
    }
    .into_any()
}

/// Another day, and for those who oversee others another log; a plain form, after which the page loads anew.
fn choose(t: Texts, data: &Log, asked: &LogAddress) -> AnyView {
    let own = LogAddress { day: asked.day.clone(), ..LogAddress::default() };
    let chip = |address: LogAddress, is_here: bool, word: String| {
        view! { <a class="filter" href=address.link() aria-current=is_here.then_some("true")>{word}</a> }.into_any()
    };
    let here = if let Whose::Department(one) = &data.whose { Some(one) } else { None };
    let departments = data.departments.iter().map(|one| {
        let address = LogAddress { department: Some(one.slug.clone()), ..own.clone() };
        chip(address, here == Some(one), one.names.of(t.lang).to_owned())
    });
    let logs = (!data.departments.is_empty()).then(|| {
        view! {
            <nav class="filters" aria-label=t.log_logs()>
                {chip(own.clone(), data.is_mine, t.log_mine().to_owned())} {departments.collect_view()}
            </nav>
        }
    });
    let empty = here.map_or(t.log_mine(), |_| t.log_everybody());
    let department = here.map(|one| view! { <input type="hidden" name="department" value=one.slug.clone()/> });
    let person = (!data.people.is_empty()).then(|| {
        view! {
            <div class="field">
                <label for="log-staff">{t.facet_person()}</label>
                <select class="input" id="log-staff" name="staff">
                    <option value="">{empty}</option>
                    {people(t, data)}
                </select>
            </div>
        }
    });
    view! {
        {logs}
        <form class="form" data-gap="s" method="get" action="/staff/log">
            {department}
            <div class="pair">
                <div class="field">
                    <label for="log-day">{t.log_day()}</label>
                    <input class="input" id="log-day" type="date" name="day" value=data.on.to_string()/>
                </div>
                {person}
            </div>
            <div class="submit"><button class="button">{t.log_show()}</button></div>
        </form>
    }
    .into_any()
}

/// Colleagues to choose from, department by department.
fn people(t: Texts, data: &Log) -> AnyView {
    let is_it = |one: &Colleague| !data.is_mine && matches!(&data.whose, Whose::Person { id, .. } if *id == one.id);
    let option = |one: &Colleague| {
        view! { <option value=one.id.to_string() selected=is_it(one)>{one.name.clone()}</option> }.into_any()
    };
    let groups = data.people.chunk_by(|one, next| one.department.id == next.department.id).map(|group| {
        let name = group.first().map(|one| one.department.names.of(t.lang).to_owned());
        view! { <optgroup label=name>{group.iter().map(option).collect_view()}</optgroup> }.into_any()
    });
    groups.collect_view().into_any()
}

fn table(t: Texts, data: &Log, clock: WallClock) -> AnyView {
    if data.entries.is_empty() {
        return view! { <div class="empty">{icon("list")} <h2>{t.log_none()}</h2> <p>{t.log_none_hint()}</p></div> }
            .into_any();
    }
    let is_many = matches!(data.whose, Whose::Department(_));
    let who = is_many.then(|| view! { <th scope="col">{t.facet_person()}</th> });
    let row = |entry: &LogEntry| {
        let when = clock.at(entry.at);
        let who = is_many.then(|| view! { <td>{entry.by.clone()}</td> });
        let (what, about) = told(t, &entry.deed, clock);
        view! {
            <tr>
                <td class="nowrap"><time datetime=when.machine() title=when.full(t)>{when.clock()}</time></td>
                {who}
                <td>{what}</td>
                <td>{about}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=t.log_title()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t.log_time()}</th>
                        {who}
                        <th scope="col">{t.log_what()}</th>
                        <th scope="col">{t.log_about()}</th>
                    </tr>
                </thead>
                <tbody>{data.entries.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What was done, in words, and to what; the latter leads there.
fn told(t: Texts, deed: &Deed, clock: WallClock) -> (String, Option<AnyView>) {
    match deed {
        Deed::Matter { matter, happening } => {
            let href = format!("/staff/requests/{}", matter.code);
            let about = view! {
                <a class="code nowrap" href=href>{matter.code.clone()}</a> " " {matter.item.of(t.lang).to_owned()}
            };
            (happening_text(t, happening, clock, Side::Staff), Some(about.into_any()))
        }
        Deed::Desk { happening, contact } => {
            let about = contact.as_ref().map(|contact| {
                let href = in_register(contact.id, contact.received_at);
                view! { <a href=href>{contact.words.clone()}</a> }.into_any()
            });
            (deed_text(t, happening).unwrap_or(t.log_other()).to_owned(), about)
        }
        Deed::Discarded { words, reason } => {
            (t.log_discarded(reason), words.clone().map(|words| view! { {words} }.into_any()))
        }
        Deed::Other { room } => (room_word(t, room).to_owned(), None),
        Deed::Hidden => (t.log_hidden().to_owned(), None),
    }
}

/// What is done in a room whose happenings have no words of their own here.
fn room_word(t: Texts, room: &str) -> &'static str {
    match room {
        "people" => t.log_people(),
        "policy" => t.log_policy(),
        "mail" => t.log_mail(),
        _ => t.log_other(),
    }
}
