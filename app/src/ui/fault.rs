use super::leave::sign_in_path;
use crate::fault::{Fault, Note, Refusal};
use crate::forms::is_kiosk;
use crate::texts::{Texts, texts};
use crate::ui::icon;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;
use std::sync::Arc;

/// Sets the status of the page that the server is rendering; browsers have none.
#[derive(Clone)]
pub struct SetStatus(pub Arc<dyn Fn(u16) + Send + Sync>);

/// What happened, in a sentence.
pub fn fault_text(t: Texts, fault: &Fault) -> String {
    match fault {
        Fault::SignedOut => t.fault_signed_out().to_owned(),
        Fault::NotAllowed => t.fault_not_allowed().to_owned(),
        Fault::NotFound => t.fault_not_found().to_owned(),
        Fault::Stale => t.fault_stale().to_owned(),
        Fault::Refused(refusal) => refusal_text(t, *refusal).to_owned(),
        Fault::Taken { .. } => t.fault_taken().to_owned(),
        Fault::Clash { .. } => t.fault_clash().to_owned(),
        Fault::Invalid(_) => t.fault_invalid().to_owned(),
        Fault::KeyReused => t.fault_key_reused().to_owned(),
        Fault::StillRunning => t.fault_still_running().to_owned(),
        Fault::Contended => t.fault_contended().to_owned(),
        Fault::TooMany { wait } => t.fault_too_many(wait.div_ceil(60)),
        Fault::Offline => t.fault_offline().to_owned(),
        Fault::Broken { reference } if reference.is_empty() => t.fault_broken_plain().to_owned(),
        Fault::Broken { reference } => t.fault_broken(reference),
    }
}

fn refusal_text(t: Texts, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::AlreadyMoved => t.refusal_already_moved(),
        Refusal::NoSupervisor => t.refusal_no_supervisor(),
        Refusal::NotOnTheTeam => t.refusal_not_on_the_team(),
        Refusal::NotADuplicateOf => t.refusal_not_a_duplicate_of(),
        Refusal::StillAtWork => t.refusal_still_at_work(),
        Refusal::TooFewAttempts => t.refusal_too_few_attempts(),
        Refusal::HadAHand => t.refusal_had_a_hand(),
        Refusal::TooFewTries => t.refusal_too_few_tries(),
        Refusal::TooLate => t.refusal_too_late(),
        Refusal::AlreadyRated => t.refusal_already_rated(),
        Refusal::RoleAboveOwn => t.refusal_role_above_own(),
        Refusal::InvitationUsed => t.refusal_invitation_used(),
        Refusal::NotAnOccupant => t.refusal_not_an_occupant(),
        Refusal::HasLeft => t.refusal_has_left(),
        Refusal::LastRole => t.refusal_last_role(),
        Refusal::NotConfirmedOnSite => t.refusal_not_confirmed_on_site(),
        Refusal::NotAssessed => t.refusal_not_assessed(),
        Refusal::NotCommon => t.refusal_not_common(),
        Refusal::IsAppointment => t.refusal_is_appointment(),
        Refusal::StillAnswers => t.refusal_still_answers(),
        Refusal::NoPlace => t.refusal_no_place(),
        Refusal::NeverOpen => t.refusal_never_open(),
        Refusal::ClockMissing => t.refusal_clock_missing(),
        Refusal::NothingDrafted => t.refusal_nothing_drafted(),
        Refusal::HoldOver => t.refusal_hold_over(),
        Refusal::TooLateToCancel => t.refusal_too_late_to_cancel(),
        Refusal::TooManyMissed => t.refusal_too_many_missed(),
        Refusal::TooEarly => t.refusal_too_early(),
        Refusal::HasBegun => t.refusal_has_begun(),
        Refusal::NotInducted => t.refusal_not_inducted(),
        Refusal::IsBooked => t.refusal_is_booked(),
        Refusal::IsFree => t.wait_is_free(),
        Refusal::AlreadyWaiting => t.wait_already(),
        Refusal::WaitsEnough => t.wait_enough(),
        Refusal::IsDrawn => t.draw_refused(),
        Refusal::DrawShut => t.draw_shut(),
        Refusal::NotSigned => t.service_not_signed(),
        Refusal::PriceOver => t.service_price_over(),
        Refusal::PartGone => t.service_part_gone(),
        Refusal::MovedOut => t.service_moved_out(),
        Refusal::NotOrdered => t.service_not_ordered(),
        Refusal::IsPart => t.service_is_part(),
        Refusal::NoMeasures => t.refusal_no_measures(),
        Refusal::MeasuresOpen => t.refusal_measures_open(),
        Refusal::IsShut => t.refusal_is_shut(),
        Refusal::HasActivity => t.refusal_has_activity(),
        Refusal::SignUpShut => t.refusal_sign_up_shut(),
        Refusal::HasSignedUp => t.refusal_has_signed_up(),
        Refusal::IsOver => t.refusal_is_over(),
    }
}

/// What is wrong with one field, in a sentence.
pub fn note_text(t: Texts, note: Note) -> String {
    match note {
        Note::Missing => t.note_missing().to_owned(),
        Note::TooLong(most) => t.note_too_long(most),
        Note::TooShort(least) => t.note_too_short(least),
        Note::NotAChoice => t.note_not_a_choice().to_owned(),
        Note::InManyBuildings => t.note_in_many_buildings().to_owned(),
        Note::NotYours => t.note_not_yours().to_owned(),
        Note::Malformed => t.note_malformed().to_owned(),
        Note::InThePast => t.note_in_the_past().to_owned(),
        Note::NotYet => t.note_not_yet().to_owned(),
        Note::BeforeTheFirst => t.note_before_the_first().to_owned(),
        Note::TooMany(most) => t.note_too_many(most),
        Note::NotBetween(least, most) => t.note_not_between(least, most),
        Note::NotInOrder => t.note_not_in_order().to_owned(),
        Note::DayTaken => t.note_day_taken().to_owned(),
        Note::NoOfficeDays => t.note_no_office_days().to_owned(),
        Note::TooSoon(minutes) => t.note_too_soon(crate::moment::span(t, minutes.into())),
        Note::TooFarAhead => t.note_too_far_ahead().to_owned(),
        Note::NotBookable => t.draw_not_bookable().to_owned(),
        Note::NotOpen => t.note_not_open().to_owned(),
        Note::QuotaUsed => t.note_quota_used().to_owned(),
        Note::IsDrawn => t.draw_refused().to_owned(),
        Note::BeforeTheLast => t.note_before_the_last().to_owned(),
        Note::BadCode => t.note_bad_code().to_owned(),
        Note::BadSignIn => t.note_bad_sign_in().to_owned(),
        Note::BadPin => t.note_bad_pin().to_owned(),
        Note::WeakPin => t.note_weak_pin().to_owned(),
        Note::WrongPassword => t.note_wrong_password().to_owned(),
        Note::WeakPassword => t.note_weak_password().to_owned(),
        Note::Taken => t.note_taken().to_owned(),
        Note::NotAnImage => t.note_not_an_image().to_owned(),
        Note::TooManyPixels(most) => t.note_too_many_pixels(most),
        Note::TooHeavy(most) => t.note_too_heavy(most),
        Note::NotYourPhoto => t.note_not_your_photo().to_owned(),
        Note::ChooseAgain => t.note_choose_again().to_owned(),
    }
}

/// What a page shows of what it asked: its sheet, or what went wrong.
pub fn shown<T, V: IntoAny>(answer: Result<T, Fault>, sheet: impl FnOnce(T) -> V) -> AnyView {
    match answer {
        Ok(answer) => sheet(answer).into_any(),
        Err(fault) => view! { <FaultPage fault/> }.into_any(),
    }
}

/// Two answers as one; else what went wrong with the first that failed.
pub fn both<A, B>(one: Result<A, Fault>, other: Result<B, Fault>) -> Result<(A, B), Fault> {
    Ok((one?, other?))
}

/// A page whose data could not be had. Strangers are led to sign in and back here; the status is the true one.
#[component]
pub fn FaultPage(
    /// Why.
    fault: Fault,
) -> impl IntoView {
    let t = texts();
    let here = use_location();
    let path = here.pathname.get_untracked();
    if fault == Fault::SignedOut {
        let search = here.search.get_untracked();
        let query = search.trim_start_matches('?');
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        return view! { <Redirect path=sign_in_path(&path, &query)/> }.into_any();
    }
    let start = if is_kiosk(&path) { "/kiosk" } else { "/" };
    if let Some(status) = use_context::<SetStatus>() {
        (status.0)(fault.status());
    }
    let (name, title) = match fault {
        Fault::NotFound => ("search", t.page_not_found()),
        Fault::NotAllowed => ("lock", t.page_not_allowed()),
        _ => ("alert", t.page_broken()),
    };
    view! {
        <Title text=t.frame_title(title, t.frame_product())/>
        <div class="empty" data-as="page">
            {icon(name)}
            <h1>{title}</h1>
            <p>{fault_text(t, &fault)}</p>
            <a class="button" href=start>{t.page_to_start()}</a>
        </div>
    }
    .into_any()
}

/// Percent-encodes what has a meaning inside a query value.
pub fn encode(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
