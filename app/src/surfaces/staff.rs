use super::OfficeData;
use super::notices::{LiveNotices, siren};
use crate::asking::Loading;
use crate::live::{Room, pulse};
use crate::messages::bell;
use crate::offline::{UnsentCount, device};
use crate::page::lazy_page;
use crate::people::{LoadOffice, Office, Power, Staff, role_word};
use crate::texts::{Texts, texts};
use crate::ui::{awaited, changing, follow, fresh, icon, remember_shortcuts, shortcuts, tel};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

/// The frame of the office's pages: who and where at the top, a rail with what the roles may use, the page.
pub struct StaffFrame {
    office: Loading<Option<Office>>,
}

lazy_page!(StaffFrame in staff);

impl StaffFrame {
    fn data() -> Self {
        Self { office: Loading::new(question) }
    }

    fn view(self) -> AnyView {
        let t = texts();
        let office = self.office;
        provide_context(OfficeData(office));
        let path = use_location().pathname;
        let is_split = Memo::new(move |_| path.with(|path| is_queue(path)));
        let open = move || {
            let open = if path.with(|path| path.trim_end_matches('/') != "/staff") { "matter" } else { "queue" };
            is_split.get().then_some(open)
        };
        view! {
            <a class="skip" href="#main">{t.staff_skip()}</a>
            <Suspense>
                {awaited(move || async move {
                    let first = office.await.unwrap_or_default();
                    let has_jobs = first.as_ref().is_some_and(|office| office.staff.can(Power::Work));
                    Effect::new(move |_| device().has_jobs.set(has_jobs));
                    let office = fresh(first, Room::People, question);
                    follow(office, Room::Messages, question);
                    follow(office, Room::Notices, question);
                    follow(office, Room::Visitors, question);
                    view! { <Top office/> <Rail office path/> }
                })}
            </Suspense>
            <main id="main" class=Signal::derive(move || if is_split.get() { "split" } else { "page" }) data-open=Signal::derive(open) tabindex="-1">
                <Outlet/>
            </main>
            <LiveNotices/>
        }
        .into_any()
    }
}

fn question() -> LoadOffice {
    LoadOffice {}
}

fn is_queue(path: &str) -> bool {
    matches!(path.trim_end_matches('/'), "/staff" | "/staff/filter") || path.starts_with("/staff/requests/")
}

#[component]
fn Top(
    /// Who and where.
    office: RwSignal<Option<Office>>,
) -> impl IntoView {
    let t = texts();
    let estate = move || office.with(|office| office.as_ref().map(|office| office.estate.names.of(t.lang).to_owned()));
    let who = move || office.with(|office| office.as_ref().map(|office| who(t, &office.staff)));
    let unread = Memo::new(move |_| office.with(|office| office.as_ref().map_or(0, |office| office.unread)));
    let urgent = Memo::new(move |_| office.with(|office| office.as_ref()?.siren.clone()));
    let is_on = shortcuts();
    view! {
        <header class="topbar">
            <a class="mark" href="/staff">
                <img src="/favicon.svg" alt="" width="32" height="32"/>
                <span>
                    {changing(move || estate().unwrap_or_else(|| t.staff_product().to_owned()))}
                    {changing(move || who().map(|who| view! { <small>{who}</small> }))}
                </span>
            </a>
            <UnsentCount href="/staff/unsent"/>
            <Line/>
            {changing(move || bell(t, "/staff/inbox", unread.get()))}
            <button class="button" data-kind="quiet" type="button" popovertarget="help" aria-keyshortcuts="?">
                {icon("help")} " " {t.staff_help()}
            </button>
            {changing(move || urgent.get().map(siren))}
        </header>
        <Help office is_on/>
    }
}

fn who(t: Texts, staff: &Staff) -> String {
    let role = staff.roles.iter().max().map_or("", |role| role_word(t, *role));
    t.staff_who(&staff.person.name, role)
}

/// Whether the page follows what happens; only pages brought to life can say so.
#[component]
fn Line() -> impl IntoView {
    let t = texts();
    let pulse = pulse();
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    view! {
        <span class="clock">
            {changing(move || {
                is_live
                    .get()
                    .then(|| {
                        let (name, word) = if pulse.connected.get() {
                            ("check", t.staff_live())
                        } else {
                            ("offline", t.staff_offline())
                        };
                        view! { {icon(name)} " " {word} }
                    })
            })}
        </span>
    }
}

/// What the roles may use, and nothing else.
#[component]
fn Rail(
    /// Who and where.
    office: RwSignal<Option<Office>>,
    /// Where the reader is.
    path: Memo<String>,
) -> impl IntoView {
    let t = texts();
    let places = move || office.with(|office| office.as_ref().map(|office| places(&office.staff)).unwrap_or_default());
    let folded =
        move || places().into_iter().enumerate().filter(|(at, _)| *at + 1 >= ON_A_PHONE).map(|(_, place)| place);
    let is_long = move || places().len() > ON_A_PHONE;
    let entry = move |place: Spot| {
        let (href, name, word) = match place {
            Spot::Queue => ("/staff", "inbox", t.staff_queue()),
            Spot::Desk => ("/staff/desk", "phone", t.staff_desk()),
            Spot::Wall => ("/staff/wall", "clock", t.staff_wall()),
            Spot::Incidents => ("/staff/incidents", "alert", t.staff_incidents()),
            Spot::Bookings => ("/staff/bookings", "court", t.staff_bookings()),
            Spot::Services => ("/staff/services", "truck", t.staff_services()),
            Spot::Visitors => ("/staff/visitors", "bell", t.staff_visitors()),
            Spot::Mail => ("/staff/mail", "send", t.staff_mail()),
            Spot::Activities => ("/staff/activities", "party", t.staff_activities()),
            Spot::Notices => ("/staff/notices", "board", t.staff_notices()),
            Spot::Jobs => ("/staff/jobs", "wrench", t.staff_jobs()),
            Spot::Upkeep => ("/staff/upkeep", "retry", t.staff_upkeep()),
            Spot::Insights => ("/staff/insights", "chart", t.staff_insights()),
            Spot::People => ("/staff/people", "users", t.staff_people()),
            Spot::Policy => ("/staff/policy", "calendar", t.staff_policy()),
            Spot::Team => ("/staff/team", "team", t.staff_team()),
            Spot::Me => ("/staff/me", "person", t.staff_me()),
        };
        let is_here = move || {
            path.with(|path| match place {
                Spot::Queue => is_queue(path),
                Spot::Upkeep => ["/staff/upkeep", "/staff/rectifications", "/staff/vendors", "/staff/orphans"]
                    .iter()
                    .any(|page| path.starts_with(page)),
                _ => path.starts_with(href),
            })
        };
        view! {
            <li>
                <a href=href aria-current=Signal::derive(move || is_here().then_some("page"))>
                    {icon(name)} " " <span>{word}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="mainnav" aria-label=t.staff_nav()>
            <ul data-long=Signal::derive(move || is_long().then_some(""))>
                <For each=places key=|place| *place children=entry/>
                <li data-fold="">
                    <button class="more" type="button" popovertarget="more">{icon("list")} " " <span>{t.staff_more()}</span></button>
                </li>
            </ul>
            // Written anew on every page, and so closed on arrival.
            {changing(move || {
                path.track();
                view! {
                    <div class="dialog" id="more" popover="auto">
                        <ul>{folded().map(entry).collect_view()}</ul>
                    </div>
                }
            })}
        </nav>
    }
}

/// How many entries a phone has room for: of more, the last ones stand behind *More*.
const ON_A_PHONE: usize = 5;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Spot {
    Queue,
    Desk,
    Wall,
    Incidents,
    Bookings,
    Services,
    Visitors,
    Mail,
    Activities,
    Notices,
    Jobs,
    Upkeep,
    Insights,
    People,
    Policy,
    Team,
    Me,
}

fn places(staff: &Staff) -> Vec<Spot> {
    [
        (staff.matters().is_ok(), Spot::Queue),
        (true, Spot::Desk),
        (true, Spot::Wall),
        (staff.can(Power::Triage), Spot::Incidents),
        (staff.can(Power::Reception), Spot::Bookings),
        (staff.can(Power::Work), Spot::Jobs),
        (staff.can(Power::Reception) || staff.can(Power::Work), Spot::Services),
        (staff.can(Power::Reception), Spot::Visitors),
        (staff.can(Power::Reception), Spot::Mail),
        (staff.can(Power::Reception), Spot::Activities),
        (staff.can(Power::Notices), Spot::Notices),
        (staff.can(Power::Dispatch) || staff.can(Power::Assign), Spot::Upkeep),
        (staff.can(Power::Oversee), Spot::Insights),
        (staff.can(Power::Reception), Spot::People),
        (staff.matters().is_ok(), Spot::Policy),
        (true, Spot::Team),
        (true, Spot::Me),
    ]
    .into_iter()
    .filter_map(|(may, place)| may.then_some(place))
    .collect()
}

/// The same help on every page: whom to call, and the keys. A popover, so that it opens without scripts.
#[component]
fn Help(
    /// Who and where.
    office: RwSignal<Option<Office>>,
    /// Whether single keys work.
    is_on: RwSignal<bool>,
) -> impl IntoView {
    let t = texts();
    let phone = move || office.with(|office| office.as_ref().map(|office| office.estate.desk_phone.clone()));
    let keys = [
        ("/", t.staff_key_search()),
        ("j k", t.staff_key_rows()),
        ("a", t.staff_key_dispatch()),
        ("?", t.staff_key_help()),
    ];
    let switch = move |event| {
        let on = event_target_checked(&event);
        is_on.set(on);
        remember_shortcuts(on);
    };
    view! {
        <div class="dialog" id="help" popover="auto" role="dialog" aria-labelledby="help-title">
            <div class="stack">
                <div class="head">
                    <h2 id="help-title">{t.staff_help()}</h2>
                    <button
                        class="button" data-kind="quiet" type="button" popovertarget="help" popovertargetaction="hide"
                        autofocus aria-label=t.staff_close()
                    >
                        {icon("cross")}
                    </button>
                </div>
                {changing(move || {
                    phone()
                        .map(|phone| {
                            view! {
                                <p>
                                    {t.staff_help_desk()} " "
                                    <a class="nowrap" href=tel(&phone)>{phone.clone()}</a>
                                </p>
                            }
                        })
                })}
                <h3>{t.staff_keys()}</h3>
                <dl class="facts" data-as="rows">
                    {keys
                        .into_iter()
                        .map(|(key, word)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{word}</dd></div> })
                        .collect_view()}
                </dl>
                <label class="choice">
                    <input type="checkbox" prop:checked=is_on checked on:change=switch/> " "
                    <span>{t.staff_keys_on()}</span>
                </label>
            </div>
        </div>
    }
}
