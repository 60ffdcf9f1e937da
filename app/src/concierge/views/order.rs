use super::super::api::LoadServiceOrder;
use super::super::model::{ServiceFile, ServiceMove, ServiceStage};
use super::order_moves::{Answer, Rate, Refuse, Sign, Withdraw};
use super::parts::{about, answers, cost, fact, lines, promised, rated, signed, stage_chip};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::lazy_page;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, both, changing, fresh, icon, opened, param, shown, ticking};
use leptos::prelude::*;
use leptos_meta::Title;

/// One order: what happens next, its charge notice to sign, and in the end a word about how it was.
pub struct ServiceOrderPage {
    file: Loading<ServiceFile>,
    opened: Loading<Opened>,
}

lazy_page!(ServiceOrderPage in service_order);

impl ServiceOrderPage {
    fn data() -> Self {
        let code = param("code");
        Self { file: Loading::new(move || LoadServiceOrder { code: code.get() }), opened: opened() }
    }

    fn view(self) -> AnyView {
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(both(self.file.await, self.opened.await), |(file, opened)| view! { <Sheet file opened/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Sheet(file: ServiceFile, opened: Opened) -> impl IntoView {
    let t = texts();
    let code = file.card.order.code.clone();
    let (title, icon_name, slug) =
        (file.card.service.of(t.lang).to_owned(), file.card.icon.clone(), file.card.slug.clone());
    let what = about(t, &file.service);
    let (is_offered, estate) = (!file.service.is_retired, file.service.estate);
    let (again, its_code) = (code.clone(), code.clone());
    let data = fresh(file, Room::Concierge, move || LoadServiceOrder { code: again.clone() });
    let clock = ticking(move || data.with(|file| file.wall.clone()));
    let stage = Memo::new(move |_| data.with(|file| file.card.order.stage));
    let can = move |what: ServiceMove| Memo::new(move |_| data.with(|file| file.moves.contains(&what)));
    let (sign, accept) = (can(ServiceMove::Sign), can(ServiceMove::Accept));
    let (rate, withdraw, refuse) = (can(ServiceMove::Rate), can(ServiceMove::Withdraw), can(ServiceMove::Refuse));
    let (one, two, three, four) = (opened.clone(), opened.clone(), opened.clone(), opened.clone());
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href="/services">{icon("arrow-left")} " " {t.services_title()}</a>
        <article class="card service">
            <header>
                <h1>{icon(&icon_name)} " " {title}</h1>
                {changing(move || stage_chip(t, stage.get()))}
            </header>
            <p class="when" role="status">{changing(move || says(t, data, clock))}</p>
            <dl class="facts">
                {changing(move || data.with(|file| facts(t, file, clock)))}
                {fact(t.booking_code(), view! { <span class="code">{code}</span> })}
            </dl>
            {changing(move || data.with(|file| parts(t, file, clock)))}
            {changing(move || sign.get().then(|| view! { <Sign data clock opened=one.clone()/> }))}
            {changing(move || accept.get().then(|| view! { <Answer data opened=two.clone()/> }))}
            {changing(move || (refuse.get() && !accept.get()).then(|| view! { <Refuse data opened=four.clone()/> }))}
            {changing(move || (rate.get() && !accept.get()).then(|| view! { <Rate data opened=three.clone()/> }))}
        </article>
        <section class="stack" aria-labelledby="about">
            <h2 id="about">{t.service_about()}</h2>
            {what}
        </section>
        <div class="buttons">
            {is_offered.then(|| view! {
                <a class="button" href=format!("/services/{slug}?estate={estate}&again={its_code}")>{icon("retry")} " " {t.service_again()}</a>
            })}
        </div>
        {changing(move || withdraw.get().then(|| view! { <Withdraw data opened=opened.clone()/> }))}
    }
}

/// What happens next, who holds it now, and by when.
fn says(t: Texts, data: RwSignal<ServiceFile>, clock: WallClock) -> String {
    data.with(|file| {
        let order = &file.card.order;
        let who = file.service.terms.deliverer.of(t.lang);
        let due = order.due_at.map(|due| clock.near(t, due)).unwrap_or_default();
        let reason = order.reason.clone().unwrap_or_default();
        match order.stage {
            ServiceStage::Requested => t.service_says_requested(due),
            ServiceStage::Quoted => t.service_says_quoted(due),
            ServiceStage::Signed => t.service_says_signed(due, who),
            ServiceStage::Delivering => t.service_says_delivering(due, who),
            ServiceStage::Delivered => t.service_says_delivered(due),
            ServiceStage::Rework => t.service_says_rework(due, who),
            ServiceStage::Accepted => t.service_says_accepted().to_owned(),
            ServiceStage::Unconfirmed => t.service_says_unconfirmed().to_owned(),
            ServiceStage::Billed => t.service_says_billed().to_owned(),
            ServiceStage::Referred => t.service_says_referred(reason),
            ServiceStage::Archived => t.service_says_archived().to_owned(),
            ServiceStage::Declined => t.service_says_declined(reason),
            ServiceStage::Withdrawn => t.service_says_withdrawn().to_owned(),
            ServiceStage::Lapsed => t.service_says_lapsed().to_owned(),
        }
    })
}

/// What belongs to it, where it is a bundle.
fn parts(t: Texts, file: &ServiceFile, clock: WallClock) -> Option<AnyView> {
    (!file.parts.is_empty()).then(|| lines(t, &file.card.order, &file.parts, clock, Some("/bookings")))
}

fn facts(t: Texts, file: &ServiceFile, clock: WallClock) -> AnyView {
    let (order, terms) = (&file.card.order, &file.service.terms);
    view! {
        {fact(t.booking_for(), file.home.label(t))}
        {answers(t, order, terms)}
        {order.note.clone().map(|note| fact(t.service_note(), note))}
        {fact(t.booking_price(), cost(t, order, terms))}
        {(!file.promises.is_empty()).then(|| fact(t.service_promised(), promised(t, &file.promises, order, clock)))}
        {order.agency.clone().map(|agency| fact(t.service_agency(), agency))}
        {file.notice.as_ref().map(|notice| fact(t.service_notice(), signed(t, notice, clock)))}
        {rated(t, order).map(|stars| fact(t.booking_rated(), stars))}
    }
    .into_any()
}
