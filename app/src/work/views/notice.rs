use super::windows::window_text;
use crate::asking::Loading;
use crate::ids::OrderId;
use crate::live::Room;
use crate::moment::date;
use crate::page::office_page;
use crate::requests::{PlaceName, place_text, urgency_word};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, changing, fresh, icon, print_button, shown, ticking};
use crate::work::{LoadOrder, Sheet, Vendor, mail_link};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// The repair notice of a vendor's order (维修通知单, C10): an A4 page to print or to mail, its headings in Chinese and
/// English.
pub struct NoticePage {
    sheet: Loading<Sheet>,
}

office_page!(NoticePage in notice);

impl NoticePage {
    fn data() -> Self {
        let params = use_params_map();
        let order = move || params.with(|params| params.get_str("order").and_then(|id| id.parse::<OrderId>().ok()));
        let order = Memo::new(move |_| order().unwrap_or(OrderId(Uuid::nil())));
        Self { sheet: Loading::new(move || LoadOrder { order: order.get() }) }
    }

    fn view(self) -> AnyView {
        let sheet = self.sheet;
        view! {
            <Suspense>
                {awaited(move || async move {
                    shown(sheet.await, |first| view! { <Paper first/> })
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Paper(
    /// The order as it was when the page was loaded.
    first: Sheet,
) -> impl IntoView {
    let t = texts();
    let code = first.job.card.code.clone();
    let order = first.job.order.order.id;
    let data = fresh(first, Room::Requests, move || LoadOrder { order });
    let clock = ticking(move || data.with(|data| data.wall.clone()));
    let mail = move || {
        data.with(|data| {
            let vendor = data.job.order.vendor.as_ref()?;
            let to = vendor.email.as_ref()?;
            let words = t.notice_mail(&data.job.card.code, place_text(t, &data.job.card.place), instructions(data));
            let subject = t.notice_subject(&data.job.card.code);
            let link = mail_link(to, Some((subject.as_str(), words.as_str())));
            Some(view! { <a class="button" href=link>{icon("send")} " " {t.notice_send()}</a> })
        })
    };
    view! {
        <Title text=t.frame_title(t.notice_subject(&code), t.frame_product())/>
        <nav class="buttons" aria-label=t.notice_actions()>
            <a class="button" data-kind="quiet" href=format!("/staff/orders/{order}")>{icon("arrow-left")} " " {t.notice_back()}</a>
            {print_button(t.print())}
            {changing(mail)}
        </nav>
        {changing(move || data.with(|data| paper(t, data, clock)))}
    }
}

/// What the vendor is asked to do: the dispatcher's words, else the report's.
fn instructions(data: &Sheet) -> String {
    data.job.order.order.instructions.clone().unwrap_or_else(|| data.words.clone())
}

fn paper(t: Texts, data: &Sheet, clock: WallClock) -> AnyView {
    let card = &data.job.card;
    let order = &data.job.order;
    let line = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    let reach = |vendor: &Vendor| {
        let parts = [vendor.contact.clone(), vendor.phone.clone(), vendor.email.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let vendor = order.vendor.as_ref().map(|vendor| {
        view! { {line(t.notice_to(), vendor.name.clone())} {line(t.notice_reach(), reach(vendor))} }
    });
    let window = data.job.appointment.as_ref().map(|window| {
        let is_common = matches!(card.place, PlaceName::Common { .. });
        line(t.notice_window(), window_text(t, window, clock, is_common))
    });
    // The dispatcher's words are for the firm, the resident's only where there are no others.
    let work = match &order.order.instructions {
        Some(instructions) => line(t.notice_work(), instructions.clone()),
        None => line(t.notice_report(), data.words.clone()),
    };
    let issued = date(t, clock.at(order.order.issued_at).day());
    view! {
        <article class="paper" aria-labelledby="notice-title">
            <header>
                <h1 id="notice-title">{t.notice_title()}</h1>
                <p class="code">{card.code.clone()}</p>
            </header>
            <dl class="facts" data-as="rows">
                {vendor}
                {line(t.notice_from(), order.department.names.of(t.lang).to_owned())}
                {line(t.notice_date(), issued)}
                {line(t.notice_place(), place_text(t, &card.place))}
                {line(t.notice_item(), card.item.of(t.lang).to_owned())}
                {line(t.notice_urgency(), urgency_word(t, card.urgency).to_owned())}
                {window}
                {work}
            </dl>
            <table class="table">
                <caption>{t.notice_record()}</caption>
                <thead>
                    <tr><th scope="col">{t.notice_found()}</th><th scope="col">{t.notice_parts()}</th><th scope="col">{t.notice_when()}</th></tr>
                </thead>
                <tbody><tr><td></td><td></td><td></td></tr><tr><td></td><td></td><td></td></tr><tr><td></td><td></td><td></td></tr></tbody>
            </table>
            <div class="signatures">
                <p>{t.notice_sign_vendor()}</p>
                <p>{t.notice_sign_client()}</p>
                <p>{t.notice_sign_office()}</p>
            </div>
        </article>
    }
    .into_any()
}
