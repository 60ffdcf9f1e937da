use super::super::api::LoadServiceEntry;
use super::super::model::{ServiceEntryFile, ServiceNote, SignedBy};
use super::entry_moves::{Moves, NoteForm};
use super::parts::{about, answers, cost, fact, lines, promised, rated, script, signed, stage_chip};
use crate::asking::Loading;
use crate::forms::Opened;
use crate::live::Room;
use crate::page::office_page;
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, awaited, both, changing, fresh, icon, opened, param, shown, tel, ticking};
use crate::work::Vendor;
use leptos::prelude::*;
use leptos_meta::Title;

/// One order as the office sees it through: price, signature, work, what was asked of others, and the end.
pub struct ServiceEntryPage {
    file: Loading<ServiceEntryFile>,
    opened: Loading<Opened>,
}

office_page!(ServiceEntryPage in service_entry);

impl ServiceEntryPage {
    fn data() -> Self {
        let code = param("code");
        Self { file: Loading::new(move || LoadServiceEntry { code: code.get() }), opened: opened() }
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
fn Sheet(file: ServiceEntryFile, opened: Opened) -> impl IntoView {
    let t = texts();
    let card = file.entry.card.clone();
    let title = card.service.of(t.lang).to_owned();
    let (home, unit, person) = (file.entry.home.label(t), card.order.unit, file.entry.person.clone());
    let code = card.order.code.clone();
    let what = about(t, &file.service);
    let how = file.script.as_ref().map(|words| script(t, words));
    let vendors = file.vendor.iter().chain(&file.part_vendors).map(|vendor| fact(t.service_by(), firm(vendor)));
    let vendors = vendors.collect_view();
    let may_write = file.may_write;
    let whose = if file.is_desk {
        view! { <a href=format!("/staff/people/{unit}")>{home}</a> }.into_any()
    } else {
        home.into_any()
    };
    let again = code.clone();
    let data = fresh(file, Room::Concierge, move || LoadServiceEntry { code: again.clone() });
    let clock = ticking(move || data.with(|file| file.wall.clone()));
    let stage = Memo::new(move |_| data.with(|file| file.entry.card.order.stage));
    let two = opened.clone();
    view! {
        <Title text=t.frame_title(&title, t.frame_product())/>
        <a class="back" href="/staff/services">{icon("arrow-left")} " " {t.service_desk_title()}</a>
        <article class="card service">
            <header>
                <h1>{icon(&card.icon)} " " {title}</h1>
                {changing(move || stage_chip(t, stage.get()))}
            </header>
            <p class="when" role="status">{changing(move || due(t, data, clock))}</p>
            <dl class="facts">
                {fact(t.booking_for(), whose)}
                {fact(t.service_person(), person)}
                {fact(t.booking_code(), view! { <span class="code">{code}</span> })}
                {changing(move || data.with(|file| facts(t, file, clock)))}
                {vendors}
            </dl>
            {changing(move || data.with(|file| parts(t, file, clock)))}
            <Moves data opened/>
        </article>
        <section class="card" aria-labelledby="notes">
            <h2 id="notes">{t.service_notes()}</h2>
            {changing(move || data.with(|file| notes(t, &file.notes, clock)))}
            {may_write.then(|| view! { <NoteForm data opened=two/> })}
        </section>
        <section class="stack" aria-labelledby="about">
            <h2 id="about">{t.service_about()}</h2>
            {what}
            {how}
        </section>
    }
}

/// Whom to ask of a firm that delivers it.
fn firm(vendor: &Vendor) -> AnyView {
    let phone = vendor.phone.clone().map(|phone| view! { " " <a class="nowrap" href=tel(&phone)>{phone.clone()}</a> });
    let email = vendor.email.clone().map(|email| view! { " " <a href=format!("mailto:{email}")>{email.clone()}</a> });
    view! { {vendor.name.clone()} " " {vendor.contact.clone()} {phone} {email} }.into_any()
}

/// By when something is owed, and whether it is late.
fn due(t: Texts, data: RwSignal<ServiceEntryFile>, clock: WallClock) -> String {
    data.with(|file| {
        let order = &file.entry.card.order;
        let Some(due) = order.due_at else { return order.reason.clone().unwrap_or_default() };
        let when = clock.near(t, due);
        if order.is_late(clock.now().moment()) { t.service_late(when) } else { t.service_by_when(when) }
    })
}

/// What belongs to it, where it is a bundle, and who brings each.
fn parts(t: Texts, file: &ServiceEntryFile, clock: WallClock) -> Option<AnyView> {
    // Bookings are the desk's to open.
    let bookings = file.is_desk.then_some("/staff/bookings");
    (!file.parts.is_empty()).then(|| lines(t, &file.entry.card.order, &file.parts, clock, bookings))
}

fn facts(t: Texts, file: &ServiceEntryFile, clock: WallClock) -> AnyView {
    let (order, terms) = (&file.entry.card.order, &file.service.terms);
    let drawing = file.notice.as_ref().filter(|notice| file.is_desk && notice.means == SignedBy::Glass).map(|notice| {
        let source = format!("/signatures/{}/{}", order.estate, notice.id);
        view! { <img class="drawn" src=source alt=t.sheet_drawing(&notice.signer) width="320" height="100" loading="lazy"/> }
    });
    let notice = file.notice.as_ref().map(|notice| signed(t, notice, clock));
    view! {
        {fact(t.service_holder(), file.entry.holder.clone())}
        {answers(t, order, terms)}
        {order.note.clone().map(|note| fact(t.service_note(), note))}
        {fact(t.booking_price(), cost(t, order, terms))}
        {(!file.promises.is_empty()).then(|| fact(t.service_promised(), promised(t, &file.promises, order, clock)))}
        {order.agency.clone().map(|agency| fact(t.service_agency(), agency))}
        {notice.map(|words| fact(t.service_notice(), view! { <span>{words}</span> {drawing} }))}
        {order.reason.clone().map(|reason| fact(t.service_reason(), reason))}
        {rated(t, order).map(|stars| fact(t.booking_rated(), stars))}
    }
    .into_any()
}

/// What was asked of others, heard and done, the first one first.
fn notes(t: Texts, notes: &[ServiceNote], clock: WallClock) -> AnyView {
    if notes.is_empty() {
        return view! { <p class="soft">{t.service_notes_none()}</p> }.into_any();
    }
    let line = |note: &ServiceNote| {
        view! {
            <li>
                <p>{note.words.clone()}</p>
                <p class="hint soft">{note.by.clone()} " · " {clock.at(note.at).full(t)}</p>
            </li>
        }
    };
    view! { <ul class="plain">{notes.iter().map(line).collect_view()}</ul> }.into_any()
}
