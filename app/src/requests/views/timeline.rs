use super::line::HOLE;
use crate::followups::answer_text;
use crate::ids::EstateId;
use crate::moment::{Moment, When, span};
use crate::photos::PhotoGrid;
use crate::policy::clock_word;
use crate::requests::words::{Side, means_word, stage_tag_word, urgency_word, waiting_word};
use crate::requests::{By, Entry, Happening, PromiseKind, Response};
use crate::texts::{Texts, texts};
use crate::ui::{WallClock, changing, icon};
use crate::work::{Proof, verdict_word};
use leptos::prelude::*;

/// Everything that happened to a matter, oldest first, in plain words.
#[component]
pub fn Timeline(
    /// What happened, as the reader may know it.
    #[prop(into)]
    entries: Signal<Vec<Entry>>,
    /// For its photos.
    estate: EstateId,
    /// The page's clock.
    clock: WallClock,
    /// Who reads it.
    side: Side,
) -> impl IntoView {
    // Append-only: an entry's place in the record is its identity.
    let rows = move || entries.get().into_iter().enumerate().collect::<Vec<_>>();
    view! {
        <News entries clock side/>
        <ol class="timeline">
            <For
                each=rows
                key=|(at, entry)| (*at, entry.at, entry.photos.len())
                children=move |(_, entry)| line(texts(), entry, estate, clock, side).into_any()
            />
        </ol>
    }
}

/// Says what happened last to whoever listens to the page; not what had happened when it was loaded.
#[component]
fn News(entries: Signal<Vec<Entry>>, clock: WallClock, side: Side) -> impl IntoView {
    let t = texts();
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<usize>| {
        entries.with(|entries| {
            if before.is_some_and(|before| before < entries.len())
                && let Some(entry) = entries.last()
            {
                let what = untrack(|| happening_text(t, &entry.happening, clock, side));
                said.set(t.timeline_news(what, by_text(t, &entry.by)));
            }
            entries.len()
        })
    });
    view! { <p class="sr" role="status">{changing(move || said.get())}</p> }
}

fn line(t: Texts, entry: Entry, estate: EstateId, clock: WallClock, side: Side) -> impl IntoView {
    let when = clock.at(entry.at);
    let kind = kind_of(&entry);
    let who = match (&entry.happening, by_text(t, &entry.by)) {
        (Happening::Noted { .. }, who) => t.timeline_internal(who),
        (_, who) => who,
    };
    let photos = entry.photos.clone();
    let waited =
        entry.done_at.map(|done_at| view! { <p class="hint">{late_text(t, clock.at(done_at), when)}</p> }.into_any());
    let incident = match entry.happening {
        Happening::IncidentProposed { incident, .. } | Happening::Linked { incident } if side == Side::Staff => {
            Some(view! { <a href=format!("/staff/incidents/{incident}")>{t.timeline_incident()}</a> }.into_any())
        }
        _ => None,
    };
    view! {
        <li data-kind=kind data-mine=(entry.by == By::You).then_some("") data-tone=tone_of(&entry.happening)>
            {icon(happening_icon(&entry.happening))}
            <p class="when">
                <b>{who}</b>
                " "
                <time datetime=when.machine() title=when.full(t)>{changing(move || when.near(t, clock.now()))}</time>
            </p>
            <div class="words">
                <p>{words_of(t, &entry.happening, clock, side)} " " {incident}</p>
                {waited}
            </div>
            <PhotoGrid estate photos=Signal::stored(photos)/>
        </li>
    }
}

/// When something was done on a device without signal, and when it arrived.
pub fn late_text(t: Texts, done: When, arrived: When) -> String {
    if done.day() == arrived.day() {
        t.timeline_offline(arrived.clock(), done.clock())
    } else {
        t.timeline_offline(arrived.full(t), done.full(t))
    }
}

fn kind_of(entry: &Entry) -> &'static str {
    match entry.happening {
        Happening::Noted { .. } => "internal",
        Happening::Commented { .. } | Happening::Disputed { .. } => "said",
        Happening::Promised { .. } | Happening::PromiseLapsed { .. } => "promise",
        _ => "moved",
    }
}

fn tone_of(happening: &Happening) -> Option<&'static str> {
    match happening {
        Happening::Confirmed => Some("good"),
        Happening::PromiseLapsed { .. } | Happening::ClockMissed { .. } => Some("broken"),
        Happening::Disputed { .. } | Happening::SentBack { .. } | Happening::Declined { .. } => Some("broken"),
        Happening::FollowedUp(answer) if !answer.satisfied => Some("broken"),
        _ => None,
    }
}

/// A happening's symbol.
pub fn happening_icon(happening: &Happening) -> &'static str {
    match happening {
        Happening::Received { .. } => "report",
        Happening::Triaged { .. } | Happening::TakenOver => "user-check",
        Happening::Promised { reason: None, .. } => "clock",
        Happening::Promised { .. } => "history",
        Happening::PromiseLapsed { .. } | Happening::ClockMissed { .. } => "alert",
        Happening::Dispatched { .. } => "arrow-right",
        Happening::ConfirmedOnSite { .. } => "pen",
        Happening::MaterialUsed { .. } | Happening::MaterialChecked { .. } => "list",
        Happening::TimeSpent { .. } => "clock",
        Happening::LineStruck { .. } => "undo",
        Happening::WindowOffered { .. } | Happening::WindowWithdrawn { .. } | Happening::Appointed { .. } => "calendar",
        Happening::Orphaned { .. } => "door",
        Happening::OrphanContacted { .. } => "phone",
        Happening::OrphanMissed { .. } => "alert",
        Happening::AssessmentAsked { .. } => "help",
        Happening::Assessed { .. } => "user-check",
        Happening::OrderAccepted { .. } | Happening::Completed { .. } | Happening::Done => "check",
        Happening::OrderRefused { .. } | Happening::OrderCancelled { .. } | Happening::Declined { .. } => "cross",
        Happening::Cancelled { .. } => "cross",
        Happening::SetOut { .. } => "truck",
        Happening::Arrived { .. } => "pin",
        Happening::Paused { .. } | Happening::Waiting { .. } => "pause",
        Happening::Resumed { .. } | Happening::WentOn => "wrench",
        Happening::Verified { .. } | Happening::Confirmed => "check-circle",
        Happening::Followed { .. } => "arrow-right",
        Happening::IncidentProposed { .. } | Happening::Linked { .. } | Happening::Shared { .. } => "users",
        Happening::IncidentDismissed { .. } | Happening::Unlinked { .. } => "arrow-right",
        Happening::IncidentClosed { .. } => "check",
        Happening::Echoed { happening } => happening_icon(happening),
        Happening::ContactAttempted { .. } => "phone",
        Happening::Unconfirmed { .. } => "help",
        Happening::SentBack { .. } | Happening::Reopened | Happening::BackAtDesk => "retry",
        Happening::Disputed { .. } => "cross-circle",
        Happening::Rated { .. } | Happening::FollowedUp(_) => "star",
        Happening::Archived => "inbox",
        Happening::MarkedDuplicate { .. } => "users",
        Happening::Commented { .. } => "chat",
        Happening::Noted { .. } => "note-lock",
    }
}

/// Who did something, as it is named to people.
fn by_text(t: Texts, by: &By) -> String {
    match by {
        By::You => t.timeline_you().to_owned(),
        By::Resident(Some(name)) => name.clone(),
        By::Resident(None) => t.timeline_resident().to_owned(),
        By::Staff { department, name } if name.is_empty() => department.of(t.lang).to_owned(),
        By::Staff { department, name } => t.holder_person(department.of(t.lang), name),
        By::Clockwork => t.timeline_clockwork().to_owned(),
    }
}

/// A happening in words; a time that no longer holds is struck through.
fn words_of(t: Texts, happening: &Happening, clock: WallClock, side: Side) -> AnyView {
    // The first time that a person tells takes the catalogue's place: nothing that was told has moved.
    let Happening::Promised { promise, instead_of: Some(was), reason: Some(reason) } = happening else {
        return happening_text(t, happening, clock, side).into_any();
    };
    let (due, was) = (clock.at(promise.due_at), clock.at(*was));
    let sentence = t.hap_moved(due.full(t), HOLE);
    let (before, after) = sentence.split_once(HOLE).unwrap_or((&sentence, ""));
    let (before, after) = (before.to_owned(), after.to_owned());
    view! { {before} <s>{was.full(t)}</s> {after} " " {reason.clone()} }.into_any()
}

/// A happening as one sentence.
pub fn happening_text(t: Texts, happening: &Happening, clock: WallClock, side: Side) -> String {
    let resident = side == Side::Resident;
    match happening {
        Happening::Received { .. } => t.hap_received().to_owned(),
        Happening::Triaged { .. } if resident => t.hap_triaged_resident().to_owned(),
        Happening::Triaged { urgency } => t.hap_triaged_staff(urgency_word(t, *urgency)),
        Happening::TakenOver => t.hap_taken_over().to_owned(),
        Happening::Promised { promise, .. } => {
            let due = clock.at(promise.due_at).full(t);
            match promise.kind {
                PromiseKind::Answer => t.hap_promised_answer(due),
                PromiseKind::Visit => t.hap_promised_visit(due),
                PromiseKind::Finish => t.hap_promised_finish(due),
            }
        }
        Happening::PromiseLapsed { promise } => {
            let due = clock.at(promise.due_at).full(t);
            match promise.kind {
                PromiseKind::Answer => t.hap_lapsed_answer(due),
                PromiseKind::Visit => t.hap_lapsed_visit(due),
                PromiseKind::Finish => t.hap_lapsed_finish(due),
            }
        }
        Happening::ClockMissed { clock: kind, due_at } => {
            t.hap_clock_missed(clock_word(t, *kind), clock.at(*due_at).full(t))
        }
        Happening::Dispatched { .. } if resident => t.hap_dispatched_resident().to_owned(),
        Happening::Dispatched { .. } => t.hap_dispatched_staff().to_owned(),
        Happening::OrderAccepted { .. } => t.hap_accepted_resident().to_owned(),
        Happening::OrderRefused { reason, .. } => t.hap_refused_staff(reason),
        Happening::SetOut { .. } => t.hap_set_out().to_owned(),
        Happening::Arrived { .. } => t.hap_arrived().to_owned(),
        Happening::Paused { on, .. } => t.hap_paused(waiting_word(t, *on)),
        Happening::Resumed { .. } => t.hap_resumed().to_owned(),
        Happening::ConfirmedOnSite { words, .. } => t.hap_confirmed_on_site(words),
        Happening::MaterialUsed { name, .. } => t.hap_material_used(name),
        Happening::MaterialChecked { name, passed: true, .. } => t.hap_material_passed(name),
        Happening::MaterialChecked { name, remark, .. } => {
            t.hap_material_failed(name, remark.as_deref().unwrap_or_default())
        }
        Happening::TimeSpent { minutes, .. } => t.hap_time_spent(span(t, (*minutes).into())),
        Happening::LineStruck { .. } => t.hap_line_struck().to_owned(),
        Happening::WindowOffered { from, until } => t.hap_window_offered(hours(t, clock, *from, *until)),
        Happening::WindowWithdrawn { from, until } => t.hap_window_withdrawn(hours(t, clock, *from, *until)),
        Happening::Appointed { from, until, instead_of, reason } => {
            let when = hours(t, clock, *from, *until);
            let said = match instead_of {
                Some(was) => t.hap_appointed_again(clock.at(*was).full(t), when),
                None => t.hap_appointed(when),
            };
            [Some(said), reason.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        Happening::Orphaned { contact_by: Some(by), .. } => t.hap_orphaned(clock.at(*by).full(t)),
        Happening::Orphaned { contact_by: None, .. } => t.hap_orphaned_alone().to_owned(),
        Happening::OrphanContacted { words } => t.hap_orphan_contacted(words),
        Happening::OrphanMissed { contact_by, .. } => t.hap_orphan_missed(clock.at(*contact_by).full(t)),
        Happening::AssessmentAsked { .. } => t.hap_assessment_asked().to_owned(),
        Happening::Assessed { verdict, reply } => t.hap_assessed(reply, verdict_word(t, *verdict)),
        Happening::Completed { note, .. } => t.hap_completed(note),
        Happening::Verified { proof, .. } => match proof {
            Proof::Signature { name } => t.hap_verified_signature(name),
            Proof::Photo => t.hap_verified_photo().to_owned(),
            Proof::Reason { reason } => t.hap_verified_reason(reason),
            Proof::Check { words } => t.hap_verified_check(words),
        },
        Happening::SentBack { reason, .. } => t.hap_sent_back(reason),
        Happening::OrderCancelled { reason: Some(reason), .. } => t.hap_order_cancelled(reason),
        Happening::OrderCancelled { reason: None, .. } => t.hap_order_withdrawn().to_owned(),
        Happening::Waiting { on } => t.hap_waiting(waiting_word(t, *on)),
        Happening::WentOn => t.hap_went_on().to_owned(),
        Happening::Followed { stage } => t.hap_followed(stage_tag_word(t, stage)),
        Happening::Done if resident => t.hap_done_resident().to_owned(),
        Happening::Done => t.hap_done_staff().to_owned(),
        Happening::BackAtDesk => t.hap_back_at_desk().to_owned(),
        Happening::IncidentProposed { reports, .. } => t.hap_incident_proposed(reports),
        Happening::IncidentDismissed { reason, .. } => t.hap_incident_dismissed(reason),
        Happening::Linked { .. } => t.hap_linked().to_owned(),
        Happening::Unlinked { .. } => t.hap_unlinked().to_owned(),
        Happening::IncidentClosed { .. } => t.hap_incident_closed().to_owned(),
        Happening::Shared { on: Some(on), .. } => t.hap_waiting(waiting_word(t, *on)),
        Happening::Shared { stage, .. } => t.hap_shared(stage_tag_word(t, stage)),
        Happening::Echoed { happening } => t.hap_echoed(happening_text(t, happening, clock, side)),
        Happening::ContactAttempted { means, outcome } => {
            let means = means_word(t, *means);
            match (outcome, resident) {
                (Response::NoAnswer, true) => t.hap_tried_you(means),
                (Response::NoAnswer, false) => t.hap_tried_them(means),
                (_, true) => t.hap_reached_you(means),
                (_, false) => t.hap_reached_them(means),
            }
        }
        Happening::Unconfirmed { days } if resident => t.hap_unconfirmed_resident(days),
        Happening::Unconfirmed { days } => t.hap_unconfirmed_staff(days),
        Happening::Confirmed => t.hap_confirmed().to_owned(),
        Happening::Disputed { words } => t.hap_disputed(words),
        Happening::Reopened => t.hap_reopened().to_owned(),
        Happening::Rated { rating } => t.hap_rated(rating.attitude, rating.conduct, rating.result, rating.speed),
        Happening::FollowedUp(answer) => answer_text(t, answer),
        Happening::Archived => t.hap_archived().to_owned(),
        Happening::Declined { reason } => t.hap_declined(reason),
        Happening::Cancelled { reason: Some(reason) } => t.hap_cancelled_why(reason),
        Happening::Cancelled { reason: None } => t.hap_cancelled().to_owned(),
        Happening::MarkedDuplicate { code } => t.hap_duplicate(code),
        Happening::Commented { words } | Happening::Noted { words } => words.clone(),
    }
}

/// `Tue 24 Nov 14:00–16:00`
fn hours(t: Texts, clock: WallClock, from: Moment, until: Moment) -> String {
    t.hap_span(clock.at(from).full(t), clock.at(until).clock())
}
