use super::super::api::IssuePin;
use super::super::model::IssuedPin;
use crate::asking::{Reply, read};
use crate::forms::Opened;
use crate::people::UnitFile;
use crate::texts::{Texts, texts};
use crate::ui::{Choice, Hidden, Post, Select, changing, icon, print_button};
use leptos::prelude::*;
use server_fn::ServerFn;

/// Where the office makes a household's PIN for the lobby screen, and prints it; the only time that it is seen.
#[component]
pub fn PinSlip(
    /// The unit.
    data: RwSignal<UnitFile>,
    /// The page's forms.
    opened: Opened,
) -> impl IntoView {
    let t = texts();
    let (unit, choices) = data.with_untracked(|data| {
        let today = data.wall.now().day();
        let there = data.occupants.iter().filter(|occupant| occupant.is_there(today));
        let choices = there.map(|occupant| Choice::new(occupant.party.to_string(), occupant.name.clone()));
        (data.unit.id, choices.collect::<Vec<_>>())
    });
    if choices.is_empty() {
        return ().into_any();
    }
    // Without scripts the answer comes with the next page; with them it is set when it comes.
    let kept = opened.kept.as_ref().filter(|kept| kept.form == IssuePin::PATH.trim_start_matches("/api/"));
    let issued = kept.and_then(|kept| kept.reply.as_deref()).and_then(read::<IssuedPin>);
    let slip = RwSignal::new(issued.filter(|issued| issued.unit.id == unit));
    let on_done = Callback::new(move |reply: Reply| {
        if let Ok(issued) = reply.open::<IssuedPin>() {
            slip.set(Some(issued));
        }
    });
    let unit = unit.to_string();
    view! {
        <section class="card" aria-labelledby="issue-pin">
            <h2 id="issue-pin">{t.staff_pin_title()}</h2>
            <p class="soft">{t.staff_pin_lead()}</p>
            <Post to=IssuePin::PATH opened about=unit.clone() on_done dense=true>
                <Hidden name="unit" value=Signal::stored(unit)/>
                <Hidden name="shows_reply" value=Signal::stored("true".to_owned())/>
                <Select name="party" label=t.staff_pin_for() choices/>
                <div class="submit"><button class="button">{icon("key")} " " {t.staff_pin_make()}</button></div>
            </Post>
            {changing(move || slip.get().map(|issued| issued_slip(t, issued)))}
        </section>
    }
    .into_any()
}

fn issued_slip(t: Texts, issued: IssuedPin) -> AnyView {
    let pin = issued.pin.unwrap_or_else(|| t.staff_pin_was_shown().to_owned());
    view! {
        <div id="reply" role="status">
            <p class="soft noprint">{t.staff_pin_once()}</p>
            <div class="slip" data-print>
                <p>{issued.unit.label(t)}</p>
                <p class="code">{pin}</p>
                <p class="soft">{t.staff_pin_how()}</p>
            </div>
            <div class="buttons">{print_button(t.staff_slip_print())}</div>
        </div>
    }
    .into_any()
}
