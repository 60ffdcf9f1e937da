use super::super::api::{Hold, RescheduleBooking};
use super::super::model::Week;
use super::super::words::times_text;
use super::address::Address;
use super::planner::{Planner, for_how_many, for_whom, seen_of};
use super::water::last_reading;
use crate::asking::Loading;
use crate::estate::Names;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::lazy_page;
use crate::services::ServiceAbout;
use crate::texts::{Texts, texts};
use crate::ui::{Chosen, Hidden, awaited, both, changing, fresh, icon, opened, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;

/// One facility's week: a free slot is tapped, and kept while the form is filled in; or what is booked moves there.
pub struct WeekPage {
    asked: Memo<Address>,
    week: Loading<Week>,
    opened: Loading<Opened>,
}

lazy_page!(WeekPage in week);

impl WeekPage {
    fn data() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = Memo::new(move |_| params.with(|params| query.with(|query| Address::of_resident(params, query))));
        Self { asked, week: Loading::new(move || asked.with(Address::week)), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { asked, week, opened } = self;
        view! {
            <Transition>
                {awaited(move || {
                    let asked = asked.get();
                    async move {
                        shown(both(week.await, opened.await), |(week, opened)| view! { <Own week asked opened/> })
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Own(week: Week, asked: Address, opened: Opened) -> impl IntoView {
    let t = texts();
    let name = week.facility.names.of(t.lang).to_owned();
    let about = week.facility.about.of(t.lang).to_owned();
    let service = week.service.as_ref().map(|service| about_service(t, service));
    let here = asked.clone().shown(&week);
    let (moving, is_welcome, home, heads) = (week.moving.clone(), week.is_welcome, week.home, week.heads);
    let (facility, is_looked_at) = (week.facility.id, week.facility.terms.needs_approval);
    let (whom, how_many) = (for_whom(t, &here, &week), for_how_many(t, &here, &week.facility.terms));
    let data = fresh(week, Room::Bookings, move || asked.week());
    let clock = ticking(move || data.with(|week| week.wall.clone()));
    let (back, word, title) = match &moving {
        Some(moving) => (format!("/bookings/{}", moving.code), t.week_back(), t.week_move(&name)),
        None => ("/book".to_owned(), t.book_title(), name.clone()),
    };
    let lead = match &moving {
        Some(moving) => {
            let lead = t.week_move_lead(times_text(t, clock.at(moving.starts_at), clock.at(moving.ends_at)));
            if is_looked_at { format!("{lead} {}", t.week_move_again()) } else { lead }
        }
        None => about,
    };
    let seen = seen_of(data.into());
    let to = if moving.is_some() { RescheduleBooking::PATH } else { Hold::PATH };
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href=back>{icon("arrow-left")} " " {word}</a>
        <header>
            <h1>{title}</h1>
            <p class="soft">{lead}</p>
        </header>
        {service}
        {changing(move || data.with(|week| week.water.as_ref().map(|last| last_reading(t, last, clock))))}
        {(!is_welcome).then(|| view! { <div class="notice">{icon("alert")} <div><p>{t.refusal_not_inducted()}</p></div></div> })}
        <Planner data=data here opened clock to then="/bookings/{code}">
            {match moving {
                Some(moving) => view! {
                    <Hidden name="id" value=moving.id.to_string()/>
                    <Hidden name="seen" value=seen/>
                }.into_any(),
                None => view! {
                    <Chosen name="facility" value=facility.to_string()/>
                    <Chosen name="home" value=home.to_string() among=whom/>
                    <Chosen name="heads" value=heads.to_string() among=how_many/>
                }.into_any(),
            }}
        </Planner>
    }
}

/// What the catalogue says of it: there it leads straight here.
fn about_service(t: Texts, service: &ServiceAbout) -> AnyView {
    let text = |names: &Names| names.of(t.lang).to_owned();
    view! {
        <details>
            <summary>{t.service_about()}</summary>
            <p>{text(&service.content)}</p>
            <dl class="facts"><div><dt>{t.service_standard()}</dt><dd>{text(&service.standard)}</dd></div></dl>
            <p class="hint soft">{text(&service.conditions)}</p>
        </details>
    }
    .into_any()
}
