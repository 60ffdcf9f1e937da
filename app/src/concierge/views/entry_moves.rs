use super::super::api::{
    ArchiveService, DeclineService, DeliverService, NoteService, PromiseService, QuoteService, ReferService,
    SignNoticeHere, StartService, TakeService,
};
use super::super::model::{ServiceEntryFile, ServiceMove};
use super::super::rules::{LONGEST_AGENCY, LONGEST_NOTE};
use super::super::words::service_move_word;
use crate::forms::Opened;
use crate::services::PriceRule;
use crate::texts::{Texts, texts};
use crate::ui::{Checkbox, Field, Hidden, Move, Post, Row, SignaturePad, Steady, icon};
use leptos::prelude::*;
use server_fn::ServerFn;

/// The moves that are legal now: each its own form.
#[component]
pub(super) fn Moves(data: RwSignal<ServiceEntryFile>, opened: Opened) -> impl IntoView {
    let t = texts();
    let id = data.with_untracked(|file| file.entry.card.order.id);
    let seen = Signal::derive(move || data.with(|file| file.entry.card.order.version.to_string()));
    let all = Memo::new(move |_| data.with(|file| file.moves.clone()));
    let first = Memo::new(move |_| all.with(|all| all.first().copied()));
    let moves = Steady::of(move || all.with(|all| all.iter().map(|what| (id.0, *what as u8)).collect()));
    let form = move |row: Row| {
        let what = all.with_untracked(|all| all.iter().copied().find(|what| *what as u8 == row.1))?;
        let to = path(what)?;
        let is_first = Signal::derive(move || first.get() == Some(what));
        let is_harsh = matches!(what, ServiceMove::Decline | ServiceMove::Refer);
        Some(view! {
            <Move
                to opened=opened.clone() id=id.to_string() seen hold=moves.hold(row) looks=service_move_word(t, what)
                group="moves" is_first is_harsh asks=asks(t, what, data)
            />
        })
    };
    view! {
        <footer class="moves" role="group" aria-label=t.entry_moves() hidden=Signal::derive(move || moves.rows().is_empty())>
            <For each=move || moves.rows() key=|row| *row children=form/>
        </footer>
    }
}

/// Where a move of the office's is sent.
fn path(what: ServiceMove) -> Option<&'static str> {
    Some(match what {
        ServiceMove::Quote => QuoteService::PATH,
        ServiceMove::SignHere => SignNoticeHere::PATH,
        ServiceMove::Start => StartService::PATH,
        ServiceMove::Deliver => DeliverService::PATH,
        ServiceMove::Promise => PromiseService::PATH,
        ServiceMove::Decline => DeclineService::PATH,
        ServiceMove::Refer => ReferService::PATH,
        ServiceMove::Archive => ArchiveService::PATH,
        ServiceMove::Take => TakeService::PATH,
        ServiceMove::Sign
        | ServiceMove::Withdraw
        | ServiceMove::Accept
        | ServiceMove::SendBack
        | ServiceMove::Refuse
        | ServiceMove::Rate => return None,
    })
}

/// What a move asks, where it asks something.
fn asks(t: Texts, what: ServiceMove, data: RwSignal<ServiceEntryFile>) -> Option<Children> {
    let (rule, is_agency, is_promised) = data.with_untracked(|file| {
        let order = &file.entry.card.order;
        (order.price_rule, file.service.terms.is_agency, order.promised_at.is_some())
    });
    let agency = data.with_untracked(|file| file.entry.card.order.agency.clone().unwrap_or_default());
    let ask: Children = match what {
        ServiceMove::Quote => Box::new(move || quote(t, rule)),
        ServiceMove::SignHere => Box::new(move || sign(t)),
        ServiceMove::Start if is_agency => Box::new(move || {
            view! { <Field name="agency" label=t.service_agency() hint=t.service_agency_hint() longest=LONGEST_AGENCY value=agency/> }
                .into_any()
        }),
        ServiceMove::Deliver => Box::new(move || {
            view! { <Field name="arrived" label=t.service_arrived() hint=t.service_arrived_hint() kind="datetime-local" optional=true/> }
                .into_any()
        }),
        ServiceMove::Promise => Box::new(move || promise(t, is_promised)),
        ServiceMove::Decline | ServiceMove::Refer => Box::new(move || {
            view! { <Field name="reason" label=t.entry_why() kind="textarea" rows=2 longest=LONGEST_NOTE/> }.into_any()
        }),
        _ => return None,
    };
    Some(ask)
}

fn quote(t: Texts, rule: PriceRule) -> AnyView {
    let price = if rule == PriceRule::Hourly {
        view! { <Field name="hours" label=t.service_hours_needed() hint=t.service_hours_hint() autocomplete="off"/> }
            .into_any()
    } else {
        view! { <Field name="amount" label=t.service_amount() hint=t.service_amount_hint() autocomplete="off"/> }
            .into_any()
    };
    view! {
        {price}
        <Field name="note" label=t.service_quote_note() kind="textarea" rows=2 longest=LONGEST_NOTE optional=true/>
    }
    .into_any()
}

/// Signed at the desk: on glass, or as a typed name with a tick.
fn sign(t: Texts) -> AnyView {
    view! {
        <p>{t.charge_lead()}</p>
        <SignaturePad/>
        <Field name="signer" label=t.order_signer() longest=80 autocomplete="off"/>
        <Checkbox name="signed" label=t.service_signed_here() hint=t.order_signed_hint()/>
    }
    .into_any()
}

fn promise(t: Texts, is_promised: bool) -> AnyView {
    view! {
        <Field name="until" label=t.service_until() kind="datetime-local"/>
        <Field
            name="reason" label=t.service_moved_why() hint=t.service_moved_hint() kind="textarea" rows=2 longest=LONGEST_NOTE
            optional={!is_promised}
        />
    }
    .into_any()
}

/// What was asked of others, heard or done.
#[component]
pub(super) fn NoteForm(data: RwSignal<ServiceEntryFile>, opened: Opened) -> impl IntoView {
    let t = texts();
    let id = data.with_untracked(|file| file.entry.card.order.id.to_string());
    view! {
        <Post to=NoteService::PATH opened about=id.clone() dense=true>
            <Hidden name="id" value=id/>
            <Field name="words" label=t.service_follow_up() kind="textarea" rows=2 longest=LONGEST_NOTE/>
            <div class="submit">
                <button class="button">{icon("pen")} " " {t.service_write()}</button>
            </div>
        </Post>
    }
}
