use super::super::api::{LoadServiceFor, OrderServiceFor};
use super::super::model::ServiceSheetFor;
use super::super::words::{line_word, service_price_text};
use super::parts::{about, go_on};
use super::questions::{Elsewhen, Questions, check};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::ids::UnitId;
use crate::page::office_page;
use crate::services::{Answers, Line, Service};
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Hidden, Post, Select, awaited, both, icon, opened, shown};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use server_fn::ServerFn;
use uuid::Uuid;

/// The office orders for a household: what it offers, and the form of one service.
pub struct ServiceForPage {
    sheet: Loading<ServiceSheetFor>,
    opened: Loading<Opened>,
}

office_page!(ServiceForPage in service_for);

impl ServiceForPage {
    fn data() -> Self {
        let params = use_params_map();
        // What is no id is nobody's unit.
        let question = move || LoadServiceFor {
            unit: params
                .with(|params| params.get_str("unit").and_then(|id| id.parse().ok()))
                .unwrap_or(UnitId(Uuid::nil())),
            slug: params.with(|params| params.get("service")),
        };
        Self { sheet: Loading::new(question), opened: opened() }
    }

    fn view(self) -> AnyView {
        let Self { sheet, opened } = self;
        view! {
            <Transition>
                {awaited(move || async move {
                    shown(both(sheet.await, opened.await), |(sheet, opened)| view! { <Sheet sheet opened/> })
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Sheet(sheet: ServiceSheetFor, opened: Opened) -> impl IntoView {
    let t = texts();
    let unit = sheet.home.id;
    let home = sheet.home.label(t);
    match sheet.chosen.clone() {
        None => {
            let lines = Line::ALL.into_iter().filter_map(|line| of_line(t, line, &sheet.services, unit)).collect_view();
            view! {
                <Title text=t.frame_title(t.service_for_title(), t.frame_product())/>
                <a class="back" href=format!("/staff/people/{unit}")>{icon("arrow-left")} " " {home}</a>
                <header><h1>{t.service_for_title()}</h1></header>
                {lines}
            }
            .into_any()
        }
        Some(service) => {
            let title = service.names.of(t.lang).to_owned();
            let what = about(t, &service);
            let symbol = service.icon.clone();
            view! {
                <Title text=t.frame_title(&title, t.frame_product())/>
                <a class="back" href=format!("/staff/people/{unit}/order")>{icon("arrow-left")} " " {home}</a>
                <article class="card service">
                    <header><h1>{icon(&symbol)} " " {title}</h1></header>
                    {what}
                </article>
                {form(t, service, &sheet, opened)}
            }
            .into_any()
        }
    }
}

fn of_line(t: Texts, line: Line, all: &[Service], unit: UnitId) -> Option<AnyView> {
    let own: Vec<_> = all.iter().filter(|service| service.line == line).collect();
    if own.is_empty() {
        return None;
    }
    let tile = |service: &Service| {
        view! {
            <li>
                <a class="tile" href=format!("/staff/people/{unit}/order/{}", service.slug)>
                    {icon(&service.icon)}
                    <span>
                        {service.names.of(t.lang).to_owned()} <span class="hint">{service_price_text(t, &service.terms)}</span>
                    </span>
                </a>
            </li>
        }
    };
    let tiles = own.into_iter().map(tile).collect_view();
    Some(
        view! {
            <section aria-labelledby=line.tag()>
                <h2 id=line.tag()>{line_word(t, line)}</h2>
                <ul class="tiles">{tiles}</ul>
            </section>
        }
        .into_any(),
    )
}

/// Who of the household has it, and what is asked.
fn form(t: Texts, service: Service, sheet: &ServiceSheetFor, opened: Opened) -> AnyView {
    let first = sheet.people.first().map(|(account, _)| account.to_string()).unwrap_or_default();
    let choices: Vec<_> = sheet.people.iter().map(|(account, name)| Choice::new(account.to_string(), name)).collect();
    let (id, unit) = (service.id.to_string(), sheet.home.id.to_string());
    let then = "/staff/services/orders/{code}";
    let wall = sheet.wall.clone();
    view! {
        <Post
            to=OrderServiceFor::PATH opened about=id.clone() then on_done=go_on(then)
            check=Some(check(service.terms.clone()))
        >
            <Hidden name="service" value=id/>
            <Hidden name="unit" value=unit/>
            {if choices.is_empty() {
                view! { <p class="hint soft">{t.book_for_nobody()}</p> }.into_any()
            } else {
                view! { <Select name="account" label=t.book_for_who() choices value=first/> }.into_any()
            }}
            <Elsewhen wall/>
            <Questions terms=service.terms proposed=Answers::new() note=None/>
            <div class="submit">
                <button class="button" data-kind="primary" data-size="l">{icon("check-circle")} " " {t.services_order()}</button>
            </div>
        </Post>
    }
    .into_any()
}
