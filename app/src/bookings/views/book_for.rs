use super::super::api::{BookFor, Induct, RescheduleFor};
use super::super::model::{Bookable, Guest, Week, WeekFor};
use super::super::rules::LONGEST_NOTE;
use super::super::words::times_text;
use super::address::Address;
use super::parts::recurring;
use super::planner::{Planner, for_how_many, seen_of};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::{AccountId, FacilityId, UnitId};
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{
    Checkbox, Choice, Chosen, Field, Hidden, Post, Select, WallClock, awaited, both, fresh, icon, opened, shown,
    ticking,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;

/// A facility's week for a household: the office taps a free time, and it is booked; or what is booked
/// moves there.
pub struct BookForPage {
    asked: Memo<Address>,
    file: Loading<WeekFor>,
    opened: Loading<Opened>,
}

office_page!(BookForPage in book_for);

impl BookForPage {
    fn data() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = Memo::new(move |_| params.with(|params| query.with(|query| Address::of_office(params, query))));
        Self { asked, file: Loading::new(move || asked.with(Address::week_for)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { asked, file, opened } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        shown(both(file.await, opened.await), |(file, opened)| view! { <Sheet file asked opened/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Sheet(file: WeekFor, asked: Address, opened: Opened) -> impl IntoView {
    let t = texts();
    let week = file.week.clone();
    let (facility, unit, home) = (week.facility.clone(), week.home, file.home.label(t));
    let here = Address { facility: facility.slug.clone(), ..asked.clone() }.shown(&week);
    let how_many = for_how_many(t, &here, &facility.terms);
    let tabs = if week.moving.is_some() { None } else { Some(shelf(t, &here, &file.facilities)) };
    let guests = file.guests.clone();
    let data = fresh(file, Room::Bookings, move || asked.week_for());
    let week_now = Memo::new(move |_| data.with(|file| file.week.clone()));
    let clock = ticking(move || data.with(|file| file.week.wall.clone()));
    let seen = seen_of(week_now.into());
    let (back, title, lead, to) = match &week.moving {
        Some(moving) => {
            let times = times_text(t, clock.at(moving.starts_at), clock.at(moving.ends_at));
            let back = format!("/staff/bookings/{}", moving.code);
            (back, t.week_move(facility.names.of(t.lang)), t.week_move_lead(times), RescheduleFor::PATH)
        }
        None => {
            let name = facility.names.of(t.lang).to_owned();
            (format!("/staff/people/{unit}"), name, t.book_for_lead().to_owned(), BookFor::PATH)
        }
    };
    let inductions = facility.terms.needs_induction.then(|| {
        view! { <Inductions data facility=facility.id unit opened=opened.clone()/> }
    });
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href=back>{icon("arrow-left")} " " {home}</a>
        <header>
            <h1>{title}</h1>
            <p class="soft">{lead}</p>
        </header>
        {tabs}
        {inductions}
        <Planner data=week_now here opened clock to then="/staff/bookings/{code}">
            {match &week.moving {
                Some(moving) => view! {
                    <Hidden name="id" value=moving.id.to_string()/>
                    <Hidden name="seen" value=seen/>
                }.into_any(),
                None => form(t, &week, guests, how_many, clock),
            }}
        </Planner>
    }
}

/// What else can be booked for them.
fn shelf(t: Texts, here: &Address, facilities: &[Bookable]) -> AnyView {
    let tab = |one: &Bookable| {
        let current = (one.slug == here.facility).then_some("true");
        let to = Address { facility: one.slug.clone(), steps: None, heads: None, ..here.clone() };
        view! { <a href=to.link() aria-current=current>{one.names.of(t.lang).to_owned()}</a> }
    };
    view! { <nav class="tabs" aria-label=t.diary_which()>{facilities.iter().map(tab).collect_view()}</nav> }.into_any()
}

/// Who of the household has it, how many come, and what is asked of them.
fn form(t: Texts, week: &Week, guests: Vec<Guest>, how_many: Option<AnyView>, clock: WallClock) -> AnyView {
    let terms = &week.facility.terms;
    let heads = week.heads.to_string();
    let first = guests.first().map(|guest| guest.account.to_string()).unwrap_or_default();
    let choices: Vec<_> = guests.into_iter().map(|guest| Choice::new(guest.account.to_string(), guest.name)).collect();
    view! {
        <Chosen name="facility" value=week.facility.id.to_string()/>
        <Chosen name="unit" value=week.home.to_string()/>
        {if choices.is_empty() {
            // In the office's name nobody can be shown around.
            let hint = if terms.needs_induction { t.refusal_not_inducted() } else { t.book_for_nobody() };
            view! { <p class="hint soft">{hint}</p> }.into_any()
        } else {
            view! { <Select name="account" label=t.book_for_who() choices value=first/> }.into_any()
        }}
        {if terms.seats.is_some() || terms.most_heads == 1 {
            view! { <Chosen name="heads" value=heads among=how_many/> }.into_any()
        } else {
            view! { <Field name="heads" label=t.booking_people() kind="number" value=heads hint=t.booking_most(terms.most_heads)/> }
                .into_any()
        }}
        <Field name="note" label=t.entry_note() kind="textarea" longest=LONGEST_NOTE rows=2 optional=true/>
        {recurring(t, terms, clock)}
        {terms.least_age.map(|age| view! { <Checkbox name="of_age" label=t.booking_of_age(age)/> })}
        <p class="hint soft">{t.book_for_tap()}</p>
    }
    .into_any()
}

/// Who of the household was not shown around yet.
#[component]
fn Inductions(data: RwSignal<WeekFor>, facility: FacilityId, unit: UnitId, opened: Opened) -> impl IntoView {
    let t = texts();
    let left = Memo::new(move |_| {
        data.with(|file| {
            let left = file.guests.iter().filter(|guest| !guest.is_inducted);
            left.map(|guest| (guest.account, guest.name.clone())).collect::<Vec<_>>()
        })
    });
    let row = move |(account, name): (AccountId, String)| {
        view! {
            <li class="row">
                <span class="body">{name}</span>
                <Post to=Induct::PATH opened=opened.clone() about=account.to_string()>
                    <Hidden name="facility" value=facility.to_string()/>
                    <Hidden name="unit" value=unit.to_string()/>
                    <Hidden name="account" value=account.to_string()/>
                    <button class="button">{icon("check")} " " {t.book_for_inducted()}</button>
                </Post>
            </li>
        }
    };
    view! {
        <section class="stack" aria-labelledby="inductions" hidden=Signal::derive(move || left.with(Vec::is_empty))>
            <h2 id="inductions">{t.book_for_inductions()}</h2>
            <ul class="rows"><For each=move || left.get() key=|(account, _)| *account children=row/></ul>
        </section>
    }
}
