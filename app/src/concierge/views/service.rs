use super::super::api::{LoadService, OrderService};
use super::super::model::{ServiceOrder, ServiceSheet};
use super::parts::{about, go_on};
use super::questions::{Elsewhen, Questions, check};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::moment::Wall;
use crate::page::lazy_page;
use crate::people::Home;
use crate::services::{Answers, Service, ServiceKind};
use crate::texts::texts;
use crate::ui::{Choice, Hidden, Post, Select, awaited, both, icon, opened, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use server_fn::ServerFn;

/// A service: what it is, and its form.
pub struct ServicePage {
    sheet: Loading<ServiceSheet>,
    opened: Loading<Opened>,
}

lazy_page!(ServicePage in service);

impl ServicePage {
    fn data() -> Self {
        let (params, query) = (use_params_map(), use_query_map());
        let question = move || LoadService {
            slug: params.with(|params| params.get("service").unwrap_or_default()),
            estate: query.with(|query| query.get_str("estate").and_then(|id| id.parse().ok())),
            again: query.with(|query| query.get("again")),
        };
        Self { sheet: Loading::new(question), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { sheet, opened } = self;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(sheet.await, opened.await), |(sheet, opened)| view! { <Sheet sheet opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Sheet(sheet: ServiceSheet, opened: Opened) -> impl IntoView {
    let t = texts();
    let ServiceSheet { service, homes, again, wall } = sheet;
    let title = service.names.of(t.lang).to_owned();
    let elsewhere = match service.terms.kind() {
        ServiceKind::Ordered => None,
        ServiceKind::Booked(facility) => Some((format!("/book/{facility}"), "calendar", t.services_book())),
        ServiceKind::Activities => Some(("/activities".to_owned(), "party", t.services_activities())),
    };
    let what = about(t, &service);
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href="/services">{icon("arrow-left")} " " {t.services_title()}</a>
        <article class="card service">
            <header><h1>{icon(&service.icon)} " " {title}</h1></header>
            {what}
        </article>
        {match elsewhere {
            Some((href, symbol, word)) => view! {
                <a class="button" data-kind="primary" href=href>{icon(symbol)} " " {word}</a>
            }.into_any(),
            None => view! { <Form service homes again wall opened/> }.into_any(),
        }}
    }
}

/// What is asked, and for which home; as an earlier order had it, where one is repeated.
#[component]
fn Form(service: Service, homes: Vec<Home>, again: Option<ServiceOrder>, wall: Wall, opened: Opened) -> impl IntoView {
    let t = texts();
    let homes: Vec<_> = homes.iter().map(|home| Choice::new(home.unit.id.to_string(), home.unit.label(t))).collect();
    let (answers, note, unit) = match again {
        Some(order) => (order.answers, order.note, Some(order.unit.to_string())),
        None => (Answers::new(), None, None),
    };
    let chosen = unit.filter(|unit| homes.iter().any(|home| home.value == *unit));
    let chosen = chosen.or_else(|| homes.first().map(|home| home.value.clone())).unwrap_or_default();
    let id = service.id.to_string();
    let then = "/services/orders/{code}";
    view! {
        <Post
            to=OrderService::PATH opened about=id.clone() then on_done=go_on(then)
            check=Some(check(service.terms.clone()))
        >
            <Hidden name="service" value=id/>
            {if homes.len() > 1 {
                view! { <Select name="home" label=t.booking_for() choices=homes value=chosen/> }.into_any()
            } else {
                view! { <Hidden name="home" value=chosen/> }.into_any()
            }}
            <Elsewhen wall/>
            <Questions terms=service.terms proposed=answers note/>
            <p class="hint soft">{t.services_no_tips()}</p>
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">{icon("check-circle")} " " {t.services_order()}</button>
            </div>
        </Post>
    }
}
