use crate::estate::{DepartmentRef, Names};
use crate::ids::{DepartmentId, RequestId};
use crate::moment::{Moment, Wall};
use crate::requests::{
    Card, Headline, Holder, PlaceName, Promise, PromiseKind, PromiseLine, Side, Stage, WaitingFrom, WaitingOn,
    stage_chip, ticket, urgency_chip,
};
use crate::services::Urgency;
use crate::texts::{Texts, texts};
use crate::ui::ticking;
use crate::work::{OrderStage, order_chip};
use chrono::TimeDelta;
use leptos::prelude::*;
use uuid::Uuid;

/// How states look: stages, urgencies, and the promise line at each turn of its clock.
#[component]
pub fn States() -> impl IntoView {
    let t = texts();
    let chips = stages().map(|stage| view! { {stage_chip(t, &stage)} " " }).collect_view();
    let orders = order_stages().map(|stage| view! { {order_chip(t, &stage)} " " }).collect_view();
    let urgencies = Urgency::ALL.map(|urgency| view! { {urgency_chip(t, urgency)} " " }).collect_view();
    let now = Moment::UNIX_EPOCH + TimeDelta::hours(12);
    let clock = ticking(move || Wall::new(now, vec![(Moment::UNIX_EPOCH, 8 * 3600)]));
    let tickets = [
        (Stage::Triaged, Some(300)),
        (Stage::Dispatched, Some(12)),
        (Stage::Dispatched, Some(-25)),
        (Stage::Done, None),
        (Stage::Confirmed, None),
        (Stage::Waiting { on: WaitingOn::Parts, from: WaitingFrom::InProgress }, Some(1600)),
    ];
    let tickets = tickets
        .map(|(stage, minutes)| {
            let card = card(t, stage, minutes.map(|minutes| now + TimeDelta::minutes(minutes)), now);
            view! { <li>{ticket(t, &card, clock, Side::Resident, Headline::Link("/gallery"))}</li> }
        })
        .into_iter()
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="gallery-stages">
            <h2 id="gallery-stages">{t.gallery_stages()}</h2>
            <p class="line">{chips}</p>
            <p class="line">{orders}</p>
            <p class="line">{urgencies}</p>
        </section>
        <section class="stack" aria-labelledby="gallery-promises">
            <h2 id="gallery-promises">{t.gallery_promises()}</h2>
            <ul class="tickets">{tickets}</ul>
        </section>
    }
}

fn stages() -> impl Iterator<Item = Stage> {
    let waiting = WaitingOn::ALL.map(|on| Stage::Waiting { on, from: WaitingFrom::Triaged });
    [Stage::Received, Stage::Triaged, Stage::Dispatched, Stage::InProgress].into_iter().chain(waiting).chain([
        Stage::Done,
        Stage::Confirmed,
        Stage::Unconfirmed,
        Stage::Disputed,
        Stage::Reopened,
        Stage::Archived,
        Stage::Declined { reason: String::new() },
        Stage::Cancelled,
        Stage::Duplicate { of: RequestId(Uuid::nil()) },
    ])
}

fn order_stages() -> impl Iterator<Item = OrderStage> {
    [
        OrderStage::Issued,
        OrderStage::Accepted,
        OrderStage::EnRoute,
        OrderStage::OnSite,
        OrderStage::Paused { on: WaitingOn::Parts },
        OrderStage::Completed,
        OrderStage::Verified,
        OrderStage::Rework { reason: String::new() },
        OrderStage::Refused { reason: String::new() },
        OrderStage::Cancelled { reason: String::new() },
    ]
    .into_iter()
}

fn card(t: Texts, stage: Stage, due_at: Option<Moment>, now: Moment) -> Card {
    let named = |name: &str| Names { en: name.to_owned(), hans: name.to_owned(), hant: name.to_owned() };
    let department = DepartmentRef {
        id: DepartmentId(Uuid::nil()),
        slug: "engineering".to_owned(),
        names: named(t.gallery_sample_department()),
    };
    Card {
        id: RequestId(Uuid::nil()),
        code: t.gallery_sample_code().to_owned(),
        item: named(t.gallery_sample_item()),
        icon: "water".to_owned(),
        place: PlaceName::Common { building: None, area: named(t.gallery_sample_area()), floor: Some(3) },
        words: t.gallery_sample_words().to_owned(),
        urgency: Urgency::Normal,
        line: PromiseLine {
            stage,
            holder: Holder { department, person: None },
            promise: due_at.map(|due_at| Promise { kind: PromiseKind::Visit, due_at }),
            made_at: Some(now - TimeDelta::hours(1)),
            moved: None,
        },
        received_at: now - TimeDelta::hours(1),
    }
}
