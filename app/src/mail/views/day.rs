use super::super::api::CountMail;
use super::super::model::{DayLine, DaySheet, MailCount, MailDesk, MailItem, MailKind, Way};
use super::super::rules::LONGEST_NOTE;
use super::super::words::{item_state_text, mail_kind_word, way_word};
use crate::forms::Opened;
use crate::moment::date;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Field, Hidden, Post, Select, WallClock, changing, icon, print_button};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The count sheet of a day, to print and sign, and the form by which letters and newspapers are counted.
#[component]
pub(super) fn Day(data: RwSignal<MailDesk>, clock: WallClock, opened: Opened) -> impl IntoView {
    let t = texts();
    let day = data.with_untracked(|desk| desk.day.as_ref().map(|day| (day.on.to_string(), day.today.to_string())));
    let Some((on, today)) = day else { return ().into_any() };
    let kinds = MailKind::COUNTED.map(|kind| Choice::new(kind.tag(), mail_kind_word(t, kind))).to_vec();
    let ways = Way::ALL.map(|way| Choice::new(way.tag(), way_word(t, way))).to_vec();
    let counted = on.clone();
    view! {
        <form class="search noprint" method="get" action="/staff/mail">
            <input type="hidden" name="show" value="day"/>
            <label for="mail-on">{t.mail_on()}</label>
            <input class="input" id="mail-on" type="date" name="on" value=on max=today/>
            <button class="button">{t.mail_on_show()}</button>
        </form>
        <div class="buttons noprint">{print_button(t.print())}</div>
        <article class="paper" aria-labelledby="sheet">
            {changing(move || data.with(|desk| desk.day.as_ref().map(|day| sheet(t, day, clock))))}
        </article>
        <section class="card stack noprint" aria-labelledby="count">
            <h2 id="count">{t.mail_count()}</h2>
            <Post to=CountMail::PATH opened>
                <Hidden name="on" value=counted/>
                <div class="pair">
                    <Select name="kind" label=t.mail_kind() choices=kinds/>
                    <Select name="way" label=t.mail_way() choices=ways/>
                </div>
                <Field name="pieces" label=t.mail_pieces() hint=t.mail_pieces_hint() kind="number" autocomplete="off"/>
                <Field name="note" label=t.mail_note() longest=LONGEST_NOTE optional=true autocomplete="off"/>
                <div class="submit">
                    <button class="button" data-kind="primary">{icon("check")} " " {t.mail_count_do()}</button>
                </div>
            </Post>
            <h3>{t.mail_counts()}</h3>
            {changing(move || data.with(|desk| desk.day.as_ref().map(|day| counts(t, &day.counts, clock))))}
        </section>
    }
    .into_any()
}

fn sheet(t: Texts, day: &DaySheet, clock: WallClock) -> AnyView {
    let line = |line: &DayLine| {
        view! {
            <tr>
                <th scope="row">{mail_kind_word(t, line.kind)}</th>
                <td data-as="number">{line.come}</td>
                <td data-as="number">{line.gone}</td>
                <td data-as="number">{line.back}</td>
            </tr>
        }
    };
    let items = (!day.items.is_empty()).then(|| items(t, &day.items, clock));
    view! {
        <header><h2 id="sheet">{t.mail_sheet(date(t, day.on))}</h2></header>
        <div class="scroll" tabindex="0" role="group" aria-label=t.mail_tab_day()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t.mail_kind()}</th>
                        <th scope="col" data-as="number">{t.mail_in()}</th>
                        <th scope="col" data-as="number">{t.mail_out()}</th>
                        <th scope="col" data-as="number">{t.mail_back()}</th>
                    </tr>
                </thead>
                <tbody>{day.lines.iter().map(line).collect_view()}</tbody>
            </table>
        </div>
        {items}
        <div class="signatures">
            <p>{t.mail_sign_counted()}</p>
            <p>{t.mail_sign_checked()}</p>
        </div>
    }
    .into_any()
}

/// Registered items and parcels of the day, by unit, with who signed.
fn items(t: Texts, items: &[MailItem], clock: WallClock) -> AnyView {
    let line = |item: &MailItem| {
        view! {
            <tr>
                <th scope="row">{item.home.label(t)}</th>
                <td>{mail_kind_word(t, item.kind)} " · " {item.carrier.clone()}</td>
                <td><span class="code">{item.number.clone()}</span></td>
                <td>{item_state_text(t, item, clock)}</td>
            </tr>
        }
    };
    view! {
        <h3>{t.mail_day_items()}</h3>
        <div class="scroll" tabindex="0" role="group" aria-label=t.mail_day_items()>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t.mail_unit()}</th>
                        <th scope="col">{t.mail_kind()}</th>
                        <th scope="col">{t.mail_number()}</th>
                        <th scope="col">{t.mail_state()}</th>
                    </tr>
                </thead>
                <tbody>{items.iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn counts(t: Texts, counts: &[MailCount], clock: WallClock) -> AnyView {
    if counts.is_empty() {
        return view! { <p class="soft">{t.mail_counts_none()}</p> }.into_any();
    }
    let line = |count: &MailCount| {
        let said = t.mail_count_line(mail_kind_word(t, count.kind), count.pieces, way_word(t, count.way));
        let note = count.note.clone().map(|note| view! { " · " {note} });
        view! { <li>{said} " " <span class="hint">{count.by.clone()} " · " {clock.near(t, count.at)} {note}</span></li> }
    };
    view! { <ul class="plain">{counts.iter().map(line).collect_view()}</ul> }.into_any()
}
